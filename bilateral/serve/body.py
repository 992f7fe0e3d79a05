"""The body of a request, read up to a limit."""

from __future__ import annotations

from starlette.types import Receive, Scope

from bilateral.errors import ClientGone, PayloadTooLarge, UnsupportedMediaType
from bilateral.message import Message


async def read(scope: Scope, receive: Receive, limit: int) -> bytes:
    """Read a whole body of at most so many bytes.

    Raises:
        UnsupportedMediaType: it is compressed.
        PayloadTooLarge: it is larger, or says that it will be.
        ClientGone: the client hangs up before its end.
    """
    fields = dict(scope["headers"])
    if fields.get(b"content-encoding", b"identity").lower() != b"identity":
        raise UnsupportedMediaType(Message("The body must not be compressed."))
    _check(int(fields.get(b"content-length", b"0")), limit)
    body, is_complete = bytearray(), False
    while not is_complete:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientGone(Message("The client has hung up."))
        body += message.get("body", b"")
        is_complete = not message.get("more_body", False)
        _check(len(body), limit)
    return bytes(body)


def _check(size: int, limit: int) -> None:
    if size > limit:
        raise PayloadTooLarge(
            Message("The request is larger than {limit} bytes.", limit=limit), limit="request_bytes", value=limit
        )
