"""A feed of what changed from release to release: of all pairs, of a party, or of one pair (RFC 4287, Atom)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

import anyio.to_thread
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bilateral.errors import NotFound
from bilateral.formats import ATOM
from bilateral.message import Message
from bilateral.parameter import SCHEMAS, WORDS, Parameter, Type
from bilateral.release import Release
from bilateral.serve import results
from bilateral.serve.openapi import add_read, described, in_query
from bilateral.serve.releases import Releases
from bilateral.serve.site.graph import Graph
from bilateral.serve.site.page import Pages
from bilateral.serve.site.told import Told, told
from bilateral.terms import PREFIXES, RELATION

PATH: Final = "/feed.atom"

_ENTRIES: Final = 200
_PARAMETERS: Final = (
    Parameter("relation", Type.RELATION, "rel:KOR-PER", "KOR-PER"),
    Parameter("party", Type.PARTY, "party:PER", "PER"),
)
_ROUTE: Final = described(
    *(in_query(each.name, str(WORDS[each.type]), **SCHEMAS[each.type]) for each in _PARAMETERS),
    in_query("lang", "the language", "es"),
    gives=[ATOM.media_type],
    moves=[304],
    fails=[400, 404],
)


@dataclass(frozen=True)
class Entry:
    """What a release changed of one relation, or of one kind of things."""

    release: Release
    about: str
    told: Told


class Feed:
    """The route of the feed."""

    def __init__(self, graph: Graph, pages: Pages, releases: Releases, public_url: str) -> None:
        self._graph = graph
        self._pages = pages
        self._releases = releases
        self._public_url = public_url

    def router(self) -> APIRouter:
        """Give the route."""
        router = APIRouter(default_response_class=Response)
        add_read(router, PATH, self.feed, **_ROUTE)
        return router

    async def feed(self, request: Request) -> Response:
        """Tell what changed: ``?relation=KOR-PER``, ``?party=PER`` or all; ``?lang=es`` in Spanish."""
        asked = request.query_params
        wanted = [self._wanted(each, asked[each.name]) for each in _PARAMETERS if each.name in asked]
        return await anyio.to_thread.run_sync(self._show, request, wanted)

    def _wanted(self, parameter: Parameter, text: str) -> str:
        """Give the IRI of the relation or the party."""
        value = parameter.read(text)
        iri = parameter.iri_of(value)
        if iri is None or not self._graph.has(iri):
            raise NotFound(Message("Nothing is known of {name}={value}.", name=parameter.name, value=value))
        return iri

    def _show(self, request: Request, wanted: list[str]) -> Response:
        words = self._pages.words(request)
        known = self._releases.all()
        entries = list(islice(self._entries(known, wanted, words.language), _ENTRIES))
        content = self._pages.fill(
            request,
            "feed.xml",
            about=" · ".join(self._graph.link(iri, words.language).text for iri in wanted),
            address=f"{self._public_url}{PATH}?{request.url.query}",
            public_url=self._public_url,
            updated=known[0].modified if known else "1970-01-01",
            entries=entries,
        )
        etag = results.etag_of(*(release.version for release in known), words.language)
        return results.respond(request, content, ATOM, etag=etag)

    def _entries(self, known: tuple[Release, ...], wanted: list[str], language: str) -> Iterator[Entry]:
        for release in known:
            for group in self._releases.changes(release, lambda about: all(_concerns(about, iri) for iri in wanted)):
                yield Entry(release, group.about, told(self._graph, group, language))


def _concerns(about: str, iri: str) -> bool:
    """Whether changes about an IRI are of the relation, or of one of the party's."""
    if about == iri:
        return True
    code = iri.removeprefix(PREFIXES["party"])
    return about.startswith(RELATION) and code in about.removeprefix(RELATION).split("-")
