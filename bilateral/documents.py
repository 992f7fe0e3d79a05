"""Documents: what is said about one IRI, with its sources and with the names of all that it names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

import pyoxigraph as ox

from bilateral.query import select
from bilateral.terms import NAMING, RELATION, expand

_NAMING: Final = frozenset(ox.NamedNode(expand(name)) for name in NAMING)

_MANY: Final = 500
"""Statements of one property that a document lists of those that point to its thing."""

_OF_RELATION: Final = ox.NamedNode(expand("bilat:ofRelation"))


@dataclass(frozen=True)
class Document:
    """The quads that describe one IRI, in a fixed order.

    ``subjects`` are the things that the document is about: the IRI itself first, then its facts,
    claims, citations and sources. ``referrers`` are the things elsewhere that point to the IRI, by all
    properties but ``uncounted``: those by which too many do, and which a query is for.
    """

    iri: str
    subjects: tuple[ox.NamedNode, ...]
    referrers: tuple[ox.NamedNode, ...]
    quads: tuple[ox.Quad, ...]
    uncounted: tuple[ox.NamedNode, ...] = ()

    @property
    def is_relation(self) -> bool:
        """Whether the document is of a relation, with all its facts."""
        return _is_relation(self.iri)

    @property
    def triples(self) -> list[ox.Triple]:
        """The triples, each once, in order."""
        return list(dict.fromkeys(quad.triple for quad in self.quads))


def describe(store: ox.Store, iri: str, predicates: Iterable[str] = ()) -> Document | None:
    """Gather the document of an IRI; None where the store says nothing of it.

    A relation's document holds its facts with their claims, citations and sources. Any other
    thing's holds its own statements and what points to it by one of the ``predicates``, unless too
    many do by that one. Both name whatever they mention.
    """
    node = ox.NamedNode(iri)
    own = list(store.quads_for_pattern(node, None, None, None))
    if not own:
        return _describe_graph(store, node)
    is_relation = _is_relation(iri)
    members = select(store, "members-of-relation" if is_relation else "members-of-thing", iri=node)
    subjects = [node, *sorted({_named(member["node"]) for member in members} - {node}, key=str)]
    incoming, uncounted = ([], []) if is_relation else _incoming(store, node, predicates)
    referrers = sorted({_named(quad.subject) for quad in incoming} - set(subjects), key=str)
    quads = {quad for subject in subjects for quad in store.quads_for_pattern(subject, None, None, None)}
    quads.update(incoming)
    quads.update(_names(store, quads, set(subjects)))
    return Document(iri, tuple(subjects), tuple(referrers), tuple(sorted(quads, key=_order)), tuple(uncounted))


def _is_relation(iri: str) -> bool:
    return iri.startswith(RELATION) and "/" not in iri.removeprefix(RELATION)


def _incoming(
    store: ox.Store, node: ox.NamedNode, predicates: Iterable[str]
) -> tuple[list[ox.Quad], list[ox.NamedNode]]:
    """Give the statements that point to a thing, and the predicates by which too many do."""
    found: list[ox.Quad] = []
    uncounted: list[ox.NamedNode] = []
    for predicate in map(ox.NamedNode, predicates):
        quads = list(islice(store.quads_for_pattern(None, predicate, node, None), _MANY + 1))
        if len(quads) > _MANY:
            uncounted.append(predicate)
        else:
            found += quads
    return found, uncounted


def _describe_graph(store: ox.Store, node: ox.NamedNode) -> Document | None:
    """Give the content of a named graph, which is the document of the graph's IRI."""
    quads = sorted(store.quads_for_pattern(None, None, None, node), key=_order)
    if not quads:
        return None
    subjects = dict.fromkeys(quad.subject for quad in quads if isinstance(quad.subject, ox.NamedNode))
    return Document(node.value, tuple(subjects), (), tuple(quads))


def _names(store: ox.Store, quads: Iterable[ox.Quad], described: set[ox.NamedNode]) -> Iterator[ox.Quad]:
    """Give the naming statements of everything that is mentioned and not described."""
    mentioned = {
        term
        for quad in quads
        for term in (quad.subject, quad.predicate, quad.object, quad.graph_name)
        if isinstance(term, ox.NamedNode)
    }
    for term in mentioned - described:
        for quad in store.quads_for_pattern(term, None, None, None):
            if quad.predicate in _NAMING or quad.predicate == _OF_RELATION:
                yield quad


def _named(term: object) -> ox.NamedNode:
    assert isinstance(term, ox.NamedNode), "our own data has no blank nodes"
    return term


def _order(quad: ox.Quad) -> tuple[str, str, str, str]:
    return (str(quad.graph_name), str(quad.subject), str(quad.predicate), str(quad.object))
