"""The W3C tests of SHACL: the set-wise runner gives the results that they expect.

The tests of SHACL Core, and those of SPARQL constraints; constraint components of one's own are refused.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pytest
import rdflib
from rdflib import RDF, SH, XSD, Namespace
from rdflib.term import Node

from bilateral.build.finding import Finding
from bilateral.build.rdf import read_graph
from bilateral.build.setwise import validate
from bilateral.build.setwise.triples import to_oxigraph
from bilateral.errors import ShapesError
from tests.conformance.exceptions import SHACL
from tests.conformance.suite import MF, folder, parameter

SHT: Final = Namespace("http://www.w3.org/ns/shacl-test#")
ROOT: Final = folder() / "shacl"
FOLDERS: Final = ("core/*", "sparql/node", "sparql/property", "sparql/pre-binding")
Key = tuple[str, ...]


@dataclass(frozen=True)
class Entry:
    """A test: data and shapes, and the results, or None where validation is to fail."""

    data: rdflib.Graph
    shapes: rdflib.Graph
    expected: Counter[Key] | None


def entry_of(path: Path) -> Entry:
    graph = read_graph(path)
    node = graph.value(None, RDF.type, SHT.Validate)
    action, result = graph.value(node, MF.action), graph.value(node, MF.result)
    data, shapes = (Path(str(graph.value(action, part))[7:]) for part in (SHT.dataGraph, SHT.shapesGraph))
    expected = (
        None if result == SHT.Failure else Counter(result_of(graph, one) for one in graph.objects(result, SH.result))
    )
    # A graph used for both must be read once: blank nodes are focus nodes, too.
    return Entry(graph if data == path else read_graph(data), graph if shapes == path else read_graph(shapes), expected)


def result_of(graph: rdflib.Graph, node: Node) -> Key:
    path = graph.value(node, SH.resultPath)
    said = [shown(graph.value(node, part)) for part in (SH.value, SH.sourceConstraintComponent)]
    severity = shown(graph.value(node, SH.resultSeverity)).rpartition("#")[2]
    return (
        str(graph.value(node, SH.focusNode)),
        *said,
        severity,
        shown(path) if isinstance(path, rdflib.URIRef) else "None",
    )


def key_of(finding: Finding) -> Key:
    said = (finding.focus_node, shown(finding.value), str(SH[finding.component]), finding.severity)
    return (*said, str(finding.path))


def shown(term: Node | None) -> str:
    if isinstance(term, rdflib.Literal):
        normal = rdflib.Literal(str(term), lang=term.language, datatype=None if term.language else term.datatype)
        return f"{normal} {term.language or term.datatype or XSD.string}"
    return str(term)


def store_of(graph: rdflib.Graph) -> ox.Store:
    """Give a store with the same names of blank nodes, which reading a serialization would change."""
    store = ox.Store()
    for subject, predicate, object_ in (map(to_oxigraph, triple) for triple in graph):
        assert isinstance(subject, ox.NamedNode | ox.BlankNode)
        assert isinstance(predicate, ox.NamedNode)
        store.add(ox.Quad(subject, predicate, object_))
    return store


TESTS: Final = sorted(
    path for pattern in FOLDERS for path in ROOT.glob(f"{pattern}/*.ttl") if "mf:result" in path.read_text("utf-8")
)


@pytest.mark.parametrize("path", [parameter(str(path.relative_to(ROOT).with_suffix("")), path) for path in TESTS])
def test_the_results_are_those_expected(path: Path) -> None:
    entry = entry_of(path)
    assert found_in(entry) == entry.expected


def test_every_exception_names_a_test() -> None:
    names = {str(path.relative_to(ROOT).with_suffix("")) for path in TESTS}
    assert not TESTS or names.issuperset(SHACL)


def found_in(entry: Entry) -> Counter[Key] | None:
    try:
        return Counter(map(key_of, validate(store_of(entry.data), entry.shapes)))
    except ShapesError:
        return None
