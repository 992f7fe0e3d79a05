"""The service: the addresses below ``/reconcile``, in the language that the client likes or that the address names.

Whoever has read the manifest at ``/reconcile/es`` is led to addresses that speak Spanish throughout, for clients
that cannot choose a language by a header field.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

import anyio.to_thread
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bilateral.errors import BadRequest, NotFound
from bilateral.formats import HTML, PLAIN_JSON
from bilateral.message import Message
from bilateral.serve import body
from bilateral.serve.limits import BatchLimits, Limits
from bilateral.serve.openapi import add_read, described, in_query
from bilateral.serve.problems import language_of
from bilateral.serve.protocol import FORM_TYPE, parse_form
from bilateral.serve.reconcile.batch import parse_extension, parse_queries, parse_type
from bilateral.serve.reconcile.descriptions import Descriptions, Json
from bilateral.serve.reconcile.kinds import PROPERTIES, TYPES, iri_of
from bilateral.serve.reconcile.manifest import PATH, describe
from bilateral.serve.reconcile.matcher import Matcher
from bilateral.serve.reconcile.suggestions import Suggestions
from bilateral.serve.site.site import Site
from bilateral.terms import LANGUAGES
from bilateral.words import Words, words

_LARGEST: Final = 999_999_999
"""The largest number that a parameter may be."""


class Reconciliation:
    """Answers clients of the Reconciliation Service API 0.2."""

    def __init__(self, site: Site, limits: Limits, *, public_url: str) -> None:
        self._graph = site.graph
        self._pages = site.pages
        self._matcher = Matcher(site.graph, site.index)
        self._descriptions = Descriptions(site.graph, self._matcher)
        self._suggestions = Suggestions(self._matcher, site.index, self._descriptions)
        self._request_bytes = limits.request_bytes
        self._limits = BatchLimits()
        self._public_url = public_url

    def router(self) -> APIRouter:
        """Give the routes: without a language those that are documented, then those of each language."""
        router = APIRouter(tags=["reconciliation"], default_response_class=Response)
        for path in (PATH, *(f"{PATH}/{language}" for language in LANGUAGES)):
            shown: Json = {"include_in_schema": path == PATH}
            router.add_api_route(path, self.answer_form, methods=["POST"], **shown, **_FORM)
            for suffix, answer, route in self._read():
                add_read(router, path + suffix, answer, **shown, **route)
        return router

    def _read(self) -> Iterable[tuple[str, Callable[..., Any], Json]]:
        prefix = in_query("prefix", "what the name begins with", "corea")
        cursor = in_query("cursor", "how many suggestions to pass over", type="integer", minimum=0, maximum=_LARGEST)
        type_ = in_query("type", "the identifier of a type", type="string", enum=[type_.id for type_ in TYPES])
        limit = in_query("limit", "at most so many", type="integer", minimum=0, maximum=_LARGEST)
        yield "", self.answer, described(in_query("queries", "a batch of queries, as JSON"), **_JSON)
        suggestions = self._suggestions
        for suggest in (suggestions.entity, suggestions.type, suggestions.property):
            yield f"/suggest/{suggest.__name__}", self._suggesting(suggest), described(prefix, cursor, **_JSON)
        yield "/properties", self.propose, described(type_, limit, **_JSON)
        id_ = in_query("id", "the identifier of a thing", "party/PER")
        yield "/preview", self.preview, described(id_, gives=[HTML.media_type], moves=[304], fails=[404])

    async def answer(self, request: Request) -> Response:
        """Describe the reconciliation service to OpenRefine and others; with ``queries`` or ``extend`` answer them.

        Reconciliation Service API 0.2, sections 3.1, 4.3 and 7.3.
        """
        return await self._answer(request, dict(request.query_params), is_asked=False)

    async def answer_form(self, request: Request) -> Response:
        """Match names with things (``queries``), or give properties of things (``extend``), many at a time."""
        content = await body.read(request.scope, request.receive, self._request_bytes)
        fields = dict(parse_form(request.headers.get("content-type"), content))
        return await self._answer(request, fields, is_asked=True)

    async def _answer(self, request: Request, fields: dict[str, str], *, is_asked: bool) -> Response:
        language = _language(request)
        if "queries" in fields and "extend" in fields:
            raise BadRequest(Message("Send either queries or extend, not both."))
        for name, answer in (("queries", self._match), ("extend", self._extend)):
            if name in fields:
                return _json(await anyio.to_thread.run_sync(answer, fields[name], words(language)), language)
        if is_asked:
            raise BadRequest(
                Message(
                    "The form asks nothing: send a field queries, as in {example}.",
                    example='queries={"q0": {"query": "Peru"}}',
                )
            )
        types = [self._descriptions.type(type_, words(language)) for type_ in TYPES]
        return _json(describe(self._public_url, _named_language(request), types, self._limits), language)

    async def propose(self, request: Request) -> Response:
        """Propose properties by which a table of things of a type can be extended.

        Reconciliation Service API 0.2, section 7.2.
        """
        language = _language(request)
        asked = request.query_params.get("type", "")
        of_type = [each for each in PROPERTIES if not asked or parse_type(asked).id in each.types]
        limit = _number(request, "limit", len(of_type))
        proposed = [self._descriptions.property(each, words(language)) for each in of_type[:limit]]
        return _json({"properties": proposed, **({"type": asked} if asked else {}), "limit": limit}, language)

    async def preview(self, request: Request) -> Response:
        """Show a thing in short, to be framed by the page of a client.

        Reconciliation Service API 0.2, section 5.
        """
        return await anyio.to_thread.run_sync(self._preview, request)

    def _preview(self, request: Request) -> Response:
        iri = iri_of(request.query_params.get("id", ""))
        if not self._graph.knows(iri):
            raise NotFound(Message("Nothing is known of <{iri}>: send an identifier, as in ?id=party/PER.", iri=iri))
        spoken = self._pages.words(request)
        thing = self._matcher.thing(iri)
        return self._pages.render(
            request,
            "preview.html",
            is_framed=True,
            title=self._graph.link(iri, spoken.language).text,
            link=self._graph.link(iri, spoken.language),
            kind=self._graph.link(thing.class_, spoken.language).text if thing else "",
            facts=list(self._matcher.values.facts(iri, spoken)),
        )

    def _match(self, text: str, spoken: Words) -> Json:
        batch = parse_queries(text, self._limits)
        return {
            name: {"result": [self._descriptions.candidate(each, spoken) for each in self._matcher.match(query)]}
            for name, query in batch.items()
        }

    def _extend(self, text: str, spoken: Words) -> Json:
        return self._matcher.values.extend(parse_extension(text, self._limits), spoken)

    def _suggesting(self, suggest: Callable[[str, Words], list[Json]]) -> Callable[..., Any]:
        """Make the handler of one suggest service (section 6)."""

        async def answer(request: Request) -> Response:
            language = _language(request)
            cursor = _number(request, "cursor", 0)
            found = await anyio.to_thread.run_sync(suggest, request.query_params.get("prefix", ""), words(language))
            return _json({"result": found[cursor : cursor + self._limits.suggestions]}, language)

        answer.__name__ = f"suggest_{suggest.__name__}"
        answer.__doc__ = f"{suggest.__doc__}\n\nReconciliation Service API 0.2, section 6."
        return answer


_JSON: Final[Json] = {"gives": [PLAIN_JSON.media_type], "fails": [400, 413]}
_FIELDS: Final[Json] = {
    "schema": {"type": "object", "properties": {"queries": {"type": "string"}, "extend": {"type": "string"}}},
    "example": {"queries": '{"q0": {"query": "Perú", "type": "bilat:Party"}}'},
}
_FORM: Final = described(gives=[PLAIN_JSON.media_type], fails=[400, 413, 415], body={FORM_TYPE: _FIELDS})


def _json(content: Json, language: str) -> Response:
    return JSONResponse(content, headers={"Content-Language": language, "Vary": "Accept-Language"})


def _named_language(request: Request) -> str | None:
    """Give the language that an address names, as /reconcile/es does."""
    part = request.url.path.removeprefix(PATH).strip("/").partition("/")[0]
    return part if part in LANGUAGES else None


def _language(request: Request) -> str:
    return _named_language(request) or language_of(request)


def _number(request: Request, name: str, default: int) -> int:
    given = request.query_params.get(name, "")
    if not given:
        return default
    if not (given.isascii() and given.isdigit() and len(given) < 10):
        raise BadRequest(Message("{name} must be a whole number, as in {name}=10.", name=name))
    return int(given)
