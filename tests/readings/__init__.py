"""Readings: for each source, ten pairs drawn at random, each fact beside the row of the publisher's file.

A reading finds the rows by other means than those of the import. It has ``PAGE``, where it is kept,
and ``table``, which makes it anew; ``python -m tests.readings STORE RAW`` writes all.
"""

import csv
import io
import random
from collections.abc import Sequence

import pyoxigraph as ox

from bilateral.terms import BASE, PREFIXES

SEED = 20261129
HEAD = ("relation", "fact", "what the graph says", "file", "what the rows say", "agrees")
Reading = list[tuple[str, ...]]


def ask(store: ox.Store, query: str) -> list[dict[str, str]]:
    """Ask the union of the graphs; what is not bound is empty."""
    solutions = store.query(query, use_default_graph_as_union=True, prefixes=PREFIXES, base_iri=BASE)
    assert isinstance(solutions, ox.QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    return [{name: getattr(solution[name], "value", "") for name in names} for solution in solutions]


def sample(things: Sequence[str], count: int, of: str = "") -> list[str]:
    """Draw things at random, the same each time; ``of`` tells draws apart."""
    return sorted(random.Random(f"{SEED}{of}").sample(things, min(count, len(things))))


def text(found: Reading) -> str:
    """Write a reading as CSV."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(HEAD)
    writer.writerows(found)
    return written.getvalue()
