"""Capitals, with their Spanish names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bilateral.build.fact import citation
from bilateral.build.source import Column, Raw, RawFile, Row, Source, Table
from bilateral.build.thing import Thing, node, text
from bilateral.build.world import World

_FILE: Final = "natural-earth-places/capitals.csv"
_USED: Final = ("wikidataid", "NAME_EN", "NAME_ES")
_IGNORED: Final = (
    *("FEATURECLA", "NAME", "NAMEASCII", "ADM0NAME", "ADM0_A3", "SOV_A3", "ISO_A2", "POP_MAX"),
    *("LATITUDE", "LONGITUDE", "GEONAMEID"),  # the table of parties has them, compared with others
    *("NAME_DE", "NAME_FR", "NAME_PT", "NAME_RU", "NAME_ZH"),
)
_STATEMENT: Final = {
    "en": "Gives the names of capitals in several languages.",
    "es": "Da los nombres de las capitales en varios idiomas.",
    "ko": "여러 언어로 된 수도의 이름이 실려 있다.",
}


def _names(raw: Raw) -> Iterator[Row]:
    for record in raw.records(_FILE, used=_USED, ignored=_IGNORED):
        if record["wikidataid"] and record["NAME_ES"]:
            yield (record["wikidataid"], record["NAME_EN"], record["NAME_ES"])


def _facts(world: World) -> Iterator[Thing]:
    """Give the capitals that curators have not named their Spanish names."""
    cited = citation(SOURCE.iri, "places", "ne_10m_populated_places", _STATEMENT)
    yield cited
    capitals = {row["capital_item"] for row in world.rows("parties", "parties")}
    for row in world.rows(SOURCE.name, "names"):
        iri = world.place_iri(row["item"])
        if row["item"] in capitals and not world.is_curated(iri):
            yield Thing(iri, (("bilat:citation", node(cited.iri)), ("rdfs:label", text(row["name_es"], "es"))))


SOURCE: Final = Source(
    name="natural-earth",
    title="Natural Earth 4.0: populated places",
    publisher="Natural Earth; packaged by Martyn Afford",
    license="https://creativecommons.org/publicdomain/zero/1.0/",
    address="https://github.com/martynafford/natural-earth-geojson",
    version="2017",
    files=(RawFile(_FILE, "0c0487c04141987acb7970932f3426a8cba8bf38987df0b152a04d41eec6b4dc"),),
    facts=_facts,
    tables=(
        Table(
            "names",
            "Names of capitals",
            (
                Column("item", "Wikidata item"),
                Column("name_en", "English name"),
                Column("name_es", "Spanish name"),
            ),
            _names,
            floor=200,
            ceiling=300,
        ),
    ),
)
