"""Figures for operators, in the text format of Prometheus."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate
from typing import Final

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, InfoMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

from bilateral import __version__
from bilateral.serve.cache import ResultCache
from bilateral.serve.exchange import Exchange
from bilateral.serve.federation.broker import Broker
from bilateral.serve.pool import WorkerPool

_SECONDS: Final = (0.001, 0.005, 0.02, 0.1, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0)
_BOUNDS: Final = (*map(str, _SECONDS), "+Inf")


class Metrics(Collector):
    """Counts requests, and reads the state of workers and cache when asked.

    The counts are plain numbers, since they are taken at every request, and read every few seconds.
    """

    def __init__(self, pool: WorkerPool, cache: ResultCache, data_version: str, broker: Broker | None = None) -> None:
        self._pool = pool
        self._cache = cache
        self._broker = broker
        self._data_version = data_version
        self._requests: Counter[tuple[str, str]] = Counter()
        self._buckets = [0] * len(_BOUNDS)
        self._seconds = 0.0
        self._bytes = 0
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        PlatformCollector(registry=self._registry)
        self._registry.register(self)

    def observe(self, exchange: Exchange) -> None:
        """Count a request."""
        seconds = exchange.seconds
        self._requests[str(exchange.status), exchange.fate] += 1
        self._buckets[bisect_left(_SECONDS, seconds)] += 1
        self._seconds += seconds
        self._bytes += exchange.sent

    def text(self) -> bytes:
        """Write all figures."""
        return generate_latest(self._registry)

    def collect(self) -> Iterator[Metric]:
        """Give the figures to the client library."""
        requests = CounterMetricFamily("bilateral_requests", "Requests, by their fate.", labels=("status", "fate"))
        for labels, count in self._requests.items():
            requests.add_metric(labels, count)
        yield requests
        buckets = [*zip(_BOUNDS, accumulate(self._buckets), strict=True)]
        duration = "Seconds from a request to the end of its answer."
        yield HistogramMetricFamily("bilateral_request_seconds", duration, buckets, self._seconds)
        yield CounterMetricFamily("bilateral_sent_bytes", "Bytes of the bodies that were sent.", self._bytes)
        yield CounterMetricFamily("bilateral_workers_replaced", "Workers that were replaced.", self._pool.replaced)
        yield GaugeMetricFamily("bilateral_queries_running", "Queries that run.", self._pool.running)
        yield GaugeMetricFamily("bilateral_queries_waiting", "Queries that wait for a place.", self._pool.waiting)
        yield GaugeMetricFamily("bilateral_cache_bytes", "Bytes that the result cache takes.", self._cache.size)
        if self._broker is not None:
            yield from _services(self._broker)
        served = {"version": __version__, "data_version": self._data_version}
        yield InfoMetricFamily("bilateral", "What is served.", served)


def _services(broker: Broker) -> Iterator[Metric]:
    asked = CounterMetricFamily(
        "bilateral_services", "Questions to other endpoints, by their fate.", labels=("host", "fate")
    )
    for labels, count in broker.fates.items():
        asked.add_metric(labels, count)
    yield asked
    yield GaugeMetricFamily("bilateral_services_cache_bytes", "Bytes of answers that are kept.", broker.answers.size)
