"""Panels: the named query behind each part of a page, open to whoever wants to see, change or take it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

import pyoxigraph as ox
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bilateral.errors import BadRequest, NotFound
from bilateral.message import Message
from bilateral.query import Term, bound, parameters_of, query_names, query_text
from bilateral.serve.endpoint import PATH as ENDPOINT
from bilateral.serve.openapi import add_read, described, in_path, in_query
from bilateral.serve.problems import language_of
from bilateral.terms import compact, expand

_QUERIES: Final = frozenset(name for name in query_names() if not name.startswith("vocabulary/"))
"""Those that the graph answers; ontology and shapes are files beside it."""

_ROUTE: Final = described(
    in_path("name", "the name of a query", "relation/missions"),
    in_query("iri", "what it asks about, where it asks about a thing", "rel:KOR-PER"),
    in_query("lang", "the language", "es"),
    in_query("format", "the format of the rows; else the query is shown"),
    moves=[303],
    fails=[400, 404],
)


@dataclass(frozen=True)
class Panel:
    """Where a panel's query can be seen and changed, and where its rows can be had as CSV."""

    query: str
    csv: str


def panel(name: str, iri: str | None, language: str) -> Panel:
    """Give the addresses of a named query about one thing, or about none.

    >>> panel("relation/missions", "https://w3id.org/bilateral/id/relation/KOR-PER", "es").csv
    '/query/relation/missions?iri=rel%3AKOR-PER&lang=es&format=csv'
    """
    about = {"iri": compact(iri)} if iri else {}
    address = f"/query/{name}?{urlencode({**about, 'lang': language})}"
    return Panel(address, f"{address}&format=csv")


def router() -> APIRouter:
    """Give the route that leads from a panel to its query."""
    routes = APIRouter(default_response_class=Response)
    add_read(routes, "/query/{name:path}", lead, **_ROUTE)
    return routes


async def lead(request: Request, name: str) -> Response:
    """Lead to the endpoint with a named query, its parameters filled in from the address.

    ``iri`` is a prefixed name or a whole IRI, ``lang`` a language; ``format`` chooses a result
    rather than the editor.
    """
    if name not in _QUERIES:
        raise NotFound(Message("There is no query {name}.", name=name))
    text = query_text(name)
    wanted = {parameter: _term(parameter, request) for parameter in parameters_of(text)}
    asked = {"query": bound(text, **wanted)}
    if "format" in request.query_params:
        asked["format"] = request.query_params["format"]
    return RedirectResponse(f"{ENDPOINT}?{urlencode(asked)}", status_code=303)


def _term(parameter: str, request: Request) -> Term:
    if parameter == "language":
        return ox.Literal(language_of(request))
    given = request.query_params.get(parameter, "")
    try:
        return ox.NamedNode(given if "://" in given else expand(given))
    except (KeyError, ValueError) as error:
        raise BadRequest(
            Message("{name} must be an IRI or a prefixed name, as in ?{name}=rel:KOR-PER.", name=parameter)
        ) from error
