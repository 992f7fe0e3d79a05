"""A shapes graph, read into shapes; what the set-wise runner does not know is refused (SHACL, section 2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox
import rdflib
from rdflib import RDF, RDFS, SH
from rdflib.term import Node

from bilateral.build.setwise import constraints
from bilateral.build.setwise.constraints import Constraint
from bilateral.build.setwise.paths import Path, read_path
from bilateral.build.setwise.triples import Term, Triples, to_oxigraph
from bilateral.errors import ShapesError

_DESCRIBING: Final = {
    *(SH.path, SH.property, SH.severity, SH.message, SH.deactivated),
    *(SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf),
    *(SH.name, SH.description, SH.order, SH.group, SH.defaultValue),
    *(SH.inversePath, SH.alternativePath, SH.zeroOrMorePath, SH.oneOrMorePath, SH.zeroOrOnePath),
    *(SH.declare, SH.prefix, SH.namespace, SH.prefixes, SH.select, SH.suggestedShapesGraph, SH.shapesGraph),
}
_REPORTING: Final = {
    *(SH.conforms, SH.result, SH.focusNode, SH.resultPath, SH.value, SH.resultSeverity, SH.resultMessage),
    *(SH.sourceShape, SH.sourceConstraint, SH.sourceConstraintComponent, SH.detail, SH.shapesGraphWellFormed),
}


@dataclass(frozen=True)
class Targets:
    """Which nodes a shape is for (SHACL, section 2.1.3)."""

    classes: frozenset[ox.NamedNode] = frozenset()
    nodes: frozenset[Term] = frozenset()
    subjects_of: frozenset[ox.NamedNode] = frozenset()
    objects_of: frozenset[ox.NamedNode] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.classes or self.nodes or self.subjects_of or self.objects_of)

    def __or__(self, other: Targets) -> Targets:
        return Targets(
            self.classes | other.classes,
            self.nodes | other.nodes,
            self.subjects_of | other.subjects_of,
            self.objects_of | other.objects_of,
        )

    def hit(self, triples: Triples, node: Term) -> bool:
        """Whether a node is one of them."""
        return (
            node in self.nodes
            or any(triples.is_instance(node, class_) for class_ in self.classes)
            or any(triples.has(node, predicate, None) for predicate in self.subjects_of)
            or any(triples.has(None, predicate, node) for predicate in self.objects_of)
        )


@dataclass(frozen=True)
class Shape:
    """A node shape, or with a path a property shape. Shapes inside it are named, not held: they may be shared."""

    node: Node
    path: Path | None
    targets: Targets
    severity: str
    messages: dict[str, str]
    constraints: tuple[Constraint, ...]
    properties: tuple[Node, ...]


def read_shapes(graph: rdflib.Graph) -> dict[Node, Shape]:
    """Read every shape that is not deactivated.

    Raises:
        ShapesError: names a component or target that is not known, or a shape that is not well-formed.
    """
    unknown = {predicate for predicate in graph.predicates() if str(predicate).startswith(str(SH))}
    unknown -= {*_DESCRIBING, *_REPORTING, *constraints.PARAMETERS}
    if unknown:
        names = ", ".join(sorted(f"sh:{str(predicate).removeprefix(str(SH))}" for predicate in unknown))
        raise ShapesError(f"the set-wise runner does not know {names}: check with pySHACL")
    found: dict[Node, Shape] = {}
    for node in _named(graph):
        _read(graph, node, found, ())
    return found


def _named(graph: rdflib.Graph) -> Iterable[Node]:
    """Give the nodes that are surely shapes; reading them leads to the others."""
    types = (SH.NodeShape, SH.PropertyShape)
    targets = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
    yield from (node for type_ in types for node in graph.subjects(RDF.type, type_))
    yield from (node for target in targets for node in graph.subjects(target, None))


def _read(graph: rdflib.Graph, node: Node, found: dict[Node, Shape], above: tuple[Node, ...]) -> None:
    """Read a shape and those inside it."""
    if node in above:
        raise ShapesError(f"{node} contains itself: what SHACL means by that is not defined (section 3.4.3)")
    if node in found:
        return
    if (node, None, None) not in graph:
        raise ShapesError(f"{node} is used as a shape, but nothing is said of it")
    if _is_off(graph, node):
        found[node] = Shape(node, None, Targets(), "", {}, (), ())
        return
    path = graph.value(node, SH.path)
    shape = Shape(
        node,
        None if path is None else read_path(graph, path),
        _targets(graph, node),
        str(graph.value(node, SH.severity) or SH.Violation).rpartition("#")[2],
        constraints.messages(graph, node),
        tuple(constraints.read(graph, node)),
        tuple(graph.objects(node, SH.property)),
    )
    for inner in shape.properties:
        if (inner, SH.path, None) not in graph:
            raise ShapesError(f"{inner} is used as a property shape, but has no sh:path")
    for inner in (*shape.properties, *(used for one in shape.constraints for used in one.shapes)):
        _read(graph, inner, found, (*above, node))
    found[node] = shape


def _is_off(graph: rdflib.Graph, node: Node) -> bool:
    off = graph.value(node, SH.deactivated)
    return isinstance(off, rdflib.Literal) and off.value is True


def _targets(graph: rdflib.Graph, node: Node) -> Targets:
    def named(predicate: Node) -> frozenset[ox.NamedNode]:
        return frozenset(ox.NamedNode(str(value)) for value in graph.objects(node, predicate))

    meta = {RDFS.Class, *graph.transitive_subjects(RDFS.subClassOf, RDFS.Class)}
    is_class = isinstance(node, rdflib.URIRef) and not meta.isdisjoint(graph.objects(node, RDF.type))
    return Targets(
        named(SH.targetClass) | (frozenset({ox.NamedNode(str(node))}) if is_class else frozenset()),
        frozenset(to_oxigraph(value) for value in graph.objects(node, SH.targetNode)),
        named(SH.targetSubjectsOf),
        named(SH.targetObjectsOf),
    )
