"""The answers of other endpoints that are fresh enough to be taken again."""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass

from bilateral.serve.federation.solutions import Solutions
from bilateral.serve.limits import FederationLimits


@dataclass(frozen=True)
class Answer:
    """What an endpoint answered, in how many bytes, and until when that holds."""

    solutions: Solutions
    size: int
    until: float


class Answers:
    """Keeps answers for a while, up to so many bytes; the least recently used go first."""

    def __init__(self, limits: FederationLimits) -> None:
        self._capacity = limits.cache
        self._age = limits.age
        self._answers: OrderedDict[tuple[str, str], Answer] = OrderedDict()
        self.size = 0

    def get(self, endpoint: str, query: str) -> Solutions | None:
        """Give the answer of an endpoint to a query, where it is known and fresh."""
        answer = self._answers.get((endpoint, query))
        if answer is None or answer.until < time.monotonic():
            return None
        self._answers.move_to_end((endpoint, query))
        return answer.solutions

    def put(self, endpoint: str, query: str, solutions: Solutions, size: int) -> None:
        """Keep an answer of so many bytes."""
        self._drop(endpoint, query)
        size += len(query)
        self._answers[endpoint, query] = Answer(solutions, size, time.monotonic() + self._age)
        self.size += size
        while self.size > self._capacity:
            self._drop(*next(iter(self._answers)))

    def _drop(self, endpoint: str, query: str) -> None:
        answer = self._answers.pop((endpoint, query), None)
        self.size -= answer.size if answer else 0
