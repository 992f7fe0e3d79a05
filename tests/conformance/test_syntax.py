"""SPARQL 1.1 Query and Federated Query, syntax: what parses, and what does not."""

from __future__ import annotations

from typing import Final

import httpx
import pytest

from tests.conformance import suite
from tests.conformance.conftest import Endpoints
from tests.conformance.suite import Dataset, Entry

NOTHING: Final = Dataset()
SPECIFICATIONS: Final = ("sparql11-query", "sparql11-federated-query")
ENTRIES: Final = suite.entries(suite.folder(), SPECIFICATIONS, ("PositiveSyntaxTest11", "NegativeSyntaxTest11"))
POSITIVE: Final = [entry for entry in ENTRIES if entry.type == "PositiveSyntaxTest11"]
NEGATIVE: Final = [entry for entry in ENTRIES if entry.type == "NegativeSyntaxTest11"]


@pytest.mark.parametrize("entry", [suite.parameter(entry.name, entry) for entry in POSITIVE])
def test_a_query_is_accepted(endpoints: Endpoints, entry: Entry) -> None:
    response = _ask(endpoints.of(NOTHING), entry)
    assert response.status_code == 200, response.text


@pytest.mark.parametrize("entry", [suite.parameter(entry.name, entry) for entry in NEGATIVE])
def test_what_is_no_query_is_refused_with_the_place_of_the_mistake(endpoints: Endpoints, entry: Entry) -> None:
    response = _ask(endpoints.of(NOTHING), entry)
    assert response.status_code == 400, response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["title"] == "Malformed query"


def _ask(endpoint: httpx.Client, entry: Entry) -> httpx.Response:
    return endpoint.post(
        "/sparql", content=entry.query.read_bytes(), headers={"Content-Type": "application/sparql-query"}
    )
