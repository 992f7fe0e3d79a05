"""States of the past, and unions, decided by hand; a page on members tells their ends, where they were."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bilateral.build import names
from bilateral.build.fact import citation
from bilateral.build.sources.parties.things import ABOUT
from bilateral.build.thing import Thing, date, given, node, ref, string, text, texts
from bilateral.build.world import Party, World
from bilateral.terms import BASE

_MEMBERS: Final = f"{BASE}id/source/un-members"
_MEMBERS_PAGE: Final = "https://en.wikipedia.org/wiki/Member_states_of_the_United_Nations?oldid=902280049"


def facts(world: World) -> Iterator[Thing]:
    """Describe the page on members, and each state of the past or union."""
    yield Thing(
        _MEMBERS,
        (
            ("rdf:type", ref("bilat:Source")),
            ("bilat:kind", ref("source:tertiary")),
            ("dcterms:title", text("Member states of the United Nations", "en")),
            ("dcterms:language", string("en")),
            ("dcterms:publisher", string("en.wikipedia.org")),
            ("dcterms:issued", date("2019-06-17")),
            ("rdfs:label", text("en.wikipedia.org: Member states of the United Nations", "en")),
            ("schema:url", node(_MEMBERS_PAGE)),
        ),
    )
    for party in world.parties.values():
        if party.status in {"state", "union"}:
            yield from _described(world, party)


def _described(world: World, party: Party) -> Iterator[Thing]:
    source = _MEMBERS if party.end else ABOUT.iri
    if party.source:
        source = f"{BASE}id/source/{party.source}"
    cited = citation(source, party.code, party.names["en"].text, ABOUT.filled("row", party=party.names))
    yield cited
    yield Thing(
        party.iri,
        (
            ("rdf:type", ref("bilat:Party")),
            ("bilat:citation", node(cited.iri)),
            ("bilat:partyCode", string(party.code)),
            *texts("rdfs:label", names.texts(party.names)),
            *given("skos:exactMatch", lambda item: ref(f"wd:{item}"), party.item),
            *given("bilat:endDate", date, party.end),
            *(("dcterms:isReplacedBy", node(world.parties[code].iri)) for code in party.successors),
        ),
    )
