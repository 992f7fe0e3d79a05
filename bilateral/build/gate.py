"""The gate: what must hold of the data, checked by pySHACL.

The only module that knows pySHACL.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pyshacl
import rdflib
from pyshacl.errors import ReportableRuntimeError
from pyshacl.graph_abstraction import OxigraphDataGraph
from rdflib import RDF, SH

from bilateral.build import lint, rdf
from bilateral.build.finding import SEVERITIES, Finding, Report
from bilateral.build.positions import Positions
from bilateral.errors import InputError, ShapesError
from bilateral.project import Project

__all__ = ["Report", "check", "validate", "validate_files"]


@dataclass
class _File:
    """A file with its quads, and the places of its statements, found when first asked for."""

    path: Path
    quads: list[ox.Quad] = field(repr=False)

    @cached_property
    def positions(self) -> Positions:
        if self.path.suffix != ".ttl":
            return Positions()
        return Positions.of(self.path.read_text(encoding="utf-8"))

    @cached_property
    def subjects(self) -> set[str]:
        return {str(getattr(quad.subject, "value", quad.subject)) for quad in self.quads}


def check(project: Project, files: Sequence[Path] = ()) -> Report:
    """Check files against the shapes, in the context of the project's data.

    Without files, the whole project is checked: ontology, kinds and data. A file of the project
    stands in for itself; any other is added to the project's data.

    Raises:
        InputError: a file does not parse, or holds nothing that the shapes speak of.
        ShapesError: the shapes have a mistake that pySHACL would pass over.
    """
    inside = {path.resolve(): path for path in project.curated_files}
    extra = [path for path in files if path.resolve() not in inside]
    loaded = [_File(path, rdf.read_quads(path)) for path in [*inside.values(), *extra]]
    wanted = {path.resolve() for path in files} or {file.path.resolve() for file in loaded}
    checked = [file for file in loaded if file.path.resolve() in wanted]
    if files:
        _refuse_unseen(project, checked)
    results = validate_files(project, loaded)
    return _report(results, checked)


def _refuse_unseen(project: Project, checked: Sequence[_File]) -> None:
    """Refuse a file of which no shape says anything: it would pass unseen."""
    classes: set[str] = set()
    predicates: set[str] = set()
    for path in project.shapes_files:
        shapes = rdf.read_graph(path)
        classes.update(map(str, shapes.objects(None, SH.targetClass)))
        predicates.update(map(str, shapes.objects(None, SH.targetSubjectsOf)))
    for file in checked:
        types = {getattr(q.object, "value", "") for q in file.quads if q.predicate.value == str(RDF.type)}
        if not (types & classes or {quad.predicate.value for quad in file.quads} & predicates):
            raise InputError("the shapes say nothing of what is in it; a check would prove nothing", path=file.path)


def validate_files(project: Project, loaded: Sequence[_File]) -> list[Finding]:
    """Run both shapes graphs: facts against everything, terms against the ontology's files."""
    shapes = rdf.read_graph(project.data_shapes)
    style = rdf.read_graph(project.ontology_shapes)
    ontology_folder = (project.root / "ontology").resolve()
    everything = [quad for file in loaded for quad in file.quads]
    terms = [quad for file in loaded if file.path.resolve().parent == ontology_folder for quad in file.quads]
    lint.check_shapes(shapes, terms, project.data_shapes)
    lint.check_shapes(style, terms, project.ontology_shapes)
    return [*validate(everything, shapes), *validate(terms, style)]


def validate(quads: Iterable[ox.Quad], shapes: rdflib.Graph) -> list[Finding]:
    """Validate quads, all graphs taken together, against shapes."""
    store = ox.Store()
    store.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    try:
        _, results, _ = pyshacl.validate(_DataGraph(store), shacl_graph=shapes, inplace=True)
    except ReportableRuntimeError as error:
        raise ShapesError(f"pySHACL cannot use the shapes: {error}") from error
    assert isinstance(results, rdflib.Graph)
    # Not every result that is in the graph: those under sh:detail explain another.
    return [_finding(results, shapes, node) for node in results.objects(None, SH.result)]


class _DataGraph(OxigraphDataGraph):
    """pySHACL's view of a store, told to be true.

    pySHACL asks `datagraph or shapes` at each violation; the truth of its view is its length, which
    counts every distinct triple of the store. That made a check ten times slower than it need be.
    """

    def __bool__(self) -> bool:
        return True

    def transitive_objects(self, subject: Any, predicate: Any, remember: Any = None) -> Any:
        """Follow a predicate; from a literal, such as a class written as text, nothing follows.

        Oxigraph refuses a literal as subject, which pySHACL does not expect.
        """
        if isinstance(subject, rdflib.Literal):
            return iter((subject,))
        return super().transitive_objects(subject, predicate, remember)


def _finding(results: rdflib.Graph, shapes: rdflib.Graph, node: rdflib.term.Node) -> Finding:
    def text(predicate: rdflib.URIRef) -> str | None:
        value = results.value(node, predicate)
        return None if value is None else str(value)

    path = results.value(node, SH.resultPath)
    # Of a SPARQL constraint's messages pySHACL passes on any one; its shape says them all.
    constraint = results.value(node, SH.sourceConstraint)
    said = results.objects(node, SH.resultMessage) if constraint is None else shapes.objects(constraint, SH.message)
    messages = {m.language or "en": str(m) for m in said if isinstance(m, rdflib.Literal)}
    return Finding(
        severity=_local_name(text(SH.resultSeverity)),
        focus_node=text(SH.focusNode) or "",
        path=str(path) if isinstance(path, rdflib.URIRef) else None,
        value=results.value(node, SH.value),
        messages=dict(sorted(messages.items())),
        source_shape=text(SH.sourceShape) or "",
        component=_local_name(text(SH.sourceConstraintComponent)),
        constraint=None if constraint is None else str(constraint),
    )


def _local_name(iri: str | None) -> str:
    return (iri or "").rpartition("#")[2]


def _report(results: Iterable[Finding], checked: Sequence[_File]) -> Report:
    """Give each result its place, and leave out those about other files."""
    placed = [found for result in results for found in _place(result, checked)]
    nodes = {subject for file in checked for subject in file.subjects}
    return Report(tuple(sorted(placed, key=_order)), len(nodes))


def _place(result: Finding, checked: Sequence[_File]) -> Iterator[Finding]:
    """Give a result with the file and line of its focus node; else of its value, which it is as much about."""
    value = None if result.value is None else str(result.value)
    for subject in (result.focus_node, value or ""):
        file = next((file for file in checked if subject in file.subjects), None)
        if file is not None:
            yield replace(result, file=file.path, line=file.positions.find(subject, result.path, value))
            return


def _order(finding: Finding) -> tuple[int, str, int, str, str]:
    severity = SEVERITIES.index(finding.severity)
    return (severity, str(finding.file), finding.line or 0, finding.rule, str(finding.value))
