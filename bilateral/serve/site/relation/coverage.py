"""Coverage: which kinds of facts a relation has, and of which nothing is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bilateral.serve.site.graph import Graph
from bilateral.serve.site.link import Link
from bilateral.serve.site.relation.reader import RelationReader


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


def fact_classes(graph: Graph, of_all: Mapping[str, int]) -> list[str]:
    """Give the IRIs of the classes of facts, as ontology and graph have them; the most frequent first."""
    found = [row.text("class") for row in graph.rows("relation/classes")]
    return sorted(found, key=lambda iri: (-of_all.get(iri, 0), iri))


def read_coverage(reader: RelationReader, of_all: Mapping[str, int]) -> Coverage:
    """Count the facts of each class; ``of_all`` gives those of the whole graph by the class's IRI."""
    counts = reader.counts
    sources = reader.rows("relation/sources") if counts else []
    return Coverage(
        kinds=tuple(
            Known(reader.graph.link(iri, reader.language), counts.get(iri, 0), of_all.get(iri, 0))
            for iri in fact_classes(reader.graph, of_all)
        ),
        sources=tuple(
            (reader.graph.link(row.text("source"), reader.language), int(row.text("facts"))) for row in sources
        ),
    )
