"""The page of any thing that has no page of its own kind: all that is said of it, and what points to it."""

from __future__ import annotations

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from bilateral.documents import describe
from bilateral.errors import NotFound
from bilateral.serve.site.data import data_links
from bilateral.serve.site.page import Pages
from bilateral.serve.site.view import View


class ThingPage:
    """Shows a thing's document."""

    def __init__(self, store: ox.Store, pages: Pages) -> None:
        self._store = store
        self._pages = pages
        self._predicates = sorted(pages.manifest.properties)

    def show(self, request: Request, iri: str) -> Response:
        """Show all that is said of a thing.

        Raises:
            NotFound: nothing is said of it.
        """
        document = describe(self._store, iri, self._predicates)
        if document is None:
            raise NotFound(f"Nothing is known of <{iri}>.")
        view = View(document, self._pages.words(request))
        return self._pages.render(
            request, "thing.html", title=view.title.text, view=view, iri=iri, formats=data_links(iri)
        )
