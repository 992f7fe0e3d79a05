"""The queries: files whose first line asks in words, and whose second names their group."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Final

_FOLDER: Final = Path(str(resources.files("bench")))

RUN_NUMBER: Final = "RUN-NUMBER"
"""Stands where each request has a number of its own."""


@dataclass(frozen=True)
class Query:
    """A query of the benchmark.

    ``group`` is one of lookup, search, aggregate, join, path, graph, rows and runaway.
    """

    name: str
    title: str
    group: str
    text: str

    @property
    def is_graph(self) -> bool:
        """Whether its result is a graph."""
        return self.group == "graph"

    def numbered(self, number: int | str = RUN_NUMBER) -> str:
        """Give its text, unlike that of any other number, so that no cache of results can know it."""
        return f"PREFIX run: <tag:{number}>\n{self.text}"


def queries() -> list[Query]:
    """Give the queries of which the latency is measured."""
    return [_read(path) for path in sorted((_FOLDER / "queries").glob("*.rq"))]


def runaways() -> list[Query]:
    """Give the queries that would run for hours."""
    return [_read(path) for path in sorted((_FOLDER / "runaway").glob("*.rq"))]


def lookup(iri: str) -> Query:
    """Ask what is said about one IRI."""
    text = f"SELECT ?property ?value {{ <{iri}> ?property ?value }}"
    return Query("lookup", "What is said about one IRI?", "lookup", text)


def by_name(name: str) -> Query:
    """Find a query by the name of its file, without the ending."""
    return next(query for query in queries() if query.name == name)


def _read(path: Path) -> Query:
    title, group, text = path.read_text(encoding="utf-8").split("\n", 2)
    return Query(path.stem, title.removeprefix("# "), group.removeprefix("# group: "), text)
