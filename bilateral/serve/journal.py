"""The journal: one line of JSON for each request, and for whatever else is to be told."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import time
from typing import Final, TextIO

from bilateral.serve.exchange import Exchange

_DELAY: Final = 0.1
_GOOD: Final = frozenset(("answered", "cached", "unchanged"))
_QUERY_LENGTH: Final = 2000
"""Characters of a query that are kept where it was not answered."""


class Journal:
    """Writes lines to a stream, many at once where many requests come."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._lines: list[str] = []

    def write(self, exchange: Exchange) -> None:
        """Tell the fate of a request; a query that was not answered is told in its first words."""
        if not self._lines:
            asyncio.get_running_loop().call_later(_DELAY, self.flush)
        # Put together by hand, since this is done for every request: only path and query can need escapes.
        line = (
            f'{{"time": {time.time():.3f}, "level": "{"info" if exchange.status < 500 else "warning"}", '
            f'"event": "request", "request_id": "{exchange.request_id.decode("ascii")}", '
            f'"method": "{exchange.scope["method"]}", "path": {json.dumps(exchange.scope["path"])}, '
            f'"status": {exchange.status}, "fate": "{exchange.fate}", "seconds": {exchange.seconds:.6f}, '
            f'"bytes": {exchange.sent}'
        )
        if exchange.services is not None:
            line += f', "services": {json.dumps(exchange.services)}'
        if exchange.query and exchange.fate not in _GOOD:
            line += f', "query": {json.dumps(exchange.query[:_QUERY_LENGTH])}'
        self._lines.append(line + "}\n")

    def flush(self) -> None:
        """Write what there is."""
        self._stream.write("".join(self._lines))
        self._stream.flush()
        self._lines.clear()


class _JsonFormatter(logging.Formatter):
    """Writes a record of logging in the same way."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": round(record.created, 3),
            "level": record.levelname.lower(),
            "event": "message",
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line)


def open_journal() -> Journal:
    """Write to standard error, what the program logs as well."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_JsonFormatter())
    logger = logging.getLogger("bilateral")
    logger.handlers = [handler]
    logger.propagate = False
    return Journal(sys.stderr)
