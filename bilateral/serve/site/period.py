"""Periods: when a fact held, at the precision that its sources have."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Final

from bilateral.serve.site.graph import Row

_MOMENTS: Final = 65_536
"""Dates that are remembered as read: there are fewer than there are facts."""


class Held(Enum):
    """Whether a fact held on a day, as far as its sources tell."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, order=True)
class Moment:
    """A date, a month or a year, as the source gives it; ``first`` and ``last`` are the days that it may mean."""

    first: dt.date
    last: dt.date
    lexical: str

    @classmethod
    def parse(cls, lexical: str) -> Moment | None:
        """Read an xsd:date, xsd:gYearMonth or xsd:gYear; None where it is none, or outside of the calendar.

        >>> Moment.parse("1980-02").last
        datetime.date(1980, 2, 29)
        """
        return _moment(lexical)

    @property
    def is_day(self) -> bool:
        """Whether the source gives the day."""
        return self.first == self.last


@dataclass(frozen=True)
class Period:
    """From when to when a fact held, and between which days a source saw it hold.

    The end is the first day on which it held no more.
    """

    start: Moment | None = None
    end: Moment | None = None
    first_attested: Moment | None = None
    last_attested: Moment | None = None

    @classmethod
    def of(cls, row: Row, start: str = "start", end: str = "end") -> Period:
        """Read the period of a fact from the columns of its row."""
        columns = (start, end, "firstAttested", "lastAttested")
        return cls(*(Moment.parse(row.text(name)) if row.offers(name) else None for name in columns))

    def held_on(self, day: dt.date, *, not_before: Moment | None = None) -> Held:
        """Tell whether it held on a day.

        A fact that nobody saw end is taken to last; one without a start held when it was first
        seen, and before that nobody knows. One that is only known to have ended was there before,
        though not before the ties of which it was a part (``not_before``). In a month or year given
        without a day both may be.

        >>> period = Period(start=Moment.parse("1980-02"))
        >>> [period.held_on(dt.date(1980, month, 15)).value for month in (1, 2, 3)]
        ['no', 'unknown', 'yes']
        """
        begun = self._begun_by(day, not_before)
        ended = self._ended_by(day)
        if begun is Held.NO or ended is Held.YES:
            return Held.NO
        return Held.YES if (begun, ended) == (Held.YES, Held.NO) else Held.UNKNOWN

    def is_after(self, day: dt.date) -> bool:
        """Whether all that is known of it lies after a day: its start, or when it was first on record."""
        known = self.start or (self.first_attested or self.last_attested if self.end is None else None)
        return known is not None and day < known.first

    def precedence(self, day: dt.date) -> tuple[bool, dt.date]:
        """Tell which of several rules that held on a day was the one that applied: the greatest.

        Of those that were still seen on the day or later it is the one that began last, as a ban does
        beside the rule that it suspends; else the one that was seen last.
        """
        seen = self.last_attested.last if self.last_attested and not self.start else None
        if seen is not None and seen < day:
            return (False, seen)
        began = self.start or self.first_attested
        return (True, began.first if began else dt.date.min)

    def _begun_by(self, day: dt.date, not_before: Moment | None) -> Held:
        if self.start is not None:
            return _reached(self.start, day)
        if not_before is not None and day < not_before.first:
            return Held.NO
        seen = self.first_attested or self.last_attested
        if seen is not None:
            return Held.YES if seen.last <= day else Held.UNKNOWN
        return Held.YES if self.end is not None else Held.UNKNOWN

    def _ended_by(self, day: dt.date) -> Held:
        return Held.NO if self.end is None else _reached(self.end, day)


def _reached(moment: Moment, day: dt.date) -> Held:
    if day >= moment.last:
        return Held.YES
    return Held.UNKNOWN if day >= moment.first else Held.NO


@lru_cache(_MOMENTS)
def _moment(lexical: str) -> Moment | None:
    try:
        numbers = [int(part) for part in lexical.split("-")]
        match numbers:
            case [year]:
                return Moment(dt.date(year, 1, 1), dt.date(year, 12, 31), lexical)
            case [year, month]:
                last = calendar.monthrange(year, month)[1]
                return Moment(dt.date(year, month, 1), dt.date(year, month, last), lexical)
            case [year, month, day]:
                date = dt.date(year, month, day)
                return Moment(date, date, lexical)
    except ValueError:
        pass
    return None
