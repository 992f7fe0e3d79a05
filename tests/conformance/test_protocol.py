"""SPARQL 1.1 Protocol: each request of the suite, byte for byte, and the response that it expects."""

from __future__ import annotations

from typing import Final

import httpx
import pytest

from bilateral.formats import GRAPHS, JSON, SOLUTIONS, XML
from tests.conformance import suite
from tests.conformance.conftest import Endpoints
from tests.conformance.suite import Connection, Exchange

CONNECTIONS: Final = suite.connections(suite.folder())
GRAPHS_OF_THE_SUITE: Final = suite.protocol_dataset(suite.folder())
QUERIES: Final = [connection for connection in CONNECTIONS if "/update_" not in connection.name]
UPDATES: Final = [connection for connection in CONNECTIONS if "/update_" in connection.name]
MEDIA_TYPES: Final = {
    "boolean": {JSON.media_type, XML.media_type},
    "tabular": {format_.media_type for format_ in SOLUTIONS},
    "RDF": {format_.media_type for format_ in GRAPHS},
}


@pytest.mark.parametrize("connection", [suite.parameter(connection.name, connection) for connection in QUERIES])
def test_each_request_gets_the_expected_response(endpoints: Endpoints, connection: Connection) -> None:
    for exchange in connection.exchanges:
        response = _send(endpoints.of(GRAPHS_OF_THE_SUITE), exchange)
        assert str(response.status_code)[0] in exchange.statuses, response.text
        if exchange.format is not None:
            assert response.headers["content-type"].partition(";")[0] in MEDIA_TYPES[exchange.format]
        if exchange.boolean is not None:
            assert response.json()["boolean"] is exchange.boolean


@pytest.mark.parametrize("connection", [suite.parameter(connection.name, connection) for connection in UPDATES])
def test_an_update_is_refused_with_a_reason(endpoints: Endpoints, connection: Connection) -> None:
    """The suite expects success; this endpoint is read-only. What follows the update is not sent."""
    response = _send(endpoints.of(GRAPHS_OF_THE_SUITE), connection.exchanges[0])
    assert response.status_code in (403, 405)
    assert "read-only" in response.json()["detail"]


def _send(endpoint: httpx.Client, exchange: Exchange) -> httpx.Response:
    return endpoint.request(
        exchange.method, exchange.target, headers=list(exchange.headers), content=exchange.body, follow_redirects=True
    )
