"""What the endpoint says of itself: rdflib-endpoint's router, with a description of our own."""

from __future__ import annotations

from collections.abc import Iterable

from fastapi import Request, Response
from rdflib import RDF, BNode, Graph, Literal, URIRef
from rdflib.namespace import VOID
from rdflib_endpoint import DatasetExt, SparqlRouter
from rdflib_endpoint.utils import SD, QueryExample

from bilateral import formats
from bilateral.project import Question
from bilateral.serve import results
from bilateral.serve.endpoint import PATH
from bilateral.serve.openapi import add_read
from bilateral.serve.site.site import Site
from bilateral.snapshot import Manifest
from bilateral.void import describe_dataset


class BilateralRouter(SparqlRouter):
    """Describes the service where a request to ``/sparql`` asks no query, and documents the route.

    rdflib-endpoint gives the service description, the examples and the OpenAPI responses. Its
    request handler is replaced by `Endpoint`, since it evaluates in Python, on the event loop, and
    fetches what a query's FROM names.
    """

    def __init__(
        self,
        pages: Site,
        manifest: Manifest,
        questions: Iterable[Question],
        *,
        public_url: str,
        federates: bool = False,
    ) -> None:
        self._pages = pages
        self._version = manifest.data_version
        super().__init__(
            path=PATH,
            title="Bilateral",
            description="An open knowledge graph of the relations between countries.",
            graph=DatasetExt(default_union=True),
            service_description=_describe(manifest, public_url),
            public_url=public_url,
            example_queries={q.titles["en"]: QueryExample(query=q.text) for q in questions},
        )
        # We load nothing, and ask others only where the operator lets us.
        if not federates:
            self.service_description.remove((None, SD.feature, SD.BasicFederatedQuery))
        self.service_description.remove((None, SD.inputFormat, None))
        self.routes.clear()
        add_read(self, PATH, self.describe, responses=self.responses)
        self.add_api_route(PATH, self.describe, methods=["POST"], responses=self.responses)
        self.add_api_route(PATH, self.describe, methods=["QUERY"], include_in_schema=False)

    async def describe(self, request: Request) -> Response:
        """Describe the service: to machines in RDF, to browsers as a page (Service Description, section 2)."""
        offered = (*formats.DESCRIPTIONS, formats.HTML)
        format_ = results.choose(request.headers.get("accept"), request.query_params.get("format"), offered)
        if format_ == formats.HTML:
            return self._pages.sparql(request)
        text = self.service_description.serialize(format=formats.RDFLIB[format_])
        etag = results.etag_of(self._version, "sd", format_.name)
        return results.respond(request, text.encode("utf-8"), format_, etag=etag)


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
    graph.add((default, RDF.type, SD.Graph))
    describe_dataset(graph, default, manifest)
    for name, triples in manifest.graphs.items():
        _describe_named_graph(graph, dataset, name, triples)
    return graph


def _describe_named_graph(graph: Graph, dataset: BNode, name: str, triples: int) -> None:
    named, content = BNode(), BNode()
    graph.add((dataset, SD.namedGraph, named))
    graph.add((named, RDF.type, SD.NamedGraph))
    graph.add((named, SD.name, URIRef(name)))
    graph.add((named, SD.graph, content))
    graph.add((content, RDF.type, SD.Graph))
    graph.add((content, VOID.triples, Literal(triples)))
