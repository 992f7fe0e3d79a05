"""The result cache: what was answered once is answered again without the engine.

The data do not change while they are served, so a result holds as long as the process.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Final, Self

from bilateral.serve.engine import Answer, Engine, Evaluation, Rest

_LARGEST: Final = 16
"""A result may take this part of the cache, so that a few large ones do not drive out all others."""
_OVERHEAD: Final = 1024
"""Bytes that an entry takes beside its text and result."""


class ResultCache:
    """An engine that remembers the results of another, up to so many bytes; the least recently used go first."""

    def __init__(self, engine: Engine, capacity: int) -> None:
        self._engine = engine
        self._capacity = capacity
        self._results: OrderedDict[Evaluation, bytes] = OrderedDict()
        self.size = 0

    def get(self, evaluation: Evaluation) -> bytes | None:
        """Give the whole result, where it is known."""
        result = self._results.get(evaluation)
        if result is not None:
            self._results.move_to_end(evaluation)
        return result

    async def evaluate(self, evaluation: Evaluation, *, seconds: float | None = None) -> Answer:
        """Evaluate a query with the engine, and remember the result once it is complete."""
        answer = await self._engine.evaluate(evaluation, seconds=seconds)
        if answer.rest is None:
            self.put(evaluation, answer.first)
            return answer
        return Answer(answer.first, _Remembering(self, evaluation, answer.first, answer.rest))

    def put(self, evaluation: Evaluation, result: bytes) -> None:
        """Remember a result, unless it is too large."""
        if not self.admits(len(result)) or evaluation in self._results:
            return
        self._results[evaluation] = result
        self.size += _weigh(evaluation, result)
        while self.size > self._capacity:
            self.size -= _weigh(*self._results.popitem(last=False))

    def admits(self, size: int) -> bool:
        """Whether a result of so many bytes is remembered."""
        return size <= self._capacity // _LARGEST


def _weigh(evaluation: Evaluation, result: bytes) -> int:
    return len(result) + 4 * len(evaluation.text) + _OVERHEAD


class _Remembering:
    """Passes on what comes of a result, and hands it to the cache once it is complete."""

    def __init__(self, cache: ResultCache, evaluation: Evaluation, first: bytes, rest: Rest) -> None:
        self._cache = cache
        self._evaluation = evaluation
        self._rest = rest
        self._pieces = [first]
        self._size = len(first)

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        try:
            piece = await anext(self._rest)
        except StopAsyncIteration:
            if self._cache.admits(self._size):
                self._cache.put(self._evaluation, b"".join(self._pieces))
            raise
        self._size += len(piece)
        if self._cache.admits(self._size):
            self._pieces.append(piece)
        else:
            self._pieces.clear()
        return piece

    def close(self) -> None:
        """Stop the query."""
        self._rest.close()
