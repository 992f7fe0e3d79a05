"""Whether two answers are the same, as the W3C suites mean it: up to the names of blank nodes.

Solutions become a graph in the suites' own vocabulary for results, so that one comparison,
isomorphism of graphs, is enough for all.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final, TypeAlias

import pyoxigraph as ox
from rdflib import RDF, XSD, Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.term import Node

from bilateral.formats import CSV, GRAPHS, Format
from bilateral.graphs import to_graph

Answer: TypeAlias = bool | Graph
Row: TypeAlias = Mapping[str, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]

_RS: Final = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
_TYPE: Final = ox.NamedNode(str(RDF.type))
_INEXACT: Final = (XSD.double, XSD.float)
_EXACT: Final = (XSD.decimal, XSD.integer)


def is_same(found: Answer, expected: Answer) -> bool:
    """Whether two answers are the same."""
    if isinstance(found, Graph) and isinstance(expected, Graph):
        return isomorphic(found, expected)
    return found is expected


def is_result_set(graph: Graph) -> bool:
    """Whether a graph stands for solutions."""
    return (None, RDF.type, URIRef(f"{_RS}ResultSet")) in graph


def read(content: bytes, format_: Format, *, base: str | None = None, ordered: bool = False) -> Answer:
    """Read an answer: a boolean, a graph, or solutions as a graph.

    Where the rows are ``ordered``, the graph has their numbers, so that their order counts.
    """
    if format_ in GRAPHS:
        rdf_format = ox.RdfFormat.from_media_type(format_.media_type)
        return _normal(to_graph(ox.parse(content, format=rdf_format, base_iri=base)))
    if format_ is CSV:
        return _solutions(*_read_csv(content), ordered=ordered)
    results = ox.parse_query_results(content, format=ox.QueryResultsFormat.from_media_type(format_.media_type))
    if isinstance(results, ox.QueryBoolean):
        return bool(results)
    names = [variable.value for variable in results.variables]
    return _solutions(names, [{n: row[n] for n in names if row[n] is not None} for row in results], ordered=ordered)


def _read_csv(content: bytes) -> tuple[list[str], list[Row]]:
    """Read CSV, which tells no term from another but blank nodes (SPARQL 1.1 CSV and TSV, section 3)."""
    names, *lines = csv.reader(io.StringIO(content.decode("utf-8"), newline=""))
    return names, [{name: _cell(value) for name, value in zip(names, line, strict=True) if value} for line in lines]


def _cell(value: str) -> ox.BlankNode | ox.Literal:
    """Read a cell; one that is a number by its value, as in all other formats."""
    if value.startswith("_:"):
        return ox.BlankNode(value.removeprefix("_:"))
    try:
        return ox.Literal(float(value))
    except ValueError:
        return ox.Literal(value)


def _solutions(names: Sequence[str], rows: Iterable[Row], *, ordered: bool) -> Graph:
    return _normal(to_graph(_result_set(names, rows, ordered=ordered)))


def _result_set(names: Iterable[str], rows: Iterable[Row], *, ordered: bool) -> Iterator[ox.Quad]:
    result_set = ox.BlankNode()
    yield ox.Quad(result_set, _TYPE, _rs("ResultSet"))
    for name in names:
        yield ox.Quad(result_set, _rs("resultVariable"), ox.Literal(name))
    for index, row in enumerate(rows, 1):
        solution = ox.BlankNode()
        yield ox.Quad(result_set, _rs("solution"), solution)
        if ordered:
            yield ox.Quad(solution, _rs("index"), ox.Literal(index))
        for name, term in row.items():
            binding = ox.BlankNode()
            yield ox.Quad(solution, _rs("binding"), binding)
            yield ox.Quad(binding, _rs("variable"), ox.Literal(name))
            yield ox.Quad(binding, _rs("value"), term)


def _rs(name: str) -> ox.NamedNode:
    return ox.NamedNode(_RS + name)


def _normal(graph: Graph) -> Graph:
    """Write each number and boolean in one way: the suites mean values, and 2.0 is 2.00, 1 is true."""
    normal = Graph()
    for subject, predicate, object_ in graph:
        normal.add((subject, predicate, _value(object_)))
    return normal


def _value(node: Node) -> Node:
    if not isinstance(node, Literal) or node.value is None:
        return node
    if node.datatype in _INEXACT:
        return Literal(repr(float(node)), datatype=node.datatype, normalize=False)
    if node.datatype == XSD.boolean:
        return Literal(str(node.toPython()).lower(), datatype=node.datatype, normalize=False)
    if node.datatype in _EXACT:
        return Literal(format(Decimal(str(node)).normalize(), "f"), datatype=node.datatype, normalize=False)
    return node
