"""Solutions of other endpoints, written into a query."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilateral.serve.federation.solutions import NoSolutions, Solutions

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
TERMS = st.one_of(
    st.builds(lambda text: {"type": "literal", "value": text}, TEXTS),
    st.builds(lambda text: {"type": "literal", "value": text, "xml:lang": "en"}, TEXTS),
    st.builds(lambda text: {"type": "literal", "value": text, "datatype": "http://x/y"}, TEXTS),
    st.builds(lambda text: {"type": "uri", "value": f"http://x/{text}"}, st.text("abc/?é-._~")),
)
ROWS = st.lists(st.dictionaries(st.sampled_from(["a", "b"]), TERMS), max_size=5)


def content(rows: list[dict[str, dict[str, str]]]) -> bytes:
    return json.dumps({"head": {"vars": ["a", "b"]}, "results": {"bindings": rows}}).encode()


@given(ROWS)
def test_what_is_written_into_a_query_comes_out_of_it(rows: list[dict[str, dict[str, str]]]) -> None:
    group = Solutions.read(content(rows), 10).as_group()
    results = ox.Store().query(f"SELECT ?a ?b {{ {group} }}")
    assert isinstance(results, ox.QuerySolutions)
    assert json.loads(results.serialize(format=ox.QueryResultsFormat.JSON) or "")["results"]["bindings"] == rows


@given(st.text(min_size=1))
def test_an_iri_is_read_whole_or_not_at_all(text: str) -> None:
    rows = content([{"a": {"type": "uri", "value": f"http://x/{text}"}}])
    try:
        ((written, _),) = Solutions.read(rows, 10).rows
    except NoSolutions:
        return
    assert written == f"<http://x/{text}>"
    assert not set(text) & set('<>"{}|^`\\ \n')


@pytest.mark.parametrize("wrong", [b"", b"{}", b"[]", b"\xff", b'{"head": {}, "boolean": true}', b"<sparql/>"])
def test_what_is_no_result_is_not_read(wrong: bytes) -> None:
    with pytest.raises(NoSolutions):
        Solutions.read(wrong, 10)


def test_no_more_is_read_than_one_row_too_many() -> None:
    rows = content([{"a": {"type": "uri", "value": f"http://x/{number}"}} for number in range(100)])
    assert len(Solutions.read(rows, 10).rows) == 11


def test_bindings_are_bound_and_there_once() -> None:
    solutions = Solutions(("a", "b"), (("<x:1>", None), ("<x:1>", "<x:2>"), ("<x:2>", "<x:2>")))
    assert solutions.bound() == Solutions(("a",), (("<x:1>",), ("<x:2>",)))
    assert [len(batch.rows) for batch in solutions.batches(2)] == [2, 1]


def test_solutions_of_other_variables_are_put_together() -> None:
    parts = [Solutions(("a", "b"), (("<x:1>", "<x:2>"),)), Solutions(("b", "c"), (("<x:3>", None),))]
    assert Solutions.joined(parts).rows == (("<x:1>", "<x:2>", None), (None, "<x:3>", None))
