"""What was added, removed and changed between two releases: for people by relation, for machines as RDF Patch.

Both graphs are sorted, so that one pass over both tells what differs, and memory holds what differs of
one thing at a time.
"""

from __future__ import annotations

import gzip
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from io import BufferedReader
from itertools import groupby
from pathlib import Path
from typing import IO, Final

import pyoxigraph as ox

from bilateral.changes import CHANGES, Change, Group, Value, write_groups
from bilateral.publish.dumps import compressed
from bilateral.publish.quads import pair_of, subject_of
from bilateral.release import Release
from bilateral.terms import BASE, RELATION, compact, expand

PATCH: Final = "changes.patch.gz"

_LABELS: Final = tuple(expand(name) for name in ("rdfs:label", "skos:prefLabel", "dcterms:title"))
_TOLD: Final = 20
"""Things of one group that are told one by one; of more there is the number, and the patch has them all."""


Signed = tuple[str, bytes]
"""A line, and whether both graphs have it (nothing), only the old one (``-``) or only the new one (``+``)."""


def compare(old: Path, new: Path) -> Iterator[Group]:
    """Compare two graphs: files of sorted N-Quads, compressed or not."""
    for about, differences in groupby(_differences(old, new), key=_about):
        yield _group(about, map(_change, differences))


def write_patch(old: Path, new: Path, versions: tuple[str, str], file: IO[bytes]) -> None:
    """Write what turns the old graph into the new one as RDF Patch, with an identifier by the versions of both.

    https://afs.github.io/rdf-delta/rdf-patch.html
    """
    identifier = uuid.uuid5(uuid.NAMESPACE_URL, BASE + "..".join(versions))
    file.write(f"H id <urn:uuid:{identifier}> .\nTX .\n".encode())
    for lines in _differences(old, new):
        for sign, line in lines:
            if sign:
                file.write((b"D " if sign == "-" else b"A ") + line)
    file.write(b"TC .\n")


def write(previous: Release, version: str, sorted_quads: Path, folder: Path) -> int:
    """Write the changes since the release before into the folder of a release; gives the number of groups."""
    old = previous.folder / "bilateral.nq.gz"
    with compressed(folder / PATCH) as file:
        write_patch(old, sorted_quads, (previous.version, version), file)
    return write_groups(compare(old, sorted_quads), folder / CHANGES)


def _differences(old: Path, new: Path) -> Iterator[list[Signed]]:
    """Give the lines of each thing that is not the same in both graphs."""
    with ExitStack() as stack:
        before, after = (stack.enter_context(_opened(path)) for path in (old, new))
        for _, lines in groupby(_merged(before, after), key=lambda signed: subject_of(signed[1])):
            of_thing = list(lines)
            if any(sign for sign, _ in of_thing):
                yield of_thing


def _merged(before: Iterator[bytes], after: Iterator[bytes]) -> Iterator[Signed]:
    """Walk along both graphs at once."""
    left, right = next(before, b""), next(after, b"")
    while left or right:
        if left == right:
            yield "", left
            left, right = next(before, b""), next(after, b"")
        elif left and (left < right or not right):
            yield "-", left
            left = next(before, b"")
        else:
            yield "+", right
            right = next(after, b"")


def _opened(path: Path) -> gzip.GzipFile | BufferedReader:
    return gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb")


def _about(lines: list[Signed]) -> str:
    """Give the relation that a thing belongs to, or else the namespace that it is in."""
    line = lines[0][1]
    pair = pair_of(line)
    if pair:
        return RELATION + pair
    iri = subject_of(line)[1:-1].decode()
    kind, _, rest = iri.removeprefix(BASE).partition("/")
    return f"{BASE}{kind}/{rest.partition('/')[0]}" if "/" in rest else f"{BASE}{kind}"


def _group(about: str, changes: Iterator[Change]) -> Group:
    counts: Counter[str] = Counter()
    told: list[Change] = []
    for change in changes:
        counts[change.kind] += 1
        if len(told) < _TOLD:
            told.append(change)
    return Group(about, counts["added"], counts["removed"], counts["changed"], tuple(told))


def _change(lines: list[Signed]) -> Change:
    """Say what became of a thing: it is new where no line of it is old, and gone where none is new."""
    quads = [(sign, _quad(line)) for sign, line in lines]
    signs = {sign for sign, _ in lines}
    kind = {frozenset("+"): "added", frozenset("-"): "removed"}.get(frozenset(signs), "changed")
    names = {
        quad.object.language: quad.object.value
        for sign, quad in reversed(quads)
        if quad.predicate.value in _LABELS and isinstance(quad.object, ox.Literal) and quad.object.language
    }
    subject = quads[0][1].subject
    assert isinstance(subject, ox.NamedNode), "our own data have no blank nodes"
    return Change(subject.value, kind, names, tuple(_values(quads)) if kind == "changed" else ())


def _values(quads: list[tuple[str, ox.Quad]]) -> Iterator[Value]:
    differing = ((sign, quad) for sign, quad in quads if sign)
    for predicate, group in groupby(sorted(differing, key=_predicate), key=_predicate):
        of_property = list(group)
        before, after = (tuple(_text(quad.object) for sign, quad in of_property if sign == side) for side in "-+")
        yield Value(compact(predicate), before, after)


def _predicate(signed: tuple[str, ox.Quad]) -> str:
    return signed[1].predicate.value


def _quad(line: bytes) -> ox.Quad:
    quad: ox.Quad = next(iter(ox.parse(line, format=ox.RdfFormat.N_QUADS)))
    return quad


def _text(term: object) -> str:
    return compact(term.value) if isinstance(term, ox.NamedNode) else str(getattr(term, "value", term))
