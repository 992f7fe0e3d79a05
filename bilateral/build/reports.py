"""What a build tells of its sources: how much came of each, what was left out, and where they meet curated facts."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from bilateral.build.generation import Generated


def write(graphs: Sequence[Generated], folder: Path) -> None:
    """Write the tables ``counts``, ``left-out`` and ``meetings``; the same graphs give the same bytes."""
    folder.mkdir()
    counts = ((graph.graph, class_, count) for graph in graphs for class_, count in graph.things.items())
    _table(folder / "counts.csv", ("graph", "class", "things"), counts)
    left_out = ((graph.graph, left.table, left.row, left.reason) for graph in graphs for left in graph.left_out)
    _table(folder / "left-out.csv", ("graph", "table", "row", "reason"), left_out)
    meetings = (
        (met.source, met.fact, met.curated, met.property, met.curated_value, met.other_value)
        for graph in graphs
        for met in graph.meetings
    )
    _table(folder / "meetings.csv", ("source", "fact", "curated", "property", "curated value", "other value"), meetings)


def _table(path: Path, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)
