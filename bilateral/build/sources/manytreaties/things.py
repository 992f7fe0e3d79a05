"""Agreements of two parties, and treaties of several with the membership of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bilateral.build import description, names
from bilateral.build.fact import fact
from bilateral.build.source import LeftOut
from bilateral.build.sources.manytreaties.instruments import Instrument, Treaties
from bilateral.build.thing import Property, Thing, date, given, node, ref, text, texts
from bilateral.build.world import World
from bilateral.terms import BASE

ABOUT: Final = description.read("manytreaties")


def facts(world: World) -> Iterator[Thing]:
    """Describe all treaties."""
    for instrument in Treaties(world, ABOUT.name, ABOUT.version).instruments:
        if instrument.pair:
            yield from _agreement(world, instrument, instrument.pair)
        else:
            yield from _treaty(world, instrument)


def left_out(world: World) -> Iterator[LeftOut]:
    """List what the source says of treaties and nothing here states."""
    yield from Treaties(world, ABOUT.name, ABOUT.version).left_out


def _agreement(world: World, instrument: Instrument, pair: tuple[str, str]) -> Iterator[Thing]:
    """Describe an agreement of exactly two parties: a fact of their relation."""
    one, other = sorted((world.parties[code].names for code in pair), key=lambda each: each["en"].text)
    labels = names.event(world.kinds[instrument.kind], instrument.year, one, other)
    named = {"agreement": labels, "within": names.within(labels)}
    cited = ABOUT.cite(instrument.name, instrument.locator, "agreement", **named)
    yield cited
    properties = (
        ("bilat:status", ref(f"status:{instrument.status}")),
        *_described(instrument),
        *texts("rdfs:label", labels),
    )
    yield fact("bilat:Agreement", pair, f"agreement-{instrument.name}", [cited.iri], properties)


def _treaty(world: World, instrument: Instrument) -> Iterator[Thing]:
    """Describe a treaty of several parties, and the membership of each."""
    iri = f"{BASE}id/treaty/{instrument.name}"
    labels = names.treaty(world.kinds[instrument.kind], instrument.year, instrument.title)
    cited = ABOUT.cite(instrument.name, instrument.locator, "treaty", year=instrument.year)
    yield cited
    cites = ("bilat:citation", node(cited.iri))
    class_ = ("rdf:type", ref("bilat:Treaty"))
    yield Thing(iri, (class_, cites, *_described(instrument), *texts("rdfs:label", labels)))
    for membership in instrument.memberships:
        yield Thing(
            f"{BASE}id/membership/{instrument.name}-{membership.name}",
            (
                ("rdf:type", ref("bilat:Membership")),
                cites,
                ("bilat:treaty", node(iri)),
                ("org:member", ref(f"party:{membership.party}")),
                *given("bilat:ratifiedDate", date, membership.ratified),
                *given("bilat:inForceDate", date, membership.force),
                *given("bilat:endDate", date, membership.end),
            ),
        )


def _described(instrument: Instrument) -> Iterator[Property]:
    yield ("bilat:kind", ref(instrument.kind))
    yield ("dcterms:title", text(instrument.title, "en"))
    yield from given("bilat:signedDate", date, instrument.signed)
    yield from given("bilat:inForceDate", date, instrument.force)
    yield from given("bilat:endDate", date, instrument.end)
