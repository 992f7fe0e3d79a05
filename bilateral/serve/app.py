"""The server: routes, and the one table from error to response."""

from __future__ import annotations

import fcntl
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Final

import pyoxigraph as ox
from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.staticfiles import StaticFiles

from bilateral import __version__
from bilateral.errors import BilateralError, EngineError, MethodNotAllowed, NotFound, QueueFull, StoreDamaged
from bilateral.project import Question
from bilateral.serve.downloads import Downloads
from bilateral.serve.limits import Limits
from bilateral.serve.pages import Pages
from bilateral.serve.pool import WorkerPool
from bilateral.serve.router import BilateralRouter
from bilateral.serve.things import Things
from bilateral.serve.words import words
from bilateral.snapshot import Snapshot

log: Final = logging.getLogger("bilateral")


def create_app(snapshot: Snapshot, questions: Sequence[Question], limits: Limits, *, public_url: str) -> FastAPI:
    """Make the server of one snapshot.

    ``public_url`` is the address of the endpoint as clients know it.

    Raises:
        StoreDamaged: the engine cannot open the snapshot.
    """
    store = _open(snapshot)
    pages = Pages(questions, snapshot.manifest.data_version)
    pool = WorkerPool(snapshot.triples_folder, limits)
    app = FastAPI(
        title="Bilateral", version=__version__, docs_url=None, redoc_url=None, lifespan=_running(snapshot, pool)
    )
    app.state.pages = pages
    app.add_middleware(
        CORSMiddleware, allow_origins=["*"], allow_methods=["*"], allow_headers=["*"], expose_headers=["*"]
    )
    router = BilateralRouter(pool, pages, snapshot.manifest, questions, limits=limits, public_url=public_url)
    app.include_router(router)
    app.include_router(Things(store, pages, snapshot).router())
    app.include_router(Downloads(pages, snapshot).router())
    app.mount("/static", StaticFiles(packages=[("bilateral.serve", "static")]))
    for cause in (BilateralError, HTTPException, Exception):
        app.add_exception_handler(cause, _respond_to_error)
    return app


def _open(snapshot: Snapshot) -> ox.Store:
    try:
        return ox.Store.read_only(str(snapshot.triples_folder))
    except OSError as error:
        raise StoreDamaged(f"The engine cannot open {snapshot.triples_folder}: {error}. Build it again.") from error


def _running(snapshot: Snapshot, pool: WorkerPool) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    """Run the workers while serving, and hold the build's lock, so that no build removes it."""

    @asynccontextmanager
    async def run(_: FastAPI) -> AsyncIterator[None]:
        with snapshot.lock.open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH)
            await pool.start()
            try:
                yield
            finally:
                await pool.close()

    return run


async def _respond_to_error(request: Request, error: Exception) -> Response:
    """Turn any error into the one error body, RFC 9457 (Problem Details)."""
    known = _known(request, error)
    if known.status >= 500 and not isinstance(known, EngineError):
        log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    detail = str(known) if known.status < 500 or known is error else "The server has a fault; it has been logged."
    language = request.app.state.pages.language(request)
    body = {
        "type": "about:blank",
        "title": words(language)(known.title),
        "status": known.status,
        "detail": detail,
        **known.members,
    }
    headers = {"Allow": ", ".join(known.allow)} if isinstance(known, MethodNotAllowed) else {}
    if isinstance(known, QueueFull):
        headers["Retry-After"] = "1"
    return JSONResponse(body, known.status, headers, media_type="application/problem+json")


def _known(request: Request, error: Exception) -> BilateralError:
    match error:
        case BilateralError():
            return error
        case HTTPException(status_code=404):
            return NotFound(f"There is nothing at {request.url.path}.")
        case HTTPException(status_code=405):
            allow = tuple((error.headers or {}).get("Allow", "GET, HEAD").split(", "))
            return MethodNotAllowed(f"{request.method} is not allowed at {request.url.path}.", allow=allow)
    return BilateralError("The server has a fault; it has been logged.")
