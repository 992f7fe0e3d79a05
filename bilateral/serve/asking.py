"""Asking from the command line: the store, or an endpoint elsewhere."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Final

import pyoxigraph as ox
from rich.console import Console
from rich.table import Table

from bilateral.client import Client
from bilateral.formats import CSV, JSON, JSON_LD, TURTLE, Format, ResultKind
from bilateral.serve import guard
from bilateral.serve.engine import Evaluation, evaluate
from bilateral.snapshot import Snapshot
from bilateral.terms import compact

_WIDE: Final = 10_000


def ask_store(text: str, store: Path, output: str) -> str:
    """Run a query on a store and write its rows.

    Raises:
        StoreError: the store cannot be opened.
        QueryError: the query does not parse.
    """
    snapshot = Snapshot.current(store)
    inspection = guard.inspect(text)
    wanted = _format(inspection.kind, output)
    triples = ox.Store.read_only(str(snapshot.triples_folder))
    content = io.BytesIO()
    evaluate(triples, Evaluation(text, wanted, union=not inspection.names_dataset), content)
    return _shown(content.getvalue(), wanted, output)


def ask_endpoint(text: str, endpoint: str, output: str) -> str:
    """Send a query to an endpoint and write the rows that it answers.

    Raises:
        BilateralError: it cannot be reached, or refuses.
    """
    wanted = _format(guard.inspect(text).kind, output)
    with Client(endpoint) as client:
        return _shown(client.answer(text, wanted), wanted, output)


def _format(kind: ResultKind | None, output: str) -> Format:
    if kind is ResultKind.GRAPH:
        return JSON_LD if output == "json" else TURTLE
    return CSV if output == "csv" else JSON


def _shown(content: bytes, format_: Format, output: str) -> str:
    if output != "table" or format_ is not JSON:
        return content.decode("utf-8")
    results = ox.parse_query_results(content, format=ox.QueryResultsFormat.JSON)
    if isinstance(results, ox.QueryBoolean):
        return "yes" if results else "no"
    return _table(results)


def _table(solutions: ox.QuerySolutions) -> str:
    variables = [variable.value for variable in solutions.variables]
    table = Table(*variables, box=None, pad_edge=False, header_style="")
    for solution in solutions:
        table.add_row(*(_cell(solution[variable]) for variable in variables))
    console = Console(file=io.StringIO(), width=_WIDE, color_system=None, markup=False, highlight=False)
    console.print(table)
    assert isinstance(console.file, io.StringIO)
    return "\n".join(line.rstrip() for line in console.file.getvalue().splitlines()) + "\n"


def _cell(term: object) -> str:
    """Write a term as people read it: names short, literals bare."""
    if isinstance(term, ox.NamedNode):
        return compact(term.value)
    return "" if term is None else str(getattr(term, "value", term))
