"""What OpenAPI says of a route: its parameters, the media types of its answers, and its errors.

https://spec.openapis.org/oas/v3.1.0#operation-object
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from fastapi import APIRouter

from bilateral.formats import PROBLEM, Format

_PROBLEMS: Final = {
    400: "A parameter, or a value of one, that is not taken here.",
    404: "There is no such thing.",
    406: "No format that was asked for can be given.",
    413: "The result is larger than it may be.",
    415: "The body is of another media type.",
    416: "The file has no such range.",
    503: "Too many queries are waiting: ask again after Retry-After.",
    504: "The query took longer than it may.",
}
_OTHERS: Final = {
    206: "A range of it.",
    303: "It is at another address.",
    304: "The client has it already.",
    307: "It is at another address for now.",
    308: "It is at another address for ever.",
}

Parameter = Mapping[str, Any]


def in_path(name: str, description: str, example: str) -> Parameter:
    """Describe a part of the path."""
    schema = {"type": "string", "minLength": 1}
    described = {"name": name, "in": "path", "required": True, "description": description}
    return {**described, "schema": schema, "example": example}


def in_query(name: str, description: str, example: str | None = None, **schema: object) -> Parameter:
    """Describe a parameter of the query string; without a schema it is text."""
    described = {"name": name, "in": "query", "description": description, "schema": schema or {"type": "string"}}
    return {**described, "example": example} if example is not None else described


def format_of(offered: Iterable[Format]) -> Parameter:
    """Describe the parameter that chooses a format, by name or extension; empty is as if it were not sent."""
    names = sorted({"", *(name for each in offered for name in (each.name, each.extension))})
    return in_query("format", "the format; else as Accept says", type="string", enum=names)


def add_read(router: APIRouter, path: str, answer: Callable[..., Any], **route: Any) -> None:
    """Add a route that is read: GET, and HEAD, which OpenAPI need not tell, since each GET has one."""
    router.add_api_route(path, answer, methods=["GET"], **route)
    router.add_api_route(path, answer, methods=["HEAD"], **{**route, "include_in_schema": False})


def described(
    *parameters: Parameter,
    gives: Iterable[str] = (),
    moves: Iterable[int] = (),
    fails: Iterable[int] = (),
    body: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Describe a route, as keywords for ``add_api_route``.

    ``gives`` has the media types of what it answers, ``moves`` the other statuses with which it may answer,
    ``fails`` those of its errors, ``body`` the media types that it takes.
    """
    content: dict[str, Any] = {media_type: {} for media_type in gives}
    responses: dict[int, dict[str, Any]] = {200: {"description": "The answer.", "content": content}} if content else {}
    responses |= {status: {"description": _OTHERS[status]} for status in moves}
    responses |= {status: {"description": _PROBLEMS[status], "content": {PROBLEM: {}}} for status in fails}
    taken = {"requestBody": {"required": True, "content": body}} if body else {}
    return {"openapi_extra": {"parameters": list(parameters), **taken}, "responses": responses}
