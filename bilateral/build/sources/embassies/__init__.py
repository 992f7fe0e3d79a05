"""Diplomatic missions of the world, as Wikidata had them on 16 November 2022.

A package, since a row is read (``rows``), judged to be a mission from whom to whom (``missions``), and
described with its city (``things``): three jobs that can be read alone.
"""

from __future__ import annotations

from typing import Final

from bilateral.build.source import Source
from bilateral.build.sources.embassies import missions, rows, things
from bilateral.build.sources.embassies.missions import ABOUT

SOURCE: Final = Source(ABOUT, {"missions": rows.missions}, things.facts, missions.left_out)
