"""Wikidata's conditions for an endpoint that its query service may ask, as far as they can be seen from here.

https://www.wikidata.org/wiki/Wikidata:SPARQL_federation_input
"""

import time

import httpx
import pyoxigraph as ox
import pytest
from rdflib import Graph, Literal, URIRef

from bilateral.build.sources import SOURCES
from bilateral.terms import WIKIDATA

CODE = URIRef("http://www.wikidata.org/prop/direct/P298")
JOIN = """
PREFIX bilat: <https://w3id.org/bilateral/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?item ?date {{
  ?item <{code}> "PER" .
  SERVICE <{endpoint}> {{
    ?party skos:exactMatch ?item . ?relation bilat:party ?party .
    ?fact bilat:ofRelation ?relation ; bilat:kind <https://w3id.org/bilateral/kind/event/establishment> ;
      bilat:date ?date .
  }}
}}
"""
JOINED = "SELECT ?item ?party {{ ?party skos:exactMatch ?item }} VALUES (?item) {{ {values} }}"


def test_an_engine_that_knows_wikidata_items_joins_them_with_ours_by_service(server: str) -> None:
    wikidata = Graph()
    wikidata.add((URIRef(f"{WIKIDATA}Q419"), CODE, Literal("PER")))
    wikidata.add((URIRef(f"{WIKIDATA}Q298"), CODE, Literal("CHL")))
    rows = wikidata.query(JOIN.format(code=CODE, endpoint=f"{server}/sparql"))
    found = [[str(cell) for cell in row] for row in rows if isinstance(row, tuple)]
    assert found == [[f"{WIKIDATA}Q419", "1963-04-01"]]


@pytest.mark.parametrize(("method", "count"), [("POST", 4000), ("GET", 1000)])
def test_thousands_of_items_can_be_asked_for_at_once(client: httpx.Client, method: str, count: int) -> None:
    values = " ".join(f"(<{WIKIDATA}Q{number}>)" for number in range(1, count + 1))
    sent = {"query": JOINED.format(values=values)}
    accept = {"Accept": "application/sparql-results+xml"}
    response = (
        client.post("/sparql", data=sent, headers=accept)
        if method == "POST"
        else client.get("/sparql", params=sent, headers=accept)
    )
    assert response.status_code == 200
    solutions = ox.parse_query_results(response.content, format=ox.QueryResultsFormat.XML)
    assert isinstance(solutions, ox.QuerySolutions)
    parties = {solution["party"].value.rpartition("/")[2] for solution in solutions}
    assert {"JPN", "ESP", "PER", "KOR"} <= parties


def test_a_bind_join_of_hundreds_of_items_takes_less_than_a_second(core_client: httpx.Client) -> None:
    listed = core_client.post("/sparql", data={"query": "SELECT DISTINCT ?item { ?x skos:exactMatch ?item } LIMIT 500"})
    values = " ".join(f"<{row['item']['value']}>" for row in listed.json()["results"]["bindings"])
    query = f"SELECT * WHERE {{ VALUES ?item {{ {values} }} ?thing skos:exactMatch ?item ; a ?class }}"
    before = time.monotonic()
    found = core_client.post("/sparql", data={"query": query}).json()["results"]["bindings"]
    assert len({row["item"]["value"] for row in found}) == 500
    assert time.monotonic() - before < 1


def test_nobody_has_to_log_in_and_a_page_of_any_origin_may_ask(client: httpx.Client) -> None:
    response = client.get("/sparql", params={"query": "ASK {}"}, headers={"Origin": "https://query.wikidata.org"})
    assert response.status_code == 200
    assert response.headers["access-control-allow-origin"] == "*"


def test_no_licence_of_a_source_restricts_reuse() -> None:
    licences = {source.about.license for source in SOURCES.values()}
    assert licences <= {
        "https://creativecommons.org/publicdomain/zero/1.0/",
        "https://creativecommons.org/publicdomain/mark/1.0/",
        "https://creativecommons.org/licenses/by/3.0/igo/",
        "https://creativecommons.org/licenses/by/4.0/",
        "https://opendatacommons.org/licenses/pddl/1-0/",
        "https://spdx.org/licenses/MIT",
        "https://www.unicode.org/license.txt",
    }
