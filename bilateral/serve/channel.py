"""The server's side of one worker process: requests go in, frames come out."""

from __future__ import annotations

import asyncio
import fcntl
import os
import resource
import sys
from asyncio.subprocess import Process
from collections import deque
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import IO, Final, NamedTuple, Self

from bilateral.serve.limits import MEBIBYTE
from bilateral.serve.worker import HEADER, LENGTH, READY, Task

_START_TIMEOUT: Final = 30.0
_NICENESS: Final = 10
_MEMORY_KEPT: Final = 64 * MEBIBYTE
_PIPE_BYTES: Final = MEBIBYTE
"""The most that any process may ask for, as Linux comes; a large result then waits less often for the server."""
_WAITING_FRAMES: Final = 2
"""Frames that are kept for a client that does not read; then the worker has to wait."""


class Frame(NamedTuple):
    """What a worker says: the kind, and the bytes."""

    kind: bytes
    payload: bytes


class WorkerGone(Exception):
    """The process has ended."""


class Channel(asyncio.Protocol):
    """One worker process, and the pipes to and from it."""

    def __init__(self) -> None:
        self._process: Process
        self._requests: asyncio.WriteTransport
        self._replies: asyncio.ReadTransport
        self._open = ExitStack()
        self._buffer = bytearray()
        self._frames: deque[Frame] = deque()
        self._waiter: asyncio.Future[Frame] | None = None
        self._is_nice = False
        self._idle_memory = 0
        self._last_use = 0.0
        self.alive = True

    @classmethod
    async def start(cls, task: Task) -> Self:
        """Start a process, and wait until it can answer.

        Raises:
            WorkerGone: it cannot start.
            TimeoutError: it does not start.
        """
        channel = cls()
        try:
            async with asyncio.timeout(_START_TIMEOUT):
                await channel._spawn(task)
                frame = await channel.receive()
        except BaseException:
            channel.end()
            raise
        assert frame.kind == READY
        channel._idle_memory = channel._memory()
        return channel

    async def _spawn(self, task: Task) -> None:
        """Start the process on two pipes: they are faster than the sockets that asyncio would give it.

        The process comes last, so that nothing is left of a start that is cancelled halfway.
        """
        loop = asyncio.get_running_loop()
        worker_in, requests = _pipe()
        with worker_in:
            self._requests, _ = await loop.connect_write_pipe(asyncio.Protocol, requests)
            self._open.callback(self._requests.close)
            replies, worker_out = _pipe()
            if hasattr(fcntl, "F_SETPIPE_SZ"):
                fcntl.fcntl(replies, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
            with worker_out:
                self._replies, _ = await loop.connect_read_pipe(lambda: self, replies)
                self._open.callback(self._replies.close)
                command = (sys.executable, "-m", "bilateral.serve.worker", task.to_json())
                self._process = await asyncio.create_subprocess_exec(*command, stdin=worker_in, stdout=worker_out)
                self._open.callback(self._kill)

    def send(self, request: bytes) -> None:
        """Hand a request to the worker."""
        self._last_use = asyncio.get_running_loop().time()
        self._requests.write(LENGTH.pack(len(request)) + request)

    async def receive(self) -> Frame:
        """Wait for the next frame.

        Raises:
            WorkerGone: there will be none.
        """
        if self._frames:
            frame = self._frames.popleft()
            if self.alive and len(self._frames) < _WAITING_FRAMES:
                self._replies.resume_reading()
            return frame
        if not self.alive:
            raise WorkerGone
        self._waiter = asyncio.get_running_loop().create_future()
        try:
            return await self._waiter
        finally:
            self._waiter = None

    def interrupt(self, error: Exception) -> None:
        """Raise an error where a frame is waited for."""
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_exception(error)

    @property
    def is_fit(self) -> bool:
        """Whether it runs, and at full speed."""
        return self.alive and not self._is_nice

    @property
    def is_swollen(self) -> bool:
        """Whether it has kept much of the memory that its queries took."""
        return self._memory() > self._idle_memory + _MEMORY_KEPT

    def _memory(self) -> int:
        status = Path(f"/proc/{self._process.pid}/statm")
        return int(status.read_text(encoding="ascii").split()[1]) * resource.getpagesize() if status.exists() else 0

    def __lt__(self, other: Channel) -> bool:
        """Come first in the queue for work where its memory is warmer."""
        return self._last_use > other._last_use

    def make_way(self) -> None:
        """Lower the process's priority; it cannot be raised again."""
        self._is_nice = True
        with suppress(ProcessLookupError):
            os.setpriority(os.PRIO_PROCESS, self._process.pid, _NICENESS)

    def end(self) -> None:
        """Kill the process; the event loop reaps it."""
        self.alive = False
        self._open.close()

    def _kill(self) -> None:
        with suppress(ProcessLookupError):
            self._process.kill()

    async def kill(self) -> None:
        """Kill the process, and wait until it is gone."""
        self.end()
        await self._process.wait()

    def data_received(self, data: bytes) -> None:
        """Take what the worker wrote."""
        self._buffer += data
        while len(self._buffer) >= HEADER.size:
            kind, length = HEADER.unpack_from(self._buffer)
            end = HEADER.size + length
            if len(self._buffer) < end:
                return
            frame = Frame(kind, bytes(self._buffer[HEADER.size : end]))
            del self._buffer[:end]
            self._deliver(frame)

    def _deliver(self, frame: Frame) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(frame)
            return
        self._frames.append(frame)
        if len(self._frames) >= _WAITING_FRAMES:
            self._replies.pause_reading()

    def connection_lost(self, _: Exception | None) -> None:
        """Take note that the worker is gone."""
        self.alive = False
        self.interrupt(WorkerGone())


def _pipe() -> tuple[IO[bytes], IO[bytes]]:
    """Make a pipe, and give the end to read from and the end to write to."""
    reading, writing = os.pipe()
    return os.fdopen(reading, "rb", 0), os.fdopen(writing, "wb", 0)
