"""The home page: what there is, and how to find it."""

from __future__ import annotations

from functools import lru_cache

from starlette.requests import Request
from starlette.responses import Response

from bilateral.serve.site.graph import Graph
from bilateral.serve.site.link import Link
from bilateral.serve.site.page import Pages
from bilateral.terms import expand


class HomePage:
    """Shows the start."""

    def __init__(self, graph: Graph, pages: Pages) -> None:
        self._graph = graph
        self._pages = pages
        self._links = lru_cache(16)(self._read_links)

    def show(self, request: Request) -> Response:
        """Show the relations written by hand and the parties, by their names."""
        language = self._pages.words(request).language
        return self._pages.render(
            request,
            "home.html",
            title="Bilateral",
            relations=self._links("curated-relations", language),
            parties=self._links("parties", language),
            count=self._pages.manifest.classes.get(expand("bilat:BilateralRelation"), 0),
        )

    def _read_links(self, name: str, language: str) -> list[Link]:
        things = dict.fromkeys(row.text("thing") for row in self._graph.rows(name))
        return sorted((self._graph.link(iri, language) for iri in things), key=lambda link: link.text.casefold())
