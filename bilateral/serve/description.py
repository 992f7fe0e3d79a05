"""The dataset described to machines, where VoID says to look for it: at ``/.well-known/void``."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import anyio.to_thread
from fastapi import APIRouter
from rdflib import RDF, Graph, URIRef
from rdflib.namespace import DCAT, FOAF, VOID
from starlette.requests import Request
from starlette.responses import Response

from bilateral import eventstream
from bilateral.formats import DESCRIPTIONS, RDFLIB
from bilateral.release import DESCRIPTION
from bilateral.serve import results
from bilateral.serve.openapi import add_read, described, format_of
from bilateral.serve.releases import Releases
from bilateral.snapshot import Manifest
from bilateral.void import DATASET, describe_dataset

PATHS: Final = ("/.well-known/void", "/dataset")

_ROUTE: Final = described(
    format_of(DESCRIPTIONS),
    gives=[each.media_type for each in DESCRIPTIONS],
    moves=[304],
    fails=[406],
)


class Description:
    """The routes of the description."""

    def __init__(self, manifest: Manifest, releases: Releases, endpoint: str, public_url: str) -> None:
        self._manifest = manifest
        self._releases = releases
        self._endpoint = endpoint
        self._public_url = public_url
        self._texts = lru_cache(16)(self._text)

    def router(self) -> APIRouter:
        """Give the routes."""
        router = APIRouter(default_response_class=Response)
        for path in PATHS:
            add_read(router, path, self.describe, **_ROUTE)
        return router

    async def describe(self, request: Request) -> Response:
        """Describe the dataset in VoID, and the files of the latest release in DCAT."""
        format_ = results.choose(request.headers.get("accept"), request.query_params.get("format"), DESCRIPTIONS)
        release = next(iter(self._releases.all()), None)
        version = release.version if release else ""
        text = await anyio.to_thread.run_sync(self._texts, RDFLIB[format_], version)
        etag = results.etag_of(self._manifest.data_version, version, format_.name)
        return results.respond(request, text, format_, etag=etag)

    def _text(self, name: str, version: str) -> bytes:
        graph = Graph()
        graph.bind("void", VOID)
        if not version:
            describe_dataset(graph, DATASET, self._manifest)
        else:  # a release may be of other data than are served: it tells its own numbers
            base = f"{self._public_url}/download/{version}/"
            path = self._releases.find(version).folder / DESCRIPTION
            graph.parse(path, format="turtle", publicID=base)
            for file in graph.objects(DATASET, DCAT.distribution):
                if "/bilateral." in str(file):
                    graph.add((DATASET, VOID.dataDump, file))
            stream = URIRef(self._public_url + eventstream.PATH)
            graph.add((DATASET, DCAT.distribution, stream))
            graph.add((stream, RDF.type, URIRef(f"{eventstream.LDES}EventSource")))
            graph.add((stream, DCAT.accessURL, stream))
        service = URIRef(f"{self._endpoint}#service")
        document = URIRef(self._public_url + PATHS[0])
        graph.add((document, RDF.type, VOID.DatasetDescription))
        graph.add((document, FOAF.primaryTopic, DATASET))
        graph.add((DATASET, VOID.sparqlEndpoint, URIRef(self._endpoint)))
        graph.add((service, RDF.type, DCAT.DataService))
        graph.add((service, DCAT.endpointURL, URIRef(self._endpoint)))
        graph.add((service, DCAT.servesDataset, DATASET))
        return graph.serialize(format=name, encoding="utf-8")
