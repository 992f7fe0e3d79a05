"""Counting the solutions in a result while it is written.

The engine gives no hook between two solutions, so they are counted in what it writes: each format
parts them by bytes that can stand nowhere else.
"""

from __future__ import annotations

import re
from typing import Final, Protocol

from bilateral.formats import CSV, JSON, TSV, XML, Format


class Rows(Protocol):
    """Counts the solutions in what it is given, piece by piece."""

    count: int

    def add(self, data: bytes) -> None:
        """Take the next bytes."""


def rows_of(format_: Format) -> Rows:
    """Give a new count for a format of solutions."""
    if format_ == CSV:
        return _Lines()
    return _Marks(*_MARKS[format_])


class _Marks:
    """Counts marks, also those that lie across two pieces."""

    def __init__(self, mark: re.Pattern[bytes], length: int, count: int) -> None:
        self._mark = mark
        self._overlap = length - 1
        self._tail = b""
        self.count = count

    def add(self, data: bytes) -> None:
        text = self._tail + data
        self.count += len(self._mark.findall(text))
        self._tail = text[-self._overlap :] if self._overlap else b""


class _Lines:
    """Counts the line ends of CSV that are not inside a quoted value (RFC 4180, section 2)."""

    def __init__(self) -> None:
        self._quoted = False
        self.count = -1  # the first line has the names

    def add(self, data: bytes) -> None:
        parts = data.split(b'"')
        self.count += sum(part.count(b"\n") for part in parts[self._quoted :: 2])
        self._quoted ^= len(parts) % 2 == 0


_MARKS: Final = {
    # Mark, its length, and the count at the beginning. What follows the quote of a name is no comma or brace, as
    # after the quote that ends a string; any other quote in a string is escaped. Empty solutions are not counted.
    JSON: (re.compile(rb'\},\{"[^,}]'), 5, 1),
    XML: (re.compile(rb"</result>"), 9, 0),
    TSV: (re.compile(rb"\n"), 1, -1),
}
