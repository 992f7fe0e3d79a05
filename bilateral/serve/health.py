"""What operators and their machines ask: whether it is alive, whether it can answer, and how it is doing."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.responses import JSONResponse, Response

from bilateral.formats import JSON
from bilateral.serve.engine import Engine, Evaluation
from bilateral.serve.metrics import Metrics

_PLAIN_QUERY: Final = Evaluation("ASK {}", JSON)
_PATIENCE: Final = 1.0
_METHODS: Final = ["GET", "HEAD"]


class Health:
    """The routes for operators."""

    def __init__(self, engine: Engine, metrics: Metrics) -> None:
        self._engine = engine
        self._metrics = metrics

    def router(self) -> APIRouter:
        """Give the routes."""
        router = APIRouter(include_in_schema=False)
        router.add_api_route("/healthz", self.live, methods=_METHODS)
        router.add_api_route("/readyz", self.ready, methods=_METHODS)
        router.add_api_route("/metrics", self.metrics, methods=_METHODS)
        return router

    async def live(self) -> Response:
        """Tell that the process runs."""
        return JSONResponse({"status": "alive"})

    async def ready(self) -> Response:
        """Tell whether a query is answered, by asking one; an error says why not."""
        await self._engine.evaluate(_PLAIN_QUERY, seconds=_PATIENCE)
        return JSONResponse({"status": "ready"})

    async def metrics(self) -> Response:
        """Give all figures."""
        return Response(self._metrics.text(), media_type=CONTENT_TYPE_LATEST)
