"""What the instances of each class have, counted for the whole graph by one query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from bilateral.build.setwise.triples import TYPE, Term, Triples

_QUERY: Final = """
SELECT ?class ?predicate (COUNT(*) AS ?rows) (COUNT(DISTINCT ?node) AS ?nodes) WHERE {
  ?node a ?class ; ?predicate ?value
} GROUP BY ?class ?predicate
"""


@dataclass(frozen=True)
class Usage:
    """How often a predicate is used at instances of a class, and at how many of them."""

    rows: int
    nodes: int


@dataclass(frozen=True)
class Profile:
    """How each class uses each predicate. Rows may be counted twice, where graphs share triples; nodes never."""

    used: Mapping[Term, Mapping[Term, Usage]]

    @classmethod
    def of(cls, triples: Triples) -> Profile:
        """Count a store."""
        used: dict[Term, dict[Term, Usage]] = {}
        for class_, predicate, rows, nodes in triples.select(_QUERY):
            used.setdefault(class_, {})[predicate] = Usage(int(rows.value), int(nodes.value))
        return cls(used)

    def size(self, classes: Iterable[Term]) -> int:
        """Give the number of instances; one of several classes counts as often."""
        return sum(self.usage(class_, TYPE).nodes for class_ in classes)

    def usage(self, class_: Term, predicate: ox.NamedNode) -> Usage:
        """Tell how a class uses a predicate."""
        return self.used.get(class_, {}).get(predicate, Usage(0, 0))

    def predicates(self, class_: Term) -> set[Term]:
        """Give the predicates that instances of a class have."""
        return set(self.used.get(class_, {}))

    def rows(self, predicate: ox.NamedNode, classes: Iterable[Term] | None = None) -> int:
        """Give about how many triples have a predicate, at instances of some classes or of all."""
        return sum(self.usage(class_, predicate).rows for class_ in (self.used if classes is None else classes))

    def all_have(self, classes: Iterable[Term], predicate: ox.NamedNode) -> bool:
        """Whether every instance has a value."""
        return all(self.usage(one, predicate).nodes == self.usage(one, TYPE).nodes for one in classes)

    def none_has_two(self, classes: Iterable[Term], predicate: ox.NamedNode) -> bool:
        """Whether no instance has more than one value."""
        return all((usage := self.usage(one, predicate)).rows == usage.nodes for one in classes)
