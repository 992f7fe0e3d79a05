"""Every claim of the text that the project started from is in the graph, cited."""

from pathlib import Path

import pyoxigraph as ox
import pytest

CLAIMS = Path(__file__).with_name("claims")


@pytest.mark.parametrize("number", range(1, 62), ids=lambda number: f"C{number:02}")
def test_claim_is_found_with_a_source(triples: ox.Store, number: int) -> None:
    text = (CLAIMS / f"C{number:02}.rq").read_text(encoding="utf-8")
    solutions = triples.query(text, use_default_graph_as_union=True)
    assert isinstance(solutions, ox.QuerySolutions)
    rows = list(solutions)
    assert rows
    assert all(row["source"] is not None for row in rows)
