"""The rows of the source: agreements with their field, and parties with their dates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bilateral.build.raw import Raw, Row

_KEY: Final = ("treatyID", "Title", "Begin")
_FIELD: Final = ("TypeDomain", "TypeAmbit", "TypeSubject")
_DATES: Final = ("Signature", "Force", "End", "StateRatification", "StateForce", "StateEnd")
_DATE: Final = r"(\d{4}(-\d\d(-\d\d)?)?[?~]?|\d{4}-\d\d\.\.\d{4}-\d\d|)"
"""A date as it is written; what the odd ones mean is decided by hand."""


def agreements(raw: Raw) -> Iterator[Row]:
    """Give the field of each agreement; what else is there, the rows of the parties have as well."""
    for record in raw.records("agreements", (*_KEY, *_FIELD)):
        yield (*(record[name] for name in (*_KEY, *_FIELD)), str(record.line))


def parties(raw: Raw) -> Iterator[Row]:
    """Give each row once."""
    seen: dict[Row, int] = {}
    for record in raw.records("parties", (*_KEY, "stateID", *_DATES)):
        dates = (record.matching(name, _DATE, "a date of another form") for name in _DATES)
        seen.setdefault((*(record[name] for name in (*_KEY, "stateID")), *dates), record.line)
    for row, line in seen.items():
        yield (*row, str(line))
