"""The first node of the event stream of relations, which leads to the pages that releases have of it.

It grows with each release; the pages never change. Linked Data Event Streams, https://w3id.org/ldes/specification,
section 2, on TREE, https://w3id.org/tree/specification.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import anyio.to_thread
from fastapi import APIRouter
from rdflib import DCTERMS, RDF, SH, XSD, BNode, Graph, Literal, Namespace, URIRef
from starlette.requests import Request
from starlette.responses import Response

from bilateral.errors import NotFound
from bilateral.eventstream import AS, LDES, PATH, TREE, WHOLE, entered, page_of, stream_of
from bilateral.formats import DESCRIPTIONS, RDFLIB
from bilateral.message import Message
from bilateral.parameter import SCHEMAS, WORDS, Parameter, Type
from bilateral.serve import results
from bilateral.serve.openapi import add_read, described, format_of, in_query
from bilateral.serve.releases import Releases
from bilateral.serve.site.graph import Graph as Known

_AS, _LDES, _TREE = (Namespace(namespace) for namespace in (AS, LDES, TREE))
_PARTY: Final = Parameter("party", Type.PARTY, "party:PER", "PER")
_ROUTE: Final = described(
    in_query(_PARTY.name, str(WORDS[_PARTY.type]), **SCHEMAS[_PARTY.type]),
    format_of(DESCRIPTIONS),
    gives=[each.media_type for each in DESCRIPTIONS],
    moves=[304],
    fails=[400, 404, 406],
)


class EventStream:
    """The route of the first node."""

    def __init__(self, graph: Known, releases: Releases, public_url: str) -> None:
        self._graph = graph
        self._releases = releases
        self._public_url = public_url

    def router(self) -> APIRouter:
        """Give the route."""
        router = APIRouter(default_response_class=Response)
        add_read(router, PATH, self.node, **_ROUTE)
        return router

    async def node(self, request: Request) -> Response:
        """Lead to every version of every relation, release by release: of all, or of those of ``?party=PER``."""
        format_ = results.choose(request.headers.get("accept"), request.query_params.get("format"), DESCRIPTIONS)
        party = self._party(request.query_params.get(_PARTY.name))
        text = await anyio.to_thread.run_sync(self._text, party, RDFLIB[format_])
        versions = (release.version for release in self._releases.all())
        return results.respond(request, text, format_, etag=results.etag_of(*versions, party, format_.name))

    def _party(self, text: str | None) -> str:
        if text is None:
            return WHOLE
        value = _PARTY.read(text)
        iri = _PARTY.iri_of(value)
        if iri is None or not self._graph.has(iri):
            raise NotFound(Message("Nothing is known of {name}={value}.", name=_PARTY.name, value=value))
        return iri.rpartition("/")[2]

    def _text(self, party: str, name: str) -> bytes:
        graph = Graph()
        for prefix, namespace in (("as", AS), ("ldes", LDES), ("tree", TREE)):
            graph.bind(prefix, namespace)
        stream = URIRef(stream_of(self._public_url + PATH, party))
        root = URIRef(stream.removesuffix("#stream"))
        _describe(graph, stream, root)
        for number, (page, time) in enumerate(self._pages(party)):
            for bound in ("GreaterThanOrEqualToRelation", "LessThanOrEqualToRelation"):
                relation = BNode(f"relation{number}{bound[0]}")
                graph.add((root, _TREE.relation, relation))
                graph.add((relation, RDF.type, _TREE[bound]))
                graph.add((relation, _TREE.path, DCTERMS.created))
                graph.add((relation, _TREE.value, Literal(time, datatype=XSD.dateTime)))
                graph.add((relation, _TREE.node, URIRef(page)))
        return graph.serialize(format=name, encoding="utf-8")

    def _pages(self, party: str) -> Iterator[tuple[str, str]]:
        """Give the pages of the releases that have one, and when their members entered."""
        known = {release.version: release for release in self._releases.all()}
        for release in known.values():
            if page_of(party) in release.checksums:
                yield f"{self._public_url}/download/{release.version}/{page_of(party)}", entered(release, known)


def _describe(graph: Graph, stream: URIRef, root: URIRef) -> None:
    """Say what members of the stream have: of what they are a version, since when, and what became of it."""
    graph.add((stream, RDF.type, _LDES.EventStream))
    graph.add((stream, _TREE.view, root))
    graph.add((stream, _LDES.timestampPath, DCTERMS.created))
    graph.add((stream, _LDES.versionOfPath, DCTERMS.isVersionOf))
    for kind in ("Create", "Update", "Delete"):
        graph.add((stream, _LDES[f"version{kind}Path"], RDF.type))
        graph.add((stream, _LDES[f"version{kind}Object"], _AS[kind]))
    graph.add((root, RDF.type, _TREE.Node))
    graph.add((root, RDF.type, _LDES.EventSource))
    shape = BNode("shape")
    graph.add((stream, _TREE.shape, shape))
    graph.add((shape, RDF.type, SH.NodeShape))
    for path, kind, value in ((DCTERMS.isVersionOf, SH.nodeKind, SH.IRI), (DCTERMS.created, SH.datatype, XSD.dateTime)):
        property_ = BNode(f"shape-{path.rpartition('/')[2]}")
        graph.add((shape, SH.property, property_))
        graph.add((property_, SH.path, path))
        graph.add((property_, kind, value))
        for count in (SH.minCount, SH.maxCount):
            graph.add((property_, count, Literal(1)))
