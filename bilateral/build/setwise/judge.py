"""The judgement of one node by one shape, exact in all components (SHACL, sections 3.4 and 4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

import pyoxigraph as ox
import rdflib
from rdflib.term import Node

from bilateral.build.finding import Finding
from bilateral.build.setwise import constraints as c
from bilateral.build.setwise.paths import Predicate
from bilateral.build.setwise.query import Query
from bilateral.build.setwise.shapes import Shape
from bilateral.build.setwise.triples import Term, Triples, to_rdflib
from bilateral.build.setwise.values import compare

_THIS: Final = ox.Variable("this")
# The resource that every node is an instance of breaks no closed shape, says pySHACL.
_EVERYTHING: Final = ox.NamedNode(str(rdflib.RDFS.Resource))

Result = tuple[Term | None, str | None]
"""The value and the path of a result."""


class Judge:
    """Judges the nodes of a store by shapes."""

    def __init__(self, triples: Triples, shapes: Mapping[Node, Shape]) -> None:
        self._triples = triples
        self._shapes = shapes
        self._known: dict[tuple[Node, Term], bool] = {}

    def conforms(self, node: Term, shape: Node) -> bool:
        """Whether a node conforms to a shape (section 3.4)."""
        key = (shape, node)
        if key not in self._known:
            self._known[key] = next(self.findings(node, self._shapes[shape]), None) is None
        return self._known[key]

    def findings(self, node: Term, shape: Shape) -> Iterator[Finding]:
        """Give the results of a node and a shape, those of its property shapes included (section 3.4.1)."""
        yield from self.core_findings(node, shape)
        for constraint in shape.constraints:
            if isinstance(constraint, c.Sparql):
                yield from self.asked(node, shape, constraint.query)
        yield from self.inner_findings(node, shape)

    def core_findings(self, node: Term, shape: Shape) -> Iterator[Finding]:
        """Give the results of the shape's own constraints, but for those in SPARQL."""
        values = self.values(node, shape) if shape.constraints else set()
        for constraint in shape.constraints:
            for value, path in self._results(node, values, constraint):
                yield finding(node, shape, constraint.component, value, path)

    def inner_findings(self, node: Term, shape: Shape) -> Iterator[Finding]:
        """Give the results of the property shapes inside, at each value node (section 4.7.2)."""
        for value in self.values(node, shape) if shape.properties else ():
            for inner in shape.properties:
                yield from self.findings(value, self._shapes[inner])

    def values(self, node: Term, shape: Shape) -> set[Term]:
        """Give the value nodes (section 2.1.4)."""
        return {node} if shape.path is None else shape.path.follow(self._triples, node)

    def passes(self, value: Term, constraint: c.Constraint) -> bool:
        """Whether a value node passes a constraint that looks at each by itself."""
        match constraint:
            case c.Value():
                return constraint.test(to_rdflib(value))
            case c.Instance():
                return self._triples.is_instance(value, constraint.class_)
            case c.Logic():
                return constraint.wanted(sum(self.conforms(value, shape) for shape in constraint.members))
        return False

    def asked(self, node: Term, shape: Shape, query: Query) -> Iterator[Finding]:
        """Give the results of a SPARQL constraint at one node."""
        rows = self._triples.select(query.text, {_THIS: node}, dict(query.prefixes))
        yield from (found for _, found in answers(rows, shape, query, node))

    def _results(self, node: Term, values: set[Term], constraint: c.Constraint) -> Iterator[Result]:
        match constraint:
            case c.Value() | c.Instance() | c.Logic():
                yield from ((value, None) for value in values if not self.passes(value, constraint))
            case c.Count():
                yield from _miscounted(len(values), constraint.least, constraint.most)
            case c.Qualified():
                count = sum(self._counts(value, constraint) for value in values)
                yield from _miscounted(count, constraint.least, constraint.most)
            case c.UniqueLang():
                spoken = Counter(v.language.lower() for v in values if isinstance(v, ox.Literal) and v.language)
                yield from ((None, None) for times in spoken.values() if times > 1)
            case c.HasValue():
                if constraint.value not in map(to_rdflib, values):
                    yield None, None
            case c.Pair():
                others = self._triples.objects(node, constraint.predicate)
                yield from ((value, None) for value in _unpaired(constraint.component, values, others))
            case c.Closed():
                yield from self._extra(values, constraint.allowed)
            case c.Sparql():
                pass
            case _:
                raise TypeError(constraint)

    def _counts(self, value: Term, constraint: c.Qualified) -> bool:
        return self.conforms(value, constraint.shape) and not any(
            self.conforms(value, sibling) for sibling in constraint.siblings
        )

    def _extra(self, values: set[Term], allowed: frozenset[ox.NamedNode]) -> Iterator[Result]:
        for value in values:
            for predicate, object_ in self._triples.properties(value):
                if predicate not in allowed and object_ != _EVERYTHING:
                    yield object_, predicate.value


def _miscounted(count: int, least: int | None, most: int | None) -> Iterator[Result]:
    if (least is not None and count < least) or (most is not None and count > most):
        yield None, None


def _unpaired(component: str, values: set[Term], others: set[Term]) -> Iterator[Term]:
    """Compare with the values of another property (section 4.5)."""
    match component.removesuffix("ConstraintComponent"):
        case "Equals":
            yield from values ^ others
        case "Disjoint":
            yield from values & others
        case "LessThan":
            yield from (value for value in values for other in others if _order(value, other) != -1)
        case "LessThanOrEquals":
            yield from (value for value in values for other in others if _order(value, other) not in (-1, 0))


def _order(one: Term, other: Term) -> int | None:
    first, second = to_rdflib(one), to_rdflib(other)
    if isinstance(first, rdflib.Literal) and isinstance(second, rdflib.Literal):
        return compare(first, second)
    return None


def finding(node: Term, shape: Shape, component: str, value: Term | None, path: str | None = None) -> Finding:
    """Make a result; where no path is given, it is that of the shape."""
    own = shape.path.iri.value if isinstance(shape.path, Predicate) else None
    return Finding(
        severity=shape.severity,
        focus_node=str(to_rdflib(node)),
        path=path or own,
        value=None if value is None else to_rdflib(value),
        messages=shape.messages,
        source_shape=str(shape.node),
        component=component,
    )


def answers(
    rows: ox.QuerySolutions, shape: Shape, query: Query, node: Term | None = None
) -> Iterator[tuple[Term, Finding]]:
    """Give the focus nodes and results that rows of a SPARQL constraint mean, equal rows once (section 5.3.1)."""
    names = [variable.value for variable in rows.variables]
    seen = set()
    for row in rows:
        key = tuple(row)
        if key in seen:
            continue
        seen.add(key)
        said = dict(zip(names, key, strict=True))
        this = said.get("this") or node
        if this is None:
            continue
        value, path = said.get("value"), said.get("path")
        if value is None and shape.path is None:
            value = this
        found = finding(this, shape, "SPARQLConstraintComponent", value, getattr(path, "value", None))
        yield this, replace(found, messages=query.messages, constraint=str(query.node))
