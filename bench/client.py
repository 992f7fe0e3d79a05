"""An HTTP client as lean as Python allows, so that servers are measured and not the client.

Run as a program it is one client of several: it reads a task as one line of JSON, connects, says
"ready", waits for a line, asks until its time is over, and writes what came of it as JSON. It
loads nothing but the standard library.
"""

from __future__ import annotations

import json
import socket
import sys
import time
from dataclasses import asdict, dataclass
from typing import Final, Self

_CHUNK: Final = 1 << 16
"""Bytes read at once; for larger buffers, memory is asked of the system each time, which costs more than it saves."""


@dataclass(frozen=True)
class Reply:
    """An answer: its status, and its body where that was kept; ``size`` is that of the body in bytes."""

    status: int
    size: int
    body: bytes = b""


class Broken(OSError):
    """The connection ended before the answer did."""


class Connection:
    """One connection, kept alive, that reads just enough to know an answer's end (RFC 9112, section 6.3)."""

    def __init__(self, host: str, port: int, timeout: float) -> None:
        self._socket = socket.create_connection((host, port), timeout)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._rest = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def ask(self, request: bytes, *, keep: bool = False) -> Reply:
        """Send a request and read the whole answer; with ``keep``, give its body.

        Raises:
            TimeoutError: the server was silent for the connection's ``timeout``, in seconds.
            Broken: the answer is not complete.
        """
        self._socket.sendall(request)
        head, rest = self._head()
        status = int(head[9:12])
        length = _field(head, b"\r\ncontent-length:")
        if length is not None:
            return self._sized(status, int(length), rest, keep=keep)
        if _field(head, b"\r\ntransfer-encoding:") == b"chunked":
            return self._chunked(status, rest, keep=keep)
        return Reply(status, 0)

    def _receive(self) -> bytes:
        data = self._socket.recv(_CHUNK)
        if not data:
            raise Broken("the connection ended before the answer did")
        return data

    def _head(self) -> tuple[bytes, bytes]:
        data = self._receive()
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += self._receive()
        return data[:end].lower(), data[end + 4 :]

    def _sized(self, status: int, length: int, rest: bytes, *, keep: bool) -> Reply:
        parts, missing = [rest], length - len(rest)
        while missing > 0:
            part = self._receive()
            missing -= len(part)
            if keep:
                parts.append(part)
        return Reply(status, length, b"".join(parts) if keep else b"")

    def _chunked(self, status: int, rest: bytes, *, keep: bool) -> Reply:
        """Read chunks up to the last, which is empty (RFC 9112, section 7.1)."""
        parts: list[bytes] = []
        size, buffer = 0, bytearray(rest)
        while True:
            while (end := buffer.find(b"\r\n")) < 0:
                buffer += self._receive()
            length = int(buffer[:end].partition(b";")[0], 16)
            needed = end + 2 + length + 2
            while len(buffer) < needed:
                buffer += self._receive()
            if length == 0:
                return Reply(status, size, b"".join(parts))
            size += length
            if keep:
                parts.append(bytes(buffer[end + 2 : needed - 2]))
            del buffer[:needed]


def _field(head: bytes, name: bytes) -> bytes | None:
    """Find a field of a head in lower case; the name begins with CR LF and ends with a colon."""
    start = head.find(name)
    return None if start < 0 else head[start + len(name) :].partition(b"\r\n")[0].strip()


@dataclass(frozen=True)
class Task:
    """What one client does: asks ``requests`` in turn for so many seconds.

    ``mark`` is replaced in each request by a number that no other has. ``pause`` is the time from
    one request to the next, if the answer comes sooner; ``patience`` the longest silence, and
    ``delay`` the time before the first request, all in seconds.
    """

    host: str
    port: int
    requests: tuple[str, ...]
    mark: str
    first_number: int
    seconds: float
    pause: float = 0.0
    patience: float = 10.0
    delay: float = 0.0


@dataclass(frozen=True)
class Outcome:
    """What came of a task: answers by what became of them, seconds, and the client's own CPU seconds.

    A request that was not answered in time counts in ``latencies`` with the time that it waited.
    """

    answered: int
    refused: int
    unanswered: int
    seconds: float
    cpu_seconds: float
    latencies: tuple[float, ...]


class _Client:
    """Carries out one task."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self._requests = [request.encode() for request in task.requests]
        self._mark = task.mark.encode()
        self._number = task.first_number
        self._connection: Connection | None = None
        self._answered = self._refused = self._unanswered = 0
        self._latencies: list[float] = []

    def connect(self) -> Connection:
        self._connection = self._connection or Connection(self._task.host, self._task.port, self._task.patience)
        return self._connection

    def run(self) -> Outcome:
        time.sleep(self._task.delay)
        begin, cpu = time.perf_counter(), time.process_time()
        end = begin + self._task.seconds
        while (now := time.perf_counter()) < end:
            self._ask(now)
            if self._task.pause:
                time.sleep(max(0.0, self._task.pause - (time.perf_counter() - now)))
        seconds, cpu_seconds = time.perf_counter() - begin, time.process_time() - cpu
        latencies = tuple(self._latencies)
        return Outcome(self._answered, self._refused, self._unanswered, seconds, cpu_seconds, latencies)

    def _ask(self, now: float) -> None:
        self._number += 1
        request = self._requests[self._number % len(self._requests)].replace(self._mark, b"%d" % self._number)
        try:
            reply = self.connect().ask(request)
        except OSError:
            self._drop()
        else:
            if reply.status == 200:
                self._answered += 1
            else:
                self._refused += 1
        self._latencies.append(time.perf_counter() - now)

    def _drop(self) -> None:
        self._unanswered += 1
        if self._connection is not None:
            self._connection.__exit__()
            self._connection = None


def main() -> None:
    """Be one client."""
    task = json.loads(sys.stdin.readline())
    client = _Client(Task(**{**task, "requests": tuple(task["requests"])}))
    client.connect()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    sys.stdout.write(json.dumps(asdict(client.run())))


if __name__ == "__main__":
    main()
