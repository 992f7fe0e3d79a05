"""The limits of the endpoint: what one request may cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

MEBIBYTE: Final = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """What one request may cost; each is a flag of ``bilateral serve``.

    ``query_timeout`` and ``client_timeout`` are in seconds: of work on the query, and of waiting for a
    client that does not read. ``memory`` is in bytes of address space a worker, on top of what it
    takes when idle. ``queue`` counts the queries that may wait for a worker.
    """

    workers: int = 8
    queue: int = 64
    query_timeout: float = 10.0
    client_timeout: float = 60.0
    memory: int = 1024 * MEBIBYTE
    result_bytes: int = 1024 * MEBIBYTE
    request_bytes: int = MEBIBYTE // 4
    nesting: int = 64
    operators: int = 1000
