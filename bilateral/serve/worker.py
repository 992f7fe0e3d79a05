"""A worker process: evaluates one query after the other, and can be killed.

It can open no connection, whatever a query asks for. It reads requests from standard input and writes
frames to standard output.
"""

from __future__ import annotations

import json
import os
import struct
import sys
from dataclasses import asdict, dataclass
from typing import Final, Self

import pyoxigraph as ox

from bilateral.errors import BilateralError, ResultTooLarge
from bilateral.message import Message
from bilateral.serve import confinement
from bilateral.serve.codings import Coding
from bilateral.serve.engine import Evaluation, evaluate
from bilateral.serve.limits import MEBIBYTE

HEADER: Final = struct.Struct("!cI")
"""A frame's head: its kind, and the number of bytes that follow."""

CHUNK, END, FAILURE, READY = b"C", b"E", b"F", b"R"
"""Kinds of frames: some of a result, the last of it, an error instead of it, and the word that a query may come."""

LENGTH: Final = struct.Struct("!I")
"""A request's head: the number of bytes that follow."""

_CHUNK_BYTES: Final = 64 * 1024
_INPUT, _OUTPUT = 0, 1


@dataclass(frozen=True)
class Task:
    """What a worker is started with: its store, and what a query may cost in bytes and in rows."""

    folder: str
    memory: int
    result_bytes: int
    rows: int

    def to_json(self) -> str:
        """Write for the command line."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read what `to_json` wrote."""
        return cls(**json.loads(text))


class _Result:
    """Where the engine writes a result: compresses it, and sends it on in frames of a good size."""

    def __init__(self, coding: Coding, limit: int) -> None:
        self._compressor = coding.compressor()
        self._limit = limit
        self._size = 0
        self._buffer = bytearray()

    def write(self, data: bytes) -> int:
        self._size += len(data)
        if self._size > self._limit:
            raise ResultTooLarge(
                Message(
                    "The result has more than {size} MiB: ask for less, or add LIMIT.", size=self._limit // MEBIBYTE
                ),
                limit="result_bytes",
                value=self._limit,
            )
        self._buffer += self._compressor.compress(data)
        if len(self._buffer) >= _CHUNK_BYTES:
            _send(CHUNK, self._buffer)
            self._buffer.clear()
        return len(data)

    def flush(self) -> None:
        """Keep what is written until there is enough of it."""

    def end(self) -> None:
        _send(END, self._buffer + self._compressor.flush())


def main() -> None:
    """Serve the store of the task that the first argument gives."""
    task = Task.from_json(sys.argv[1])
    store = ox.Store.read_only(task.folder)
    confinement.die_with_parent()
    confinement.limit_memory(task.memory)
    confinement.refuse_sockets()
    _send(READY)
    while len(head := _read(LENGTH.size)) == LENGTH.size:
        _answer(store, Evaluation.from_json(_read(*LENGTH.unpack(head))), task)


def _answer(store: ox.Store, evaluation: Evaluation, task: Task) -> None:
    result = _Result(evaluation.coding, task.result_bytes)
    try:
        evaluate(store, evaluation, result, rows=task.rows)
    except BilateralError as error:
        content = {"error": type(error).__name__, "message": error.message.as_json, "members": error.members}
        _send(FAILURE, json.dumps(content).encode("utf-8"))
    else:
        result.end()


def _read(length: int) -> bytes:
    """Read so many bytes; fewer where the server is gone."""
    data = b""
    while len(data) < length and (more := os.read(_INPUT, length - len(data))):
        data += more
    return data


def _send(kind: bytes, payload: bytes | bytearray = b"") -> None:
    data = memoryview(HEADER.pack(kind, len(payload)) + payload)
    while data:
        data = data[os.write(_OUTPUT, data) :]


if __name__ == "__main__":
    main()
