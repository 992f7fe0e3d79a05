"""SPARQL 1.1 Query, Federated Query and the results formats: what queries evaluate to."""

from __future__ import annotations

from typing import Final

import httpx
import pytest

from bilateral.formats import CSV, JSON, JSON_LD, N_TRIPLES, RDF_XML, TSV, TURTLE, XML, Format, by_extension
from tests.conformance import suite
from tests.conformance.comparison import Answer, is_result_set, is_same, read
from tests.conformance.conftest import Endpoints
from tests.conformance.suite import Entry, iri_of

ENTRIES: Final = suite.entries(
    suite.folder(),
    ("sparql11-query", "sparql11-results-csv-tsv", "sparql11-results-json", "sparql11-federated-query"),
    ("QueryEvaluationTest", "CSVResultFormatTest"),
)


@pytest.mark.parametrize("entry", [suite.parameter(entry.name, entry) for entry in ENTRIES])
def test_a_query_gives_the_expected_result_in_each_format(endpoints: Endpoints, entry: Entry) -> None:
    endpoint = endpoints.of(entry.dataset)
    expected = expected_of(entry)
    for format_ in _formats(entry, expected):
        response = _ask(endpoint, entry, format_)
        assert response.status_code == 200, response.text
        assert response.headers["content-type"] == format_.content_type
        found = read(response.content, format_, ordered=entry.is_ordered)
        assert is_same(found, expected), f"{format_.name}: {response.text}"


def expected_of(entry: Entry) -> Answer:
    """Read the result that the suite expects."""
    assert entry.result is not None
    format_ = by_extension(entry.result.suffix.removeprefix("."))
    assert format_ is not None
    return read(entry.result.read_bytes(), format_, base=iri_of(entry.result), ordered=entry.is_ordered)


def _formats(entry: Entry, expected: Answer) -> tuple[Format, ...]:
    """Give the formats that can carry all of the expected result."""
    if entry.type == "CSVResultFormatTest":
        return (CSV,)
    if isinstance(expected, bool):
        return (XML, JSON)
    return (XML, JSON, TSV) if is_result_set(expected) else (TURTLE, N_TRIPLES, RDF_XML, JSON_LD)


def _ask(endpoint: httpx.Client, entry: Entry, format_: Format) -> httpx.Response:
    """Ask with the dataset that the manifest gives, unless the query names its own."""
    dataset = {
        "default-graph-uri": entry.dataset.default_graph_uris,
        "named-graph-uri": [iri for iri, _ in entry.dataset.named],
    }
    return endpoint.post(
        "/sparql",
        params={} if entry.names_dataset else dataset,
        content=entry.text.encode("utf-8"),
        headers={"Content-Type": "application/sparql-query", "Accept": format_.media_type},
    )
