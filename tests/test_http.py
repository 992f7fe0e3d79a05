"""HTTP, as every route speaks it: methods, formats, versions, and one shape for errors."""

import httpx
import pytest

ROUTES = {
    "/": "GET, HEAD",
    "/sparql": "GET, HEAD, POST, QUERY",
    "/id/relation/KOR-PER": "GET, HEAD",
    "/id/party/PER.ttl": "GET, HEAD",
    "/ontology": "GET, HEAD",
    "/shapes.ttl": "GET, HEAD",
    "/context.jsonld": "GET, HEAD",
    "/download/": "GET, HEAD",
    "/healthz": "GET, HEAD",
    "/metrics": "GET, HEAD",
    "/static/style.css": "GET, HEAD",
}
VERSIONED = ["/", "/sparql", "/id/party/PER.ttl", "/id/party/PER.html", "/ontology", "/shapes.ttl", "/context.jsonld"]


def methods(response: httpx.Response) -> set[str]:
    return set(response.headers["allow"].split(", "))


@pytest.mark.parametrize(("path", "allowed"), ROUTES.items())
def test_options_tells_what_an_address_can_do(client: httpx.Client, path: str, allowed: str) -> None:
    response = client.options(path)
    assert (response.status_code, response.content) == (204, b"")
    assert methods(response) == {*allowed.split(", "), "OPTIONS"}


@pytest.mark.parametrize(("path", "allowed"), ROUTES.items())
@pytest.mark.parametrize("method", ["DELETE", "PATCH", "PUT", "TRACE", "PROPFIND"])
def test_another_method_is_405_with_those_that_are_allowed(
    client: httpx.Client, path: str, allowed: str, method: str
) -> None:
    response = client.request(method, path)
    assert response.status_code == 405
    assert methods(response) == {*allowed.split(", "), "OPTIONS"}
    assert set(response.json()["allow"]) >= set(allowed.split(", "))


@pytest.mark.parametrize("path", ROUTES)
def test_head_is_get_without_the_body(client: httpx.Client, path: str) -> None:
    head, get = (client.request(method, path, follow_redirects=True) for method in ("HEAD", "GET"))
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"] == get.headers["content-type"]
    assert head.headers.get("etag") == get.headers.get("etag")


@pytest.mark.parametrize("path", VERSIONED)
def test_a_document_is_not_sent_again_to_who_has_it(client: httpx.Client, path: str) -> None:
    tag = client.get(path).headers["etag"]
    for known in (tag, f'"other", {tag}', f"W/{tag}", "*"):
        response = client.get(path, headers={"if-none-match": known})
        assert (response.status_code, response.content) == (304, b"")
    assert client.get(path, headers={"if-none-match": '"other"'}).status_code == 200


@pytest.mark.parametrize("path", ["/sparql?query=ASK{}", "/sparql", "/id/party/PER", "/ontology"])
def test_what_nobody_can_write_is_406_with_what_there_is(client: httpx.Client, path: str) -> None:
    for accept in ("image/png", "text/turtle;q=0, image/*", "*/*;q=0"):
        response = client.get(path, headers={"accept": accept})
        assert response.status_code == 406
        assert response.json()["available"]


@pytest.mark.parametrize("path", ["/sparql", "/id/party/PER", "/ontology"])
@pytest.mark.parametrize("name", ["turtle", "ttl", "text/turtle"])
def test_a_format_that_is_named_beats_the_header(client: httpx.Client, path: str, name: str) -> None:
    response = client.get(
        path, params={"format": name}, headers={"accept": "application/ld+json"}, follow_redirects=True
    )
    assert response.headers["content-type"] == "text/turtle; charset=utf-8"


def test_a_format_that_is_not_there_is_406(client: httpx.Client) -> None:
    for path in ("/sparql", "/sparql?query=ASK{}", "/id/party/PER"):
        assert client.get(path, params={"query": "ASK{}", "format": "png"}).status_code == 406


def test_a_body_of_another_type_is_415(client: httpx.Client) -> None:
    for content_type in ("text/plain", "application/json", "multipart/form-data; boundary=x", "nonsense"):
        response = client.post("/sparql", content=b"ASK {}", headers={"content-type": content_type})
        assert (response.status_code, response.json()["title"]) == (415, "Unsupported media type")
    charset = {"content-type": "application/sparql-query; charset=latin-1"}
    assert client.post("/sparql", content=b"ASK {}", headers=charset).status_code == 415


def test_a_body_that_is_too_large_is_413_before_it_is_sent(client: httpx.Client) -> None:
    response = client.post("/sparql", data={"query": "x" * 300_000})
    assert (response.status_code, response.json()["limit"]) == (413, "request_bytes")


def test_a_script_of_another_page_may_ask_first(client: httpx.Client) -> None:
    headers = {
        "origin": "https://example.com",
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type",
    }
    response = client.options("/sparql", headers=headers)
    assert response.status_code == 200
    assert response.headers["access-control-allow-origin"] == "*"
    assert "POST" in response.headers["access-control-allow-methods"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/sparql?query=SELEC", 400),
        ("POST", "/sparql?update=CLEAR+ALL", 403),
        ("GET", "/nothing", 404),
        ("GET", "/id/party/%00", 404),
        ("GET", "/static/../app.py", 404),
        ("PUT", "/sparql", 405),
        ("GET", "/id/party/PER?format=png", 406),
    ],
)
def test_every_error_has_one_shape(client: httpx.Client, method: str, path: str, status: int) -> None:
    response = client.request(method, path)
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json()
    assert (response.status_code, body["status"], body["type"]) == (status, status, "about:blank")
    assert body["title"]
    assert body["detail"]
