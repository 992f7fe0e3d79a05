"""The results of a search, as a page and for suggestions."""

from __future__ import annotations

import json
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from bilateral.formats import HTML, JSON, negotiate
from bilateral.serve.site.graph import Graph
from bilateral.serve.site.link import Link
from bilateral.serve.site.page import Pages
from bilateral.serve.site.search import SearchIndex

_MOST: Final = 10
_MOST_ON_A_PAGE: Final = 50


class ResultsPage:
    """Answers searches."""

    def __init__(self, graph: Graph, index: SearchIndex, pages: Pages) -> None:
        self._graph = graph
        self._index = index
        self._pages = pages

    def show(self, request: Request) -> Response:
        """Show what a text may mean; suggestions are JSON."""
        words = self._pages.words(request)
        text = request.query_params.get("q", "").strip()
        is_page = negotiate(request.headers.get("accept"), (HTML, JSON)) != JSON
        found = [
            (self._graph.link(match.iri, words.language), self._graph.link(match.class_, words.language).text)
            for match in self._index.find(text, _MOST_ON_A_PAGE if is_page else _MOST)
        ]
        if not is_page:
            return _suggest(found)
        title = words("Search: {text}", text=text) if text else words("Search")
        return self._pages.render(request, "search.html", title=title, text=text, found=found)


def _suggest(found: list[tuple[Link, str]]) -> Response:
    results = [{"label": link.text, "note": kind, "href": link.href} for link, kind in found]
    content = json.dumps({"results": results}, ensure_ascii=False).encode("utf-8")
    return Response(content, media_type="application/json", headers={"Vary": "Accept, Accept-Language"})
