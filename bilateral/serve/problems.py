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
    known = _known(request, error)
    if known.status >= 500 and not isinstance(known, EngineError | ServiceError):
        log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    if request.method == "OPTIONS" and isinstance(known, MethodNotAllowed):
        return Response(status_code=204, headers=_headers(known))
    return JSONResponse(body_of(known, language_of(request)), known.status, _headers(known), PROBLEM)


def body_of(error: BilateralError, language: str) -> dict[str, object]:
    """Describe an error: the title in the reader's language, the rest for whoever mends it."""
    title = words(language)(error.title)
    return {"type": "about:blank", "title": title, "status": error.status, "detail": str(error), **error.members}


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


def _known(request: Request, error: Exception) -> BilateralError:
    match error:
        case BilateralError():
            return error
        case HTTPException(status_code=404):
            return NotFound(f"There is nothing at {request.url.path}.")
        case HTTPException(status_code=405):
            return MethodNotAllowed(f"{request.method} is not allowed at {request.url.path}.", allow=_methods(request))
    return BilateralError("The server has a fault; it has been logged.")


def _methods(request: Request) -> tuple[str, ...]:
    """List the methods that some route at an address takes; below a mount, which tells none, files are read."""
    scopes = {method: {**request.scope, "method": method} for method in _METHODS}
    routes = request.app.routes
    found = tuple(
        method for method, scope in scopes.items() if any(route.matches(scope)[0] is Match.FULL for route in routes)
    )
    return found or ("GET", "HEAD")
