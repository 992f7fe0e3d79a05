"""Property paths (SHACL, section 2.3.1): read from a shapes graph, followed from a node, written as SPARQL."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox
import rdflib
from rdflib import RDF, SH
from rdflib.term import Node

from bilateral.build.setwise.triples import Term, Triples
from bilateral.errors import ShapesError


@dataclass(frozen=True)
class Predicate:
    """A path of one predicate."""

    iri: ox.NamedNode

    @property
    def sparql(self) -> str:
        """The path in SPARQL."""
        return str(self.iri)

    def follow(self, triples: Triples, node: Term, *, back: bool = False) -> set[Term]:
        """Give the nodes at the other end."""
        return triples.subjects(self.iri, node) if back else triples.objects(node, self.iri)


@dataclass(frozen=True)
class Inverse:
    """A path followed backwards."""

    path: Path

    @property
    def sparql(self) -> str:
        """The path in SPARQL."""
        return f"^({self.path.sparql})"

    def follow(self, triples: Triples, node: Term, *, back: bool = False) -> set[Term]:
        """Give the nodes at the other end."""
        return self.path.follow(triples, node, back=not back)


@dataclass(frozen=True)
class Sequence:
    """Paths one after the other."""

    paths: tuple[Path, ...]

    @property
    def sparql(self) -> str:
        """The path in SPARQL."""
        return "(" + "/".join(path.sparql for path in self.paths) + ")"

    def follow(self, triples: Triples, node: Term, *, back: bool = False) -> set[Term]:
        """Give the nodes at the other end."""
        nodes = {node}
        for path in reversed(self.paths) if back else self.paths:
            nodes = _ends(path, triples, nodes, back=back)
        return nodes


@dataclass(frozen=True)
class Alternative:
    """Any of several paths."""

    paths: tuple[Path, ...]

    @property
    def sparql(self) -> str:
        """The path in SPARQL."""
        return "(" + "|".join(path.sparql for path in self.paths) + ")"

    def follow(self, triples: Triples, node: Term, *, back: bool = False) -> set[Term]:
        """Give the nodes at the other end."""
        return {end for path in self.paths for end in path.follow(triples, node, back=back)}


@dataclass(frozen=True)
class Repeat:
    """A path followed any number of times, or at most once."""

    path: Path
    mark: str

    @property
    def sparql(self) -> str:
        """The path in SPARQL."""
        return f"({self.path.sparql}){self.mark}"

    def follow(self, triples: Triples, node: Term, *, back: bool = False) -> set[Term]:
        """Give the nodes at the other end."""
        once = self.path.follow(triples, node, back=back)
        if self.mark == "?":
            return once | {node}
        found, new = set(once), once
        while new:
            new = _ends(self.path, triples, new, back=back) - found
            found |= new
        return found | {node} if self.mark == "*" else found


Path = Predicate | Inverse | Sequence | Alternative | Repeat

_MARKS = {SH.zeroOrMorePath: "*", SH.oneOrMorePath: "+", SH.zeroOrOnePath: "?"}


def _ends(path: Path, triples: Triples, nodes: Iterable[Term], *, back: bool) -> set[Term]:
    return {end for node in nodes for end in path.follow(triples, node, back=back)}


def is_plain(path: Path) -> bool:
    """Whether SPARQL finds the same ends of a path from all nodes at once: it does not count steps."""
    match path:
        case Predicate():
            return True
        case Inverse():
            return is_plain(path.path)
        case Sequence() | Alternative():
            return all(map(is_plain, path.paths))
        case Repeat():
            return False


def read_path(shapes: rdflib.Graph, node: Node) -> Path:
    """Read a path.

    Raises:
        ShapesError: it is not well-formed.
    """
    if isinstance(node, rdflib.URIRef):
        return Predicate(ox.NamedNode(str(node)))
    if (node, RDF.first, None) in shapes:
        return Sequence(tuple(read_path(shapes, item) for item in shapes.items(node)))
    for predicate, value in shapes.predicate_objects(node):
        if predicate == SH.inversePath:
            return Inverse(read_path(shapes, value))
        if predicate == SH.alternativePath:
            return Alternative(tuple(read_path(shapes, item) for item in shapes.items(value)))
        if isinstance(predicate, rdflib.URIRef) and predicate in _MARKS:
            return Repeat(read_path(shapes, value), _MARKS[predicate])
    raise ShapesError(f"{node} is not a path of SHACL")
