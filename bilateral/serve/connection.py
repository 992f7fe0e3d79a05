"""One connection of a client: uvicorn's, with bounds on what a client may cost that never asks a query.

uvicorn bounds neither the head of a request nor the time that it may take to arrive, and waits without
end for a client that does not take its answer.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, ClassVar, Final, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from bilateral.errors import BadRequest, BilateralError, HeadTooLarge, RequestTimeout, TooManyConnections
from bilateral.formats import PROBLEM
from bilateral.message import Message, Verbatim
from bilateral.serve.limits import Limits
from bilateral.serve.problems import body_of
from bilateral.terms import LANGUAGES

_JOINED_BYTES: Final = 64 * 1024


class BoundedConnection(HttpToolsProtocol):
    """A connection with bounds; `bounded` makes a class with bounds of its own."""

    limits: ClassVar[Limits] = Limits()

    def __init__(self, *arguments: Any, **options: Any) -> None:  # what uvicorn hands over
        super().__init__(*arguments, **options)
        self._clock: asyncio.TimerHandle | None = None
        self._head: int | None = None
        """Bytes that have come of a head that is not complete; None outside of one."""
        self._piece = 0
        """Bytes that came last."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a client, if there is place for one more."""
        super().connection_made(cast(asyncio.Transport, _Joining(transport, self.loop)))
        limit = self.limits.connections
        if len(self.connections) > limit:
            self._refuse(
                TooManyConnections(
                    Message("{limit} clients are connected: come again later.", limit=limit), limit=limit
                )
            )
        else:
            self._start_clock(self._is_late)

    def connection_lost(self, exc: Exception | None) -> None:
        """Let the client go."""
        self._stop_clock()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what the client sends, as long as its head is no larger than it may be."""
        self._piece = len(data)
        if not self.transport.is_closing():
            super().data_received(data)
        if self._head is not None:
            self._head += len(data)
            self._check_head(self._head)
        if self._clock is None and self._is_arriving and not self.transport.is_closing():
            self._start_clock(self._is_late)

    @property
    def _is_arriving(self) -> bool:
        return self._head is not None or (self.cycle is not None and self.cycle.more_body)

    def on_message_begin(self) -> None:
        """See a request begin."""
        self._head = 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """See the head complete."""
        assert self._head is not None
        if self._head + self._piece > self.limits.head_bytes:  # the head alone may be smaller than it and a body
            self._check_head(len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers))
        self._head = None
        if not self.transport.is_closing():
            super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Take some of the body."""
        if not self.transport.is_closing():
            super().on_body(body)

    def on_message_complete(self) -> None:
        """See the request complete."""
        self._stop_clock()
        if not self.transport.is_closing():
            super().on_message_complete()

    def on_response_complete(self) -> None:
        """See the answer complete; a body that nobody wanted is not read to its end."""
        if self.cycle.more_body:
            self.transport.close()
        super().on_response_complete()

    def pause_writing(self) -> None:
        """See that the client does not take its answer."""
        super().pause_writing()
        self._start_clock(self.transport.abort)

    def resume_writing(self) -> None:
        """See that it does."""
        super().resume_writing()
        self._stop_clock()

    def send_400_response(self, msg: str) -> None:
        """Answer what is not HTTP with the one error body."""
        self._refuse(BadRequest(Message("{said} It does not follow RFC 9112.", said=Verbatim(msg))))

    def _check_head(self, size: int) -> None:
        limit = self.limits.head_bytes
        if size > limit and not self.transport.is_closing():
            message = Message("Address and header fields are larger than {limit} bytes.", limit=limit)
            self._refuse(HeadTooLarge(message, limit=limit))

    def _is_late(self) -> None:
        seconds = self.limits.client_timeout
        message = Message("The request did not arrive within {seconds} seconds.", seconds=f"{seconds:g}")
        self._refuse(RequestTimeout(message, limit=seconds))

    def _start_clock(self, action: Callable[[], None]) -> None:
        self._stop_clock()
        self._clock = self.loop.call_later(self.limits.client_timeout, action)

    def _stop_clock(self) -> None:
        if self._clock is not None:
            self._clock.cancel()
            self._clock = None

    def _refuse(self, error: BilateralError) -> None:
        """Answer without asking the application, and close."""
        body = json.dumps(body_of(error, LANGUAGES[0])).encode("utf-8")
        head = (
            f"HTTP/1.1 {error.status} {HTTPStatus(error.status).phrase}\r\n"
            f"content-type: {PROBLEM}\r\ncontent-length: {len(body)}\r\nconnection: close\r\n\r\n"
        )
        self.transport.write(head.encode("ascii") + body)
        self.transport.close()


class _Joining:
    """A transport that sends at once what is written in one turn of the event loop.

    uvicorn writes head and body apart: two packets, for each of which the client is woken.
    """

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport = transport
        self._loop = loop
        self._pieces: list[bytes] = []
        self._size = 0

    def write(self, data: bytes) -> None:
        if not self._pieces:
            self._loop.call_soon(self._flush)
        self._pieces.append(data)
        self._size += len(data)
        if self._size > _JOINED_BYTES:
            self._flush()

    def _flush(self) -> None:
        if self._pieces and not self._transport.is_closing():
            self._transport.write(b"".join(self._pieces))
        self._pieces.clear()
        self._size = 0

    def close(self) -> None:
        self._flush()
        self._transport.close()

    def is_closing(self) -> bool:
        return self._transport.is_closing()

    def __getattr__(self, name: str) -> object:
        return getattr(self._transport, name)


def bounded(limits: Limits) -> type[BoundedConnection]:
    """Make the class of connections that keep these limits."""
    return type("Connection", (BoundedConnection,), {"limits": limits})
