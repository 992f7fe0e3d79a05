"""The W3C suites on disk: manifests become entries, one test each.

Words are those of the manifests: https://w3c.github.io/rdf-tests/ and, in the protocol suite,
https://www.w3.org/TR/HTTP-in-RDF10/.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import unquote

import pyoxigraph as ox
import pytest
from _pytest.mark import ParameterSet
from rdflib import RDF, RDFS, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from tests.conformance.exceptions import EXCEPTIONS
from tests.conftest import ROOT

VARIABLE: Final = "BILATERAL_W3C_TESTS"
BASE: Final = "https://w3c.github.io/rdf-tests/sparql/sparql11/"
"""Where the suite is published; relative IRIs of its files are meant to start there."""

CNT: Final = Namespace("http://www.w3.org/2011/content#")
HT: Final = Namespace("http://www.w3.org/2011/http#")
MF: Final = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT: Final = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
UT: Final = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")

_FORMATS: Final = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".rdf": ox.RdfFormat.RDF_XML,
}


def folder() -> Path:
    """Give the folder of the suites, or skip the tests of the module that asks."""
    found = Path(os.environ.get(VARIABLE) or ROOT / "conformance")
    if not (found / "sparql11" / "manifest-all.ttl").is_file():
        pytest.skip(
            f"the W3C test suites are not at {found}: run scripts/fetch-conformance, or set {VARIABLE}",
            allow_module_level=True,
        )
    return found


@dataclass(frozen=True)
class Dataset:
    """The files of a default graph, and those of named graphs, each with its name."""

    default: tuple[Path, ...] = ()
    named: tuple[tuple[str, Path], ...] = ()

    @property
    def default_graph_uris(self) -> tuple[str, ...]:
        """The names under which the default graph's files are graphs of the store, if it has others."""
        return tuple(iri_of(path) for path in self.default) if self.named else ()

    def write(self, path: Path) -> None:
        """Write N-Quads of it.

        Our default graph is the union of all graphs, the suite's is not. So where there are named
        graphs, the default graph's triples are in graphs too, and the request chooses.
        """
        places = [(path, ox.NamedNode(iri_of(path)) if self.named else None) for path in self.default]
        places += [(path, ox.NamedNode(iri)) for iri, path in self.named]
        path.write_bytes(b"".join(_quads(file, graph) for file, graph in dict.fromkeys(places)))


def _quads(path: Path, graph: ox.NamedNode | None) -> bytes:
    parsed = ox.parse(path=path, format=_FORMATS[path.suffix], base_iri=iri_of(path), rename_blank_nodes=True)
    quads = (ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in parsed)
    content = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
    assert content is not None
    return content


@dataclass(frozen=True)
class Entry:
    """An entry of a manifest: its readable name, its query, and of evaluations dataset and result."""

    name: str
    type: str
    query: Path
    dataset: Dataset = Dataset()
    result: Path | None = None

    @property
    def is_ordered(self) -> bool:
        """Whether the order of the rows is part of the result."""
        modifiers = self.query.read_text(encoding="utf-8").rpartition("}")[2]
        return re.search(r"ORDER\s+BY", modifiers, re.IGNORECASE) is not None

    @property
    def names_dataset(self) -> bool:
        """Whether the query itself names its dataset."""
        return re.search(r"^FROM\b", self.query.read_text(encoding="utf-8"), re.MULTILINE) is not None

    @property
    def text(self) -> str:
        """The query, with its own address as the base IRI, which a request cannot tell otherwise."""
        return f"BASE <{iri_of(self.query)}>\n{self.query.read_text(encoding='utf-8')}"


@dataclass(frozen=True)
class Exchange:
    """A request of the protocol suite and the response that it expects.

    ``target`` is path and query of the address. ``statuses`` are the first digits that are right.
    """

    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: bytes | None
    statuses: frozenset[str]
    boolean: bool | None = None
    format: str | None = None


@dataclass(frozen=True)
class Connection:
    """An entry of the protocol suite: requests to be sent in turn."""

    name: str
    title: str
    exchanges: tuple[Exchange, ...] = field(repr=False)


def iri_of(path: Path) -> str:
    """Give the address at which a file of the suite is published."""
    return BASE + path.relative_to(path.parent.parent).as_posix()


def entries(root: Path, specifications: Sequence[str], types: Sequence[str]) -> list[Entry]:
    """Give the entries of some types that specifications require, those of one dataset together."""
    groups = (group for specification in specifications for group in _groups(root, specification))
    found = [entry for group in groups for entry in _entries(root, group) if entry.type in types]
    return sorted(found, key=lambda entry: repr(entry.dataset))


def parameter(name: str, *values: object) -> ParameterSet:
    """Make a parameter with the name of its test; one of an exception must fail."""
    reason = EXCEPTIONS.get(name)
    marks = [pytest.mark.xfail(reason=reason, strict=True, raises=AssertionError)] if reason else []
    return pytest.param(*values, id=name, marks=marks)


def _groups(root: Path, specification: str) -> list[str]:
    """Give the names of the folders whose tests a specification requires."""
    graph = _read(root / "sparql11" / "manifest-all.ttl", BASE)
    required = graph.value(URIRef(f"http://www.w3.org/TR/{specification}/"), MF.conformanceRequirement)
    return [str(manifest).removeprefix(BASE).partition("/")[0] for manifest in _items(graph, required)]


def _read(path: Path, base: str) -> Graph:
    return Graph().parse(path, publicID=base, format="turtle")


def _manifest(root: Path, group: str) -> tuple[Graph, list[Node]]:
    """Read the manifest of a folder; gives it and its entries in their order."""
    graph = _read(root / "sparql11" / group / "manifest.ttl", f"{BASE}{group}/")
    return graph, _items(graph, next(graph.objects(None, MF.entries)))


def _items(graph: Graph, list_: Node | None) -> list[Node]:
    return [*Collection(graph, list_)] if list_ else []


def _entries(root: Path, group: str) -> Iterator[Entry]:
    graph, nodes = _manifest(root, group)
    for node in nodes:
        type_ = str(graph.value(node, RDF.type)).rpartition("#")[2]
        action, result = graph.value(node, MF.action), graph.value(node, MF.result)
        query = _file(root, graph.value(action, QT.query) or action)
        fragment = query.stem if "SyntaxTest" in type_ else str(node).rpartition("#")[2]
        yield Entry(
            name=f"{group}/{fragment}",
            type=type_,
            query=query,
            dataset=_dataset(root, graph, action),
            result=_file(root, result) if result else None,
        )


def _dataset(root: Path, graph: Graph, action: Node | None) -> Dataset:
    named = sorted(str(iri) for iri in graph.objects(action, QT.graphData))
    return Dataset(
        default=tuple(sorted(_file(root, iri) for iri in graph.objects(action, QT.data))),
        named=tuple((iri, _file(root, URIRef(iri))) for iri in named),
    )


def _file(root: Path, iri: Node | None) -> Path:
    return root / "sparql11" / unquote(str(iri).removeprefix(BASE))


def connections(root: Path) -> list[Connection]:
    """Give the tests of the protocol suite."""
    graph, nodes = _manifest(root, "protocol")
    return [_connection(graph, node) for node in nodes]


def protocol_dataset(root: Path) -> Dataset:
    """Give the graphs that the protocol suite wants to be there."""
    graph, nodes = _manifest(root, "protocol")
    data = [item for node in nodes for item in graph.objects(node, UT.graphData)]
    named = {str(graph.value(item, RDFS.label)): _file(root, graph.value(item, UT.graph)) for item in data}
    return Dataset(named=tuple(sorted(named.items())))


def _connection(graph: Graph, node: Node) -> Connection:
    requests = graph.value(graph.value(node, MF.action), HT.requests)
    exchanges = tuple(_exchange(graph, request) for request in _items(graph, requests))
    return Connection(f"protocol/{str(node).rpartition('#')[2]}", str(graph.value(node, MF.name)), exchanges)


def _exchange(graph: Graph, request: Node) -> Exchange:
    response, body = graph.value(request, HT.resp), graph.value(request, HT.body)
    boolean, format_ = graph.value(response, MF.expectedBoolean), graph.value(response, MF.expectedFormat)
    return Exchange(
        method=str(graph.value(request, HT.methodName)),
        target=str(graph.value(request, HT.absolutePath)).replace("/sparql/", "/sparql", 1),
        headers=tuple(_header(graph, header) for header in _items(graph, graph.value(request, HT.headers))),
        body=_body(graph, body) if body else None,
        statuses=frozenset(str(status)[-3] for status in graph.objects(response, MF.expectedStatus)),
        boolean=bool(boolean.value) if isinstance(boolean, Literal) else None,
        format=str(format_) if format_ else None,
    )


def _header(graph: Graph, header: Node) -> tuple[str, str]:
    return str(graph.value(header, HT.fieldName)), str(graph.value(header, HT.fieldValue))


def _body(graph: Graph, body: Node) -> bytes:
    return str(graph.value(body, CNT.chars)).encode(str(graph.value(body, CNT.characterEncoding)))
