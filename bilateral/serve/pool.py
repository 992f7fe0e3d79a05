"""The pool: worker processes that evaluate queries, and are killed at a limit.

A query has a worker to itself. One that dies, or is killed, costs its own query alone: a spare that
is already running takes its place at once, and a new spare is started.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncGenerator
from contextlib import suppress
from pathlib import Path
from typing import Final

from bilateral import errors
from bilateral.errors import BilateralError, QueryError, QueryTimeout, QueueFull, ResultTooLarge, WorkerDied
from bilateral.serve.engine import Evaluation
from bilateral.serve.limits import MEBIBYTE, Limits
from bilateral.serve.worker import CHUNK, FAILURE, HEADER, READY

log: Final = logging.getLogger("bilateral")

_SPARES: Final = 2
_PATIENCE: Final = 0.1
"""Seconds after which a query is no longer a short one, and makes way for those that are."""
_NICENESS: Final = 10
_START_TIMEOUT: Final = 30.0


class WorkerPool:
    """Evaluates queries in worker processes."""

    def __init__(self, triples_folder: Path, limits: Limits) -> None:
        self._folder = triples_folder
        self._limits = limits
        self._free: list[_Worker] = []
        self._slots = asyncio.Semaphore(limits.workers)
        self._waiting = 0
        self._starting: set[asyncio.Task[None]] = set()
        self._closed = False

    async def start(self) -> None:
        """Start the workers and spares; returns when they can answer."""
        await asyncio.gather(*(self._add() for _ in range(self._limits.workers + _SPARES)))

    async def close(self) -> None:
        """End all workers."""
        self._closed = True
        for task in self._starting:
            task.cancel()
        for worker in self._free:
            await worker.kill()

    async def evaluate(self, evaluation: Evaluation) -> AsyncGenerator[bytes]:
        """Evaluate a query; gives the bytes of its result as they come.

        Raises:
            QueueFull: as many queries wait as may.
            QueryTimeout, WorkerDied, ResultTooLarge: the query met its limit.
            BilateralError: what the engine says of the query.
        """
        await self._enter()
        try:
            worker = await self._take()
            try:
                async for chunk in worker.evaluate(evaluation, self._limits):
                    yield chunk
            finally:
                self._give_back(worker)
        finally:
            self._slots.release()

    async def _enter(self) -> None:
        """Wait for one of the places at which queries are evaluated."""
        if self._slots.locked() and self._waiting >= self._limits.queue:
            raise QueueFull(
                f"{self._limits.workers} queries run and {self._waiting} wait: ask again later.",
                limit="queue",
                value=self._limits.queue,
            )
        self._waiting += 1
        try:
            await self._slots.acquire()
        finally:
            self._waiting -= 1

    async def _take(self) -> _Worker:
        while True:
            while self._free:
                worker = self._free.pop()
                if worker.alive:
                    return worker
                self._replace()
            await asyncio.sleep(0.005)  # spares are starting

    def _give_back(self, worker: _Worker) -> None:
        """Keep a worker that is ready for the next query; kill any other, and start one in its stead."""
        if worker.ready and worker.alive:
            self._free.append(worker)
        else:
            worker.end()
            self._replace()

    def _replace(self) -> None:
        if not self._closed:
            task = asyncio.create_task(self._add())
            self._starting.add(task)
            task.add_done_callback(self._starting.discard)

    async def _add(self) -> None:
        worker = await _Worker.start(self._folder, self._limits.memory)
        self._free.insert(0, worker)


class _Worker:
    """The parent's side of one worker process."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self.ready = True
        self._nice = False

    @classmethod
    async def start(cls, folder: Path, memory: int) -> _Worker:
        """Start a process, and wait until it can answer."""
        command = (sys.executable, "-m", "bilateral.serve.worker", str(folder), str(memory))
        process = await asyncio.create_subprocess_exec(
            *command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, limit=MEBIBYTE
        )
        worker = cls(process)
        try:
            async with asyncio.timeout(_START_TIMEOUT):
                kind, _ = await worker._frame()
        except BaseException:
            worker.end()
            raise
        assert kind == READY
        return worker

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self._process.returncode is None

    def end(self) -> None:
        """Kill the process; the event loop reaps it."""
        with suppress(ProcessLookupError):
            self._process.kill()

    async def kill(self) -> None:
        """Kill the process, and wait until it is gone."""
        self.end()
        await self._process.wait()

    async def evaluate(self, evaluation: Evaluation, limits: Limits) -> AsyncGenerator[bytes]:
        """Evaluate one query within its limits."""
        self.ready = False
        assert self._process.stdin is not None
        self._process.stdin.write(evaluation.to_json())
        left, size = limits.query_timeout, 0
        while True:
            kind, payload, left = await self._next(left, limits)
            if kind == CHUNK:
                size += len(payload)
                _check_size(size, limits)
                yield payload
            else:
                self.ready = not self._nice
                if kind == FAILURE:
                    raise _failure(payload)
                return

    async def _next(self, left: float, limits: Limits) -> tuple[bytes, bytes, float]:
        """Wait for the next frame; gives also the seconds of work that are left."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        try:
            async with asyncio.timeout(left):
                kind, payload = await self._patiently()
        except TimeoutError:
            raise QueryTimeout(
                f"The query took longer than {limits.query_timeout:g} seconds: ask for less, or add LIMIT.",
                limit="query_timeout",
                value=limits.query_timeout,
            ) from None
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise WorkerDied(
                f"The query broke its worker, or needed more than {limits.memory // MEBIBYTE} MiB: simplify it.",
                limit="memory",
                value=limits.memory,
            ) from error
        return kind, payload, left - (loop.time() - began)

    async def _patiently(self) -> tuple[bytes, bytes]:
        """Wait for a frame; a query that is not short makes way for others."""
        if self._nice:
            return await self._frame()
        timer = asyncio.get_running_loop().call_later(_PATIENCE, self._make_way)
        try:
            return await self._frame()
        finally:
            timer.cancel()

    def _make_way(self) -> None:
        """Lower the process's priority: one cannot raise it again, so it ends after its query."""
        self._nice = True
        with suppress(ProcessLookupError):
            os.setpriority(os.PRIO_PROCESS, self._process.pid, _NICENESS)

    async def _frame(self) -> tuple[bytes, bytes]:
        assert self._process.stdout is not None
        kind, length = HEADER.unpack(await self._process.stdout.readexactly(HEADER.size))
        return kind, await self._process.stdout.readexactly(length)


def _check_size(size: int, limits: Limits) -> None:
    if size > limits.result_bytes:
        raise ResultTooLarge(
            f"The result has more than {limits.result_bytes // MEBIBYTE} MiB: ask for less, or add LIMIT.",
            limit="result_bytes",
            value=limits.result_bytes,
        )


def _failure(payload: bytes) -> BilateralError:
    """Make again the error that the worker met."""
    content = json.loads(payload)
    if content["error"] == QueryError.__name__:
        members = content["members"]
        return QueryError(content["message"], line=members.get("line"), column=members.get("column"))
    error: type[BilateralError] = getattr(errors, content["error"])
    return error(content["message"])
