"""The World Factbook: organizations, land borders and trading partners of every country.

A package, since it has three tables, each with its own module from rows to things (``memberships``, ``borders``,
``shares``); whom its codes and names stand for is decided once for all (``crosswalk``).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bilateral.build.source import LeftOut, Source
from bilateral.build.sources.factbook import borders, memberships, shares
from bilateral.build.sources.factbook.crosswalk import ABOUT
from bilateral.build.thing import Thing
from bilateral.build.world import World

_ROWS: Final = {"memberships": memberships.rows, "borders": borders.rows, "partners": shares.rows}


def _facts(world: World) -> Iterator[Thing]:
    for kind in (memberships, borders, shares):
        yield from kind.things(world)


def _left_out(world: World) -> Iterator[LeftOut]:
    for kind in (memberships, borders, shares):
        yield from kind.left_out(world)


SOURCE: Final = Source(ABOUT, _ROWS, _facts, _left_out)
