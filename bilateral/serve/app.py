"""The server: what answers at which address, and the rim at which every error becomes a response."""

from __future__ import annotations

import asyncio
import fcntl
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Final

import pyoxigraph as ox
from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from bilateral import __version__
from bilateral.errors import BilateralError, StoreDamaged
from bilateral.project import Question
from bilateral.serve.assets import static_files
from bilateral.serve.cache import ResultCache
from bilateral.serve.description import Description
from bilateral.serve.downloads import Downloads
from bilateral.serve.endpoint import PATH, Endpoint
from bilateral.serve.eventstream import EventStream
from bilateral.serve.exchange import Exchange, given_id, request_ids
from bilateral.serve.federation.broker import Broker
from bilateral.serve.federation.federation import Federation
from bilateral.serve.feed import Feed
from bilateral.serve.health import Health
from bilateral.serve.journal import Journal
from bilateral.serve.limits import FederationLimits, Limits
from bilateral.serve.metrics import Metrics
from bilateral.serve.pool import WorkerPool
from bilateral.serve.problems import respond_to_error
from bilateral.serve.questions import Questions
from bilateral.serve.reconcile.service import Reconciliation
from bilateral.serve.releases import Releases
from bilateral.serve.results import ANYBODY
from bilateral.serve.router import BilateralRouter
from bilateral.serve.site import panel
from bilateral.serve.site.page import Clock, today
from bilateral.serve.site.site import Site
from bilateral.serve.things import Things
from bilateral.snapshot import Snapshot

log: Final = logging.getLogger("bilateral")


class Application:
    """The ASGI application: the endpoint, and beside it the site."""

    def __init__(
        self, site: FastAPI, endpoint: Endpoint, questions: Questions, metrics: Metrics, journal: Journal
    ) -> None:
        self._site = site
        self._endpoint = endpoint
        self._questions = questions
        self._metrics = metrics
        self._journal = journal
        self._ids = request_ids()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, and note its fate."""
        if scope["type"] == "lifespan":
            await self._site(scope, receive, send)
            self._journal.flush()
            return
        exchange = Exchange(scope, send, given_id(scope) or next(self._ids))
        try:
            if scope["path"] == PATH or self._questions.asks(scope["path"]):
                await self._ask(scope, receive, exchange)
            else:
                await self._site(scope, receive, exchange.send)
        finally:
            self._metrics.observe(exchange)
            self._journal.write(exchange)

    async def _ask(self, scope: Scope, receive: Receive, exchange: Exchange) -> None:
        try:
            asked = scope if scope["path"] == PATH else self._questions.as_query(scope)
            await self._endpoint(asked, receive, exchange)
        except Exception as error:  # noqa: BLE001 - the rim: whatever goes wrong becomes a response
            exchange.fate = type(error).__name__ if isinstance(error, BilateralError) else "Bug"
            if exchange.status:  # the head is sent: to return now breaks the answer off
                return
            response = await respond_to_error(Request(scope, receive), error)
            response.headers.update(ANYBODY)
            await response(scope, receive, exchange.send)


def create_app(
    snapshot: Snapshot,
    questions: Sequence[Question],
    limits: Limits,
    journal: Journal,
    *,
    public_url: str,
    federated: FederationLimits,
    releases_folder: Path | None = None,
    clock: Clock = today,
) -> Application:
    """Make the server of one snapshot.

    ``public_url`` is the address of the server as clients know it, without a slash at its end; ``federated``
    tells which endpoints SERVICE may ask; ``releases_folder`` is where releases are offered from;
    ``clock`` tells the pages what day it is.

    Raises:
        StoreDamaged: the engine cannot open the snapshot.
    """
    store = _open(snapshot)
    version = snapshot.manifest.data_version
    pages = Site(store, snapshot, questions, limits, public_url=public_url, federated=federated, clock=clock)
    pool = WorkerPool(snapshot.triples_folder, limits)
    cache = ResultCache(pool, limits.cache)
    broker = Broker(federated, public_url) if federated.endpoints else None
    federation = Federation(broker, cache, federated) if broker else None
    metrics = Metrics(pool, cache, version, broker)
    site = FastAPI(
        title="Bilateral",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        lifespan=_running(snapshot, pool, pages, broker),
    )
    site.add_middleware(
        CORSMiddleware, allow_origins=["*"], allow_methods=["*"], allow_headers=["*"], expose_headers=["*"]
    )
    described = BilateralRouter(
        pages, snapshot.manifest, questions, public_url=f"{public_url}{PATH}", federates=bool(federated.endpoints)
    )
    site.include_router(described)
    site.include_router(Things(store, pages, snapshot).router())
    releases = Releases(releases_folder)
    site.include_router(Downloads(pages.graph, pages.pages, snapshot, releases).router())
    site.include_router(Feed(pages.graph, pages.pages, releases, public_url).router())
    site.include_router(EventStream(pages.graph, releases, public_url).router())
    site.include_router(Description(snapshot.manifest, releases, f"{public_url}{PATH}", public_url).router())
    named = Questions([each for each in questions if not each.is_federated], pages.graph, version, public_url)
    site.include_router(named.router())
    site.include_router(panel.router())
    site.include_router(Reconciliation(pages, limits, public_url=public_url).router())
    site.include_router(Health(pool, metrics).router())
    site.mount("/static", static_files())
    for cause in (BilateralError, HTTPException, Exception):
        site.add_exception_handler(cause, pages.problems.respond)
    return Application(site, Endpoint(cache, limits, version, site, federation), named, metrics, journal)


def _open(snapshot: Snapshot) -> ox.Store:
    try:
        return ox.Store.read_only(str(snapshot.triples_folder))
    except OSError as error:
        raise StoreDamaged(f"The engine cannot open {snapshot.triples_folder}: {error}. Build it again.") from error


def _running(
    snapshot: Snapshot, pool: WorkerPool, pages: Site, broker: Broker | None
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    """Run the workers while serving, and hold the build's lock, so that no build removes it."""

    @asynccontextmanager
    async def run(_: FastAPI) -> AsyncIterator[None]:
        with snapshot.lock.open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH)
            await pool.start()
            warming = asyncio.get_running_loop().run_in_executor(None, pages.warm)
            try:
                yield
            finally:
                pages.close()
                await warming
                await pool.close()
                if broker is not None:
                    await broker.close()

    return run
