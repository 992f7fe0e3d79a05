"""The run of all shapes over a store (SHACL, section 3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import islice
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import rdflib
from rdflib.term import Node

from bilateral.build import rdf
from bilateral.build.finding import Finding
from bilateral.build.setwise import constraints as c
from bilateral.build.setwise.focus import Focus
from bilateral.build.setwise.judge import Judge, answers
from bilateral.build.setwise.profile import Profile
from bilateral.build.setwise.query import Query
from bilateral.build.setwise.screen import Screen
from bilateral.build.setwise.shapes import Shape, Targets, read_shapes
from bilateral.build.setwise.triples import Term, Triples
from bilateral.processes import pool

_PROCESSES: Final = 2
_FEW: Final = 20
"""Up to so many focus nodes, each is asked about by itself."""


def validate(store: ox.Store, shapes: rdflib.Graph) -> list[Finding]:
    """Validate all triples of a store against shapes; gives what pySHACL gives.

    Raises:
        ShapesError: the shapes have what this runner does not know, or are not well-formed.
    """
    run = _Run(store, shapes)
    profile = run.profile()
    asked = (finding for question in run.questions for finding in run.asked(question))
    return [*asked, *(finding for check in run.checks for finding in run.checked(check, profile))]


def validate_folder(triples: Path, shapes: Path) -> list[Finding]:
    """Validate the store in a folder against the shapes in a file, on two cores.

    Raises:
        ShapesError: the shapes have what this runner does not know, or are not well-formed.
    """
    plan = _Run(ox.Store(), rdf.read_graph(shapes))
    # Processes, because threads would wait for each other's Python.
    with pool(_PROCESSES) as processes:
        # One counts for the checks, while the other begins with the questions, which need no counts.
        counting = processes.submit(_profile, triples, shapes)
        asked = [processes.submit(_asked, triples, shapes, number) for number in range(len(plan.questions))]
        profile = counting.result()
        checked = [processes.submit(_checked, triples, shapes, number, profile) for number in range(len(plan.checks))]
        return [finding for found in (*asked, *checked) for finding in found.result()]


def _profile(triples: Path, shapes: Path) -> Profile:
    return _opened(triples, shapes).profile()


def _asked(triples: Path, shapes: Path, number: int) -> list[Finding]:
    run = _opened(triples, shapes)
    return [*run.asked(run.questions[number])]


def _checked(triples: Path, shapes: Path, number: int, profile: Profile) -> list[Finding]:
    run = _opened(triples, shapes)
    return [*run.checked(run.checks[number], profile)]


@cache
def _opened(triples: Path, shapes: Path) -> _Run:
    """Open a store for all tasks that a process is given."""
    return _Run(ox.Store.read_only(str(triples)), rdf.read_graph(shapes))


@dataclass(frozen=True)
class _Check:
    """A shape, but for its SPARQL constraints, and the shapes that apply it to their targets."""

    shape: Shape
    roots: tuple[Shape, ...]


@dataclass(frozen=True)
class _Question:
    """A SPARQL constraint of a shape, and the shapes that apply this to their targets."""

    query: Query
    shape: Shape
    roots: tuple[Shape, ...]


class _Run:
    def __init__(self, store: ox.Store, shapes: rdflib.Graph) -> None:
        self._shapes = read_shapes(shapes)
        self._triples = Triples(store)
        self._focus = Focus(self._triples)
        self._judge = Judge(self._triples, self._shapes)

    @cached_property
    def checks(self) -> list[_Check]:
        """All that is to be done for the shapes that have targets, but for the questions."""
        users: dict[Node, list[Shape]] = {}
        for root in (shape for shape in self._shapes.values() if shape.targets):
            for shape in (root, *self._inside(root)):
                users.setdefault(shape.node, []).append(root)
        return [_Check(self._shapes[node], tuple(using)) for node, using in users.items()]

    @cached_property
    def questions(self) -> list[_Question]:
        """All SPARQL constraints of the shapes that have targets."""
        return [
            _Question(constraint.query, check.shape, check.roots)
            for check in self.checks
            for constraint in check.shape.constraints
            if isinstance(constraint, c.Sparql)
        ]

    def profile(self) -> Profile:
        """Count what the checks need to know of the whole graph."""
        return Profile.of(self._triples)

    def _inside(self, root: Shape) -> list[Shape]:
        """Give the property shapes that a root applies to its own focus nodes."""
        return [] if root.path else [self._shapes[node] for node in root.properties]

    def checked(self, check: _Check, profile: Profile) -> Iterator[Finding]:
        """Find the suspects of a shape once for all roots that use it, and judge them."""
        targets = Targets()
        for root in check.roots:
            targets |= root.targets
        screen = Screen(self._triples, self._shapes, profile, self._judge)
        for node in screen.suspects(check.shape, targets):
            for root in check.roots:
                if root.targets.hit(self._triples, node):
                    yield from self._judged(node, check.shape)

    def _judged(self, node: Term, shape: Shape) -> Iterator[Finding]:
        yield from self._judge.core_findings(node, shape)
        # The property shapes of a node shape have suspects of their own.
        if shape.path is not None:
            yield from self._judge.inner_findings(node, shape)

    def asked(self, question: _Question) -> Iterator[Finding]:
        """Ask a SPARQL constraint about all focus nodes together, unless they are few."""
        query, shape = question.query, question.shape
        for root in question.roots:
            few = set(islice(self._focus.nodes(root.targets), _FEW + 1))
            if len(few) <= _FEW:
                for node in few:
                    yield from self._judge.asked(node, shape, query)
                continue
            rows = self._triples.select(query.set_text, prefixes=dict(query.prefixes))
            for node, found in answers(rows, shape, query):
                if root.targets.hit(self._triples, node):
                    yield found
