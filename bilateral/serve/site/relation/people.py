"""People of one party who live in the other: migrants, refugees, asylum seekers, by year and by who counts them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from bilateral.serve.site.graph import Row
from bilateral.serve.site.period import Moment
from bilateral.serve.site.reader import Reader
from bilateral.serve.site.relation.series import Cell, Figure, Line, Observation, cell_of, observation_of, until
from bilateral.terms import expand

_MIGRANTS: Final = (expand("measure:migrant-stock"),)
_REFUGEES: Final = tuple(expand(f"measure:{name}") for name in ("refugees", "asylum-seekers"))
_PERSON: Final = expand("unit:person")

Series = tuple[str, str, str, str]
"""What is counted, of which party, who reports it, and in which source: one line of a chart."""


@dataclass(frozen=True)
class People:
    """Migrants and those who seek refuge, each by year; what is no count of a year stands by itself."""

    migrants: Figure
    refugees: Figure
    others: tuple[Observation, ...]

    @property
    def is_known(self) -> bool:
        """Whether anything is known."""
        return bool(self.migrants.lines or self.refugees.lines or self.others)


def read_people(reader: Reader, day: dt.date) -> People:
    """Read the people who live in the other party, up to a day."""
    rows = list({row.text("fact"): row for row in until(reader.rows("relation/people"), day)}.values())
    counts = [row for row in rows if _is_count(row)]
    migrants, twice = _figure(reader, [row for row in counts if row.text("measure") in _MIGRANTS])
    refugees, again = _figure(reader, [row for row in counts if row.text("measure") in _REFUGEES])
    others = [row for row in rows if row not in counts]
    return People(migrants, refugees, tuple(observation_of(reader, row) for row in (*others, *twice, *again)))


def _is_count(row: Row) -> bool:
    is_plain = not (row.has("bound") or row.has("note"))
    return is_plain and row.text("unit") == _PERSON and Moment.parse(row.text("period")) is not None


def _figure(reader: Reader, rows: list[Row]) -> tuple[Figure, list[Row]]:
    """Arrange counts by year and series; gives the rows of a second count of the same year as well."""
    names = _names(reader, rows)
    cells: dict[Moment, dict[Series, Cell]] = {}
    twice = []
    for row in rows:
        period = Moment.parse(row.text("period"))
        assert period is not None, "a count has its year"
        of_year = cells.setdefault(period, {})
        if _series(row) in of_year:
            twice.append(row)
        else:
            of_year[_series(row)] = cell_of(row, reader.words)
    lines = (Line(period, tuple(cells[period].get(key) for key in names)) for period in sorted(cells))
    return Figure(tuple(names.values()), tuple(lines)), twice


def _series(row: Row) -> Series:
    return (row.text("measure"), row.text("from"), row.text("reporter"), row.text("source"))


def _names(reader: Reader, rows: Iterable[Row]) -> dict[Series, str]:
    """Name each series by what it counts and from where to where; and by its source, where there are several."""
    firsts = {_series(row): row for row in reversed(list(rows))}
    sources = {row.text("source") for row in firsts.values()}
    return {key: _name(reader, row, is_one=len(sources) < 2) for key, row in sorted(firsts.items())}


def _name(reader: Reader, row: Row, *, is_one: bool) -> str:
    measure, sender, receiver, source = (reader.link(row, name) for name in ("measure", "from", "to", "source"))
    sides = " → ".join(side.text for side in (sender, receiver) if side)
    parts = [measure.text if measure else "", sides, source.text if source and not is_one else ""]
    return ", ".join(part for part in parts if part)
