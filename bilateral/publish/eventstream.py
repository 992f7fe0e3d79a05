"""The pages of a release in the event stream of relations: which relations it has new, changed or no longer.

A member is a version of a relation, and leads to its file. A page has all members of a release, or those of one
party; it never changes, and a node that the server makes leads to it. Addresses are relative to the page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

from bilateral.changes import CHANGES, read_groups
from bilateral.eventstream import AS, FOLDER, LDES, PATH, TREE, WHOLE, entered, page_of, stream_of
from bilateral.release import Release
from bilateral.terms import PREFIXES, RELATION

_ROOT: Final = f"../../..{PATH}"
"""From a page at ``/download/<version>/ldes/all.ttl``."""
_USED: Final = {"as": AS, "ldes": LDES, "tree": TREE} | {name: PREFIXES[name] for name in ("dcterms", "rel", "xsd")}
_HEAD: Final = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in _USED.items())


def write(release: Release, known: Mapping[str, Release]) -> None:
    """Write the pages into the folder of a release; ``known`` are the releases that there are already, by version."""
    time = entered(release, known)
    pages: dict[str, list[tuple[str, str]]] = defaultdict(list, {WHOLE: []})
    for pair, kind in _changes(release, known.get(release.previous or "")):
        for party in (WHOLE, *pair.split("-")):
            pages[party].append((f"{WHOLE}.ttl#{pair}", _member(pair, kind, time)))
    (release.folder / FOLDER).mkdir()
    for party, members in pages.items():
        stream = stream_of(_ROOT, party)
        lines = (f"<{stream}> tree:member <{iri}> .\n<{iri}> {told} .\n" for iri, told in members)
        text = f"{_HEAD}\n<> a tree:Node .\n<{stream}> a ldes:EventStream .\n{''.join(lines)}"
        (release.folder / page_of(party)).write_text(text, encoding="utf-8")


def _changes(release: Release, before: Release | None) -> Iterator[tuple[str, str]]:
    """Give the pairs that differ, and what became of them, in the words of Activity Streams."""
    if before is None:
        pairs = [path.name.partition(".")[0] for path in (release.folder / "relations").iterdir()]
    else:
        groups = read_groups(release.folder / CHANGES, lambda about: about.startswith(RELATION))
        pairs = [group.about.removeprefix(RELATION) for group in groups]
    for pair in sorted(pairs):
        if not (release.folder / _file_of(pair)).exists():
            yield pair, "Delete"
        else:
            yield pair, "Update" if before and (before.folder / _file_of(pair)).exists() else "Create"


def _member(pair: str, kind: str, time: str) -> str:
    """Tell the version of a relation, as the stream says that its members do."""
    file = "" if kind == "Delete" else f" ; as:url <../{_file_of(pair)}>"
    return f'a as:{kind} ; dcterms:isVersionOf rel:{pair} ; dcterms:created "{time}"^^xsd:dateTime{file}'


def _file_of(pair: str) -> str:
    return f"relations/{pair}.trig.gz"
