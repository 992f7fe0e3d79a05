"""Federated queries over HTTP: joined rows from two endpoints, and an operator's list that is kept to."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.conftest import serving
from tests.federation.conftest import COUNT
from tests.federation.elsewhere import EX, Elsewhere

HEAD = f"PREFIX ex: <{EX}>\n"


def ask(home: httpx.Client, query: str, accept: str = "text/csv", **parameters: str) -> httpx.Response:
    return home.post("/sparql", data={"query": HEAD + query, **parameters}, headers={"accept": accept})


def rows(response: httpx.Response) -> list[str]:
    assert response.status_code == 200, response.text
    return response.text.split("\r\n")[1:-1]


@contextmanager
def federating(store: Path, iri: str, *arguments: str) -> Iterator[httpx.Client]:
    """Serve a store, and let it ask one endpoint."""
    with (
        serving("--store", store, "--federate", iri, *arguments) as address,
        httpx.Client(base_url=address, timeout=30) as home,
    ):
        yield home


def asked(other: str) -> dict[str, float]:
    text = httpx.get(other.replace("/sparql", "/metrics")).text
    counts = [line.rpartition(" ") for line in text.splitlines() if line.startswith("bilateral_requests_total")]
    return {labels: float(count) for labels, _, count in counts}


def test_a_query_joins_what_is_here_with_what_is_there(home: httpx.Client, other: str) -> None:
    answer = ask(home, f"SELECT ?name ?size {{ ex:a1 ex:name ?name SERVICE <{other}> {{ ex:a1 ex:size ?size }} }}")
    assert rows(answer) == ["thing 1,1"]


def test_bindings_are_sent_along_in_batches(home: httpx.Client, other: str) -> None:
    before = sum(asked(other).values())
    answer = ask(home, f"SELECT ?a ?size {{ ?a ex:name ?n . SERVICE <{other}> {{ ?a ex:size ?size }} }}")
    assert sorted(rows(answer)) == sorted(f"{EX}a{number},{number}" for number in range(COUNT))
    assert sum(asked(other).values()) == before + 5  # 700 bindings by 200, and the look at the figures


def test_filters_before_a_clause_are_of_the_whole_group(home: httpx.Client, other: str) -> None:
    filters = "FILTER(?size < 3) FILTER EXISTS { ?a ex:name ?m }"
    query = f"SELECT ?size {{ ?a ex:name ?n {filters} SERVICE <{other}> {{ ?a ex:size ?size }} }}"
    assert sorted(rows(ask(home, query))) == ["0", "1", "2"]


def test_a_clause_may_be_optional(home: httpx.Client, other: str) -> None:
    query = f"SELECT ?b ?size {{ ex:a1 ex:likes ?b OPTIONAL {{ SERVICE <{other}> {{ ?b ex:size ?size }} }} }}"
    assert sorted(rows(ask(home, query))) == [f"{EX}a2,2", f"{EX}unknown,"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("?b ex:size ?size FILTER(?size > 1)", ["2"]),
        ("?b ex:size ?size FILTER(BOUND(?missing))", []),
        ("{ SELECT ?b (COUNT(*) AS ?size) { ?b ex:size ?any } GROUP BY ?b }", ["1"]),
        ("SELECT ?b (COUNT(*) AS ?size) { ?b ex:size ?any } GROUP BY ?b", ["1"]),
        ("?b ex:size ?any BIND(?any * 10 AS ?size)", ["20"]),
        ("{ ?b ex:size ?size } UNION { ?b ex:size ?size }", ["2", "2"]),
        ("OPTIONAL { ?b ex:nothing ?size }", ["", ""]),
        ("VALUES (?b ?size) { (ex:a2 'x') (UNDEF 'y') }", ["x", "y", "y"]),
        ("?b ex:size/^ex:size ?b . ?b ex:size ?size # }", ["2"]),
        ("?other wdt:P31?/ex:size ?size . FILTER(?other = ex:a5) BIND(ex:a2 AS ?b)", ["5"]),
    ],
)
def test_a_body_means_what_it_means_by_itself(home: httpx.Client, other: str, body: str, expected: list[str]) -> None:
    query = f"SELECT ?size {{ ex:a1 ex:likes ?b . SERVICE <{other}> {{ {body}\n}} }}"
    assert sorted(rows(ask(home, query))) == expected


def test_terms_come_as_they_are(home: httpx.Client, other: str) -> None:
    query = f"SELECT * {{ SERVICE <{other}> {{ ex:a1 ex:note ?note ; ex:size ?size }} }}"
    (binding,) = ask(home, query, "application/sparql-results+json").json()["results"]["bindings"]
    assert binding["note"] == {"type": "literal", "value": 'a "quoted" {note}\n', "xml:lang": "es"}
    assert binding["size"]["datatype"].endswith("#integer")


def test_clauses_follow_each_other(home: httpx.Client, other: str, elsewhere: Elsewhere) -> None:
    services = f"SERVICE <{elsewhere.at('/one')}> {{ ?x ex:y ?y }} SERVICE <{other}> {{ ?x ex:size ?size }}"
    answer = ask(home, f"SELECT * {{ {services} }}", "text/tab-separated-values")
    assert answer.text.splitlines()[1:] == [f'1\t<{EX}a1>\t"one"']


@pytest.mark.parametrize("form", ["ASK", "CONSTRUCT { ?a ex:size ?size } WHERE", "DESCRIBE ?a WHERE"])
def test_every_form_of_query_may_ask_others(home: httpx.Client, other: str, form: str) -> None:
    query = f"{form} {{ ?a ex:likes ex:a2 SERVICE <{other}> {{ ?a ex:size ?size }} }}"
    answer = ask(home, query, "text/turtle, application/sparql-results+json")
    assert answer.status_code == 200
    assert "true" in answer.text or "example.com/a1" in answer.text


def test_an_endpoint_that_is_not_on_the_list_is_refused_and_hears_nothing(
    home: httpx.Client, elsewhere: Elsewhere
) -> None:
    for iri in (elsewhere.at("/stranger"), elsewhere.at("/one").upper(), elsewhere.at("/one?x=y")):
        answer = ask(home, f"SELECT * {{ SERVICE SILENT <{iri}> {{ ?s ?p ?o }} }}")
        assert (answer.status_code, answer.json()["title"]) == (400, "Query refused")
        assert f"<{elsewhere.at('/one')}>" in answer.json()["detail"]
    assert elsewhere.queries("/stranger") == []


def test_a_redirect_is_not_followed(home: httpx.Client, elsewhere: Elsewhere) -> None:
    before = len(elsewhere.heard)
    answer = ask(home, f"SELECT * {{ SERVICE <{elsewhere.at('/redirect')}> {{ ?x ?y ?z }} }}")
    assert (answer.status_code, answer.json()["endpoint"]) == (502, elsewhere.at("/redirect"))
    assert "redirect" in answer.json()["detail"]
    assert [path for path, *_ in elsewhere.heard[before:]] == ["/redirect"]


def test_an_endpoint_that_asks_for_a_pause_gets_it(home: httpx.Client, elsewhere: Elsewhere) -> None:
    began = time.monotonic()
    answer = ask(home, f"SELECT ?y {{ SERVICE <{elsewhere.at('/busy')}> {{ ?x ?p ?y }} }}")
    assert rows(answer) == ["one"]
    assert len(elsewhere.queries("/busy")) == 2
    assert 1 <= time.monotonic() - began < 3


def test_an_endpoint_that_wants_a_long_pause_is_left_alone(home: httpx.Client, elsewhere: Elsewhere) -> None:
    for number in range(2):
        answer = ask(home, f"SELECT * {{ SERVICE <{elsewhere.at('/closed')}> {{ ?x ?y {number} }} }}")
        assert (answer.status_code, answer.json()["title"]) == (503, "Another endpoint is too busy")
        assert 990 < int(answer.headers["retry-after"]) <= 1000
    assert len(elsewhere.queries("/closed")) == 1


def test_an_endpoint_that_never_answers_costs_its_own_query_alone(home: httpx.Client, elsewhere: Elsewhere) -> None:
    began = time.monotonic()
    with ThreadPoolExecutor(8) as others:
        query = f"SELECT * {{ SERVICE <{elsewhere.at('/silent')}> {{ ?x ?y ?z }} }}"
        silent = [others.submit(ask, home, f"{query} #{number}") for number in range(8)]
        time.sleep(0.5)
        start = time.monotonic()
        assert rows(ask(home, f"SELECT ?y {{ SERVICE <{elsewhere.at('/one')}> {{ ?x ?p ?y }} }} # beside")) == ["one"]
        assert rows(ask(home, "SELECT ?b { ?b ex:likes ex:a2 } # beside")) == [f"{EX}a1"]
        assert time.monotonic() - start < 1
        answers = [each.result() for each in silent]
    assert {(answer.status_code, answer.json()["limit"]) for answer in answers} == {(504, "federation_timeout")}
    assert time.monotonic() - began < 5


def test_a_request_may_ask_for_less_time(home: httpx.Client, elsewhere: Elsewhere) -> None:
    began = time.monotonic()
    answer = ask(home, f"SELECT * {{ SERVICE <{elsewhere.at('/silent')}> {{ ?x ?y 1 }} }}", timeout="0.5")
    assert answer.status_code == 504
    assert time.monotonic() - began < 2


@pytest.mark.parametrize(("path", "limit"), [("/large", "federation_bytes"), ("/rows", "federation_rows")])
def test_an_answer_that_is_too_large_is_cut(home: httpx.Client, elsewhere: Elsewhere, path: str, limit: str) -> None:
    answer = ask(home, f"SELECT * {{ SERVICE <{elsewhere.at(path)}> {{ ?x ?y ?z }} }}")
    assert (answer.status_code, answer.json()["limit"]) == (413, limit)
    assert "ask for less" in answer.json()["detail"]


@pytest.mark.parametrize("path", ["/broken", "/html", "/boolean", "/closing", "/language", "/variable", "/redirect"])
def test_what_is_no_result_is_502_unless_it_is_silent(home: httpx.Client, elsewhere: Elsewhere, path: str) -> None:
    clause = f"<{elsewhere.at(path)}> {{ ?b ex:y ?y }}"
    failed = ask(home, f"SELECT ?b ?y {{ ex:a1 ex:likes ?b SERVICE {clause} }}")
    assert (failed.status_code, failed.json()["endpoint"]) == (502, elsewhere.at(path))
    silent = ask(home, f"SELECT ?b ?y {{ ex:a1 ex:likes ?b SERVICE SILENT {clause} }}")
    assert sorted(rows(silent)) == [f"{EX}a2,", f"{EX}unknown,"]


def test_an_endpoint_that_is_not_there_is_502_unless_it_is_silent(home_store: Path) -> None:
    nobody = "http://127.0.0.1:9/sparql"
    with federating(home_store, nobody) as home:
        assert ask(home, f"SELECT * {{ SERVICE <{nobody}> {{ ?s ?p ?o }} }}").status_code == 502
        silent = ask(home, f"SELECT * {{ ?b ex:likes ex:a2 SERVICE SILENT <{nobody}> {{ ?s ?p ?o }} }}")
        assert rows(silent) == [f"{EX}a1,,,"]


def test_a_silent_clause_that_answers_too_much_gives_nothing(home: httpx.Client, elsewhere: Elsewhere) -> None:
    query = f"SELECT ?b ?z {{ ?b ex:likes ex:a2 SERVICE SILENT <{elsewhere.at('/large')}> {{ ?x ?y ?z }} }}"
    assert rows(ask(home, query)) == [f"{EX}a1,"]


def test_blank_nodes_become_iris_of_this_server(home: httpx.Client, elsewhere: Elsewhere) -> None:
    query = f"SELECT * {{ SERVICE <{elsewhere.at('/bnode')}> {{ ?x ?p ?y }} }}"
    (binding,) = ask(home, query, "application/sparql-results+json").json()["results"]["bindings"]
    assert binding["x"] == binding["y"]
    assert binding["x"]["type"] == "uri"
    assert binding["x"]["value"].startswith(f"{str(home.base_url).rstrip('/')}/.well-known/genid/")


def test_a_value_that_looks_like_a_query_stays_a_value(home: httpx.Client, elsewhere: Elsewhere) -> None:
    query = f"SELECT ?y {{ SERVICE <{elsewhere.at('/quotes')}> {{ ?x ?p ?y }} }}"
    (binding,) = ask(home, query, "application/sparql-results+json").json()["results"]["bindings"]
    assert binding["y"]["value"] == '"""\\" } \n# \u0007SERVICE <x:> {'


def test_the_same_query_is_answered_from_the_cache(home: httpx.Client, elsewhere: Elsewhere) -> None:
    query = f"SELECT ?y {{ SERVICE <{elsewhere.at('/one')}> {{ ?x ex:again ?y }} }}"
    first, second = ask(home, query), ask(home, query)
    assert first.text == second.text
    assert first.headers["etag"] == second.headers["etag"]
    assert len([asked for asked in elsewhere.queries("/one") if "ex:again" in asked]) == 1
    again = home.post(
        "/sparql", data={"query": HEAD + query}, headers={"accept": "text/csv", "if-none-match": first.headers["etag"]}
    )
    assert again.status_code == 304


def test_an_answer_is_taken_as_fresh_for_a_while_only(home_store: Path, elsewhere: Elsewhere) -> None:
    query = f"SELECT ?y {{ SERVICE <{elsewhere.at('/one')}> {{ ?x ex:fresh ?y }} }}"
    with federating(home_store, elsewhere.at("/one"), "--federation-age", "0") as home:
        for _ in range(2):
            assert rows(ask(home, query)) == ["one"]
    assert len([asked for asked in elsewhere.queries("/one") if "ex:fresh" in asked]) == 2


def test_who_asks_says_so(home: httpx.Client, elsewhere: Elsewhere) -> None:
    ask(home, f"SELECT * {{ SERVICE <{elsewhere.at('/none')}> {{ ?x ex:polite ?y }} }}")
    _, query, headers = elsewhere.heard[-1]
    assert headers["User-Agent"].startswith("Bilateral/")
    assert "https://w3id.org/bilateral/" in headers["User-Agent"]
    assert headers["Accept"] == "application/sparql-results+json"
    assert query.count("SELECT * WHERE") == 1


def test_a_mistake_is_told_with_its_place_before_anybody_is_asked(home: httpx.Client, elsewhere: Elsewhere) -> None:
    before = len(elsewhere.heard)
    query = f"SELECT * {{\n  SERVICE <{elsewhere.at('/one')}> {{ ?x ex:y ?y }}\n  ?x ex:y\n}}"
    answer = ask(home, query)
    assert (answer.status_code, answer.json()["title"]) == (400, "Malformed query")
    assert (answer.json()["line"], answer.json()["column"]) == (5, 1)
    assert len(elsewhere.heard) == before


def test_what_can_join_with_nothing_is_not_asked(home: httpx.Client, elsewhere: Elsewhere) -> None:
    before = len(elsewhere.heard)
    answer = ask(home, f"SELECT * {{ ?x ex:hates ?z SERVICE <{elsewhere.at('/one')}> {{ ?x ex:y ?y }} }}")
    assert (rows(answer), answer.text.strip()) == ([], "x,y,z")
    assert len(elsewhere.heard) == before


def test_the_dataset_of_the_query_is_that_of_its_bindings(home: httpx.Client, other: str) -> None:
    query = f"SELECT ?size FROM <http://example.com/empty> {{ ?a ex:name ?n SERVICE <{other}> {{ ?a ex:size ?size }} }}"
    assert rows(ask(home, query)) == []


def test_figures_and_journal_tell_of_other_endpoints(home: httpx.Client, elsewhere: Elsewhere) -> None:
    ask(home, f"SELECT * {{ SERVICE <{elsewhere.at('/none')}> {{ ?x ex:counted ?y }} }}")
    host = elsewhere.address.removeprefix("http://")
    assert f'bilateral_services_total{{fate="answered",host="{host}"}}' in home.get("/metrics").text


def test_the_service_says_that_it_federates(home: httpx.Client, other: str) -> None:
    assert "BasicFederatedQuery" in home.get("/sparql", headers={"accept": "text/turtle"}).text
    described = httpx.get(other, headers={"accept": "text/turtle"}).text
    assert "BasicFederatedQuery" not in described


def test_without_federation_service_is_refused(other: str) -> None:
    answer = httpx.post(other, data={"query": f"SELECT * {{ SERVICE <{other}> {{ ?s ?p ?o }} }}"})
    assert (answer.status_code, answer.json()["title"]) == (400, "Query refused")
    assert "this endpoint asks no other" in answer.json()["detail"]
