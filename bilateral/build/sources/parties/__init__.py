"""Countries and territories: codes, capitals, and Wikidata items compared across tables.

A package, since the tables are compared (``rows``), the parties of today described from them (``things``),
and states of the past and unions from decisions by hand (``past``).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bilateral.build.source import Source
from bilateral.build.sources.parties import past, rows, things
from bilateral.build.sources.parties.things import ABOUT
from bilateral.build.thing import Thing
from bilateral.build.world import World


def _facts(world: World) -> Iterator[Thing]:
    yield from things.facts(world)
    yield from past.facts(world)


SOURCE: Final = Source(ABOUT, {"parties": rows.parties}, _facts)
