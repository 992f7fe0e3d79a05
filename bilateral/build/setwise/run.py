"""The run of all shapes over a store (SHACL, section 3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import pyoxigraph as ox
import rdflib
from rdflib.term import Node

from bilateral.build.finding import Finding
from bilateral.build.setwise import constraints as c
from bilateral.build.setwise.judge import Judge, answers
from bilateral.build.setwise.profile import Profile
from bilateral.build.setwise.query import Query
from bilateral.build.setwise.screen import Screen
from bilateral.build.setwise.shapes import Shape, Targets, read_shapes
from bilateral.build.setwise.triples import Term, Triples

_FEW: Final = 20
"""Up to so many focus nodes, each is asked about by itself."""


def validate(store: ox.Store, shapes: rdflib.Graph) -> list[Finding]:
    """Validate all triples of a store against shapes; gives what pySHACL gives.

    Raises:
        ShapesError: the shapes have what this runner does not know, or are not well-formed.
    """
    read = read_shapes(shapes)
    return list(_Run(Triples(store), read).findings())


class _Run:
    def __init__(self, triples: Triples, shapes: Mapping[Node, Shape]) -> None:
        self._triples = triples
        self._shapes = shapes
        self._judge = Judge(triples, shapes)
        self._screen = Screen(triples, shapes, Profile(triples), self._judge)

    def findings(self) -> Iterator[Finding]:
        """Give the results of all shapes that have targets."""
        roots = [shape for shape in self._shapes.values() if shape.targets]
        users: dict[Node, list[Shape]] = {}
        for root in roots:
            for shape in (root, *self._inside(root)):
                users.setdefault(shape.node, []).append(root)
        for node, using in users.items():
            shape = self._shapes[node]
            yield from self._check(shape, using)
            for constraint in shape.constraints:
                if isinstance(constraint, c.Sparql):
                    for root in using:
                        yield from self._ask(constraint.query, shape, root.targets)

    def _inside(self, root: Shape) -> list[Shape]:
        """Give the property shapes that a root applies to its own focus nodes."""
        return [] if root.path else [self._shapes[node] for node in root.properties]

    def _check(self, shape: Shape, roots: list[Shape]) -> Iterator[Finding]:
        """Find the suspects of a shape once for all roots that use it, and judge them."""
        targets = Targets()
        for root in roots:
            targets |= root.targets
        for node in self._screen.suspects(shape, targets):
            for root in roots:
                if root.targets.hit(self._triples, node):
                    yield from self._judged(node, shape)

    def _judged(self, node: Term, shape: Shape) -> Iterator[Finding]:
        yield from self._judge.core_findings(node, shape)
        # The property shapes of a node shape have suspects of their own.
        if shape.path is not None:
            yield from self._judge.inner_findings(node, shape)

    def _ask(self, query: Query, shape: Shape, targets: Targets) -> Iterator[Finding]:
        """Ask a SPARQL constraint about all focus nodes together, unless they are few."""
        size = self._screen.size(targets)
        if size is not None and size <= _FEW:
            for node in self._screen.focus_nodes(targets):
                yield from self._judge.asked(node, shape, query)
            return
        rows = self._triples.select(query.set_text, prefixes=dict(query.prefixes))
        for node, found in answers(rows, shape, query):
            if targets.hit(self._triples, node):
                yield found
