"""Every IRI of ours: a thing leads to the document that the client likes best."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final
from urllib.parse import quote, urlencode

import anyio.to_thread
import pyoxigraph as ox
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bilateral.documents import Document, describe
from bilateral.errors import NotFound
from bilateral.formats import (
    CITATIONS,
    DESCRIPTIONS,
    DOCUMENTS,
    HTML,
    JSON_LD,
    N_QUADS,
    PLAIN_JSON,
    TRIG,
    Format,
    by_extension,
)
from bilateral.graphs import framed_json_ld, json_ld
from bilateral.message import Message, Verbatim
from bilateral.serve import results
from bilateral.serve.engine import serialize_graph
from bilateral.serve.openapi import add_read, described, format_of, in_path, in_query
from bilateral.serve.site.site import Site
from bilateral.snapshot import Snapshot
from bilateral.terms import BASE, EXAMPLES, RELATION, relation_iri

_METHODS: Final = ["GET", "HEAD"]
_OFFERED: Final = (*DOCUMENTS, *CITATIONS)
_EXAMPLES: Final = f"/{EXAMPLES.removeprefix(BASE)}"
_VOCABULARIES: Final = {"ontology": "STYLE", "shapes": "fact"}
_SEARCH: Final = described(
    in_query("q", "words: names, in any of the languages and orders", "peru corea"),
    gives=[HTML.media_type, PLAIN_JSON.media_type],
)
_CONTEXT: Final = described(gives=[JSON_LD.media_type], moves=[304], fails=[404])


class Things:
    """The routes of the linked data."""

    def __init__(self, store: ox.Store, site: Site, snapshot: Snapshot) -> None:
        self._store = store
        self._site = site
        self._snapshot = snapshot
        self._version = snapshot.manifest.data_version
        self._predicates = sorted(snapshot.manifest.properties)
        context_file = snapshot.files / "context.jsonld"
        self._context = json.loads(context_file.read_text("utf-8"))["@context"] if context_file.exists() else {}

    def router(self) -> APIRouter:
        """Give the routes."""
        router = APIRouter(default_response_class=Response)
        router.add_api_route("/", self.home, methods=_METHODS, include_in_schema=False)
        router.add_api_route("/about", self.about, methods=_METHODS, include_in_schema=False)
        router.add_api_route("/developers", self.developers, methods=_METHODS, include_in_schema=False)
        add_read(router, "/search", self.search, **_SEARCH)
        add_read(router, "/context.jsonld", self.context, **_CONTEXT)
        for path, route in _below(_EXAMPLES, "10-entry-into-force", _OFFERED):
            add_read(router, path, self.thing, **route)
        for kind, example in (("id", "party/PER"), ("kind", "mission/embassy"), ("graph", "un-votes")):
            _, _, (path, route) = _below(f"/{kind}", example, _OFFERED)
            add_read(router, path, self.thing, **route)
        for name, example in _VOCABULARIES.items():
            for path, route in _below(f"/{name}", example, (*DESCRIPTIONS, HTML)):
                add_read(router, path, self.vocabulary, **route)
        return router

    async def home(self, request: Request) -> Response:
        """Show what there is."""
        return await anyio.to_thread.run_sync(self._site.home.show, request)

    async def about(self, request: Request) -> Response:
        """Say what this is."""
        return await anyio.to_thread.run_sync(self._site.prose.about, request)

    async def developers(self, request: Request) -> Response:
        """Say how programs use this."""
        return await anyio.to_thread.run_sync(self._site.prose.developers, request)

    async def search(self, request: Request) -> Response:
        """Find things and pairs by their names: ``?q=peru corea``; a page, or suggestions as JSON."""
        return await anyio.to_thread.run_sync(self._site.results.show, request)

    async def context(self, request: Request) -> Response:
        """Give the JSON-LD context."""
        path = self._snapshot.files / "context.jsonld"
        if not path.exists():
            raise NotFound(Message("This store was built of other files than the project's, and has no context."))
        etag = results.etag_of(self._version, "context")
        return results.respond(request, path.read_bytes(), JSON_LD, etag=etag)

    async def thing(self, request: Request) -> Response:
        """Lead from a thing to its document (303), or give the document that a suffix names.

        Cool URIs for the Semantic Web, section 4.2.
        """
        path = request.url.path
        stem, _, extension = path.rpartition(".")
        format_ = by_extension(extension, _OFFERED) if stem else None
        if format_ is not None:
            return await self._document(request, _iri_at(stem), format_)
        iri = _iri_at(path)
        if not await anyio.to_thread.run_sync(self._exists, iri):
            return _other_order(iri)
        chosen = results.choose(request.headers.get("accept"), request.query_params.get("format"), _OFFERED)
        location = f"{quote(path)}.{chosen.extension}"
        others = [(name, value) for name, value in request.query_params.multi_items() if name != "format"]
        if others:
            location += f"?{urlencode(others)}"
        return RedirectResponse(location, status_code=303, headers={"Vary": results.VARY})

    async def vocabulary(self, request: Request) -> Response:
        """Give the ontology or the shapes as a document, under each IRI that they have themselves."""
        path = request.url.path
        name = path.split("/")[1].partition(".")[0]
        source = self._snapshot.files / f"{name}.ttl"
        if not source.exists():
            raise NotFound(Message("This store was built of other files than the project's."))
        stem, _, extension = path.rpartition(".")
        offered = (*DESCRIPTIONS, HTML)
        wanted = by_extension(extension, offered)
        turtle = source.read_bytes()
        iri = _iri_at(stem if wanted else path)
        if not any(f"<{iri}{end}".encode() in turtle for end in ">#"):
            raise NotFound(Message("Nothing is known of <{iri}>.", iri=iri))
        format_ = wanted or results.choose(request.headers.get("accept"), request.query_params.get("format"), offered)
        if format_ == HTML:
            return await anyio.to_thread.run_sync(self._site.vocabulary.show, request, name)
        etag = results.etag_of(self._version, name, format_.name)
        content = await anyio.to_thread.run_sync(_convert, turtle, format_)
        return results.respond(request, content, format_, etag=etag)

    def _exists(self, iri: str) -> bool:
        node = ox.NamedNode(iri)
        patterns = (
            self._store.quads_for_pattern(node, None, None, None),
            self._store.quads_for_pattern(None, None, None, node),
        )
        return any(next(pattern, None) is not None for pattern in patterns)

    async def _document(self, request: Request, iri: str, format_: Format) -> Response:
        if not await anyio.to_thread.run_sync(self._exists, iri):
            return _other_order(iri, format_)
        if format_ == HTML:
            return await anyio.to_thread.run_sync(self._site.show, request, iri)
        if format_ in CITATIONS:
            return await anyio.to_thread.run_sync(self._site.cite, request, iri, format_)
        document = await anyio.to_thread.run_sync(describe, self._store, iri, self._predicates)
        if document is None:
            raise NotFound(Message("Nothing is said of <{iri}> itself.", iri=iri))
        etag = results.etag_of(self._version, format_.name)
        content = await anyio.to_thread.run_sync(self._serialize, document, format_)
        headers = {"Link": f'<{iri}>; rel="describes"'}
        return results.respond(request, content, format_, etag=etag, headers=headers)

    def _serialize(self, document: Document, format_: Format) -> bytes:
        if format_ == JSON_LD and document.is_relation:
            return framed_json_ld(document.quads, self._context, document.iri).encode("utf-8")
        if format_ == JSON_LD:
            return json_ld(document.quads, self._context).encode("utf-8")
        if format_ in (TRIG, N_QUADS):
            return serialize_graph(document.quads, format_)
        return serialize_graph(document.triples, format_)


def _below(path: str, example: str, offered: Iterable[Format]) -> list[tuple[str, dict[str, Any]]]:
    """Describe the routes of a thing, of its documents, and of what lies below it."""
    formats = list(offered)
    answers: dict[str, Any] = {
        "gives": dict.fromkeys(each.media_type for each in formats),
        "moves": [303, 304, 308],
        "fails": [400, 404, 406],
    }
    format_, extension = format_of(formats), in_path("extension", "the format", formats[0].extension)
    return [
        (path, described(format_, **answers)),
        (f"{path}.{{extension}}", described(extension, **answers)),
        (f"{path}/{{path:path}}", described(in_path("path", "what lies there", example), format_, **answers)),
    ]


def _iri_at(path: str) -> str:
    """Give the IRI of what a path names."""
    iri = BASE + path.lstrip("/")
    try:
        return ox.NamedNode(iri).value
    except ValueError as error:
        raise NotFound(Message("There is nothing at {path}: {error}.", path=path, error=Verbatim(error))) from error


def _other_order(iri: str, format_: Format | None = None) -> Response:
    """Lead from a relation named in the other order to its IRI; anything else is not here."""
    codes = iri.removeprefix(RELATION).split("-")
    if iri.startswith(RELATION) and len(codes) == 2 and codes != sorted(codes):
        suffix = f".{format_.extension}" if format_ else ""
        location = relation_iri(*codes).removeprefix(BASE)
        return RedirectResponse(f"/{quote(location)}{suffix}", status_code=308)
    raise NotFound(Message("Nothing is known of <{iri}>.", iri=iri))


def _convert(turtle: bytes, format_: Format) -> bytes:
    return serialize_graph(ox.parse(turtle, format=ox.RdfFormat.TURTLE), format_)
