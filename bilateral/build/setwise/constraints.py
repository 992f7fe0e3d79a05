"""The constraints of a shape, read from a shapes graph (SHACL, section 4).

Each tells its component, and names the shapes that it holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

import pyoxigraph as ox
import rdflib
from rdflib import SH
from rdflib.term import Node

from bilateral.build.setwise import values
from bilateral.build.setwise.query import Query, read_query
from bilateral.build.setwise.triples import to_oxigraph, to_rdflib
from bilateral.errors import ShapesError


@dataclass(frozen=True)
class Constraint:
    """What all have in common; the component's name is without its namespace."""

    component: str

    @property
    def shapes(self) -> tuple[Node, ...]:
        """The shapes that it holds."""
        return ()


@dataclass(frozen=True)
class Value(Constraint):
    """Each value node must pass a test by itself."""

    test: values.Test


@dataclass(frozen=True)
class Instance(Constraint):
    """Each value node must be of a class (sh:class)."""

    class_: ox.NamedNode


@dataclass(frozen=True)
class Logic(Constraint):
    """Of some shapes, each value node must conform to a wanted number."""

    members: tuple[Node, ...]
    wanted: Callable[[int], bool]

    @property
    def shapes(self) -> tuple[Node, ...]:
        """The shapes that it holds."""
        return self.members


@dataclass(frozen=True)
class Count(Constraint):
    """At least or at most so many value nodes."""

    least: int | None
    most: int | None


@dataclass(frozen=True)
class Qualified(Constraint):
    """At least or at most so many value nodes that conform to a shape, and to none of its siblings."""

    shape: Node
    siblings: tuple[Node, ...]
    least: int | None
    most: int | None

    @property
    def shapes(self) -> tuple[Node, ...]:
        """The shapes that it holds."""
        return (self.shape, *self.siblings)


@dataclass(frozen=True)
class UniqueLang(Constraint):
    """No two value nodes in one language."""


@dataclass(frozen=True)
class HasValue(Constraint):
    """One of the value nodes must be this (sh:hasValue)."""

    value: Node


@dataclass(frozen=True)
class Pair(Constraint):
    """The value nodes stand in a relation to the values of another property."""

    predicate: ox.NamedNode


@dataclass(frozen=True)
class Closed(Constraint):
    """The value nodes have only these properties."""

    allowed: frozenset[ox.NamedNode]


@dataclass(frozen=True)
class Sparql(Constraint):
    """A query finds no violation (sh:sparql)."""

    query: Query


def messages(graph: rdflib.Graph, node: Node) -> dict[str, str]:
    """Give what a shape or constraint says, by language."""
    said = (m for m in graph.objects(node, SH.message) if isinstance(m, rdflib.Literal))
    return dict(sorted((message.language or "en", str(message)) for message in said))


def read(graph: rdflib.Graph, shape: Node) -> Iterator[Constraint]:
    """Read the constraints of a shape."""
    for parameter, reader in _READERS.items():
        for value in graph.objects(shape, parameter):
            yield from reader(graph, shape, value)


_Reader = Callable[[rdflib.Graph, Node, Node], Iterator[Constraint]]


def _value(component: str, make: Callable[[Node], values.Test]) -> _Reader:
    def reader(_: rdflib.Graph, __: Node, value: Node) -> Iterator[Constraint]:
        yield Value(f"{component}ConstraintComponent", make(value))

    return reader


def _number(value: Node | None) -> int | None:
    if value is None:
        return None
    if not isinstance(value, rdflib.Literal) or not isinstance(value.value, int):
        raise ShapesError(f"{value} is not a whole number")
    return value.value


def _at_least(limit: Node) -> values.Test:
    least = _number(limit) or 0
    # A length of nought or more has every node, even a blank one, says pySHACL.
    return values.length(lambda length: length >= least) if least else lambda _: True


def _at_most(limit: Node) -> values.Test:
    most = _number(limit) or 0
    return values.length(lambda length: length <= most)


def _class(_: rdflib.Graph, __: Node, value: Node) -> Iterator[Constraint]:
    yield Instance("ClassConstraintComponent", ox.NamedNode(str(value)))


def _in(graph: rdflib.Graph, _: Node, value: Node) -> Iterator[Constraint]:
    members = frozenset(to_rdflib(to_oxigraph(item)) for item in graph.items(value))
    yield Value("InConstraintComponent", members.__contains__)


def _has_value(_: rdflib.Graph, __: Node, value: Node) -> Iterator[Constraint]:
    yield HasValue("HasValueConstraintComponent", to_rdflib(to_oxigraph(value)))


def _pattern(graph: rdflib.Graph, shape: Node, value: Node) -> Iterator[Constraint]:
    flags = str(graph.value(shape, SH.flags) or "")
    yield Value("PatternConstraintComponent", values.pattern(str(value), flags))


def _language_in(graph: rdflib.Graph, _: Node, value: Node) -> Iterator[Constraint]:
    ranges = frozenset(str(item).lower() for item in graph.items(value))
    yield Value("LanguageInConstraintComponent", values.language_in(ranges))


def _unique_lang(_: rdflib.Graph, __: Node, value: Node) -> Iterator[Constraint]:
    # Only true itself, not 1 (section 4.4.5).
    if isinstance(value, rdflib.Literal) and str(value) == "true":
        yield UniqueLang("UniqueLangConstraintComponent")


def _min_count(_: rdflib.Graph, __: Node, value: Node) -> Iterator[Constraint]:
    yield Count("MinCountConstraintComponent", _number(value), None)


def _max_count(_: rdflib.Graph, __: Node, value: Node) -> Iterator[Constraint]:
    yield Count("MaxCountConstraintComponent", None, _number(value))


def _pair(component: str) -> _Reader:
    def reader(_: rdflib.Graph, __: Node, value: Node) -> Iterator[Constraint]:
        yield Pair(f"{component}ConstraintComponent", ox.NamedNode(str(value)))

    return reader


def _one(component: str, wanted: int) -> _Reader:
    def reader(_: rdflib.Graph, __: Node, value: Node) -> Iterator[Constraint]:
        yield Logic(f"{component}ConstraintComponent", (value,), lambda count: count == wanted)

    return reader


def _several(component: str, wanted: Callable[[int, int], bool]) -> _Reader:
    def reader(graph: rdflib.Graph, _: Node, value: Node) -> Iterator[Constraint]:
        members = tuple(graph.items(value))
        yield Logic(f"{component}ConstraintComponent", members, partial(wanted, len(members)))

    return reader


def _closed(graph: rdflib.Graph, shape: Node, value: Node) -> Iterator[Constraint]:
    if isinstance(value, rdflib.Literal) and value.value is True:
        ignored = {item for head in graph.objects(shape, SH.ignoredProperties) for item in graph.items(head)}
        paths = {path for inner in graph.objects(shape, SH.property) for path in graph.objects(inner, SH.path)}
        named = (node for node in ignored | paths if isinstance(node, rdflib.URIRef))
        yield Closed("ClosedConstraintComponent", frozenset(ox.NamedNode(str(node)) for node in named))


def _qualified(graph: rdflib.Graph, shape: Node, value: Node) -> Iterator[Constraint]:
    disjoint = graph.value(shape, SH.qualifiedValueShapesDisjoint)
    siblings: set[Node] = set()
    if isinstance(disjoint, rdflib.Literal) and disjoint.value is True:
        beside = (
            other for parent in graph.subjects(SH.property, shape) for other in graph.objects(parent, SH.property)
        )
        siblings = {used for other in beside for used in graph.objects(other, SH.qualifiedValueShape)} - {value}
    least, most = (_number(graph.value(shape, limit)) for limit in (SH.qualifiedMinCount, SH.qualifiedMaxCount))
    if least is not None:
        yield Qualified("QualifiedMinCountConstraintComponent", value, tuple(siblings), least, None)
    if most is not None:
        yield Qualified("QualifiedMaxCountConstraintComponent", value, tuple(siblings), None, most)


def _sparql(graph: rdflib.Graph, shape: Node, value: Node) -> Iterator[Constraint]:
    off = graph.value(value, SH.deactivated)
    if not (isinstance(off, rdflib.Literal) and off.value is True):
        yield Sparql("SPARQLConstraintComponent", read_query(graph, shape, value, messages(graph, value)))


_READERS: Final[dict[Node, _Reader]] = {
    SH["class"]: _class,
    SH.datatype: _value("Datatype", values.datatype),
    SH.nodeKind: _value("NodeKind", values.node_kind),
    SH.minCount: _min_count,
    SH.maxCount: _max_count,
    SH.minExclusive: _value("MinExclusive", lambda limit: values.in_range(limit, lambda order: order > 0)),
    SH.minInclusive: _value("MinInclusive", lambda limit: values.in_range(limit, lambda order: order >= 0)),
    SH.maxExclusive: _value("MaxExclusive", lambda limit: values.in_range(limit, lambda order: order < 0)),
    SH.maxInclusive: _value("MaxInclusive", lambda limit: values.in_range(limit, lambda order: order <= 0)),
    SH.minLength: _value("MinLength", _at_least),
    SH.maxLength: _value("MaxLength", _at_most),
    SH.pattern: _pattern,
    SH.languageIn: _language_in,
    SH.uniqueLang: _unique_lang,
    SH.equals: _pair("Equals"),
    SH.disjoint: _pair("Disjoint"),
    SH.lessThan: _pair("LessThan"),
    SH.lessThanOrEquals: _pair("LessThanOrEquals"),
    SH["not"]: _one("Not", 0),
    SH["and"]: _several("And", lambda members, count: count == members),
    SH["or"]: _several("Or", lambda _, count: count > 0),
    SH.xone: _several("Xone", lambda _, count: count == 1),
    SH.node: _one("Node", 1),
    SH.qualifiedValueShape: _qualified,
    SH.closed: _closed,
    SH.hasValue: _has_value,
    SH["in"]: _in,
    SH.sparql: _sparql,
}
PARAMETERS: Final = {
    *_READERS,
    *(SH.flags, SH.ignoredProperties),
    *(SH.qualifiedMinCount, SH.qualifiedMaxCount, SH.qualifiedValueShapesDisjoint),
}
"""The parameters of the components that are known (SHACL, section 4)."""
