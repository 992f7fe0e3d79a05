"""Quads as an rdflib graph, for what rdflib does best: interchange, and JSON-LD with a context."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pyoxigraph as ox
import rdflib
from rdflib.term import Node

Json = dict[str, Any]


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
    return _written(_compacted(quads, context))


def framed_json_ld(quads: Iterable[ox.Quad], context: object, iri: str) -> str:
    """Write JSON-LD 1.1 as a tree: a relation with its facts, these with their claims, and both with their citations.

    The triples are those of `json_ld`. What many mention, such as parties, kinds and sources, is named once, under
    ``mentioned`` (JSON-LD 1.1, section 4.5.4, included nodes).
    """
    content = _compacted(quads, context)
    nodes: dict[str, Json] = {node["id"]: node for node in content.get("@graph", [content])}
    root = nodes.pop(iri)
    facts = _children(nodes, "ofRelation", iri)
    claims = [(fact, _children(nodes, "subject", fact["id"])) for fact in facts]
    cited: set[str] = set()
    for each in (root, *facts, *(claim for _, found in claims for claim in found)):
        cited |= _embed(each, "citation", nodes)
    for fact, found in claims:
        if found:
            fact["claims"] = found
    mentioned = [node for id_, node in nodes.items() if id_ not in cited]
    tree = {"@context": content["@context"], **root, "facts": facts, "mentioned": mentioned}
    return _written(tree)


def _children(nodes: dict[str, Json], term: str, parent: str) -> list[Json]:
    """Take the nodes that point to a parent out of all; that they do goes without saying below it."""
    ids = [id_ for id_, node in nodes.items() if node.get(term) == parent]
    return [{key: value for key, value in nodes.pop(id_).items() if key != term} for id_ in ids]


def _embed(node: Json, term: str, nodes: dict[str, Json]) -> set[str]:
    """Put nodes in the place of their identifiers; gives those."""
    ids = set(node.get(term, ())) & nodes.keys()
    if ids:
        node[term] = [nodes[id_] if id_ in ids else id_ for id_ in node[term]]
    return ids


def _compacted(quads: Iterable[ox.Quad], context: object) -> Json:
    content: Json = json.loads(to_graph(quads).serialize(format="json-ld", context=context, auto_compact=True))
    if "@graph" in content:
        content["@graph"].sort(key=lambda node: str(node.get("id") or node.get("@id")))
    return content


def _written(content: Json) -> str:
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
