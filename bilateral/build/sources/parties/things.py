"""The parties of today, and their capitals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from bilateral.build import description
from bilateral.build.thing import Thing, decimal, given, node, ref, string, text
from bilateral.build.world import World

ABOUT: Final = description.read("parties")


def facts(world: World) -> Iterator[Thing]:
    """Describe each party, and its capital after it."""
    for row in world.rows(ABOUT.name, "parties"):
        party = world.parties[row["code"]]
        cited = ABOUT.cite(party.code, party.code, "row", party=party.names)
        yield cited
        yield Thing(
            party.iri,
            (
                ("rdf:type", ref("bilat:Party")),
                ("bilat:citation", node(cited.iri)),
                ("bilat:partyCode", string(party.code)),
                ("wdt:P297", string(row["alpha2"])),
                ("skos:exactMatch", ref(f"wd:{row['item']}")),
                *given("wdt:P1566", string, row["geonames"]),
                *given("wdt:P2082", lambda number: string(number.zfill(3)), row["m49"]),
                *given("wdt:P36", lambda item: node(world.place_iri(item)), row["capital_item"]),
            ),
        )
        if row["capital_item"]:
            yield _capital(world, row, cited)


def _capital(world: World, row: Mapping[str, str], cited: Thing) -> Thing:
    """Describe a capital, or add to what curators say of it."""
    iri = world.place_iri(row["capital_item"])
    own = (
        ("rdf:type", ref("schema:Place")),
        ("rdfs:label", text(row["capital"], "en")),
        ("dcterms:spatial", ref(f"party:{row['code']}")),
        ("skos:exactMatch", ref(f"wd:{row['capital_item']}")),
    )
    return Thing(
        iri,
        (
            *(() if world.is_curated(iri) else own),
            ("bilat:citation", node(cited.iri)),
            *given("wdt:P1566", string, row["capital_geonames"]),
            *given("schema:latitude", decimal, row["latitude"]),
            *given("schema:longitude", decimal, row["longitude"]),
        ),
    )
