"""The timeline: everything dated between two parties, in order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from bilateral.serve.site.link import Link
from bilateral.serve.site.period import Moment
from bilateral.serve.site.reader import Reader
from bilateral.terms import BILAT


@dataclass(frozen=True)
class Point:
    """One date of one fact; ``step`` is the property that has it, as ``startDate`` or ``signedDate``."""

    date: Moment
    link: Link
    step: str


@dataclass(frozen=True)
class Timeline:
    """The points up to a day by decade, and how many come later."""

    decades: tuple[tuple[int, tuple[Point, ...]], ...]
    later: int

    @property
    def count(self) -> int:
        """How many points there are by the day."""
        return sum(len(points) for _, points in self.decades)


def read_timeline(reader: Reader, day: dt.date) -> Timeline:
    """Read everything dated; the start and end of one day count once."""
    points = list(_points(reader))
    past = sorted((point for point in points if point.date.first <= day), key=lambda point: point.date)
    decades = groupby(past, key=lambda point: point.date.first.year // 10 * 10)
    return Timeline(tuple((decade, tuple(group)) for decade, group in decades), len(points) - len(past))


def turning_points(timeline: Timeline, most: int = 8) -> Sequence[Point]:
    """Choose days on which something began or ended, for whoever wants to see the relation as it was then."""
    steps = ("startDate", "endDate", "inForceDate")
    days = [point for _, points in timeline.decades for point in points if point.step in steps]
    exact = {point.date.lexical: point for point in days if point.date.first == point.date.last}
    chosen = list(exact.values())
    return chosen[:: max(1, -(-len(chosen) // most))]


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
