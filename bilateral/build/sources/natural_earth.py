"""Capitals, with their Spanish names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bilateral.build import description
from bilateral.build.raw import Raw, Row
from bilateral.build.source import Source
from bilateral.build.thing import Thing, node, text
from bilateral.build.world import World

_ABOUT: Final = description.read("natural-earth")


def _names(raw: Raw) -> Iterator[Row]:
    for record in raw.records("capitals", ("wikidataid", "NAME_EN", "NAME_ES")):
        if record["wikidataid"] and record["NAME_ES"]:
            yield (record["wikidataid"], record["NAME_EN"], record["NAME_ES"])


def _facts(world: World) -> Iterator[Thing]:
    """Give the capitals that curators have not named their Spanish names."""
    cited = _ABOUT.cite("places", "ne_10m_populated_places", "names")
    yield cited
    capitals = {row["capital_item"] for row in world.rows("parties", "parties")}
    for row in world.rows(_ABOUT.name, "names"):
        iri = world.place_iri(row["item"])
        if row["item"] in capitals and not world.is_curated(iri):
            yield Thing(iri, (("bilat:citation", node(cited.iri)), ("rdfs:label", text(row["name_es"], "es"))))


SOURCE: Final = Source(_ABOUT, {"names": _names}, _facts)
