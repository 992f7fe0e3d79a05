"""The SPARQL endpoint: rdflib-endpoint's router, with our own handling of requests."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from fastapi import Request, Response
from rdflib import RDF, BNode, Graph, Literal, URIRef
from rdflib.namespace import VOID, Namespace
from rdflib_endpoint import DatasetExt, SparqlRouter
from rdflib_endpoint.utils import SD, QueryExample

from bilateral import formats
from bilateral.errors import BadRequest, PayloadTooLarge
from bilateral.project import Question
from bilateral.serve import guard, protocol, results
from bilateral.serve.engine import Engine, Evaluation
from bilateral.serve.limits import Limits
from bilateral.serve.pages import Pages
from bilateral.snapshot import Manifest
from bilateral.terms import ONTOLOGY

_DCTERMS: Final = Namespace("http://purl.org/dc/terms/")
_RDFLIB_FORMATS: Final = {
    formats.TURTLE: "turtle",
    formats.RDF_XML: "xml",
    formats.JSON_LD: "json-ld",
    formats.N_TRIPLES: "nt",
}


class BilateralRouter(SparqlRouter):
    """The endpoint at ``/sparql``: parse → evaluate → respond.

    rdflib-endpoint gives the service description, the examples and the OpenAPI responses; its
    request handler is replaced, since it evaluates in Python, on the event loop, and fetches
    what a query's FROM names.
    """

    def __init__(
        self,
        engine: Engine,
        pages: Pages,
        manifest: Manifest,
        questions: Iterable[Question],
        *,
        limits: Limits,
        public_url: str,
    ) -> None:
        self._engine = engine
        self._limits = limits
        self._pages = pages
        self._version = manifest.data_version
        super().__init__(
            path="/sparql",
            title="Bilateral",
            description="An open knowledge graph of the relations between countries.",
            graph=DatasetExt(default_union=True),
            service_description=_describe(manifest, public_url),
            public_url=public_url,
            example_queries={q.titles["en"]: QueryExample(query=q.text) for q in questions},
        )
        # We answer no SERVICE, and load nothing.
        self.service_description.remove((None, SD.feature, SD.BasicFederatedQuery))
        self.service_description.remove((None, SD.inputFormat, None))
        self.routes.clear()
        self.add_api_route("/sparql", self.sparql, methods=["GET", "HEAD"], responses=self.responses)
        self.add_api_route("/sparql", self.sparql, methods=["POST"], responses=self.responses)
        self.add_api_route("/sparql", self.sparql, methods=["QUERY"], include_in_schema=False)

    async def sparql(self, request: Request) -> Response:
        """Answer a SPARQL query (SPARQL 1.1 Protocol), or describe the service."""
        query = await _parse(request, self._limits)
        if query is None:
            return self._describe_service(request)
        inspection = guard.inspect(query.text, self._limits)
        offered = formats.BY_KIND[inspection.kind] if inspection.kind else formats.SOLUTIONS
        format_ = results.choose(request.headers.get("accept"), query.format, offered)
        evaluation = _evaluation(query, inspection, format_)
        etag = results.etag_of(self._version, evaluation.digest)
        if results.is_unchanged(request, etag):
            return Response(status_code=304, headers={"ETag": etag, "Vary": results.VARY})
        chunks = self._engine.evaluate(evaluation)
        first = await results.first_chunk(request, chunks)
        return results.Stream(first, chunks, format_, etag=etag, client_timeout=self._limits.client_timeout)

    def _describe_service(self, request: Request) -> Response:
        """Describe the service: to machines in RDF, to browsers as a page (Service Description, section 2)."""
        offered = (*formats.DESCRIPTIONS, formats.HTML)
        format_ = results.choose(request.headers.get("accept"), None, offered)
        if format_ == formats.HTML:
            return self._pages.sparql(request)
        text = self.service_description.serialize(format=_RDFLIB_FORMATS[format_])
        etag = results.etag_of(self._version, "sd", format_.name)
        return results.respond(request, text.encode("utf-8"), format_, etag=etag)


async def _parse(request: Request, limits: Limits) -> protocol.Query | None:
    body = await _body(request, limits.request_bytes) if request.method in protocol.WITH_BODY else b""
    query_string: bytes = request.scope["query_string"]
    query = protocol.parse(request.method, query_string, request.headers.get("content-type"), body)
    if query is not None and not query.text.strip():
        raise BadRequest("The query is empty: send one, for example SELECT * { ?s ?p ?o } LIMIT 10.")
    return query


async def _body(request: Request, limit: int) -> bytes:
    """Read the body, up to a limit in bytes."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise PayloadTooLarge(f"The request is larger than {limit} bytes.", limit="request_bytes", value=limit)
    return bytes(body)


def _evaluation(query: protocol.Query, inspection: guard.Inspection, format_: formats.Format) -> Evaluation:
    return Evaluation(
        text=query.text,
        format=format_,
        union=not (inspection.names_dataset or query.names_dataset),
        default_graph_uris=query.default_graph_uris,
        named_graph_uris=query.named_graph_uris,
    )


def _describe(manifest: Manifest, public_url: str) -> Graph:
    """Describe service and dataset, with the counts of the build."""
    graph = Graph()
    graph.bind("void", VOID)
    service, dataset, default = URIRef(f"{public_url}#service"), BNode(), BNode()
    graph.add((service, RDF.type, SD.Service))
    graph.add((service, SD.endpoint, URIRef(public_url)))
    graph.add((service, SD.feature, SD.UnionDefaultGraph))
    graph.add((service, SD.defaultDataset, dataset))
    for format_ in (*formats.SOLUTIONS, *formats.GRAPHS):
        graph.add((service, SD.resultFormat, URIRef(str(format_.iri))))
    graph.add((dataset, RDF.type, SD.Dataset))
    graph.add((dataset, SD.defaultGraph, default))
    _describe_default_graph(graph, default, manifest)
    for name, triples in manifest.graphs.items():
        _describe_named_graph(graph, dataset, name, triples)
    return graph


def _describe_default_graph(graph: Graph, node: BNode, manifest: Manifest) -> None:
    """Count triples, subjects, classes and properties (VoID, sections 4.4 and 4.5)."""
    graph.add((node, RDF.type, SD.Graph))
    graph.add((node, RDF.type, VOID.Dataset))
    graph.add((node, VOID.triples, Literal(manifest.triples)))
    graph.add((node, VOID.distinctSubjects, Literal(manifest.entities)))
    graph.add((node, VOID.vocabulary, URIRef(f"{ONTOLOGY}#")))
    graph.add((node, _DCTERMS.license, URIRef("https://creativecommons.org/publicdomain/zero/1.0/")))
    for iri, count in manifest.classes.items():
        partition = BNode()
        graph.add((node, VOID.classPartition, partition))
        graph.add((partition, VOID["class"], URIRef(iri)))
        graph.add((partition, VOID.entities, Literal(count)))
    for iri, count in manifest.properties.items():
        partition = BNode()
        graph.add((node, VOID.propertyPartition, partition))
        graph.add((partition, VOID.property, URIRef(iri)))
        graph.add((partition, VOID.triples, Literal(count)))


def _describe_named_graph(graph: Graph, dataset: BNode, name: str, triples: int) -> None:
    named, content = BNode(), BNode()
    graph.add((dataset, SD.namedGraph, named))
    graph.add((named, RDF.type, SD.NamedGraph))
    graph.add((named, SD.name, URIRef(name)))
    graph.add((named, SD.graph, content))
    graph.add((content, RDF.type, SD.Graph))
    graph.add((content, VOID.triples, Literal(triples)))
