"""The run of all shapes over a store (SHACL, section 3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import rdflib
from rdflib.term import Node

from bilateral.build import rdf
from bilateral.build.finding import Finding
from bilateral.build.setwise import constraints as c
from bilateral.build.setwise.judge import Judge, answers
from bilateral.build.setwise.profile import Profile
from bilateral.build.setwise.query import Query
from bilateral.build.setwise.screen import Screen
from bilateral.build.setwise.shapes import Shape, Targets, read_shapes
from bilateral.build.setwise.triples import Term, Triples

_PROCESSES: Final = 2
_FEW: Final = 20
"""Up to so many focus nodes, each is asked about by itself."""


def validate(store: ox.Store, shapes: rdflib.Graph) -> list[Finding]:
    """Validate all triples of a store against shapes; gives what pySHACL gives.

    Raises:
        ShapesError: the shapes have what this runner does not know, or are not well-formed.
    """
    run = _Run(store, shapes)
    return [finding for task in run.tasks for finding in run.done(task)]


def validate_folder(triples: Path, shapes: Path) -> list[Finding]:
    """Validate the store in a folder against the shapes in a file, on two cores.

    Raises:
        ShapesError: the shapes have what this runner does not know, or are not well-formed.
    """
    tasks = len(_Run(ox.Store(), rdf.read_graph(shapes)).tasks)
    # Processes, because threads would wait for each other's Python.
    with ProcessPoolExecutor(_PROCESSES, get_context("spawn")) as processes:
        done = processes.map(_done, repeat(triples), repeat(shapes), range(tasks))
        return [finding for found in done for finding in found]


def _done(triples: Path, shapes: Path, number: int) -> list[Finding]:
    run = _opened(triples, shapes)
    return [*run.done(run.tasks[number])]


@cache
def _opened(triples: Path, shapes: Path) -> _Run:
    """Open a store for all tasks that a process is given."""
    return _Run(ox.Store.read_only(str(triples)), rdf.read_graph(shapes))


@dataclass(frozen=True)
class _Task:
    """A shape, the shapes that apply it to their targets, and the SPARQL constraint to ask, if it is one."""

    shape: Shape
    roots: tuple[Shape, ...]
    query: Query | None = None


class _Run:
    def __init__(self, store: ox.Store, shapes: rdflib.Graph) -> None:
        self._shapes = read_shapes(shapes)
        self._triples = Triples(store)
        self._judge = Judge(self._triples, self._shapes)

    @cached_property
    def _screen(self) -> Screen:
        return Screen(self._triples, self._shapes, Profile(self._triples), self._judge)

    @cached_property
    def tasks(self) -> list[_Task]:
        """All that is to be done for the shapes that have targets; the queries come first, since they take longest."""
        roots = [shape for shape in self._shapes.values() if shape.targets]
        users: dict[Node, list[Shape]] = {}
        for root in roots:
            for shape in (root, *self._inside(root)):
                users.setdefault(shape.node, []).append(root)
        applied = [(self._shapes[node], tuple(using)) for node, using in users.items()]
        asked = [
            _Task(shape, using, constraint.query)
            for shape, using in applied
            for constraint in shape.constraints
            if isinstance(constraint, c.Sparql)
        ]
        return [*asked, *(_Task(shape, using) for shape, using in applied)]

    def done(self, task: _Task) -> Iterator[Finding]:
        """Give the results of a task."""
        if task.query is None:
            yield from self._check(task.shape, task.roots)
        else:
            for root in task.roots:
                yield from self._ask(task.query, task.shape, root.targets)

    def _inside(self, root: Shape) -> list[Shape]:
        """Give the property shapes that a root applies to its own focus nodes."""
        return [] if root.path else [self._shapes[node] for node in root.properties]

    def _check(self, shape: Shape, roots: Sequence[Shape]) -> Iterator[Finding]:
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
