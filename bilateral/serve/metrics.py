"""Figures for operators, in the text format of Prometheus."""

from __future__ import annotations

from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector

from bilateral import __version__
from bilateral.serve.cache import ResultCache
from bilateral.serve.exchange import Exchange
from bilateral.serve.pool import WorkerPool

_SECONDS: Final = (0.001, 0.005, 0.02, 0.1, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0)


class Metrics:
    """Counts requests, and reads the state of workers and cache when asked."""

    def __init__(self, pool: WorkerPool, cache: ResultCache, data_version: str) -> None:
        self._registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        PlatformCollector(registry=registry)
        self._requests = Counter(
            "bilateral_requests", "Requests, by their fate.", ("status", "fate"), registry=registry
        )
        self._seconds = Histogram(
            "bilateral_request_seconds",
            "Seconds from a request to the end of its answer.",
            registry=registry,
            buckets=_SECONDS,
        )
        self._bytes = Counter("bilateral_sent_bytes", "Bytes of the bodies that were sent.", registry=registry)
        self._by_fate: dict[tuple[int, str], Counter] = {}
        Gauge("bilateral_info", "What is served.", ("version", "data_version"), registry=registry).labels(
            __version__, data_version
        ).set(1)
        for name, text, read in (
            ("queries_running", "Queries that run.", lambda: pool.running),
            ("queries_waiting", "Queries that wait for a worker.", lambda: pool.waiting),
            ("workers_replaced", "Workers that were replaced.", lambda: pool.replaced),
            ("cache_bytes", "Bytes that the result cache takes.", lambda: cache.size),
        ):
            Gauge(f"bilateral_{name}", text, registry=registry).set_function(read)

    def observe(self, exchange: Exchange) -> None:
        """Count a request."""
        key = (exchange.status, exchange.fate)
        counter = self._by_fate.get(key)
        if counter is None:
            counter = self._by_fate[key] = self._requests.labels(*key)
        counter.inc()
        self._seconds.observe(exchange.seconds)
        self._bytes.inc(exchange.sent)

    def text(self) -> bytes:
        """Write all figures."""
        return generate_latest(self._registry)
