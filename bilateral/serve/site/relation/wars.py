"""Wars: those in which the parties stood on opposite sides, with all who took part."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from bilateral.serve.site.graph import Row
from bilateral.serve.site.link import Link
from bilateral.serve.site.period import Held, Period
from bilateral.serve.site.reader import Reader

_SIDES: Final = ("sideA", "sideB")


@dataclass(frozen=True)
class War:
    """A war: ``link`` is what it was between the two parties, ``war`` the whole of it."""

    link: Link
    war: Link | None
    period: Period
    held: Held
    sides: tuple[tuple[Link, ...], ...]


def read_wars(reader: Reader, day: dt.date) -> tuple[War, ...]:
    """Read the wars that had begun by a day, in the order of time."""
    by_fact: dict[str, list[Row]] = {}
    for row in reader.rows("relation/wars"):
        by_fact.setdefault(row.text("fact"), []).append(row)
    wars = (_war(reader, rows, day) for rows in by_fact.values())
    past = [war for war in wars if war.period.start is None or war.period.start.first <= day]
    return tuple(sorted(past, key=lambda war: war.period.start.first if war.period.start else dt.date.max))


def _war(reader: Reader, rows: list[Row], day: dt.date) -> War:
    period = Period.of(rows[0])
    sides = (tuple(dict.fromkeys(link for row in rows if (link := reader.link(row, side)))) for side in _SIDES)
    return War(
        link=reader.fact(rows[0]),
        war=reader.link(rows[0], "war"),
        period=period,
        held=period.held_on(day),
        sides=tuple(side for side in sides if side),
    )
