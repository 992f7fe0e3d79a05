"""The endpoint over real HTTP: each of the protocol's ways, each format, each refusal."""

import httpx
import pyoxigraph as ox
import pytest

from bilateral.formats import GRAPHS, SOLUTIONS, Format

SELECT = "SELECT ?code { party:PER bilat:partyCode ?code }"
CONSTRUCT = "CONSTRUCT WHERE { party:PER bilat:partyCode ?code }"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def ask(client: httpx.Client, query: str, **headers: str) -> httpx.Response:
    return client.get("/sparql", params={"query": query}, headers=headers)


def test_a_query_may_come_in_three_ways(client: httpx.Client) -> None:
    by_get = ask(client, SELECT)
    by_form = client.post("/sparql", data={"query": SELECT})
    by_body = client.post("/sparql", content=SELECT, headers={"Content-Type": "application/sparql-query"})
    bindings = [response.json()["results"]["bindings"] for response in (by_get, by_form, by_body)]
    assert bindings == [[{"code": {"type": "literal", "value": "PER"}}]] * 3


def test_the_method_query_carries_the_query_in_its_body(client: httpx.Client) -> None:
    headers = {"Content-Type": "application/sparql-query", "Accept": "text/csv"}
    response = client.request("QUERY", "/sparql", content=SELECT, headers=headers)
    assert response.text.split() == ["code", "PER"]


def test_a_result_is_not_sent_again_to_who_has_it(client: httpx.Client) -> None:
    first = ask(client, SELECT)
    again = ask(client, SELECT, **{"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = ask(client, SELECT, **{"if-none-match": first.headers["etag"], "accept": "text/csv"})
    assert other.status_code == 200


def test_head_has_the_headers_without_the_body(client: httpx.Client) -> None:
    response = client.head("/sparql", params={"query": SELECT})
    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["content-type"] == "application/sparql-results+json"


@pytest.mark.parametrize("format_", SOLUTIONS, ids=lambda f: f.name)
@pytest.mark.parametrize("query", [SELECT, "ASK { party:PER ?p ?o }"])
def test_select_and_ask_are_written_in_every_format(client: httpx.Client, query: str, format_: Format) -> None:
    response = ask(client, query, accept=format_.media_type)
    assert response.status_code == 200
    assert response.headers["content-type"] == format_.content_type
    assert "Accept" in response.headers["vary"]
    assert response.content


@pytest.mark.parametrize("format_", GRAPHS, ids=lambda f: f.name)
@pytest.mark.parametrize("query", [CONSTRUCT, "DESCRIBE party:PER"])
def test_construct_and_describe_are_written_in_every_format(client: httpx.Client, query: str, format_: Format) -> None:
    response = ask(client, query, accept=format_.media_type)
    assert response.headers["content-type"] == format_.content_type
    assert list(ox.parse(response.content, format=ox.RdfFormat.from_media_type(format_.media_type)))


def test_csv_and_tsv_are_as_the_specification_says(client: httpx.Client) -> None:
    assert ask(client, SELECT, accept="text/csv").text == "code\r\nPER\r\n"
    assert ask(client, SELECT, accept="text/tab-separated-values").text == '?code\n"PER"\n'


def test_a_typing_error_is_400_with_line_and_column(client: httpx.Client) -> None:
    response = ask(client, "SELECT * {\n ?s ?p ?o .\n FILTR(?o) }")
    assert response.status_code == 400
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert (problem["line"], problem["column"]) == (3, 10)
    assert problem["title"] == "Malformed query"


def test_where_the_parser_expects_no_word_the_place_is_told(client: httpx.Client) -> None:
    assert ask(client, "SELEC").json()["detail"] == "Line 1, column 6: what stands here is not understood."


def test_the_title_of_an_error_is_in_the_clients_language(client: httpx.Client) -> None:
    assert ask(client, "SELEC", **{"accept-language": "es"}).json()["title"] == "Consulta mal formada"
    assert ask(client, "SELEC", **{"accept-language": "ko"}).json()["title"] == "질의 구문 오류"


def test_an_unacceptable_format_is_406_with_what_there_is(client: httpx.Client) -> None:
    response = ask(client, SELECT, accept="image/png")
    assert response.status_code == 406
    assert response.json()["available"] == [format_.media_type for format_ in SOLUTIONS]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", 400),
        ("LOAD <http://127.0.0.1:1/>", 403),
        ("INSERT DATA { <a:b> <a:b> <a:b> }", 403),
        ("   ", 400),
    ],
)
def test_what_the_endpoint_never_does_is_refused(client: httpx.Client, query: str, status: int) -> None:
    assert ask(client, query).status_code == status


def test_from_never_reads_a_file(client: httpx.Client) -> None:
    response = ask(client, f"SELECT * FROM <file://{__file__}> {{ ?s ?p ?o }}")
    assert response.json()["results"]["bindings"] == []


def test_the_named_graph_of_a_file_can_be_asked_alone(client: httpx.Client) -> None:
    graph = "https://w3id.org/bilateral/graph/relations/KOR-PER"
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    whole, part = (
        int(client.get("/sparql", params=params, headers={"accept": "text/csv"}).text.split()[1])
        for params in ({"query": count}, {"query": count, "default-graph-uri": graph})
    )
    assert 0 < part < whole


@pytest.mark.parametrize("media_type", ["text/turtle", "application/rdf+xml", "application/ld+json"])
def test_without_query_machines_get_the_service_description(client: httpx.Client, media_type: str) -> None:
    response = client.get("/sparql", headers={"accept": media_type})
    triples = list(ox.parse(response.content, format=ox.RdfFormat.from_media_type(media_type)))
    predicates = {quad.predicate.value.rpartition("#")[2] for quad in triples}
    assert {"endpoint", "resultFormat", "namedGraph", "classPartition", "propertyPartition", "triples"} <= predicates
    assert "BasicFederatedQuery" in response.text


def test_without_query_browsers_get_a_page_with_the_questions(client: httpx.Client) -> None:
    response = client.get("/sparql", headers={"accept": BROWSER, "accept-language": "es"})
    assert response.headers["content-type"].startswith("text/html")
    assert "<textarea" in response.text
    assert "¿" in response.text


def test_any_page_of_the_web_may_ask_without_credentials(client: httpx.Client) -> None:
    response = ask(client, SELECT, origin="https://example.com")
    assert response.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in response.headers


@pytest.mark.parametrize("path", ["/sparql?query=SELEC", "/nothing", "/id/party/XXX", "/download/nothing.ttl"])
def test_every_route_has_the_same_error_body(client: httpx.Client, path: str) -> None:
    response = client.get(path)
    assert response.headers["content-type"] == "application/problem+json"
    assert {"type", "title", "status", "detail"} <= set(response.json())
    assert response.json()["status"] == response.status_code


def test_a_method_that_is_not_allowed_is_405_with_those_that_are(client: httpx.Client) -> None:
    response = client.delete("/id/party/PER")
    assert response.status_code == 405
    assert "GET" in response.headers["allow"]
