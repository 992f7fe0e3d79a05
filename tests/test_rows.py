"""Rows are counted in what the engine writes, whatever the values look like."""

import io

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilateral.errors import ResultTooLarge
from bilateral.formats import GRAPHS, JSON, SOLUTIONS, Format
from bilateral.serve.engine import Evaluation, evaluate
from bilateral.serve.rows import rows_of

HOSTILE = ['},{"', '"},{"', "</result>", "\n", '"\r\n"', "},{}", '\\"},{\\"x', ""]


def result(values: list[str], format_: Format) -> bytes:
    store = ox.Store()
    store.extend(
        ox.Quad(ox.NamedNode(f"http://x/{number}"), ox.NamedNode("http://x/p"), ox.Literal(value))
        for number, value in enumerate(values)
    )
    content = io.BytesIO()
    evaluate(store, Evaluation("SELECT ?s ?o ?never { ?s ?p ?o }", format_), content)
    return content.getvalue()


@pytest.mark.parametrize("format_", SOLUTIONS, ids=lambda format_: format_.name)
@given(
    values=st.lists(st.sampled_from(HOSTILE) | st.text('}{",\n\r\\<x>'), min_size=1, max_size=8),
    size=st.integers(1, 40),
)
def test_each_row_is_counted_once(values: list[str], size: int, format_: Format) -> None:
    content, rows = result(values, format_), rows_of(format_)
    for start in range(0, len(content), size):
        rows.add(content[start : start + size])
    assert rows.count == len(values)


@pytest.mark.parametrize("format_", [*SOLUTIONS, *GRAPHS], ids=lambda format_: format_.name)
def test_one_row_more_than_may_be_is_too_many(format_: Format) -> None:
    store = ox.Store()
    node = ox.NamedNode("http://x/p")
    store.extend(ox.Quad(node, node, ox.Literal(str(number))) for number in range(10))
    text = "SELECT * { ?s ?p ?o }" if format_ in SOLUTIONS else "CONSTRUCT WHERE { ?s ?p ?o }"
    evaluate(store, Evaluation(text, format_), io.BytesIO(), rows=10)
    with pytest.raises(ResultTooLarge, match="more than 9 rows"):
        evaluate(store, Evaluation(text, format_), io.BytesIO(), rows=9)


def test_a_yes_or_no_is_no_row() -> None:
    evaluate(ox.Store(), Evaluation("ASK {}", JSON), io.BytesIO(), rows=1)
