"""The triples of a store, all its graphs taken together, as the set-wise runner looks at them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

import pyoxigraph as ox
import rdflib
from rdflib import RDF, RDFS, XSD
from rdflib.term import Node

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
TYPE: Final = ox.NamedNode(str(RDF.type))
_SUBCLASS: Final = ox.NamedNode(str(RDFS.subClassOf))


class Triples:
    """A view of a store; what it remembers is right as long as the store stays as it is."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self._subclasses: dict[ox.NamedNode, frozenset[Term]] = {}

    def objects(self, node: Term, predicate: ox.NamedNode) -> set[Term]:
        """Give the values of a property."""
        if isinstance(node, ox.Literal | ox.Triple):
            return set()
        return {quad.object for quad in self._store.quads_for_pattern(node, predicate, None, None)}

    def subjects(self, predicate: ox.NamedNode, node: Term) -> set[Term]:
        """Give the nodes that have a value."""
        return {quad.subject for quad in self._store.quads_for_pattern(None, predicate, node, None)}

    def properties(self, node: Term) -> set[tuple[ox.NamedNode, Term]]:
        """Give all that is said of a node."""
        if isinstance(node, ox.Literal | ox.Triple):
            return set()
        return {(quad.predicate, quad.object) for quad in self._store.quads_for_pattern(node, None, None, None)}

    def has(self, subject: Term | None, predicate: ox.NamedNode, object_: Term | None) -> bool:
        """Whether there is such a triple."""
        if isinstance(subject, ox.Literal | ox.Triple):
            return False
        return next(self._store.quads_for_pattern(subject, predicate, object_, None), None) is not None

    def subclasses(self, class_: ox.NamedNode) -> frozenset[Term]:
        """Give a class and all below it (SHACL, section 1.1: SHACL subclasses)."""
        if class_ not in self._subclasses:
            found: set[Term] = {class_}
            new: set[Term] = {class_}
            while new:
                new = {below for above in new for below in self.subjects(_SUBCLASS, above)} - found
                found |= new
            self._subclasses[class_] = frozenset(found)
        return self._subclasses[class_]

    def is_instance(self, node: Term, class_: ox.NamedNode) -> bool:
        """Whether a node is a SHACL instance of a class."""
        return not self.objects(node, TYPE).isdisjoint(self.subclasses(class_))

    def select(
        self, query: str, substitutions: dict[ox.Variable, Term] | None = None, prefixes: dict[str, str] | None = None
    ) -> ox.QuerySolutions:
        """Ask a SELECT query."""
        solutions = self._store.query(
            query, use_default_graph_as_union=True, prefixes=prefixes, substitutions=substitutions
        )
        assert isinstance(solutions, ox.QuerySolutions)
        return solutions

    def column(self, query: str) -> Iterator[Term]:
        """Give the one column of a SELECT query."""
        return (solution[0] for solution in self.select(query))


@lru_cache(maxsize=1 << 16)
def to_rdflib(term: Term) -> Node:
    """Give a term of the store as rdflib has it, a number in its canonical form."""
    match term:
        case ox.NamedNode():
            return rdflib.URIRef(term.value)
        case ox.BlankNode():
            return rdflib.BNode(term.value)
        case ox.Literal() if term.language:
            return rdflib.Literal(term.value, lang=term.language)
        case ox.Literal():
            return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value))
    msg = f"rdflib has no form of {term}"
    raise TypeError(msg)


def to_oxigraph(node: Node) -> Term:
    """Give a term of rdflib as the store has it."""
    match node:
        case rdflib.URIRef():
            return ox.NamedNode(str(node))
        case rdflib.BNode():
            return ox.BlankNode(str(node))
        case rdflib.Literal() if node.language:
            return ox.Literal(str(node), language=node.language)
        case rdflib.Literal():
            return ox.Literal(str(node), datatype=ox.NamedNode(str(node.datatype or XSD.string)))
    msg = f"a store has no form of {node!r}"
    raise TypeError(msg)
