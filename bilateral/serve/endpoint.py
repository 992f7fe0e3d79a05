"""The SPARQL endpoint, as an ASGI application of its own: parse → evaluate → respond.

Nothing stands between it and the server, since for a small query every layer costs as much as the engine.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from starlette.types import ASGIApp, Receive, Scope

from bilateral import formats
from bilateral.errors import ClientGone, MethodNotAllowed
from bilateral.message import Message
from bilateral.serve import body, codings, guard, protocol, results
from bilateral.serve.cache import ResultCache
from bilateral.serve.engine import Answer, Evaluation
from bilateral.serve.exchange import Exchange
from bilateral.serve.federation.clause import FederatedQuery
from bilateral.serve.federation.federation import Federation
from bilateral.serve.limits import Limits

PATH: Final = "/sparql"

_METHODS: Final = ("GET", "HEAD", "POST", "QUERY", "OPTIONS")
_WATCH_AFTER: Final = 0.05
"""Seconds after which it is worth to watch whether the client is still there."""
_PREPARED: Final = 1024
_PREPARED_BYTES: Final = 8192
"""Requests that are remembered as parsed, and how large one of them may be."""

_FIELDS: Final = (b"content-type", b"accept", b"accept-encoding")
_Head = tuple[tuple[bytes, bytes], ...]


class _Message(NamedTuple):
    """What of an HTTP request bears on the query that it asks."""

    method: str
    query_string: bytes
    body: bytes
    content_type: bytes | None
    accept: bytes | None
    accept_encoding: bytes | None


@dataclass(frozen=True)
class _Prepared:
    """A query that may be evaluated, and the head of its answer."""

    evaluation: Evaluation
    timeout: float | None
    etag: str
    head: _Head
    federated: FederatedQuery | None = None


class Endpoint:
    """Answers queries at ``/sparql`` (SPARQL 1.1 Protocol); what asks nothing goes to ``otherwise``."""

    def __init__(
        self,
        cache: ResultCache,
        limits: Limits,
        data_version: str,
        otherwise: ASGIApp,
        federation: Federation | None = None,
    ) -> None:
        self._cache = cache
        self._federation = federation
        self._limits = limits
        self._version = data_version
        self._otherwise = otherwise
        self._prepared = lru_cache(_PREPARED)(self._prepare)

    async def __call__(self, scope: Scope, receive: Receive, exchange: Exchange) -> None:
        """Answer a request.

        Raises:
            BilateralError: nothing has been sent yet, or the answer has to break off.
        """
        fields = _fields(scope)
        method: str = scope["method"]
        if method == "OPTIONS" and b"access-control-request-method" in fields:
            return await self._otherwise(scope, receive, exchange.send)
        if method not in _METHODS or method == "OPTIONS":
            raise MethodNotAllowed(
                Message("{method} is not allowed at {path}.", method=method, path=PATH), allow=_METHODS
            )
        has_body = method in protocol.WITH_BODY
        sent = await body.read(scope, receive, self._limits.request_bytes) if has_body else b""
        prepared = self._parse(_Message(method, scope["query_string"], sent, *(fields.get(name) for name in _FIELDS)))
        if prepared is None:
            return await self._otherwise(scope, receive, exchange.send)
        exchange.query = prepared.evaluation.text
        if prepared.federated is not None:
            prepared = await self._federate(prepared, prepared.federated, receive, exchange)
        return await self._respond(prepared, fields, receive, exchange)

    def _parse(self, message: _Message) -> _Prepared | None:
        is_small = len(message.query_string) + len(message.body) <= _PREPARED_BYTES
        return self._prepared(message) if is_small else self._prepare(message)

    def _prepare(self, message: _Message) -> _Prepared | None:
        content_type, accept, accept_encoding = (_text(value) for value in message[3:])
        query = protocol.parse(message.method, message.query_string, content_type, message.body)
        if query is None or (message.method in ("GET", "HEAD") and _wants_page(query, accept)):
            return None
        inspection = guard.inspect(query.text, self._limits, may_ask_others=self._federation is not None)
        offered = formats.BY_KIND[inspection.kind] if inspection.kind else formats.SOLUTIONS
        evaluation = Evaluation(
            text=query.text,
            format=results.choose(accept, query.format, offered),
            coding=codings.negotiate(accept_encoding),
            union=not (inspection.names_dataset or query.names_dataset),
            default_graph_uris=query.default_graph_uris,
            named_graph_uris=query.named_graph_uris,
        )
        federated = self._federation.read(query.text) if self._federation and inspection.asks_others else None
        etag = results.etag_of(self._version, evaluation.digest)
        return _Prepared(evaluation, query.timeout, etag, _head(evaluation, etag), federated)

    async def _federate(
        self, prepared: _Prepared, query: FederatedQuery, receive: Receive, exchange: Exchange
    ) -> _Prepared:
        """Put the query into its place that is left when others have been asked; its entity tag depends on theirs."""
        assert self._federation is not None
        exchange.services = Counter()
        with _Watch(receive):
            evaluation = await self._federation.solve(query, prepared.evaluation, prepared.timeout, exchange.services)
        etag = results.etag_of(self._version, evaluation.digest)
        return _Prepared(evaluation, prepared.timeout, etag, _head(evaluation, etag))

    async def _respond(
        self, prepared: _Prepared, fields: dict[bytes, bytes], receive: Receive, exchange: Exchange
    ) -> None:
        if results.has_version(_text(fields.get(b"if-none-match")), prepared.etag):
            exchange.fate = "unchanged"
            await _send_whole(exchange, 304, prepared.head, b"")
        elif (known := self._cache.get(prepared.evaluation)) is not None:
            exchange.fate = "cached"
            await _send_whole(exchange, 200, prepared.head, known)
        else:
            with _Watch(receive):
                answer = await self._cache.evaluate(prepared.evaluation, seconds=prepared.timeout)
                await _send(exchange, prepared.head, answer)
            exchange.fate = "answered"


class _Watch:
    """Stops what the task does when the client hangs up."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._watching: asyncio.Task[None] | None = None
        self._is_gone = False

    def __enter__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._watched = asyncio.current_task()
        self._timer = self._loop.call_later(_WATCH_AFTER, self._start)

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._timer.cancel()
        if self._watching is not None:
            self._watching.cancel()
        if self._is_gone and kind is asyncio.CancelledError:
            assert self._watched is not None
            self._watched.uncancel()
            raise ClientGone(Message("The client has hung up."))

    def _start(self) -> None:
        self._watching = self._loop.create_task(self._stop())

    async def _stop(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self._is_gone = True
        assert self._watched is not None
        self._watched.cancel()


def _wants_page(query: protocol.Query, accept: str | None) -> bool:
    """Whether a browser follows a link to a query, which it then shows in the workbench."""
    if query.format is not None or accept is None or "text/html" not in accept:
        return False
    return formats.negotiate(accept, (formats.HTML, *formats.SOLUTIONS)) == formats.HTML


def _fields(scope: Scope) -> dict[bytes, bytes]:
    """Give the header fields; those of one name are joined (RFC 9110, section 5.3)."""
    fields: dict[bytes, bytes] = {}
    for name, value in scope["headers"]:
        fields[name] = fields[name] + b"," + value if name in fields else value
    return fields


def _text(value: bytes | None) -> str | None:
    return None if value is None else value.decode("latin-1")


def _head(evaluation: Evaluation, etag: str) -> _Head:
    fields = {"content-type": evaluation.format.content_type, "etag": etag, "vary": results.VARY, **results.ANYBODY}
    if evaluation.coding is not codings.IDENTITY:
        fields["content-encoding"] = evaluation.coding.name
    return tuple((name.encode("ascii"), value.encode("ascii")) for name, value in fields.items())


async def _send_whole(exchange: Exchange, status: int, head: _Head, body: bytes) -> None:
    length = () if status == 304 else ((b"content-length", b"%d" % len(body)),)
    await exchange.send({"type": "http.response.start", "status": status, "headers": (*head, *length)})
    await exchange.send({"type": "http.response.body", "body": body})


async def _send(exchange: Exchange, head: _Head, answer: Answer) -> None:
    """Send a result as it comes.

    One that must stop breaks off: the connection is closed without the final chunk (RFC 9112,
    section 7.1), so that half a result never looks whole.
    """
    if answer.rest is None:
        await _send_whole(exchange, 200, head, answer.first)
        return
    with closing(answer.rest):
        await exchange.send({"type": "http.response.start", "status": 200, "headers": head})
        if exchange.scope["method"] != "HEAD":
            await exchange.send({"type": "http.response.body", "body": answer.first, "more_body": True})
            async for piece in answer.rest:
                await exchange.send({"type": "http.response.body", "body": piece, "more_body": True})
        await exchange.send({"type": "http.response.body", "body": b""})
