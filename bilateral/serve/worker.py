"""A worker process: evaluates one query after the other, and can be killed.

It can open no connection, whatever a query asks for. It reads requests from standard input and writes
frames to standard output.
"""

from __future__ import annotations

import json
import struct
import sys
from typing import IO, Final

import pyoxigraph as ox

from bilateral.errors import BilateralError
from bilateral.serve import confinement
from bilateral.serve.engine import Evaluation, evaluate

HEADER: Final = struct.Struct("!cI")
"""A frame's head: its kind, and the number of bytes that follow."""

CHUNK, END, FAILURE, READY = b"C", b"E", b"F", b"R"
_CHUNK_BYTES: Final = 64 * 1024


class _Frames:
    """A file to which a serialiser writes; passes on what is written in frames of a good size."""

    def __init__(self, output: IO[bytes]) -> None:
        self._output = output
        self._buffer = bytearray()

    def write(self, data: bytes) -> int:
        self._buffer += data
        if len(self._buffer) >= _CHUNK_BYTES:
            self.flush()
        return len(data)

    def flush(self) -> None:
        if self._buffer:
            self.send(CHUNK, bytes(self._buffer))
            self._buffer.clear()

    def send(self, kind: bytes, payload: bytes = b"") -> None:
        self._output.write(HEADER.pack(kind, len(payload)) + payload)
        self._output.flush()


def main() -> None:
    """Serve the store named by the first argument, within the bytes of memory that the second gives."""
    store = ox.Store.read_only(sys.argv[1])
    confinement.limit_memory(int(sys.argv[2]))
    confinement.refuse_sockets()
    frames = _Frames(sys.stdout.buffer)
    frames.send(READY)
    while line := sys.stdin.buffer.readline():
        _answer(store, Evaluation.from_json(line), frames)


def _answer(store: ox.Store, evaluation: Evaluation, frames: _Frames) -> None:
    try:
        evaluate(store, evaluation, frames)
    except BilateralError as error:
        content = {"error": type(error).__name__, "message": str(error), "members": error.members}
        frames.send(FAILURE, json.dumps(content).encode("utf-8"))
    else:
        frames.flush()
        frames.send(END)


if __name__ == "__main__":
    main()
