"""A part of what is built: a file of triples or quads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from bilateral.build import rdf


@dataclass(frozen=True)
class Part:
    """A file to load, and the graph for its triples; None leaves them where the file puts them."""

    path: Path
    graph: str | None = None

    def quads(self) -> Iterator[ox.Quad]:
        """Read the file as it will be loaded; it has been found to be sound."""
        graph = ox.NamedNode(self.graph) if self.graph else None
        for quad in ox.parse(path=self.path, format=rdf.format_of(self.path), base_iri=self.path.absolute().as_uri()):
            yield ox.Quad(quad.subject, quad.predicate, quad.object, graph) if graph else quad
