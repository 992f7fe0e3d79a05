"""Facts of a relation, their citations and the claims on them, as sources give them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from bilateral.build.thing import Property, Texts, Thing, date, decimal, given, node, ref, string, texts
from bilateral.terms import relation_iri

ACCESSED: Final = "2026-11-23"
"""When the publishers' files were fetched."""


def fact(class_: str, pair: tuple[str, str], name: str, cited: Iterable[str], properties: Iterable[Property]) -> Thing:
    """Make a fact of the relation of two parties, named within it; ``cited`` are the IRIs of citations."""
    relation = relation_iri(*pair)
    return Thing(
        f"{relation}/{name}",
        (
            ("rdf:type", ref(class_)),
            ("bilat:ofRelation", node(relation)),
            *(("bilat:citation", node(citation)) for citation in cited),
            *properties,
        ),
    )


def directed(sender: str, receiver: str) -> tuple[Property, Property]:
    """Say from which party to which."""
    return (("bilat:fromParty", ref(f"party:{sender}")), ("bilat:toParty", ref(f"party:{receiver}")))


def moment(start: str, end: str) -> Iterator[Property]:
    """Say when: on one day, or from one to another."""
    if start == end or not end:
        yield ("bilat:date", date(start))
    else:
        yield ("bilat:startDate", date(start))
        yield ("bilat:endDate", date(end))


def observed(measure: str, year: str, value: str, unit: str, *, by: str = "") -> tuple[Property, ...]:
    """Say what was measured in a year, in which unit; ``by`` is the IRI of who reports it."""
    return (
        ("bilat:measure", ref(measure)),
        ("bilat:refPeriod", date(year)),
        *given("bilat:reportedBy", node, by),
        ("bilat:unit", ref(unit)),
        ("bilat:value", decimal(value)),
    )


def citation(source: str, name: str, locator: str, statement: Texts) -> Thing:
    """Cite a source, with the place in it; the name tells citations of one source apart."""
    return Thing(
        f"{source}/cite-{name}",
        (
            ("rdf:type", ref("bilat:Citation")),
            ("dcterms:source", node(source)),
            ("fabio:hasAccessDate", date(ACCESSED)),
            ("schema:pagination", string(locator)),
            *texts("bilat:statement", statement),
        ),
    )


def claim(
    iri: str, subject: str, value: Property, standing: tuple[str, str], rival: str, *, cited: Iterable[str]
) -> Thing:
    """Claim a value of a thing, against a rival; the standing is its rank and the reason, ``cited`` are terms."""
    predicate, term = value
    rank, reason = standing
    return Thing(
        iri,
        (
            ("rdf:type", ref("bilat:Claim")),
            ("rdf:subject", node(subject)),
            ("rdf:predicate", ref(predicate)),
            ("rdf:object", term),
            ("bilat:rank", ref(rank)),
            ("bilat:rankReason", ref(reason)),
            ("bilat:conflictsWith", node(rival)),
            *(("bilat:citation", citation) for citation in cited),
        ),
    )
