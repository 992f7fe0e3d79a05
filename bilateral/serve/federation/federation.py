"""Federation: a query with SERVICE clauses becomes one without, that means the same."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, replace

from bilateral.errors import (
    EngineError,
    QueryRefused,
    QueryTimeout,
    QueueFull,
    ResultTooLarge,
    ServiceError,
    ServiceTooLarge,
)
from bilateral.formats import JSON
from bilateral.message import Message
from bilateral.serve import codings, guard
from bilateral.serve.engine import Answer, Engine, Evaluation
from bilateral.serve.federation import reading
from bilateral.serve.federation.broker import Broker
from bilateral.serve.federation.clause import Clause, FederatedQuery
from bilateral.serve.federation.solutions import Solutions
from bilateral.serve.federation.splicing import Replacement, splice
from bilateral.serve.limits import MEBIBYTE, FederationLimits

_NOWHERE = ("urn:nowhere",)
"""A graph that no store has: a query on it finds nothing, so that little more than its syntax is looked at."""
_SYNTAX_SECONDS = 1.0


@dataclass(frozen=True)
class Journey:
    """What happens on behalf of one query: by when it must be over, and what became of its questions to others."""

    evaluation: Evaluation
    deadline: float
    fates: Counter[str]


class Federation:
    """Answers the SERVICE clauses of queries, by asking others and our own engine."""

    def __init__(self, broker: Broker, engine: Engine, limits: FederationLimits) -> None:
        self._broker = broker
        self._engine = engine
        self._limits = limits
        self.running = 0

    def read(self, text: str) -> FederatedQuery:
        """Find the clauses of a query.

        Raises:
            QueryRefused: one asks an endpoint that is not on the list, or cannot be told for certain.
            QueryError: one does not end.
        """
        return reading.read(text, self._broker.endpoints, self._limits.clauses)

    async def solve(
        self, query: FederatedQuery, evaluation: Evaluation, seconds: float | None, fates: Counter[str]
    ) -> Evaluation:
        """Write the solutions of each clause into a query (Federated Query, section 4).

        ``seconds`` can be less than the limit, and never more.

        Raises:
            QueueFull: as many queries ask others as may.
            ServiceError: an endpoint does not answer, and the clause is not SILENT.
            QueryError: the query does not parse.
        """
        if self.running >= self._limits.queries:
            raise QueueFull(
                Message("{number} queries wait for other endpoints: ask again later.", number=self.running),
                limit="federation_queries",
                value=self._limits.queries,
            )
        self.running += 1
        try:
            await self._check_syntax(query, evaluation)
            seconds = min(seconds or self._limits.timeout, self._limits.timeout)
            journey = Journey(evaluation, asyncio.get_running_loop().time() + seconds, fates)
            return await self._rewrite(query, journey)
        finally:
            self.running -= 1

    async def _check_syntax(self, query: FederatedQuery, evaluation: Evaluation) -> None:
        """Let the engine parse the query before anybody else is troubled with it."""
        nowhere = replace(
            evaluation, text=query.without_services, default_graph_uris=_NOWHERE, named_graph_uris=_NOWHERE
        )
        try:
            answer = await self._engine.evaluate(nowhere, seconds=_SYNTAX_SECONDS)
        except QueueFull:
            raise
        except (EngineError, QueryRefused):
            return  # it parses: what the engine cannot do may stand in a clause, and is then not the engine's to do
        if answer.rest is not None:
            answer.rest.close()

    async def _rewrite(self, query: FederatedQuery, journey: Journey) -> Evaluation:
        solved: list[Replacement] = []
        for clause in query.clauses:
            solutions = await self._solve(query, clause, solved, journey)
            solved.append(Replacement(clause.span, f" {solutions.as_group()} "))
            self._check_size(clause, sum(len(each.text) for each in solved))
        text = splice(query.text, solved)
        await asyncio.to_thread(guard.inspect, text)  # whatever we wrote, the engine sees no SERVICE
        return replace(journey.evaluation, text=text)

    def _check_size(self, clause: Clause, size: int) -> None:
        limit = self._limits.text_bytes
        if size > limit:
            raise ServiceTooLarge(
                Message(
                    "{endpoint} answers with values that take more than {size} MiB in the query.",
                    endpoint=clause.endpoint,
                    size=limit // MEBIBYTE,
                ),
                endpoint=clause.endpoint,
                limit="federation_text",
                value=limit,
            )

    async def _solve(
        self, query: FederatedQuery, clause: Clause, solved: list[Replacement], journey: Journey
    ) -> Solutions:
        bindings = await self._bindings(query, clause, solved, journey)
        if bindings is not None and not bindings.rows:
            return Solutions(clause.variables, ())  # what joins with nothing need not be asked
        try:
            return await self._ask(query, clause, bindings, journey)
        except ServiceError:
            if not clause.is_silent:
                raise
            return Solutions.of_failure(clause.variables)

    async def _bindings(
        self, query: FederatedQuery, clause: Clause, solved: list[Replacement], journey: Journey
    ) -> Solutions | None:
        """Give the values of what the clause shares with what stands before it; None where that does not help."""
        if clause.before is None:
            return None
        most = self._limits.batch * self._limits.batches
        text = query.bindings(clause, solved, most + 1)
        try:
            answer = await self._engine.evaluate(
                replace(journey.evaluation, text=text, format=JSON, coding=codings.IDENTITY),
                seconds=journey.deadline - asyncio.get_running_loop().time(),
            )
            content = await _whole(answer)
        except (QueryTimeout, ResultTooLarge):
            return None
        found = await asyncio.to_thread(Solutions.read, content, most)
        bindings = found.bound()
        return bindings if len(found.rows) <= most and (bindings.variables or not found.rows) else None

    async def _ask(
        self, query: FederatedQuery, clause: Clause, bindings: Solutions | None, journey: Journey
    ) -> Solutions:
        """Ask the clause's endpoint, with as many requests as the bindings make."""
        batches = bindings.batches(self._limits.batch) if bindings else ()
        requests = [query.request(clause, f"{batch.as_values()}\n") for batch in batches] or [query.request(clause)]
        asking = [
            asyncio.ensure_future(self._broker.ask(clause.endpoint, request, journey.deadline, journey.fates))
            for request in requests
        ]
        try:
            solutions = Solutions.joined(await asyncio.gather(*asking))
        finally:
            for each in asking:
                each.cancel()
        self._broker.check_rows(clause.endpoint, len(solutions.rows))
        return solutions


async def _whole(answer: Answer) -> bytes:
    pieces = [answer.first]
    if answer.rest is not None:
        pieces += [piece async for piece in answer.rest]
    return b"".join(pieces)
