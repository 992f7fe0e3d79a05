"""Dates of which a part may not be known: a day, a month or a year."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile


def shared(dates: Iterable[str]) -> str:
    """Give what dates share: a day, a month, a year, or nothing.

    >>> shared({"1985-09-10", "1985-10-21"})
    '1985'
    """
    alike = takewhile(lambda letters: len(set(letters)) == 1, zip(*dates, strict=False))
    common = "".join(letters[0] for letters in alike)
    return next((common[:length] for length in (10, 7, 4) if len(common) >= length), "")


def after(one: str, other: str) -> bool:
    """Tell whether a date is after another for sure, as far as both are given.

    >>> after("1992-05", "1992"), after("1993", "1992-12-31"), after("1993", "")
    (False, True, False)
    """
    length = min(len(one), len(other))
    return bool(length) and one[:length] > other[:length]


def is_no_time(start: str, end: str) -> bool:
    """Tell whether an end leaves no time after the start."""
    return after(start, end) or ("" < end == start)
