"""The one table from error to response, and the one error body: RFC 9457 (Problem Details)."""

from __future__ import annotations

import logging
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Match

from bilateral.errors import (
    BilateralError,
    EngineError,
    MethodNotAllowed,
    NotFound,
    PayloadTooLarge,
    QueueFull,
    ServiceBusy,
    ServiceError,
)
from bilateral.formats import PROBLEM, negotiate_language
from bilateral.message import Message
from bilateral.terms import LANGUAGES
from bilateral.words import words

_METHODS: Final = ("GET", "HEAD", "POST", "QUERY")

log: Final = logging.getLogger("bilateral")


def language_of(request: Request) -> str:
    """Choose the language of an answer: by ``?lang=``, then by Accept-Language."""
    asked = request.query_params.get("lang", "")
    return asked if asked in LANGUAGES else negotiate_language(request.headers.get("accept-language"), LANGUAGES)


async def respond_to_error(request: Request, error: Exception) -> Response:
    """Turn any error into a response; a plain OPTIONS is answered with the methods that its address has."""
    known = known_error(request, error)
    if known.status >= 500 and not isinstance(known, EngineError | ServiceError):
        log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    if request.method == "OPTIONS" and isinstance(known, MethodNotAllowed):
        return Response(status_code=204, headers=_headers(known))
    language = language_of(request)
    told = {"Content-Language": language, "Vary": "Accept, Accept-Language"}
    return JSONResponse(body_of(known, language), known.status, {**_headers(known), **told}, PROBLEM)


def body_of(error: BilateralError, language: str) -> dict[str, object]:
    """Describe an error: what is for people in the reader's language (RFC 9457, sections 3.1.3 and 3.1.4)."""
    spoken = words(language)
    said = {"title": spoken(error.title), "status": error.status, "detail": spoken.tell(error.message)}
    return {"type": "about:blank", **said, **error.members}


def _headers(error: BilateralError) -> dict[str, str]:
    match error:
        case MethodNotAllowed(allow=allow):
            return {"Allow": ", ".join(dict.fromkeys((*allow, "OPTIONS")))}
        case QueueFull():
            return {"Retry-After": "1"}
        case ServiceBusy(retry_after=seconds):
            return {"Retry-After": str(seconds)}
        case PayloadTooLarge():
            return {"Connection": "close"}  # rather than to read what is left of the body
    return {}


def known_error(request: Request, error: Exception) -> BilateralError:
    """Give the error that a reader is told of, whatever went wrong."""
    match error:
        case BilateralError():
            return error
        case HTTPException(status_code=404):
            return NotFound(Message("There is nothing at {path}.", path=request.url.path))
        case HTTPException(status_code=405):
            refused = Message("{method} is not allowed at {path}.", method=request.method, path=request.url.path)
            return MethodNotAllowed(refused, allow=_methods(request))
    return BilateralError(Message("The server has a fault; it has been logged."))


def _methods(request: Request) -> tuple[str, ...]:
    """List the methods that some route at an address takes; below a mount, which tells none, files are read."""
    scopes = {method: {**request.scope, "method": method} for method in _METHODS}
    routes = request.app.routes
    found = tuple(
        method for method, scope in scopes.items() if any(route.matches(scope)[0] is Match.FULL for route in routes)
    )
    return found or ("GET", "HEAD")
