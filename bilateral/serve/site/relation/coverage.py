"""Coverage: which kinds of facts a relation has, and of which nothing is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bilateral.serve.site.link import Link, address_of
from bilateral.serve.site.relation.reader import RelationReader
from bilateral.terms import expand

KINDS: Final = (
    "RelationEvent",
    "DiplomaticMission",
    "Accreditation",
    "Agreement",
    "OfficialVisit",
    "VisaRule",
    "TradeObservation",
    "DyadicObservation",
    "MigrationStock",
    "AidPackage",
    "DefenceProcurement",
    "CulturalPresence",
    "SubnationalTie",
)
"""The classes of facts, in the order of the page."""


@dataclass(frozen=True)
class Known:
    """How many facts of a class a relation has, and how many the whole graph."""

    kind: Link
    facts: int
    of_all: int


@dataclass(frozen=True)
class Coverage:
    """All classes, and the sources with how many facts cite each."""

    kinds: tuple[Known, ...]
    sources: tuple[tuple[Link, int], ...]

    @property
    def facts(self) -> int:
        """How many facts there are."""
        return sum(known.facts for known in self.kinds)

    @property
    def unknown(self) -> tuple[Known, ...]:
        """The classes of which nothing is known."""
        return tuple(known for known in self.kinds if known.facts == 0)

    def has(self, *names: str) -> bool:
        """Whether there is a fact of any of these classes."""
        wanted = {address_of(expand(f"bilat:{name}")) for name in names}
        return any(known.facts for known in self.kinds if known.kind.href in wanted)


def read_coverage(reader: RelationReader, of_all: dict[str, int]) -> Coverage:
    """Count the facts of each class; ``of_all`` gives those of the whole graph by the class's IRI."""
    counts = reader.counts
    classes = [expand(f"bilat:{name}") for name in KINDS]
    sources = reader.rows("relation/sources") if counts else []
    return Coverage(
        kinds=tuple(
            Known(reader.graph.link(iri, reader.language), counts.get(iri, 0), of_all.get(iri, 0)) for iri in classes
        ),
        sources=tuple(
            (reader.graph.link(row.text("source"), reader.language), int(row.text("facts"))) for row in sources
        ),
    )
