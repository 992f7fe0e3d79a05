"""Series: what is measured year by year, as a table with one column a series."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from bilateral.serve.site.amount import amount
from bilateral.serve.site.graph import Row
from bilateral.serve.site.link import Link
from bilateral.serve.site.period import Moment, Period
from bilateral.serve.site.reader import Reader
from bilateral.serve.site.relation.reader import RelationReader
from bilateral.terms import expand, path_of
from bilateral.words import Words

_CURRENCY: Final = expand("cur:")
_FLOWS: Final = tuple(expand(f"measure:{name}") for name in ("exports", "imports", "trade-total"))
_OBSERVATION: Final = expand("bilat:DyadicObservation")
_SHOWN_ELSEWHERE: Final = frozenset(
    expand(f"measure:{name}") for name in ("un-vote-agreement", "land-border-length", "export-share", "import-share")
)
# Below this a share of a year says more of the roll calls than of the parties: 2020 had one in the data.
_FEW_ROLLS: Final = 10


@dataclass(frozen=True)
class Cell:
    """A value: as a number, as the language writes it, and where its receipt is."""

    number: str
    text: str
    href: str | None
    detail: str = ""


@dataclass(frozen=True)
class Line:
    """The values of a year, or of the years from ``start`` to ``end``, one a series.

    Where it ``is_thin``, it rests on too few cases to be told by itself.
    """

    start: Moment
    cells: tuple[Cell | None, ...]
    end: Moment | None = None
    is_thin: bool = False


@dataclass(frozen=True)
class Figure:
    """A table of years by series."""

    series: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def latest(self) -> tuple[tuple[str, Line, Cell], ...]:
        """The values of the last line that is not thin, each with the name of its series."""
        line = next((line for line in reversed(self.lines) if not line.is_thin), None)
        if line is None:
            return ()
        return tuple((name, line, cell) for name, cell in zip(self.series, line.cells, strict=True) if cell)


@dataclass(frozen=True)
class Observation:
    """A single figure: what it measures, of whom, when, how much and who says so."""

    measure: Link | None
    direction: tuple[Link, ...]
    period: Period
    cell: Cell
    bound: Link | None
    reporter: Link | None
    note: str


def read_trade(reader: Reader, day: dt.date) -> tuple[Figure, tuple[Observation, ...]]:
    """Read trade up to a day: flows in money as a figure, everything else one by one."""
    rows = until(reader.rows("relation/trade"), day)
    flows = [row for row in rows if _is_flow(row)]
    first = {_series(row): row for row in sorted(flows, key=lambda row: _FLOWS.index(row.text("measure")))}
    names = {series: _series_name(reader, row) for series, row in first.items()}
    cells: dict[Moment, dict[tuple[str, ...], Cell]] = {}
    others = [row for row in rows if not _is_flow(row)]
    for row in flows:
        period = Moment.parse(row.text("period"))
        assert period is not None, "what is not dated is no flow"
        if cells.setdefault(period, {}).setdefault(_series(row), cell := cell_of(row, reader.words)) is not cell:
            others.append(row)  # a second figure of the same year stands by itself
    lines = tuple(Line(period, tuple(cells[period].get(key) for key in names)) for period in sorted(cells))
    return Figure(tuple(names.values()), lines), tuple(observation_of(reader, row) for row in others)


def read_votes(reader: Reader, day: dt.date) -> Figure:
    """Read how often the parties voted alike, up to a day."""
    rows = ((row, _period(row)) for row in reader.rows("relation/votes"))
    lines = tuple(
        Line(period.start, (_share(row, reader.words),), period.end, is_thin=_rolls(row) < _FEW_ROLLS)
        for row, period in rows
        if period.start is not None and period.start.first <= day
    )
    return Figure((reader.words("Votes alike"),), lines)


def _rolls(row: Row) -> int:
    return int(row.text("rolls")) if row.has("rolls") else 0


def _share(row: Row, words: Words) -> Cell:
    rolls = words.count("{number} roll call", "{number} roll calls", _rolls(row)) if row.has("rolls") else ""
    return Cell(row.text("value"), words.percent(Decimal(row.text("value"))), path_of(row.text("fact")), rolls)


def read_measures(reader: RelationReader, day: dt.date) -> tuple[Observation, ...]:
    """Read the observations up to a day that no other part of the page shows."""
    if not reader.measures_of(_OBSERVATION) - _SHOWN_ELSEWHERE:
        return ()
    return tuple(observation_of(reader, row) for row in until(reader.rows("relation/measures"), day))


def until(rows: list[Row], day: dt.date) -> list[Row]:
    """Keep the rows of what had begun by the day; what has no date at all stays."""
    starts = ((row, _period(row).start) for row in rows)
    return [row for row, start in starts if start is None or start.first <= day]


def _period(row: Row) -> Period:
    """Read the year of an observation, or from when to when it was counted."""
    return Period.of(row, "period" if row.has("period") else "start")


def _is_flow(row: Row) -> bool:
    has_year = Moment.parse(row.text("period")) is not None
    return has_year and row.text("measure") in _FLOWS and row.text("unit").startswith(_CURRENCY)


def _series(row: Row) -> tuple[str, ...]:
    return (row.text("measure"), row.text("from"), row.text("reporter"), row.text("unit"))


def _series_name(reader: Reader, row: Row) -> str:
    """Name a series by what it measures, from whom to whom, and who reports it."""
    sides = [link.text for name in ("from", "to") if (link := reader.link(row, name))]
    measure = reader.link(row, "measure")
    reporter = reader.link(row, "reporter")
    named = [measure.text if measure else "", " → ".join(sides)]
    if reporter:
        named.append(reader.words("reported by {party}", party=reporter.text))
    return ", ".join(part for part in named if part)


def cell_of(row: Row, words: Words) -> Cell:
    """Give the value of a row, with its receipt."""
    return Cell(row.text("value"), amount(row, words), path_of(row.text("fact")))


def observation_of(reader: Reader, row: Row) -> Observation:
    """Give the observation of a row."""
    return Observation(
        measure=reader.link(row, "measure"),
        direction=tuple(link for name in ("from", "to") if (link := reader.link(row, name))),
        period=_period(row),
        cell=cell_of(row, reader.words),
        bound=reader.link(row, "bound"),
        reporter=reader.link(row, "reporter"),
        note=row.text("note"),
    )
