"""Problems: the error that an endpoint answers becomes the exception of its cause (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

import httpx

from bilateral.errors import (
    AnswerUnexpected,
    BadRequest,
    BilateralError,
    EndpointBusy,
    HeadTooLarge,
    MethodNotAllowed,
    NotAcceptable,
    NotFound,
    PayloadTooLarge,
    QueryError,
    QueryRefused,
    QueryTimeout,
    QueueFull,
    RequestTimeout,
    ResultTooLarge,
    TooManyConnections,
    UnsupportedMediaType,
    UpdateRefused,
    WorkerDied,
)

_PLAIN: Final = (BadRequest, UpdateRefused, NotFound, UnsupportedMediaType)
_ENGINE: Final = (QueueFull, WorkerDied, QueryTimeout, ResultTooLarge)
_CONNECTION: Final = (RequestTimeout, HeadTooLarge, TooManyConnections)
_SHOWN: Final = 500
"""Characters of an answer that is no problem of ours which its error repeats."""


def error_of(response: httpx.Response) -> BilateralError:
    """Give the exception of an error that has been read.

    One of our own servers tells its cause by status and title; of others the status has to do.
    """
    problem = _problem(response)
    detail = str(problem.get("detail") or response.text[:_SHOWN] or response.reason_phrase)
    return _of_cause(response.status_code, problem, detail) or _of_status(response, detail)


def _problem(response: httpx.Response) -> Mapping[str, object]:
    try:
        problem = json.loads(response.content)
    except ValueError:
        return {}
    return problem if isinstance(problem, dict) else {}


def _of_cause(status: int, problem: Mapping[str, object], detail: str) -> BilateralError | None:
    """Find the cause by status and title, and by the limit where two causes share these."""
    cause = (status, problem.get("title"))
    limit, value = str(problem.get("limit", "")), _number(problem.get("value"))
    for plain in _PLAIN:
        if cause == (plain.status, plain.title):
            return plain(detail)
    for connection in _CONNECTION:
        if cause == (connection.status, connection.title) and limit == connection.member:
            return connection(detail, limit=value)
    for engine in _ENGINE:
        if cause == (engine.status, engine.title):
            return engine(detail, limit=limit, value=value)
    return _of_request(cause, problem, detail)


def _of_request(cause: tuple[int, object], problem: Mapping[str, object], detail: str) -> BilateralError | None:
    """Find the cause among those that have members of their own."""
    limit, value = str(problem.get("limit", "")), int(_number(problem.get("value")))
    if cause == (QueryError.status, QueryError.title):
        return QueryError(detail, line=_place(problem.get("line")), column=_place(problem.get("column")))
    if cause == (QueryRefused.status, QueryRefused.title):
        return QueryRefused(detail, limit=limit, value=value) if limit else QueryRefused(detail)
    if cause == (PayloadTooLarge.status, PayloadTooLarge.title):
        return PayloadTooLarge(detail, limit=limit, value=value)
    if cause == (MethodNotAllowed.status, MethodNotAllowed.title):
        return MethodNotAllowed(detail, allow=_names(problem.get("allow")))
    if cause == (NotAcceptable.status, NotAcceptable.title):
        return NotAcceptable(detail, available=_names(problem.get("available")))
    return None


def _of_status(response: httpx.Response, detail: str) -> BilateralError:
    """Judge by the status alone, as the SPARQL 1.1 Protocol has it (section 2.1.6)."""
    match response.status_code:
        case 400:
            return QueryError(detail)
        case 404:
            return NotFound(detail)
        case 406:
            return NotAcceptable(detail, available=())
        case 429 | 503:
            return EndpointBusy(detail)
    return AnswerUnexpected(f"{response.url.host} answers {response.status_code}: {detail}")


def _number(value: object) -> float:
    return value if isinstance(value, int | float) else 0


def _place(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _names(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ()
