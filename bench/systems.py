"""The systems: servers as real processes on loopback, and the engine in this process."""

from __future__ import annotations

import importlib.util
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import quote

import pyoxigraph as ox

from bench.client import Connection, Reply
from bench.queries import Query

HOST: Final = "127.0.0.1"
_SCRIPTS: Final = Path(sys.executable).parent
_READY: Final = 900.0
_IDLE: Final = 2.0
"""Seconds after which a connection may have been closed by a server, and is not used again."""

_ROWS: Final = "application/sparql-results+json"
_GRAPH: Final = "application/n-triples"
_PORT: Final = "PORT"


class Target(Protocol):
    """A system that runs."""

    def prepare(self) -> None:
        """Be ready to ask, so that no connection is made while the clock runs."""

    def ask(self, query: Query, number: int, *, keep: bool = False) -> Reply:
        """Ask a query under a number of its own, and wait for the last byte.

        Raises:
            OSError: there was no answer, or none in time.
        """

    def restart(self) -> None:
        """Make it usable after a request that it did not answer."""


class System(Protocol):
    """What can be measured."""

    @property
    def letter(self) -> str:
        """Its letter in the README."""

    @property
    def title(self) -> str:
        """Its name, for people."""

    def running(self, patience: float) -> AbstractContextManager[Target]:
        """Run it; a request may take so many seconds."""


@dataclass(frozen=True)
class Place:
    """Where the data lie: as N-Quads, and as a store that ``bilateral build`` made."""

    data: Path
    store: Path
    triples: int

    @property
    def snapshot(self) -> Path:
        """The folder that Oxigraph opens, read-only."""
        return (self.store / "current" / "oxigraph").resolve()


@dataclass(frozen=True)
class Server:
    """A system that is asked over HTTP; its command has PORT where the port goes."""

    letter: str
    title: str
    command: tuple[str, ...]
    path: str
    log: Path

    @contextmanager
    def running(self, patience: float) -> Iterator[Running]:
        running = Running(self, patience)
        running.start()
        try:
            yield running
        finally:
            running.stop()


class Running:
    """A server's process, and one connection to it."""

    def __init__(self, server: Server, patience: float) -> None:
        self._server = server
        self._patience = patience
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: Connection | None = None
        self._used = 0.0
        self.port = 0

    def start(self) -> float:
        """Start it, and give the seconds until it answered for the first time."""
        self.port = _free_port()
        command = [
            str(self.port) if part == _PORT else part.replace(_PORT, str(self.port)) for part in self._server.command
        ]
        begin = time.perf_counter()
        with self._server.log.open("ab") as log:
            self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self._await(begin)
        return time.perf_counter() - begin

    def _await(self, begin: float) -> None:
        request = self.request(Query("first", "", "lookup", "ASK { <tag:nobody> <tag:nobody> <tag:nobody> }").text)
        while time.perf_counter() - begin < _READY:
            assert self._process is not None
            if self._process.poll() is not None:
                raise ChildProcessError(f"{self._server.title} did not start: see {self._server.log}.")
            with suppress(OSError), Connection(HOST, self.port, self._patience) as connection:
                if connection.ask(request.encode()).status == 200:
                    return
            time.sleep(0.002)
        raise ChildProcessError(f"{self._server.title} does not answer: see {self._server.log}.")

    def stop(self) -> None:
        """End it; at once, if it does not go by itself."""
        self._disconnect()
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def restart(self) -> None:
        self.stop()
        self.start()

    def request(self, text: str, *, is_graph: bool = False) -> str:
        """Write the request for a query: GET, as most clients do (SPARQL 1.1 Protocol, section 2.1.1)."""
        accept = _GRAPH if is_graph else _ROWS
        target = f"{self._server.path}?query={quote(text, safe='')}"
        return f"GET {target} HTTP/1.1\r\nHost: {HOST}:{self.port}\r\nAccept: {accept}\r\n\r\n"

    def prepare(self) -> None:
        if time.monotonic() - self._used > _IDLE:
            self._disconnect()
        if self._connection is None:
            self._connection = Connection(HOST, self.port, self._patience)
            self._used = time.monotonic()

    def ask(self, query: Query, number: int, *, keep: bool = False) -> Reply:
        request = self.request(query.numbered(number), is_graph=query.is_graph).encode()
        self.prepare()
        assert self._connection is not None
        try:
            return self._connection.ask(request, keep=keep)
        except OSError:
            self._disconnect()
            raise
        finally:
            self._used = time.monotonic()

    def _disconnect(self) -> None:
        if self._connection is not None:
            self._connection.__exit__()
            self._connection = None


@dataclass(frozen=True)
class Engine:
    """The engine in this process: what the others add to it is their own cost."""

    snapshot: Path
    letter: str = "c"
    title: str = "pyoxigraph in process"

    @contextmanager
    def running(self, patience: float) -> Iterator[Opened]:  # noqa: ARG002 - the engine cannot be stopped
        yield Opened(ox.Store.read_only(str(self.snapshot)))


@dataclass(frozen=True)
class Opened:
    """The engine's store, open."""

    store: ox.Store

    def prepare(self) -> None:
        """Do nothing: there is no connection."""

    def ask(self, query: Query, number: int, *, keep: bool = False) -> Reply:
        results = self.store.query(query.numbered(number), use_default_graph_as_union=True)
        if isinstance(results, ox.QueryTriples):
            content = results.serialize(format=ox.RdfFormat.N_TRIPLES)
        else:
            content = results.serialize(format=ox.QueryResultsFormat.JSON)
        assert content is not None
        return Reply(200, len(content), content if keep else b"")

    def restart(self) -> None:
        """Do nothing: it always answers."""


def choose(letters: str, place: Place, folder: Path, serve_options: Sequence[str]) -> tuple[list[System], list[str]]:
    """Give the systems of these letters that are installed, and say of each other why it is left out."""
    chosen: list[System] = []
    left_out = []
    for system in _all(place, folder, serve_options):
        reason = _missing(system.letter, place)
        if system.letter in letters and reason is None:
            chosen.append(system)
        elif system.letter in letters:
            left_out.append(f"({system.letter}) {system.title} is left out: {reason}.")
    return chosen, left_out


def _all(place: Place, folder: Path, serve_options: Sequence[str]) -> list[System]:
    python = sys.executable
    stock_data = place.data if in_memory(place) else place.snapshot
    union = ("--union-default-graph", "--location", str(place.snapshot))
    return [
        Server(
            "a",
            f"rdflib-endpoint on {'rdflib' if in_memory(place) else 'oxrdflib'}",
            (python, "-m", "bench.stock", str(stock_data), _PORT),
            "/sparql",
            folder / "a.log",
        ),
        Server(
            "b",
            "oxigraph serve-read-only",
            (str(_SCRIPTS / "oxigraph"), "serve-read-only", *union, "--bind", f"{HOST}:{_PORT}"),
            "/query",
            folder / "b.log",
        ),
        Engine(place.snapshot),
        Server("d", "empty uvicorn response", (python, "-m", "bench.empty", _PORT), "/sparql", folder / "d.log"),
        Server(
            "e",
            "bilateral serve",
            (python, "-m", "bilateral", "serve", "--store", str(place.store), "--port", _PORT, *serve_options),
            "/sparql",
            folder / "e.log",
        ),
    ]


def in_memory(place: Place) -> bool:
    """Whether (a) holds these data in rdflib's memory: parsing more takes minutes, and gigabytes."""
    return place.triples <= 300_000


def _missing(letter: str, place: Place) -> str | None:
    """Say what is not installed that a system needs."""
    if letter == "a" and not in_memory(place) and importlib.util.find_spec("oxrdflib") is None:
        return "the package oxrdflib is not installed"
    if letter == "b" and not (_SCRIPTS / "oxigraph").is_file():
        return "the package oxigraph is not installed"
    return None


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        port: int = listener.getsockname()[1]
        return port
