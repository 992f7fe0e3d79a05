"""The release folder on disk: the seam between what exports and what serves.

::

    DIST/
      latest -> <version>                  swapped atomically when an export is complete
      <version>/
        release.json                       what is here; written last
        SHA256SUMS                         the checksum of every file, as sha256sum reads it
        bilateral.{nq,trig,ttl,jsonld}.gz  the whole graph
        bilateral.sqlite                   the tables, with an index of words
        graphs/…nq.gz                      one file a source
        relations/<pair>.trig.gz           one file a relation
        relations.dcat.ttl.gz              these files, described
        ldes/{all,<party>}.ttl             its pages of the event stream of relations
        tables/<name>.{csv,parquet}        tables for people without RDF
        …                                  descriptions, ontology, shapes, context, changes

A release never changes: an export of a version that is there writes the same bytes, or is refused.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

from bilateral.errors import ReleaseDamaged
from bilateral.terms import BASE, GRAPH

MANIFEST: Final = "release.json"
CHECKSUMS: Final = "SHA256SUMS"
DESCRIPTION: Final = "description.ttl"
LATEST: Final = "latest"
NAME: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,63}")
"""What a version may be called: it is a folder, and part of an address."""

_LINE: Final = re.compile(r"(?P<digest>[0-9a-f]{64})  (?P<name>\S+)\n")


@dataclass(frozen=True)
class Release:
    """What an export wrote.

    ``data_version`` is that of the store; ``modified`` the day on which its latest source was looked at;
    ``previous`` the version that it is compared with, and ``changes`` how many relations and kinds of things differ
    from it. ``tables`` gives the rows of each table, ``graphs`` the triples of each named graph.
    """

    version: str
    data_version: str
    modified: str
    triples: int
    graphs: Mapping[str, int]
    tables: Mapping[str, int]
    relations: int
    previous: str | None = None
    changes: int = 0
    folder: Path = field(default=Path(), compare=False)

    @classmethod
    def read(cls, folder: Path) -> Release:
        """Read what a folder has.

        Raises:
            ReleaseDamaged: it has no manifest, or one that cannot be read.
        """
        try:
            content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
            return cls(**content, folder=folder)
        except (OSError, ValueError, TypeError) as error:
            raise ReleaseDamaged(f"{folder} is no release: {error}. Make one: bilateral export") from error

    def write(self) -> None:
        """Write the manifest; a folder without one is no release."""
        content = {name: value for name, value in asdict(self).items() if name != "folder"}
        text = json.dumps(content, indent=1, sort_keys=True) + "\n"
        (self.folder / MANIFEST).write_text(text, encoding="utf-8")

    @cached_property
    def checksums(self) -> Mapping[str, str]:
        """The SHA-256 of each file, by its name in the folder."""
        with (self.folder / CHECKSUMS).open(encoding="utf-8") as lines:
            return {found["name"]: found["digest"] for line in lines if (found := _LINE.fullmatch(line))}


def releases(folder: Path) -> list[Release]:
    """List the releases in a folder, the latest first."""
    if not folder.is_dir():
        return []
    found = [Release.read(path.parent) for path in folder.glob(f"*/{MANIFEST}") if path.parent.name != LATEST]
    latest = (folder / LATEST).resolve().name
    return sorted(found, key=lambda each: (each.version == latest, each.modified, each.version), reverse=True)


def graph_file(iri: str) -> str:
    """Name the file of a named graph in a release.

    >>> graph_file("https://w3id.org/bilateral/graph/un-votes")
    'graphs/un-votes.nq.gz'
    """
    return f"graphs/{iri.removeprefix(GRAPH).removeprefix(BASE)}.nq.gz"


def write_checksums(folder: Path) -> None:
    """Write the checksum of every file of a release."""
    lines = [f"{sha256_of(path)}  {name}\n" for name, path in sorted(_files(folder))]
    (folder / CHECKSUMS).write_text("".join(lines), encoding="utf-8")


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in folder.rglob("*"):
        if path.is_file() and path.name not in (CHECKSUMS, MANIFEST):
            yield path.relative_to(folder).as_posix(), path


def sha256_of(path: Path) -> str:
    """Give the checksum of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
