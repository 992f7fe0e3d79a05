"""One request and its answer, as the journal and the metrics see them."""

from __future__ import annotations

import re
import secrets
import time
from collections import Counter
from collections.abc import Iterator
from itertools import count
from typing import Final

from starlette.types import Message, Scope, Send

_GIVEN_ID: Final = re.compile(rb"[A-Za-z0-9._-]{1,64}")


_FATES: Final = ("abandoned", "answered", "answered", "redirected", "refused", "failed")
"""By the first digit of the status; 0 where none was sent."""


class Exchange:
    """Sends an answer on, and takes note of its fate.

    ``fate`` is one word for what became of the request; where nobody says it, the status does. ``services``
    counts what became of the questions that its query asked of other endpoints.
    """

    __slots__ = ("_common", "_fate", "_send", "began", "query", "request_id", "scope", "sent", "services", "status")

    def __init__(self, scope: Scope, send: Send, request_id: bytes) -> None:
        self.scope = scope
        self.request_id = request_id
        self.began = time.perf_counter()
        self.status = 0
        self.sent = 0
        self.query = ""
        self.services: Counter[str] | None = None
        self._fate = ""
        self._send = send
        self._common = ((b"x-request-id", request_id), (b"x-content-type-options", b"nosniff"))

    @property
    def fate(self) -> str:
        """What became of the request."""
        return self._fate or _FATES[self.status // 100]

    @fate.setter
    def fate(self, fate: str) -> None:
        self._fate = fate

    @property
    def seconds(self) -> float:
        """How long it has taken until now."""
        return time.perf_counter() - self.began

    async def send(self, message: Message) -> None:
        """Send a part of the answer."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            message["headers"] = [*message["headers"], *self._common]
        else:
            self.sent += len(message.get("body", b""))
        await self._send(message)


def request_ids() -> Iterator[bytes]:
    """Give names that no other request has, after a restart neither."""
    process = secrets.token_hex(4)
    return (b"%s-%x" % (process.encode("ascii"), number) for number in count(1))


def given_id(scope: Scope) -> bytes | None:
    """Give the name that a proxy in front has given to the request, if it is a plain one."""
    for name, value in scope["headers"]:
        if name == b"x-request-id" and _GIVEN_ID.fullmatch(value):
            return bytes(value)
    return None
