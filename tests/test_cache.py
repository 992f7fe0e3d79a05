"""The result cache: bounded, and never another answer than the engine's."""

import asyncio
from typing import Self

import pytest

from bilateral.errors import QueryError
from bilateral.formats import CSV, JSON
from bilateral.serve.cache import ResultCache
from bilateral.serve.codings import GZIP
from bilateral.serve.engine import Answer, Evaluation

KIB = 1024


class Counting:
    """An engine that counts how often it is asked, and answers in pieces of one KiB."""

    def __init__(self, pieces: int = 1) -> None:
        self.asked = 0
        self.pieces = pieces

    async def evaluate(self, evaluation: Evaluation, *, seconds: float | None = None) -> Answer:  # noqa: ARG002 - the seam
        self.asked += 1
        if evaluation.text == "wrong":
            raise QueryError("wrong")
        rest = Pieces(self.pieces - 1) if self.pieces > 1 else None
        return Answer(b"x" * KIB, rest)


class Pieces:
    def __init__(self, count: int) -> None:
        self.left = count

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        if not self.left:
            raise StopAsyncIteration
        self.left -= 1
        return b"x" * KIB

    def close(self) -> None:
        self.left = 0


async def ask(cache: ResultCache, evaluation: Evaluation, *, whole: bool = True) -> None:
    if cache.get(evaluation) is None:
        answer = await cache.evaluate(evaluation)
        if answer.rest is not None and whole:
            assert [piece async for piece in answer.rest]


@pytest.mark.parametrize("pieces", [1, 3])
def test_what_was_answered_once_is_known(pieces: int) -> None:
    engine = Counting(pieces)
    cache = ResultCache(engine, 1024 * KIB)
    for _ in range(3):
        asyncio.run(ask(cache, Evaluation("a", JSON)))
    assert engine.asked == 1
    assert cache.get(Evaluation("a", JSON)) == b"x" * KIB * pieces


def test_format_coding_and_dataset_are_part_of_what_is_asked() -> None:
    engine = Counting()
    cache = ResultCache(engine, 1024 * KIB)
    variants = (Evaluation("a", JSON), Evaluation("a", CSV), Evaluation("a", JSON, GZIP))
    for variant in (
        *variants,
        Evaluation("a", JSON, union=False),
        Evaluation("a", JSON, named_graph_uris=("http://x",)),
    ):
        asyncio.run(ask(cache, variant))
    assert engine.asked == 5


def test_memory_is_bounded_and_the_least_used_goes_first() -> None:
    engine = Counting()
    cache = ResultCache(engine, 64 * KIB)
    for number in range(1000):
        asyncio.run(ask(cache, Evaluation(str(number), JSON)))
        assert cache.get(Evaluation("0", JSON)) is not None
        assert cache.size <= 64 * KIB
    assert cache.get(Evaluation("1", JSON)) is None


def test_a_large_result_a_broken_one_and_an_error_are_not_kept() -> None:
    cache = ResultCache(Counting(pieces=5), 64 * KIB)
    asyncio.run(ask(cache, Evaluation("large", JSON)))
    small = ResultCache(Counting(pieces=2), 64 * KIB)
    asyncio.run(ask(small, Evaluation("left half way", JSON), whole=False))
    with pytest.raises(QueryError):
        asyncio.run(ask(small, Evaluation("wrong", JSON)))
    assert (cache.size, small.size) == (0, 0)


def test_without_memory_nothing_is_kept() -> None:
    cache = ResultCache(Counting(), 0)
    asyncio.run(ask(cache, Evaluation("a", JSON)))
    assert cache.size == 0
