"""Running the server: the socket, uvicorn, and the word that it is ready."""

from __future__ import annotations

import errno
import gc
import math
import socket
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import uvicorn

from bilateral.errors import AddressInUse, StoreError
from bilateral.project import Question
from bilateral.serve.app import create_app
from bilateral.serve.connection import bounded
from bilateral.serve.journal import open_journal
from bilateral.serve.limits import FederationLimits, Limits
from bilateral.snapshot import Snapshot

_GRACE: Final = 5
"""Seconds beyond a query's own that its answer has to be sent when the server stops."""


class _Server(uvicorn.Server):
    """A server that says where it is once it answers."""

    def __init__(self, config: uvicorn.Config, address: str) -> None:
        super().__init__(config)
        self._address = address

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            gc.freeze()  # what is there now stays, and need not be looked through again and again
            print(f"Bilateral answers at {self._address}", flush=True)  # noqa: T201 - the one line that callers wait for


def run(
    store: Path,
    host: str,
    port: int,
    questions: Sequence[Question],
    limits: Limits,
    *,
    public_url: str | None = None,
    federated: FederationLimits,
    releases_folder: Path | None = None,
) -> None:
    """Serve a store until told to stop; queries that run then may finish, within their limits.

    ``public_url`` is where clients find the server, if that is not where it listens; ``federated`` tells which
    endpoints queries may ask by SERVICE; ``releases_folder`` has the releases to offer.

    Raises:
        StoreError: the store cannot be served.
        AddressInUse: another program listens there.
    """
    snapshot = Snapshot.current(store)
    listener = _listen(host, port, limits.client_timeout)
    address = _address(host, listener)
    app = create_app(
        snapshot,
        questions,
        limits,
        open_journal(),
        public_url=public_url or address,
        federated=federated,
        releases_folder=releases_folder,
    )
    longest = limits.query_timeout + (federated.timeout if federated.endpoints else 0)
    config = uvicorn.Config(
        app,
        http=bounded(limits),
        ws="none",
        log_level="critical",  # the application tells its errors itself
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=math.ceil(longest) + _GRACE,
    )
    _Server(config, address).run(sockets=[listener])


def _listen(host: str, port: int, client_timeout: float) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio turns Nagle's algorithm off only where the protocol is named: without it, small answers wait 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if hasattr(socket, "TCP_USER_TIMEOUT"):  # what a client never takes is not kept for ever
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(client_timeout * 1000))
    try:
        listener.bind((host, port))
        listener.listen(2048)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise AddressInUse(f"Another program listens on {host}:{port}: choose another with --port.") from error
        raise StoreError(f"Cannot listen on {host}:{port}: {error.strerror or error}.") from error
    return listener


def _address(host: str, listener: socket.socket) -> str:
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{listener.getsockname()[1]}"
