"""The United States and every other country, by the Office of the Historian: visits, chiefs of mission, a timeline.

A package, since it has four tables (``visit_rows`` makes two), of which three kinds of facts come (``visits``,
``missions`` of ``chiefs``, ``timeline``) about the same people (``people``) and countries (``countries``).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bilateral.build.source import LeftOut, Source
from bilateral.build.sources.histstate import chiefs, missions, timeline, visit_rows, visits
from bilateral.build.sources.histstate.countries import ABOUT
from bilateral.build.sources.histstate.people import People
from bilateral.build.thing import Thing
from bilateral.build.world import World

_ROWS: Final = {
    "travels": visit_rows.travels,
    "visits": visit_rows.visits,
    "missions": missions.rows,
    "timeline": timeline.rows,
}


def _facts(world: World) -> Iterator[Thing]:
    people = People(world)
    yield from visits.facts(world, people)
    yield from missions.facts(world, people)
    yield from timeline.facts(world)
    yield from people.things()


def _left_out(world: World) -> Iterator[LeftOut]:
    yield from visits.Visits(world).left_out
    yield from chiefs.Chiefs(world).left_out
    yield from timeline.left_out(world)


SOURCE: Final = Source(ABOUT, _ROWS, _facts, _left_out)
