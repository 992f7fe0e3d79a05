"""The engine's own limitations: asked in process, with none of our code between, it fails as well."""

from __future__ import annotations

from typing import Final

import pyoxigraph as ox
import pytest

from bilateral.formats import JSON
from tests.conformance import suite, test_queries, test_syntax
from tests.conformance.comparison import is_same, read
from tests.conformance.exceptions import ENGINE, OURS
from tests.conformance.suite import Entry, iri_of

ENTRIES: Final = {entry.name: entry for entry in (*test_queries.ENTRIES, *test_syntax.ENTRIES)}


@pytest.mark.parametrize("name", ENGINE)
def test_the_engine_fails_in_process_as_well(name: str) -> None:
    entry = ENTRIES[name]
    try:
        content = _evaluate(entry)
    except RuntimeError:
        return
    assert not is_same(read(content, JSON, ordered=entry.is_ordered), test_queries.expected_of(entry))


def test_every_exception_names_an_entry() -> None:
    names = {*ENTRIES, *(connection.name for connection in suite.connections(suite.folder()))}
    assert names.issuperset(ENGINE | OURS)


def _evaluate(entry: Entry) -> bytes:
    store = ox.Store()
    for path in entry.dataset.default:
        store.load(path=path, base_iri=iri_of(path))
    for iri, path in entry.dataset.named:
        store.load(path=path, base_iri=iri, to_graph=ox.NamedNode(iri))
    results = store.query(entry.query.read_text(encoding="utf-8"), base_iri=iri_of(entry.query))
    assert not isinstance(results, ox.QueryTriples)
    content = results.serialize(format=ox.QueryResultsFormat.JSON)
    assert content is not None
    return content
