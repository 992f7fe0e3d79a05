"""Telling what changed from one release to another: in words, as JSON, or as RDF Patch."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import IO, Final

from bilateral.changes import Change, Group, counted
from bilateral.publish.comparison import compare, write_patch
from bilateral.release import Release
from bilateral.terms import compact
from bilateral.words import Words, words

_SIGNS: Final = {"added": "+", "removed": "-", "changed": "~"}

Writer = Callable[[Release, Release, str, IO[bytes]], object]


def _write_text(old: Release, new: Release, language: str, file: IO[bytes]) -> None:
    """Write for people, by relation."""
    spoken = words(language)
    file.write(f"{old.version} → {new.version}\n".encode())
    is_same = True
    for group in compare(_graph(old), _graph(new)):
        is_same = False
        for line in _told(group, spoken):
            file.write(f"{line}\n".encode())
    if is_same:
        file.write(f"{spoken('Nothing has changed.')}\n".encode())


def _told(group: Group, spoken: Words) -> Iterator[str]:
    counts = counted(spoken, group.added, group.removed, group.changed)
    yield f"\n{compact(group.about)}: {counts}"
    for change in group.changes:
        yield f"  {_SIGNS[change.kind]} {_name(change, spoken)}"
        for value in change.values:
            yield f"      {value.property}: {', '.join(value.before) or '-'} → {', '.join(value.after) or '-'}"
    rest = group.added + group.removed + group.changed - len(group.changes)
    if rest:
        yield f"  {spoken.count('… and {number} more', '… and {number} more', rest)}"


def _name(change: Change, spoken: Words) -> str:
    name = change.names.get(spoken.language) or next(iter(change.names.values()), "")
    return f"{name} ({compact(change.iri)})" if name else compact(change.iri)


def _write_json(old: Release, new: Release, _language: str, file: IO[bytes]) -> None:
    """Write one group a line (JSON Lines)."""
    for group in compare(_graph(old), _graph(new)):
        file.write(json.dumps(asdict(group), ensure_ascii=False).encode() + b"\n")


def _write_patch(old: Release, new: Release, _language: str, file: IO[bytes]) -> None:
    write_patch(_graph(old), _graph(new), (old.version, new.version), file)


def _graph(release: Release) -> Path:
    return release.folder / "bilateral.nq.gz"


WRITERS: Final[Mapping[str, Writer]] = {"text": _write_text, "json": _write_json, "patch": _write_patch}
"""How changes are written, by the name of the format."""
