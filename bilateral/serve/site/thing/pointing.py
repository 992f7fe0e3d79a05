"""What points to a thing: by which property, how many, and the first of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bilateral.serve.site.link import Link
from bilateral.serve.site.reader import Reader
from bilateral.serve.site.thing.members import BELONGING
from bilateral.terms import expand

COUNTED: Final = 10_000
"""The most that are counted, as the query has it."""

_SHOWN_ELSEWHERE: Final = BELONGING | {expand(name) for name in ("dcterms:source", "rdf:subject", "bilat:ofRelation")}
"""Properties of which a page has a part of its own."""


@dataclass(frozen=True)
class Count:
    """How many things of a class point here by a property."""

    property: Link
    class_: Link
    count: int


@dataclass(frozen=True)
class Fact:
    """A fact that rests on a source, and what the source says of it."""

    link: Link
    statement: str


def read_pointing(reader: Reader) -> tuple[tuple[Link, Link], ...]:
    """Read the first things that point here, each with the property."""
    named = (
        (
            reader.graph.link(row.text("property"), reader.language),
            reader.graph.link(row.text("subject"), reader.language),
        )
        for row in reader.rows("thing/pointing")
        if row.text("property") not in _SHOWN_ELSEWHERE
    )
    return tuple(sorted(named, key=lambda pair: (pair[0].text, pair[1].text.casefold())))


def read_counts(reader: Reader) -> tuple[Count, ...]:
    """Count what points here by property and class."""
    return tuple(
        Count(
            reader.graph.link(row.text("property"), reader.language),
            reader.graph.link(row.text("class"), reader.language),
            int(row.text("count")),
        )
        for row in reader.rows("thing/pointing-counts")
    )


def read_facts(reader: Reader) -> tuple[Fact, ...]:
    """Read the first facts that rest on a source."""
    facts = {row.text("fact"): row.text("statement") for row in reader.rows("thing/facts-of-source")}
    named = (Fact(reader.graph.link(iri, reader.language), statement) for iri, statement in facts.items())
    return tuple(sorted(named, key=lambda fact: fact.link.text.casefold()))
