"""One relation for each pair of parties that are in the United Nations, or that a source mentions together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Final

from bilateral.build import description, names
from bilateral.build.thing import Thing, node, ref, text, texts
from bilateral.build.world import World
from bilateral.terms import graph_iri, relation_iri

GRAPH: Final = "relations"
_PARTIES: Final = description.read("parties")


def things(world: World, mentioned: Iterable[tuple[str, str]]) -> Iterator[Thing]:
    """Give each relation that curators have not described, with the parties and a name in each language."""
    yield Thing(
        graph_iri(GRAPH),
        (
            ("rdf:type", ref("void:Dataset")),
            ("dcterms:title", text("Relations of all pairs", "en")),
            ("dcterms:license", node("https://creativecommons.org/publicdomain/zero/1.0/")),
            ("dcterms:source", node(_PARTIES.iri)),
        ),
    )
    cited = _PARTIES.cite("pairs", "ISO3166-1-Alpha-3", "pairs")
    yield cited
    seated = sorted(party.code for party in world.parties.values() if party.status in {"member", "observer"})
    for one, other in sorted({*combinations(seated, 2), *mentioned}):
        iri = relation_iri(one, other)
        if not world.is_curated(iri):
            first, second = world.parties[one], world.parties[other]
            yield Thing(
                iri,
                (
                    ("rdf:type", ref("bilat:BilateralRelation")),
                    ("bilat:citation", node(cited.iri)),
                    ("bilat:party", node(first.iri)),
                    ("bilat:party", node(second.iri)),
                    *texts("rdfs:label", names.relation(first.names, second.names)),
                ),
            )
