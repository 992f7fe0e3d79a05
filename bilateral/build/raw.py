"""The raw files of a source, read strictly: what nobody has looked at is an error that says where.

Every column of a file is used or ignored by name, every field has a form that is known.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import lzma
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BufferedReader, TextIOWrapper
from pathlib import Path
from typing import Final, NoReturn, TypeVar, cast

from bilateral.build.description import Description, RawFile
from bilateral.errors import InputError

Row = tuple[str, ...]
"""A row of a table of ours."""
Meaning = TypeVar("Meaning")


@dataclass(frozen=True)
class Record:
    """A row of a raw file, and where it is."""

    fields: Mapping[str, str]
    path: Path
    line: int

    def __getitem__(self, name: str) -> str:
        return self.fields[name].strip()

    def matching(self, name: str, pattern: str, other: str) -> str:
        """Give a field that has a form; ``other`` says what the row has where it is of another.

        Raises:
            InputError: it is.
        """
        if not re.fullmatch(pattern, self[name]):
            self.fail(f"has {other}: {self[name]}")
        return self[name]

    def known(self, name: str, meanings: Mapping[str, Meaning], what: str) -> Meaning:
        """Give what a field means, by a list of all that it can be.

        Raises:
            InputError: it is something else.
        """
        if self[name] not in meanings:
            self.fail(f"has {what} that we do not know: {self[name]}")
        return meanings[self[name]]

    def code(self, name: str) -> str:
        """Give the code of a country, as ISO 3166-1 alpha-3 writes it.

        Raises:
            InputError: it is none.
        """
        return self.matching(name, "[A-Z]{3}", "what is no code of a country")

    def whole(self, name: str, pattern: str = r"[0-9]+\.0", other: str = "") -> str:
        """Give a whole number that is written with a fraction of zero.

        Raises:
            InputError: it is no such number.
        """
        return self.matching(name, pattern, other or f"a {name} that is no whole number").removesuffix(".0")

    def fail(self, message: str) -> NoReturn:
        """Refuse the row.

        Raises:
            InputError: always; it names file and line.
        """
        raise InputError(message, path=self.path, line=self.line)


class Raw:
    """The raw files of a source, in a folder."""

    def __init__(self, about: Description, folder: Path) -> None:
        self._files = about.files
        self._folder = folder

    def check(self) -> None:
        """Compare the files with the editions that we know.

        Raises:
            InputError: a file is missing or is another edition.
        """
        for known in self._files.values():
            path = self._folder / known.path
            try:
                found = _checksum(path.open("rb"))
            except OSError as error:
                raise InputError(f"cannot be read: {error.strerror}", path=path) from error
            if found != known.sha256 and not _is_packed_otherwise(path, known):
                raise InputError(
                    f"is another edition than the one we know: its SHA-256 is {found}, not {known.sha256}. "
                    "Review what is new in it, and give the new checksum in the source's description",
                    path=path,
                )

    def records(self, name: str, used: Iterable[str]) -> Iterator[Record]:
        """Read a CSV file, by its name in the description; its columns are those used or ignored, and no others.

        Raises:
            InputError: another column, or a row of another length.
        """
        known = self._files[name]
        path = self._folder / known.path
        wanted = {*used}
        with TextIOWrapper(_unpacked(path), encoding="utf-8", newline="") as file:
            rows = csv.reader(file, delimiter=known.delimiter, strict=True)
            head = next(rows, [])
            unknown = {*head} ^ (wanted | {*known.ignored})
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


def _unpacked(path: Path) -> BufferedReader:
    opener = _OPENERS.get(path.suffix, open)
    return cast(BufferedReader, opener(path, "rb"))


def _checksum(content: BufferedReader) -> str:
    with content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _is_packed_otherwise(path: Path, known: RawFile) -> bool:
    """Tell whether a file has the content that we know, whoever has packed it."""
    try:
        return bool(known.unpacked) and _checksum(_unpacked(path)) == known.unpacked
    except (OSError, EOFError, zlib.error):
        return False
