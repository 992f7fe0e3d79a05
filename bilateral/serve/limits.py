"""The limits of the endpoint: what one request may cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

KIBIBYTE: Final = 1024
MEBIBYTE: Final = 1024 * KIBIBYTE


@dataclass(frozen=True)
class Limits:
    """What one request may cost; each is a flag of ``bilateral serve``.

    ``query_timeout`` and ``client_timeout`` are in seconds: of work on the query, and of waiting for a
    client to send its request or to take more of the answer. ``memory`` is in bytes a worker, on top
    of what it takes when idle. ``queue`` counts the queries that may wait for a worker. ``rows`` are
    solutions, or triples where the result is a graph. ``cache`` is in bytes of results that are kept.
    """

    workers: int = 8
    queue: int = 64
    query_timeout: float = 10.0
    client_timeout: float = 60.0
    memory: int = 1024 * MEBIBYTE
    rows: int = 5_000_000
    result_bytes: int = 1024 * MEBIBYTE
    request_bytes: int = 256 * KIBIBYTE
    head_bytes: int = 64 * KIBIBYTE
    connections: int = 1000
    nesting: int = 64
    operators: int = 1000
    cache: int = 64 * MEBIBYTE


@dataclass(frozen=True)
class FederationLimits:
    """Which endpoints SERVICE may ask, and what the clauses of one query may cost, here and there.

    Without ``endpoints`` there is no federation.
    ``timeout`` is in seconds, for all clauses together. ``answer_bytes`` are of one answer of an endpoint,
    ``rows`` the solutions of one clause, ``requests`` those that an endpoint gets from us at once. ``age`` is
    in seconds, for which an answer is taken as fresh; ``cache`` in bytes of answers that are kept.
    ``queries`` may be at it at once, of up to so many ``clauses`` each. ``batch`` is how many bindings a
    request carries, and ``batches`` how many requests that may make. ``text_bytes`` is what a query may grow
    to when the solutions are written into it.
    """

    endpoints: tuple[str, ...] = ()
    timeout: float = 30.0
    answer_bytes: int = 8 * MEBIBYTE
    rows: int = 10_000
    requests: int = 4
    age: float = 3600.0
    cache: int = 16 * MEBIBYTE
    queries: int = 64
    clauses: int = 4
    batch: int = 200
    batches: int = 25
    text_bytes: int = 4 * MEBIBYTE


@dataclass(frozen=True)
class BatchLimits:
    """What one request for reconciliation may ask; the request's bytes are limited as those of queries are.

    ``queries`` count a batch, ``candidates`` the answers to each, ``values`` those of one query's properties;
    ``things`` and ``properties`` those of a data extension; ``suggestions`` come at a time.
    """

    queries: int = 50
    candidates: int = 100
    values: int = 20
    things: int = 500
    properties: int = 30
    suggestions: int = 20
