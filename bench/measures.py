"""What is measured. All times are in seconds; systems take turns, so that noise meets all alike."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median, quantiles
from typing import Final

from bench import data, loads
from bench.client import Outcome, Reply, Task
from bench.queries import RUN_NUMBER, Query, by_name, lookup, queries, runaways
from bench.systems import HOST, Running, Server, System, Target

Say = Callable[[str], None]

REPEATED: Final = ("01-point-lookup", "03-ask", "06-group-by-year", "07-top-ten")
"""Queries that clients repeat: their results are small, as most are."""

CHEAP_PAUSE: Final = 0.01
CHEAP_PATIENCE: Final = 10.0
HEAD_START: Final = 0.5
"""Seconds that runaway queries run before the first cheap one is asked."""


@dataclass(frozen=True)
class Plan:
    """How much is measured.

    ``repetitions`` of each query, but no more after ``budget`` seconds with one query and system;
    ``clients`` at once, for ``seconds``, in so many ``rounds``; ``starts`` of each server. A
    request may take ``patience``.
    """

    triples: int
    repetitions: int = 15
    budget: float = 20.0
    patience: float = 60.0
    clients: int = 8
    seconds: float = 4.0
    rounds: int = 3
    starts: int = 3


@dataclass(frozen=True)
class Latency:
    """Times of one query on one system, to the last byte, and the rows or triples that it gave.

    A ``problem`` says why there are none; ``at_least`` is then what they would at least have been.
    """

    query: str
    group: str
    letter: str
    times: tuple[float, ...] = ()
    rows: int | None = None
    problem: str = ""
    at_least: float | None = None

    @property
    def median(self) -> float | None:
        """The median time, or the least that it can be."""
        return median(self.times) if self.times else self.at_least


@dataclass(frozen=True)
class Throughput:
    """Answers a second that several clients got together.

    ``client_cpu`` is the share of one core that the clients themselves took.
    """

    what: str
    letter: str
    per_second: tuple[float, ...]
    refused: int
    client_cpu: float

    @property
    def median(self) -> float:
        """The median of the rounds."""
        return median(self.per_second)


@dataclass(frozen=True)
class Steadiness:
    """Latency of cheap queries, one every 10 ms at most, while the system is idle and while four queries run away."""

    letter: str
    idle_p50: float
    idle_p99: float
    busy_p50: float
    busy_p99: float
    busy_answered: int
    busy_unanswered: int


@dataclass(frozen=True)
class Starting:
    """Times from the start of the process to the first answer."""

    letter: str
    times: tuple[float, ...]

    @property
    def median(self) -> float:
        """The median of all starts."""
        return median(self.times)


@dataclass(frozen=True)
class Measured:
    """All that was measured on data of one size."""

    triples: int
    systems: Mapping[str, str]
    latencies: list[Latency] = field(default_factory=list)
    throughputs: list[Throughput] = field(default_factory=list)
    steadiness: list[Steadiness] = field(default_factory=list)
    starts: list[Starting] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)


def latencies(targets: Mapping[str, Target], plan: Plan, say: Say) -> list[Latency]:
    """Measure each query with one client; no request is equal to another."""
    measured = []
    for query in queries():
        say(f"{query.name}: {query.title}")
        measured += _latencies_of(query, targets, plan)
    return measured


def _latencies_of(query: Query, targets: Mapping[str, Target], plan: Plan) -> list[Latency]:
    """Ask each system in turn, until there are enough times, or one has used up its budget, or fails."""
    series = {letter: _Series(query, letter, target, plan) for letter, target in targets.items()}
    for number in range(plan.repetitions + 1):
        for each in series.values():
            each.ask(number)
    return [each.latency() for each in series.values()]


class _Series:
    """The requests of one query to one system; the first warms caches, and counts the rows."""

    def __init__(self, query: Query, letter: str, target: Target, plan: Plan) -> None:
        self._query = query
        self._letter = letter
        self._target = target
        self._plan = plan
        self._times: list[float] = []
        self._rows: int | None = None
        self._problem = ""
        self._at_least: float | None = None

    def ask(self, number: int) -> None:
        """Ask once more, unless it failed or has taken its time."""
        if self._problem or sum(self._times) >= self._plan.budget:
            return
        try:
            seconds, reply = _timed(self._target, self._query, number, keep=number == 0)
        except TimeoutError:
            self._at_least = self._plan.patience
            self._fail(f"no answer in {self._plan.patience:.0f} s")
            return
        except OSError as error:
            self._fail(f"no answer: {error}")
            return
        if reply.status != 200:
            self._problem = f"status {reply.status}"
        elif number == 0:
            self._rows = _rows(self._query, reply)
        self._times.append(seconds)

    def _fail(self, problem: str) -> None:
        self._problem = problem
        self._target.restart()

    def latency(self) -> Latency:
        """Give what was measured; the first time counts only where there is no other."""
        times = () if self._problem else tuple(self._times[1:] or self._times)
        return Latency(
            self._query.name, self._query.group, self._letter, times, self._rows, self._problem, self._at_least
        )


def _timed(target: Target, query: Query, number: int, *, keep: bool = False) -> tuple[float, Reply]:
    target.prepare()
    begin = time.perf_counter()
    reply = target.ask(query, number, keep=keep)
    return time.perf_counter() - begin, reply


def _rows(query: Query, reply: Reply) -> int | None:
    """Count rows, or triples; None where the answer is of another format than was asked for."""
    if not reply.body:
        return None
    if query.is_graph:
        return None if reply.body.startswith(b"<?xml") else reply.body.count(b" .\n")
    content = json.loads(reply.body)
    return int(content["boolean"]) if "boolean" in content else len(content["results"]["bindings"])


def differences(measured: Sequence[Latency]) -> list[str]:
    """Say what cannot be compared: queries with other numbers of rows, and those that we do not answer."""
    found = [f"{each.query}: (e) {each.problem}" for each in measured if each.letter == "e" and each.problem]
    for query in queries():
        rows = {each.letter: each.rows for each in measured if each.query == query.name and each.rows is not None}
        if len(set(rows.values())) > 1:
            found.append(f"{query.name}: rows differ: {', '.join(f'({key}) {value}' for key, value in rows.items())}")
    return found


def throughputs(targets: Mapping[str, Target], plan: Plan, say: Say) -> list[Throughput]:
    """Measure what several clients get at once: point lookups of which none is like another, then repeated queries."""
    servers = {letter: target for letter, target in targets.items() if isinstance(target, Running)}
    measured = []
    for what in ("lookups", "repeated"):
        rounds: dict[str, list[list[Outcome]]] = {letter: [] for letter in servers}
        for number in range(plan.rounds):
            for letter, server in servers.items():
                say(f"{what}, {plan.clients} clients, round {number + 1}: ({letter})")
                requests = _lookups(server, plan) if what == "lookups" else _repeated(server)
                rounds[letter].append(loads.run(_tasks(server, requests, plan, number)))
        measured += [_throughput(what, letter, outcomes) for letter, outcomes in rounds.items()]
    return measured


def _lookups(server: Running, plan: Plan) -> tuple[str, ...]:
    return tuple(server.request(lookup(iri).numbered()) for iri in data.observations(plan.triples))


def _repeated(server: Running) -> tuple[str, ...]:
    return tuple(server.request(by_name(name).text) for name in REPEATED)


def _tasks(server: Running, requests: tuple[str, ...], plan: Plan, round_: int) -> list[Task]:
    """Give each client its own numbers, which no other client has in any round."""
    first_numbers = (10**9 * (1 + round_ * plan.clients + client) for client in range(plan.clients))
    return [Task(HOST, server.port, requests, RUN_NUMBER, first, plan.seconds) for first in first_numbers]


def _throughput(what: str, letter: str, rounds: Sequence[Sequence[Outcome]]) -> Throughput:
    per_second = tuple(sum(client.answered / client.seconds for client in clients) for clients in rounds)
    client_cpu = median(sum(client.cpu_seconds / client.seconds for client in clients) for clients in rounds)
    refused = sum(client.refused + client.unanswered for clients in rounds for client in clients)
    return Throughput(what, letter, per_second, refused, client_cpu)


def steadiness(systems: Sequence[System], plan: Plan, say: Say) -> list[Steadiness]:
    """Measure cheap queries beside runaway ones, each server alone, since some do not recover."""
    measured = []
    for system in systems:
        if isinstance(system, Server) and system.letter != "d":
            say(f"cheap queries beside four runaway ones: ({system.letter})")
            with system.running(plan.patience) as server:
                measured.append(_steadiness(system.letter, server, plan))
    return measured


def _steadiness(letter: str, server: Running, plan: Plan) -> Steadiness:
    requests = _lookups(server, plan)
    warming, quiet, crowded = (_cheap_task(server, requests, plan, number) for number in range(3))
    loads.run([warming])
    idle = loads.run([quiet])[0]
    busy = loads.run([crowded], beside=_runaway_tasks(server, plan))[0]
    idle_p50, idle_p99 = _percentiles(idle.latencies)
    busy_p50, busy_p99 = _percentiles(busy.latencies)
    return Steadiness(letter, idle_p50, idle_p99, busy_p50, busy_p99, busy.answered, busy.unanswered + busy.refused)


def _cheap_task(server: Running, requests: tuple[str, ...], plan: Plan, number: int) -> Task:
    first, patience = 10**8 * (1 + number), min(CHEAP_PATIENCE, plan.patience)
    seconds = plan.seconds * 2
    return Task(HOST, server.port, requests, RUN_NUMBER, first, seconds, CHEAP_PAUSE, patience, delay=HEAD_START)


def _runaway_tasks(server: Running, plan: Plan) -> list[Task]:
    """Give four clients that send a runaway query again as soon as the server has stopped the last."""
    requests = [server.request(query.numbered()) for query in runaways()]
    seconds = plan.seconds * 2 + plan.patience
    return [
        Task(HOST, server.port, (request,), RUN_NUMBER, 10**9 * (1 + number), seconds, patience=plan.patience)
        for number, request in enumerate(requests)
    ]


def _percentiles(times: Sequence[float]) -> tuple[float, float]:
    cuts = quantiles([*times, times[-1]], n=100, method="inclusive")
    return cuts[49], cuts[98]


def starts(systems: Sequence[System], plan: Plan, say: Say) -> list[Starting]:
    """Measure how long servers take to their first answer."""
    servers = [system for system in systems if isinstance(system, Server) and system.letter != "d"]
    times: dict[str, list[float]] = {server.letter: [] for server in servers}
    for number in range(plan.starts):
        for server in servers:
            say(f"start {number + 1}: ({server.letter})")
            running = Running(server, plan.patience)
            try:
                times[server.letter].append(running.start())
            finally:
                running.stop()
    return [Starting(letter, tuple(values)) for letter, values in times.items()]
