"""Results and documents as HTTP responses."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from bilateral.errors import ClientGone, NotAcceptable
from bilateral.formats import Format, by_name, negotiate

VARY: Final = "Accept, Accept-Language"


def choose(accept: str | None, wanted: str | None, offered: Sequence[Format]) -> Format:
    """Choose the format of an answer: the one asked for by name, else by the Accept header.

    Raises:
        NotAcceptable: none fits; says which there are.
    """
    chosen = by_name(wanted, offered) if wanted else negotiate(accept, offered)
    if chosen is None:
        available = tuple(format_.media_type for format_ in offered)
        raise NotAcceptable(
            f"There is no {wanted or accept} of this. There is: {', '.join(available)}.", available=available
        )
    return chosen


def etag_of(*parts: str) -> str:
    """Make an entity tag from what the content depends on (RFC 9110, section 8.8.3)."""
    return '"' + "-".join(parts) + '"'


def is_unchanged(request: Request, etag: str) -> bool:
    """Whether the client has this version already (RFC 9110, section 13.1.2)."""
    candidates = request.headers.get("if-none-match", "")
    tags = {tag.strip().removeprefix("W/") for tag in candidates.split(",")}
    return etag in tags or "*" in tags


def respond(
    request: Request, content: bytes, format_: Format, *, etag: str, headers: Mapping[str, str] | None = None
) -> Response:
    """Send content, or 304 where the client has it."""
    common = {"ETag": etag, "Vary": VARY, **(headers or {})}
    if is_unchanged(request, etag):
        return Response(status_code=304, headers=common)
    return Response(content, media_type=format_.content_type, headers=common)


class Stream(Response):
    """A result sent as it comes.

    One that must stop breaks off: the connection is closed without the final chunk (RFC 9112,
    section 7.1), so that half a result never looks whole. A client that does not read for
    ``client_timeout`` seconds is left.
    """

    def __init__(
        self, first: bytes, rest: AsyncGenerator[bytes], format_: Format, *, etag: str, client_timeout: float
    ) -> None:
        self._first = first
        self._rest = rest
        self._client_timeout = client_timeout
        self.status_code = 200
        self.background = None
        self.init_headers({"Content-Type": format_.content_type, "ETag": etag, "Vary": VARY})

    def init_headers(self, headers: Mapping[str, str] | None = None) -> None:
        """Set the headers; the length is not known."""
        self.raw_headers = [(name.lower().encode(), value.encode()) for name, value in (headers or {}).items()]

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        """Send head and body."""
        async with aclosing(self._rest) as rest:
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            await self._send(send, self._first, more=True)
            async for chunk in rest:
                await self._send(send, chunk, more=True)
            await self._send(send, b"", more=False)

    async def _send(self, send: Send, body: bytes, *, more: bool) -> None:
        async with asyncio.timeout(self._client_timeout):
            await send({"type": "http.response.body", "body": body, "more_body": more})


async def first_chunk(request: Request, chunks: AsyncGenerator[bytes]) -> bytes:
    """Wait for a result's first bytes, or until the client hangs up, which stops the query.

    Raises:
        ClientGone: the client has hung up.
        BilateralError: what the engine says of the query.
    """
    answer = asyncio.ensure_future(anext(chunks, b""))
    gone = asyncio.ensure_future(_disconnected(request))
    try:
        await asyncio.wait((answer, gone), return_when=asyncio.FIRST_COMPLETED)
        if answer.done():
            return answer.result()
        raise ClientGone("The client has hung up.")
    finally:
        gone.cancel()
        if not answer.done():
            answer.cancel()
            await asyncio.wait((answer,))
            await chunks.aclose()


async def _disconnected(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
