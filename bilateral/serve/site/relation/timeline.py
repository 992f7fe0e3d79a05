"""The timeline: everything dated between two parties, in order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from bilateral.serve.site.fold import Fold, Folded
from bilateral.serve.site.link import Link
from bilateral.serve.site.period import Moment
from bilateral.serve.site.reader import Reader
from bilateral.terms import BILAT

_MOST: Final = 160
"""Points that a page shows by itself."""


@dataclass(frozen=True)
class Point:
    """One date of one fact; ``step`` is the property that has it, as ``startDate`` or ``signedDate``."""

    date: Moment
    link: Link
    step: str


@dataclass(frozen=True)
class Timeline:
    """The points up to a day in order, those of them that are shown, and how many come later."""

    points: tuple[Point, ...]
    folded: Folded[Point]
    later: int

    @property
    def decades(self) -> list[tuple[int, tuple[Point, ...]]]:
        """The points that are shown, by decade."""
        groups = groupby(self.folded.shown, key=lambda point: point.date.first.year // 10 * 10)
        return [(decade, tuple(group)) for decade, group in groups]

    @property
    def count(self) -> int:
        """How many points there are by the day."""
        return len(self.points)


def read_timeline(reader: Reader, day: dt.date, fold: Fold) -> Timeline:
    """Read everything dated; the start and end of one day count once."""
    points = list(_points(reader))
    past = sorted((point for point in points if point.date.first <= day), key=_order)
    return Timeline(tuple(past), fold.last("timeline", past, _MOST), len(points) - len(past))


def turning_points(timeline: Timeline, most: int = 8) -> Sequence[Point]:
    """Choose days on which something began or ended, for whoever wants to see the relation as it was then."""
    steps = ("startDate", "endDate", "inForceDate")
    days = [point for point in timeline.points if point.step in steps]
    exact = {point.date.lexical: point for point in days if point.date.first == point.date.last}
    chosen = list(exact.values())
    return chosen[:: max(1, -(-len(chosen) // most))]


def _order(point: Point) -> tuple[dt.date, Moment]:
    """Order by date; what ended in a month or year comes after what began in it."""
    return (point.date.last if point.step == "endDate" else point.date.first, point.date)


def _points(reader: Reader) -> Iterator[Point]:
    seen = set()
    for row in reader.rows("relation/timeline"):
        date = Moment.parse(row.text("date"))
        step = row.text("property").removeprefix(BILAT)
        key = (row.text("fact"), row.text("date"))
        if date is None or key in seen:
            continue
        seen.add(key)
        yield Point(date, reader.fact(row), step)
