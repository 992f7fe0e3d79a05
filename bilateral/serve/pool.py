"""The pool: worker processes that evaluate queries, and are killed at a limit.

A query has a worker to itself. One that dies, or is killed, costs its own query alone: a spare that
is already running takes its place at once, and a new spare is started.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
from pathlib import Path
from typing import Final, Self

from bilateral import errors
from bilateral.errors import BilateralError, QueryTimeout, QueueFull, WorkerDied
from bilateral.message import Message
from bilateral.serve.channel import Channel, Frame, WorkerGone
from bilateral.serve.engine import Answer, Evaluation
from bilateral.serve.limits import MEBIBYTE, Limits
from bilateral.serve.worker import CHUNK, FAILURE, Task

log: Final = logging.getLogger("bilateral")

_SPARES: Final = 2
_PATIENCE: Final = 0.1
"""Seconds after which a query is no longer a short one, and makes way where there is another."""
_YOUTH: Final = 0.005
"""Seconds for which a query is young: there are as many young ones as cores, so that small queries follow each other
in workers whose memory is warm, and do not crowd each other out; whichever takes longer leaves its place."""
_RETRY: Final = 1.0


class WorkerPool:
    """Evaluates queries in worker processes."""

    def __init__(self, triples_folder: Path, limits: Limits) -> None:
        self._task = Task(str(triples_folder), limits.memory, limits.result_bytes, limits.rows)
        self._limits = limits
        self._free: asyncio.PriorityQueue[Channel] = asyncio.PriorityQueue()
        self._slots = asyncio.Semaphore(limits.workers)
        self._young = asyncio.Semaphore(os.cpu_count() or 1)
        self._old: set[Channel] = set()
        self._starting: set[asyncio.Task[None]] = set()
        self._closed = False
        self.running = 0
        self.waiting = 0
        self.replaced = 0

    async def start(self) -> None:
        """Start the workers and spares; returns when they can answer."""
        count = self._limits.workers + _SPARES
        for worker in await asyncio.gather(*(Channel.start(self._task) for _ in range(count))):
            self._free.put_nowait(worker)

    async def close(self) -> None:
        """End all workers."""
        self._closed = True
        for task in self._starting:
            task.cancel()
        await asyncio.gather(*self._starting, return_exceptions=True)
        while not self._free.empty():
            await self._free.get_nowait().kill()

    async def evaluate(self, evaluation: Evaluation, *, seconds: float | None = None) -> Answer:
        """Evaluate a query; gives its result when the first bytes are there.

        ``seconds`` of work can be less than the limit, and never more.

        Raises:
            QueueFull: as many queries wait as may.
            QueryTimeout, WorkerDied, ResultTooLarge: the query met its limit.
            BilateralError: what the engine says of the query.
        """
        seconds = min(seconds or self._limits.query_timeout, self._limits.query_timeout)
        await self._enter()
        query = _Query(self, seconds, self._limits.memory)
        try:
            async with _Youth(self._young):
                query.start(await self._take(), evaluation)
                first = await anext(query)
        except BaseException:
            query.close()
            raise
        return Answer(first) if query.is_complete else Answer(first, query)

    async def _enter(self) -> None:
        """Wait for one of the places at which queries are evaluated."""
        if self._slots.locked() and self.waiting >= self._limits.queue:
            raise QueueFull(
                Message(
                    "{running} queries run and {waiting} wait: ask again later.",
                    running=self._limits.workers,
                    waiting=self.waiting,
                ),
                limit="queue",
                value=self._limits.queue,
            )
        self.waiting += 1
        try:
            await self._slots.acquire()
        finally:
            self.waiting -= 1
        self.running += 1
        self._make_way()

    def grow_old(self, worker: Channel) -> None:
        """Take note that a worker's query is no longer a short one."""
        self._old.add(worker)
        self._make_way()

    def _make_way(self) -> None:
        """Lower the priority of queries that are not short, where there is another."""
        if self.running > 1:
            for worker in self._old:
                worker.make_way()
            self._old.clear()

    async def _take(self) -> Channel:
        while not (worker := await self._free.get()).alive:
            self._replace(worker)
        return worker

    def leave(self, worker: Channel | None, *, is_ready: bool) -> None:
        """Leave a place; keep a worker that is ready for the next query and as good as new, and replace any other."""
        if worker is not None:
            is_old = worker in self._old
            self._old.discard(worker)
            if is_ready and not self._closed and worker.is_fit and not (is_old and worker.is_swollen):
                self._free.put_nowait(worker)
            else:
                self._replace(worker)
        self.running -= 1
        self._slots.release()

    def _replace(self, worker: Channel) -> None:
        worker.end()
        if not self._closed:
            self.replaced += 1
            task = asyncio.create_task(self._add())
            self._starting.add(task)
            task.add_done_callback(self._starting.discard)

    async def _add(self) -> None:
        while True:
            try:
                self._free.put_nowait(await Channel.start(self._task))
            except (OSError, WorkerGone) as error:
                log.warning("A worker cannot be started: %r. It is tried again.", error)
                await asyncio.sleep(_RETRY)
            else:
                return


class _Youth:
    """One of the places of young queries: left when the first bytes are there, or youth is over."""

    def __init__(self, places: asyncio.Semaphore) -> None:
        self._places = places

    async def __aenter__(self) -> None:
        await self._places.acquire()
        self._is_over = False
        self._timer = asyncio.get_running_loop().call_later(_YOUTH, self._leave)

    async def __aexit__(self, *_: object) -> None:
        self._timer.cancel()
        self._leave()

    def _leave(self) -> None:
        if not self._is_over:
            self._is_over = True
            self._places.release()


class _Query:
    """A query that runs: the pieces of its result, until it is closed.

    The clock runs while the worker is waited for, and not while the client is.
    """

    def __init__(self, pool: WorkerPool, seconds: float, memory: int) -> None:
        self._pool = pool
        self._worker: Channel | None = None
        self._has_left = False
        self._seconds = seconds
        self._left = seconds
        self._memory = memory
        self.is_complete = False

    def start(self, worker: Channel, evaluation: Evaluation) -> None:
        """Hand the query to a worker."""
        self._worker = worker
        worker.send(evaluation.as_json)

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        if self._worker is None or self.is_complete:
            raise StopAsyncIteration
        frame = await self._receive(self._worker)
        if frame.kind != CHUNK:
            self.is_complete = True
            self.close()
        if frame.kind == FAILURE:
            raise _failure(frame.payload)
        return frame.payload

    def close(self) -> None:
        """Give the worker back; where the query still runs, it is stopped."""
        if not self._has_left:
            self._has_left = True
            self._pool.leave(self._worker, is_ready=self.is_complete)

    async def _receive(self, worker: Channel) -> Frame:
        loop = asyncio.get_running_loop()
        began = loop.time()
        deadline = loop.call_later(self._left, lambda: worker.interrupt(self._timeout()))
        patience = loop.call_later(_PATIENCE, self._pool.grow_old, worker) if worker.is_fit else None
        try:
            return await worker.receive()
        except WorkerGone as error:
            raise self._death() from error
        finally:
            deadline.cancel()
            if patience is not None:
                patience.cancel()
            self._left -= loop.time() - began

    def _timeout(self) -> QueryTimeout:
        return QueryTimeout(
            Message(
                "The query took longer than {seconds} seconds: ask for less, or add LIMIT.",
                seconds=f"{self._seconds:g}",
            ),
            limit="query_timeout",
            value=self._seconds,
        )

    def _death(self) -> WorkerDied:
        return WorkerDied(
            Message(
                "The query broke its worker, or needed more than {size} MiB: simplify it.",
                size=self._memory // MEBIBYTE,
            ),
            limit="memory",
            value=self._memory,
        )


def _failure(payload: bytes) -> BilateralError:
    """Make again the error that the worker met."""
    content = json.loads(payload)
    kind: type[BilateralError] = getattr(errors, content["error"])
    return kind(Message.from_json(content["message"]), **content["members"])
