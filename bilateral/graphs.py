"""Quads as an rdflib graph, for what rdflib does best: interchange, and JSON-LD with a context."""

from __future__ import annotations

import json
from collections.abc import Iterable

import pyoxigraph as ox
import rdflib
from rdflib.term import Node


def to_graph(quads: Iterable[ox.Quad]) -> rdflib.Graph:
    """Copy quads into an rdflib graph, as they are written: no literal is normalised."""
    graph = rdflib.Graph()
    for quad in quads:
        graph.add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
    return graph


def json_ld(quads: Iterable[ox.Quad], context: object) -> str:
    """Write JSON-LD 1.1 with its context inline, so that a reader needs no network.

    The same triples give the same text.
    """
    text = to_graph(quads).serialize(format="json-ld", context=context, auto_compact=True)
    content = json.loads(text)
    if "@graph" in content:
        content["@graph"].sort(key=lambda node: str(node.get("id") or node.get("@id")))
    return json.dumps(_sorted(content), ensure_ascii=False, indent=1) + "\n"


def _sorted(value: object) -> object:
    """Order keys, and values that have no order of their own; the context stays as it is."""
    if isinstance(value, dict):
        items = sorted(value.items())
        return {key: item if key == "@context" else _sorted(item) for key, item in items}
    if isinstance(value, list):
        return sorted(map(_sorted, value), key=lambda item: json.dumps(item, sort_keys=True))
    return value


def _term(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Node:
    match term:
        case ox.NamedNode():
            return rdflib.URIRef(term.value)
        case ox.BlankNode():
            return rdflib.BNode(term.value)
        case ox.Literal() if term.language:
            return rdflib.Literal(term.value, lang=term.language, normalize=False)
        case ox.Literal() if term.datatype.value == str(rdflib.XSD.string):
            return rdflib.Literal(term.value)
        case ox.Literal():
            return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False)
    msg = f"rdflib has no form of {term}"
    raise TypeError(msg)
