"""Running the server: the socket, uvicorn, and the word that it is ready."""

from __future__ import annotations

import errno
import socket
from collections.abc import Sequence
from pathlib import Path

import uvicorn

from bilateral.errors import AddressInUse, StoreError
from bilateral.project import Question
from bilateral.serve.app import create_app
from bilateral.serve.limits import Limits
from bilateral.snapshot import Snapshot


class _Server(uvicorn.Server):
    """A server that says where it is once it answers."""

    def __init__(self, config: uvicorn.Config, address: str) -> None:
        super().__init__(config)
        self._address = address

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            print(f"Bilateral answers at {self._address}", flush=True)  # noqa: T201 - the one line that callers wait for


def run(store: Path, host: str, port: int, questions: Sequence[Question], limits: Limits) -> None:
    """Serve a store until told to stop.

    Raises:
        StoreError: the store cannot be served.
        AddressInUse: another program listens there.
    """
    snapshot = Snapshot.current(store)
    listener = _listen(host, port)
    address = _address(host, listener)
    app = create_app(snapshot, questions, limits, public_url=f"{address}/sparql")
    config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)
    _Server(config, address).run(sockets=[listener])


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio turns Nagle's algorithm off only where the protocol is named: without it, small answers wait 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
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
