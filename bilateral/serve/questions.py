"""Each question at an address of its own: ``/api/questions/<name>?party=PER&format=csv`` becomes its query.

The query goes the way of every other one, through the endpoint, with the same limits, cache and errors.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any, Final
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import Scope

from bilateral.errors import BadRequest, MethodNotAllowed, NotFound
from bilateral.formats import PLAIN_JSON, SOLUTIONS
from bilateral.message import Message
from bilateral.parameter import SCHEMAS, WORDS, Parameter, bind
from bilateral.project import Question
from bilateral.serve import results
from bilateral.serve.endpoint import PATH
from bilateral.serve.openapi import add_read, described, format_of, in_query
from bilateral.serve.protocol import ADDRESS, decode, seconds
from bilateral.serve.site.graph import Graph

LIST: Final = "/api/questions"
_PREFIX: Final = f"{LIST}/"
_METHODS: Final = ("GET", "HEAD")
_ALWAYS: Final = ("format", "timeout")
"""The parameters that every question has, as queries have."""
_COMMON: Final = (
    format_of(SOLUTIONS),
    in_query("timeout", "the seconds that the answer may take, at least one", type="number", minimum=1),
)


class Questions:
    """The questions by name."""

    def __init__(self, questions: Sequence[Question], graph: Graph, data_version: str, public_url: str) -> None:
        self._questions = {question.name: question for question in questions}
        self._graph = graph
        self._version = data_version
        self._public_url = public_url

    def asks(self, path: str) -> bool:
        """Whether a path is that of a question."""
        return path.startswith(_PREFIX)

    def as_query(self, scope: Scope) -> Scope:
        """Give the request to the endpoint that asks what a request asks by name.

        Raises:
            NotFound: there is no such question, or a value names nothing that is known.
            BadRequest: it has no such parameter, or a value is none of its type.
            MethodNotAllowed: a question is only read.
        """
        if scope["method"] not in _METHODS and not _is_preflight(scope):
            refused = Message("{method} is not allowed at {path}.", method=scope["method"], path=scope["path"][:80])
            raise MethodNotAllowed(refused, allow=_METHODS)
        question = self._find(scope["path"].removeprefix(_PREFIX))
        sent = dict(self._sent(scope, question))
        _check_timeout(sent)
        values = {each: self._read(each, sent.pop(each.name)) for each in question.parameters if each.name in sent}
        query = urlencode({"query": bind(question.text, values), **sent})
        return {**scope, "query_string": query.encode("ascii")}

    def _find(self, name: str) -> Question:
        question = self._questions.get(name)
        if question is None:
            near = get_close_matches(name, self._questions, 3, 0.4) or list(self._questions)[:3]
            raise NotFound(
                Message(
                    "There is no question {name}. Near it: {near}. All are at {list}.",
                    name=name[:60],
                    near=", ".join(near),
                    list=LIST,
                )
            )
        return question

    def _sent(self, scope: Scope, question: Question) -> Mapping[str, str]:
        pairs = decode(scope["query_string"], ADDRESS)
        known = [*(parameter.name for parameter in question.parameters), *_ALWAYS]
        for name, _ in pairs:
            if name not in known:
                raise BadRequest(
                    Message(
                        "{question} has no parameter {name}. It has: {known}.",
                        question=question.name,
                        name=name[:40],
                        known=", ".join(known),
                    )
                )
        if len({name for name, _ in pairs}) < len(pairs):
            raise BadRequest(Message("A parameter is sent twice: send one value of each."))
        return dict(pairs)

    def _read(self, parameter: Parameter, text: str) -> str:
        value = parameter.read(text)
        iri = parameter.iri_of(value)
        if iri is not None and not self._graph.has(iri):
            raise NotFound(Message("Nothing is known of {name}={value}.", name=parameter.name, value=value))
        return value

    def router(self) -> APIRouter:
        """Give the routes: the list, and for OpenAPI and browsers each question."""
        router = APIRouter(default_response_class=Response)
        add_read(router, LIST, self.list, **described(gives=[PLAIN_JSON.media_type], moves=[304]))
        for question in self._questions.values():
            add_read(
                router,
                _PREFIX + question.name,
                self.show,
                name=question.name,
                summary=question.titles["en"],
                **_described(question),
            )
        return router

    async def list(self, request: Request) -> Response:
        """List the questions, each with its words, its parameters and its address."""
        content = [self._listed(question) for question in self._questions.values()]
        etag = results.etag_of(self._version, "questions")
        return results.respond(request, json.dumps(content, ensure_ascii=False).encode(), PLAIN_JSON, etag=etag)

    def _listed(self, question: Question) -> dict[str, Any]:
        return {
            "name": question.name,
            "titles": question.titles,
            "theme": question.theme,
            "parameters": [
                {"name": each.name, "type": each.type.value, "default": each.default} for each in question.parameters
            ],
            "url": f"{self._public_url}{_PREFIX}{question.name}",
        }

    async def show(self, request: Request) -> Response:
        """Lead a browser to the workbench, with the query of the question."""
        return RedirectResponse(f"{PATH}?{request.scope['query_string'].decode('ascii')}", status_code=303)


def _check_timeout(sent: Mapping[str, str]) -> None:
    wanted = seconds(sent.get("timeout"))
    if wanted is not None and wanted < 1:
        raise BadRequest(Message("timeout is at least one second."))


def _is_preflight(scope: Scope) -> bool:
    """Whether a browser asks if a page of another origin may send a request (Fetch, section 3.2.2)."""
    return scope["method"] == "OPTIONS" and any(
        name == b"access-control-request-method" for name, _ in scope["headers"]
    )


def _described(question: Question) -> dict[str, Any]:
    return described(
        *map(_parameter, question.parameters),
        *_COMMON,
        gives=[each.media_type for each in SOLUTIONS],
        moves=[303, 304],
        fails=[400, 404, 406, 413, 503, 504],
    )


def _parameter(parameter: Parameter) -> Mapping[str, Any]:
    schema, default = SCHEMAS[parameter.type], parameter.default
    return in_query(parameter.name, str(WORDS[parameter.type]), default, **schema, default=default)
