"""What was measured, as tables for people and as JSON for programs."""

from __future__ import annotations

import json
import os
import platform
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from statistics import geometric_mean

from rich.console import Console
from rich.table import Table

from bench.measures import Latency, Measured, Plan

_OURS = "e"
_PACKAGES = (
    "bilateral",
    "pyoxigraph",
    "oxigraph",
    "rdflib",
    "rdflib-endpoint",
    "oxrdflib",
    "uvicorn",
    "uvloop",
    "httptools",
)


@dataclass(frozen=True)
class Reach:
    """One of the figures that we want to reach: what was measured, and whether that is enough.

    ``measured`` is None where it was not, and ``at_most`` tells that small is good.
    """

    what: str
    measured: float | None
    reach: float
    at_most: bool = True

    @property
    def met(self) -> bool | None:
        """Whether it is reached."""
        if self.measured is None:
            return None
        return self.measured <= self.reach if self.at_most else self.measured >= self.reach


def reaches(measured: Measured) -> list[Reach]:
    """Compare what was measured with what is to be reached."""
    of_work = _ratios(measured, "b", ("aggregate", "join"))
    lookups, repeated = _rate_ratio(measured, "lookups", "b"), _rate_ratio(measured, "repeated", "d")
    return [
        Reach("point lookup, one client, latency, against (b)", _ratio(measured, "b", "01-point-lookup"), 1.3),
        Reach("aggregates and joins, latency, geometric mean against (b)", _mean(of_work), 1.1),
        Reach("aggregates and joins, the worst of them", max(of_work, default=None), 1.1),
        Reach("all queries, latency, geometric mean against (a)", _mean(_ratios(measured, "a")), 1 / 25),
        Reach("uncached point lookups a second, 8 clients, against (b)", lookups, 0.5, at_most=False),
        Reach("repeated queries a second, 8 clients, against (d)", repeated, 0.8, at_most=False),
        Reach("p99 of cheap queries beside 4 runaway ones, against idle", _unsteadiness(measured), 4.0),
        Reach("100,000 rows as JSON, to the last byte, against (b)", _ratio(measured, "b", "17-rows"), 1.2),
        Reach("seconds from start to first answer", _start(measured), 2.0),
    ]


def _latency(measured: Measured, letter: str, query: str) -> float | None:
    found = (each.median for each in measured.latencies if each.letter == letter and each.query == query)
    return next(found, None)


def _ratio(measured: Measured, letter: str, query: str) -> float | None:
    ours, other = _latency(measured, _OURS, query), _latency(measured, letter, query)
    return ours / other if ours and other else None


def _ratios(measured: Measured, letter: str, groups: Sequence[str] = ()) -> list[float]:
    """Give the ratios of all queries of some groups, or of all groups, that both answer."""
    ours = (each for each in measured.latencies if each.letter == _OURS)
    names = [each.query for each in ours if not groups or each.group in groups]
    return [ratio for name in names if (ratio := _ratio(measured, letter, name))]


def _mean(ratios: Sequence[float]) -> float | None:
    return geometric_mean(ratios) if ratios else None


def _rate_ratio(measured: Measured, what: str, letter: str) -> float | None:
    rates = {each.letter: each.median for each in measured.throughputs if each.what == what}
    return rates[_OURS] / rates[letter] if rates.get(_OURS) and rates.get(letter) else None


def _unsteadiness(measured: Measured) -> float | None:
    found = (each.busy_p99 / each.idle_p99 for each in measured.steadiness if each.letter == _OURS)
    return next(found, None)


def _start(measured: Measured) -> float | None:
    return next((each.median for each in measured.starts if each.letter == _OURS), None)


def as_json(plan: Plan, measured: Sequence[Measured]) -> str:
    """Write everything, with the machine and the versions that it was measured on."""
    content = {
        "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "machine": {"system": platform.platform(), "python": platform.python_version(), "cores": os.cpu_count()},
        "packages": {name: found for name in _PACKAGES if (found := _version(name))},
        "plan": asdict(plan),
        "sizes": [
            {**asdict(each), "reaches": [{**asdict(reach), "met": reach.met} for reach in reaches(each)]}
            for each in measured
        ],
    }
    return json.dumps(content, indent=1) + "\n"


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def show(measured: Measured, console: Console) -> None:
    """Write the tables of one size."""
    console.print(f"\n{measured.triples:,} triples")
    for letter, title in measured.systems.items():
        console.print(f"({letter}) {title}")
    for table in _tables(measured):
        console.print()
        console.print(table)
    for latency in measured.latencies:
        if latency.problem and latency.letter != _OURS:
            console.print(f"{latency.query}: ({latency.letter}) {latency.problem}")
    for difference in measured.differences:
        console.print(f"Not comparable: {difference}")


def _tables(measured: Measured) -> Iterator[Table]:
    if measured.latencies:
        yield _latency_table(measured)
    if measured.throughputs:
        yield _throughput_table(measured)
    if measured.steadiness:
        yield _steadiness_table(measured)
    if measured.starts:
        yield _starts_table(measured)
    yield _reach_table(measured)


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", box=None, header_style="", pad_edge=False)
    table.add_column(columns[0])
    for column in columns[1:]:
        table.add_column(column, justify="right")
    return table


def _latency_table(measured: Measured) -> Table:
    letters = list(measured.systems)
    others = [letter for letter in letters if letter not in (_OURS, "d")] if _OURS in letters else []
    table = _table(
        "Latency, one client: medians in milliseconds, and ours as a multiple of the others'",
        "query", "rows", *(f"({letter})" for letter in letters), *(f"e/{letter}" for letter in others),
    )  # fmt: skip
    by_query: dict[str, dict[str, Latency]] = {}
    for latency in measured.latencies:
        by_query.setdefault(latency.query, {})[latency.letter] = latency
    for query, found in by_query.items():
        rows = next((each.rows for each in found.values() if each.rows is not None), None)
        times = (_milliseconds_of(found.get(letter)) for letter in letters)
        ratios = (_times(_ratio(measured, letter, query)) for letter in others)
        table.add_row(query, "" if rows is None else f"{rows:,}", *times, *ratios)
    means = (_times(_mean(_ratios(measured, letter))) for letter in others)
    table.add_row("geometric mean", "", *("" for _ in letters), *means)
    return table


def _throughput_table(measured: Measured) -> Table:
    table = _table("Answers a second, several clients", "what", "system", "answers/s", "not answered", "clients' CPU")
    for each in measured.throughputs:
        table.add_row(each.what, f"({each.letter})", f"{each.median:,.0f}", str(each.refused), f"{each.client_cpu:.2f}")
    return table


def _steadiness_table(measured: Measured) -> Table:
    table = _table(
        "Cheap queries beside four runaway ones: milliseconds",
        "system", "idle p50", "idle p99", "busy p50", "busy p99", "answered", "not answered",
    )  # fmt: skip
    for each in measured.steadiness:
        at_least = ">" if each.busy_unanswered else ""
        times = [_milliseconds(seconds) for seconds in (each.idle_p50, each.idle_p99, each.busy_p50)]
        times.append(f"{at_least}{_milliseconds(each.busy_p99)}")
        counts = (str(each.busy_answered), str(each.busy_unanswered))
        table.add_row(f"({each.letter})", *times, *counts)
    return table


def _starts_table(measured: Measured) -> Table:
    table = _table("From start to first answer: seconds", "system", "median", "slowest")
    for each in measured.starts:
        table.add_row(f"({each.letter})", f"{each.median:.2f}", f"{max(each.times):.2f}")
    return table


def _reach_table(measured: Measured) -> Table:
    table = _table("What is to be reached", "what", "measured", "reach", "reached")
    words = {True: "yes", False: "NO", None: "not measured"}
    for reach in reaches(measured):
        sign = "≤" if reach.at_most else "≥"
        table.add_row(reach.what, _times(reach.measured), f"{sign} {_times(reach.reach)}", words[reach.met])
    return table


def _milliseconds_of(latency: Latency | None) -> str:
    if latency is None or latency.median is None:
        return "none" if latency else ""
    return f"{'>' if latency.problem else ''}{_milliseconds(latency.median)}"


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:,.{2 if seconds < 0.1 else 0}f}"


def _times(ratio: float | None) -> str:
    if ratio is None:
        return ""
    return f"{ratio:.2f}" if ratio >= 0.1 else f"1/{1 / ratio:.0f}"
