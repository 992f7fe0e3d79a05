"""Panels: each part of a page opens with the query that made it."""

import httpx
import pytest

from bilateral.query import parameters_of, query_names, query_text

MISSIONS = "/query/thing/labels?iri=party:PER"


def test_a_panel_leads_to_its_query_with_the_parameters_filled_in(client: httpx.Client) -> None:
    location = client.get(MISSIONS).headers["location"]
    query = httpx.URL(location).params["query"]
    assert "VALUES (?iri) { (<https://w3id.org/bilateral/id/party/PER>) }" in query


def test_a_panels_rows_can_be_had_as_csv(client: httpx.Client) -> None:
    response = client.get(f"{MISSIONS}&format=csv", follow_redirects=True)
    assert response.headers["content-type"].startswith("text/csv")
    assert "es,http://www.w3.org/2000/01/rdf-schema#label,Perú" in response.text


@pytest.mark.parametrize("parameter", ["", "?iri=", "?iri=nowhere:1", "?iri=a b"])
def test_a_parameter_that_is_no_iri_is_a_bad_request(client: httpx.Client, parameter: str) -> None:
    assert client.get(f"/query/thing/labels{parameter}").status_code == 400


def test_a_query_that_nobody_named_is_not_found(client: httpx.Client) -> None:
    assert client.get("/query/thing/../labels").status_code == 404


@pytest.mark.parametrize("name", [name for name in query_names() if not name.startswith("vocabulary/")])
def test_every_named_query_runs_as_it_stands(core_client: httpx.Client, name: str) -> None:
    assert set(parameters_of(query_text(name))) <= {"iri", "language"}
    response = core_client.get("/sparql", params={"query": query_text(name), "format": "csv"})
    assert response.status_code == 200
    assert len(response.text.splitlines()) > 1
