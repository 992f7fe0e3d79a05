"""The vocabulary: ontology and shapes as published, in a store of their own."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox

from bilateral.serve.site.graph import Graph


class Vocabulary:
    """Answers questions on terms and shapes."""

    def __init__(self, files: Path) -> None:
        """Read ``ontology.ttl`` and ``shapes.ttl`` of a folder, where they are."""
        store = ox.Store()
        for name in ("ontology", "shapes"):
            path = files / f"{name}.ttl"
            if path.exists():
                store.bulk_load(path=str(path), format=ox.RdfFormat.TURTLE)
        self.graph = Graph(store)
        self._targets = [(row.text("shape"), row.text("target")) for row in self.graph.rows("vocabulary/targets")]
        self._superclasses = lru_cache(256)(self._read_superclasses)

    def shapes_of(self, classes: frozenset[str], properties: frozenset[str]) -> list[str]:
        """Give the shapes that a thing of these classes, with these properties, has to conform to.

        SHACL, sections 2.1.3.2 (class-based targets) and 2.1.3.4 (subjects-of targets).
        """
        targets = {above for class_ in classes for above in self._superclasses(class_)} | properties
        return list(dict.fromkeys(shape for shape, target in self._targets if target in targets))

    def _read_superclasses(self, iri: str) -> tuple[str, ...]:
        return tuple(row.text("class") for row in self.graph.rows("vocabulary/superclasses", iri=iri))
