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

from bilateral.changes import Group
from bilateral.errors import BadRequest
from bilateral.formats import ATOM
from bilateral.release import Release
from bilateral.serve import results
from bilateral.serve.releases import Releases
from bilateral.serve.site.graph import Graph
from bilateral.serve.site.page import Pages
from bilateral.serve.site.told import Told, told
from bilateral.terms import PREFIXES, RELATION, relation_iri

PATH: Final = "/feed.atom"

_ENTRIES: Final = 200


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
        router = APIRouter()
        router.add_api_route(PATH, self.feed, methods=["GET", "HEAD"])
        return router

    async def feed(self, request: Request, relation: str = "", party: str = "") -> Response:
        """Tell what changed: ``?relation=KOR-PER``, ``?party=PER`` or all; ``?lang=es`` in Spanish."""
        wanted = self._wanted(relation, party)
        return await anyio.to_thread.run_sync(self._show, request, wanted)

    def _wanted(self, relation: str, party: str) -> str:
        """Give the IRI of the relation or the party; nothing for all."""
        if relation and party:
            raise BadRequest("Ask for a relation or for a party, not for both.")
        codes = relation.split("-")
        if relation and len(codes) != 2:
            raise BadRequest(f"A relation is two codes, as KOR-PER, not {relation[:40]}.")
        iri = relation_iri(*codes) if relation else f"{PREFIXES['party']}{party}" if party else ""
        if iri and not (relation + party).replace("-", "").isalnum():
            raise BadRequest(f"{(relation + party)[:40]} is no code.")
        if iri and not self._graph.has(iri):
            raise BadRequest(f"Nothing is known of {relation or party}.")
        return iri

    def _show(self, request: Request, wanted: str) -> Response:
        words = self._pages.words(request)
        known = self._releases.all()
        entries = list(islice(self._entries(known, wanted, words.language), _ENTRIES))
        content = self._pages.fill(
            request,
            "feed.xml",
            about=self._graph.link(wanted, words.language).text if wanted else "",
            address=f"{self._public_url}{PATH}?{request.url.query}",
            public_url=self._public_url,
            updated=known[0].modified if known else "1970-01-01",
            entries=entries,
        )
        etag = results.etag_of(*(release.version for release in known), words.language)
        return results.respond(request, content, ATOM, etag=etag)

    def _entries(self, known: tuple[Release, ...], wanted: str, language: str) -> Iterator[Entry]:
        for release in known:
            for group in self._releases.changes(release):
                if _concerns(group, wanted):
                    yield Entry(release, group.about, told(self._graph, group, language))


def _concerns(group: Group, wanted: str) -> bool:
    """Whether a group is of the relation, or one of the party's."""
    if not wanted or group.about == wanted:
        return True
    code = wanted.removeprefix(PREFIXES["party"])
    return group.about.startswith(RELATION) and code in group.about.removeprefix(RELATION).split("-")
