"""The page of a thing: its receipt, what points to it, and how to cite it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from bilateral.formats import Format
from bilateral.serve import results
from bilateral.serve.site.citing import WRITERS, Reference, citation_links
from bilateral.serve.site.data import data_links
from bilateral.serve.site.graph import Graph
from bilateral.serve.site.page import Pages
from bilateral.serve.site.reader import Reader
from bilateral.serve.site.relation.contested import read_contests
from bilateral.serve.site.thing.members import read_members
from bilateral.serve.site.thing.pointing import read_counts, read_facts, read_pointing
from bilateral.serve.site.thing.receipt import read_receipt, read_sources
from bilateral.serve.site.vocabulary import Vocabulary


class ThingPage:
    """Shows things, and cites them."""

    def __init__(self, graph: Graph, pages: Pages, vocabulary: Vocabulary) -> None:
        self._graph = graph
        self._pages = pages
        self._vocabulary = vocabulary

    def show(self, request: Request, iri: str) -> Response:
        """Show all that is said of a thing, and what points to it."""
        reader = Reader(self._graph, iri, self._pages.words(request))
        receipt = read_receipt(reader, self._vocabulary)
        return self._pages.render(
            request,
            "thing.html",
            title=receipt.title,
            iri=iri,
            formats=data_links(iri),
            panel=reader.panel,
            receipt=receipt,
            members=read_members(reader),
            facts=read_facts(reader),
            pointing=read_pointing(reader),
            counts=read_counts(reader),
            triples=self._pages.manifest.graphs.get(iri, 0),
            contests=read_contests(reader, "thing/claims"),
            reference=self._reference(reader, receipt.title),
            citations=citation_links(iri, reader.language),
        )

    def cite(self, request: Request, iri: str, format_: Format) -> Response:
        """Give a reference to a thing, for reference managers."""
        reader = Reader(self._graph, iri, self._pages.words(request))
        title = read_receipt(reader, self._vocabulary).title
        content = WRITERS[format_](self._reference(reader, title)).encode("utf-8")
        etag = results.etag_of(
            self._pages.manifest.data_version, format_.name, str(self._pages.clock()), reader.language
        )
        headers = {"Link": f'<{iri}>; rel="describes"', "Content-Language": reader.language}
        return results.respond(request, content, format_, etag=etag, headers=headers)

    def _reference(self, reader: Reader, title: str) -> Reference:
        sources = (source.link.text for source in read_sources(reader))
        return self._pages.reference(reader.iri, title, reader.language, sources)
