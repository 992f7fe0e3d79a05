"""A source: what a publisher gives, and how it is read, strictly.

Every field of every row is used or named as left aside; anything else is an error that says where.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import lzma
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, NoReturn, cast

from bilateral.build.thing import Thing
from bilateral.build.world import World
from bilateral.errors import InputError
from bilateral.terms import BASE

Row = tuple[str, ...]


@dataclass(frozen=True)
class RawFile:
    """A file as its publisher gives it: its path in the source's folder, and the SHA-256 of the edition we know.

    ``address`` is where the publisher offers this very edition; empty where it is packed otherwise there.
    """

    path: str
    sha256: str
    address: str = ""


@dataclass(frozen=True)
class Column:
    """A column of a table of ours: its name, its datatype in CSVW's words, and what it holds."""

    name: str
    description: str
    datatype: str = "string"


@dataclass(frozen=True)
class Table:
    """A table of ours: how its rows come from the raw files, and between which numbers their count must be."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Callable[[Raw], Iterable[Row]]
    floor: int
    ceiling: int


@dataclass(frozen=True)
class Source:
    """Open data of one publisher.

    ``version`` is the state of the data as the publisher names it; ``license`` and ``address`` are
    IRIs. Each of the tables is a function of the raw files alone; the facts are a function of the
    tables, and so is the list of what they leave out. ``curated_as`` is the name under which curators
    have described the source already.
    """

    name: str
    title: str
    publisher: str
    license: str
    address: str
    version: str
    files: tuple[RawFile, ...]
    tables: tuple[Table, ...]
    facts: Callable[[World], Iterable[Thing]]
    left_out: Callable[[World], Iterable[LeftOut]] = lambda _: ()
    curated_as: str = ""

    @property
    def iri(self) -> str:
        """Its address in the graph."""
        return f"{BASE}id/source/{self.curated_as or self.name}"


@dataclass(frozen=True)
class LeftOut:
    """What a source has and the graph has not: its place in a table of ours, and the reason why not."""

    table: str
    row: str
    reason: str


@dataclass(frozen=True)
class Record:
    """A row of a raw file, and where it is."""

    fields: Mapping[str, str]
    path: Path
    line: int

    def __getitem__(self, name: str) -> str:
        return self.fields[name].strip()

    def fail(self, message: str) -> NoReturn:
        """Refuse the row.

        Raises:
            InputError: always; it names file and line.
        """
        raise InputError(message, path=self.path, line=self.line)


class Raw:
    """The raw files of a source, in a folder."""

    def __init__(self, source: Source, folder: Path) -> None:
        self._folder = folder
        self._known = {file.path: file.sha256 for file in source.files}

    def check(self) -> None:
        """Compare the files with the editions that we know.

        Raises:
            InputError: a file is missing or is another edition.
        """
        for name, sha256 in self._known.items():
            path = self._folder / name
            try:
                with path.open("rb") as file:
                    found = hashlib.file_digest(file, "sha256").hexdigest()
            except OSError as error:
                raise InputError(f"cannot be read: {error.strerror}", path=path) from error
            if found != sha256:
                raise InputError(
                    f"is another edition than the one we know: its SHA-256 is {found}, not {sha256}. Review what is "
                    "new in it, and give the new checksum in the source's module",
                    path=path,
                )

    def records(
        self, name: str, *, used: Iterable[str], ignored: Iterable[str] = (), delimiter: str = ","
    ) -> Iterator[Record]:
        """Read a CSV file whose columns are those that are used and those that are ignored, and no others.

        Raises:
            InputError: another column, or a row of another length.
        """
        if name not in self._known:
            raise KeyError(name)
        path = self._folder / name
        wanted = {*used}
        with _open(path) as file:
            rows = csv.reader(file, delimiter=delimiter, strict=True)
            head = next(rows, [])
            unknown = {*head} ^ (wanted | {*ignored})
            if unknown:
                raise InputError(f"has other columns than we know: {', '.join(sorted(unknown))}", path=path, line=1)
            for row in rows:
                if head[-1] == "" and len(row) == len(head) - 1:  # the head alone ends with a delimiter
                    row.append("")
                if len(row) != len(head):
                    raise InputError(f"has {len(row)} fields, not {len(head)}", path=path, line=rows.line_num)
                fields = {key: value for key, value in zip(head, row, strict=True) if key in wanted}
                yield Record(fields, path, rows.line_num)


_OPENERS: Final[dict[str, Callable[..., object]]] = {".gz": gzip.open, ".xz": lzma.open}


def _open(path: Path) -> IO[str]:
    opener = _OPENERS.get(path.suffix, open)
    return cast(IO[str], opener(path, "rt", encoding="utf-8", newline=""))
