"""Content codings: an answer is compressed as the client likes it."""

import gzip
from collections.abc import Callable

import httpx
import pytest
from backports import zstd

from bilateral.serve.codings import BY_NAME, negotiate

QUERY = "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 500"
DECODE: dict[str, Callable[[bytes], bytes]] = {"identity": bytes, "gzip": gzip.decompress, "zstd": zstd.decompress}


@pytest.mark.parametrize(
    ("accept_encoding", "coding"),
    [
        (None, "identity"),
        ("", "identity"),
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip, zstd;q=0", "gzip"),
        ("zstd;q=0.5, gzip;q=0.8", "gzip"),
        ("*", "zstd"),
        ("*;q=0", "identity"),
        ("identity, *;q=0", "identity"),
        ("identity;q=0", "identity"),
        ("identity;q=0, gzip;q=0.1", "gzip"),
        ("br", "identity"),
        ("gzip;q=nonsense, ;;, zstd ; q = 0", "identity"),
    ],
)
def test_the_client_chooses(accept_encoding: str | None, coding: str) -> None:
    assert negotiate(accept_encoding).name == coding


def fetch(client: httpx.Client, path: str, coding: str) -> tuple[httpx.Headers, bytes]:
    headers = {"accept-encoding": coding, "accept": "*/*"}
    with client.stream(
        "GET", path, params={"query": QUERY} if path == "/sparql" else None, headers=headers
    ) as response:
        return response.headers, b"".join(response.iter_raw())


@pytest.mark.parametrize("path", ["/sparql", "/id/relation/KOR-PER.ttl", "/id/relation/KOR-PER.html", "/ontology"])
def test_every_coding_carries_the_same_content_under_a_tag_of_its_own(client: httpx.Client, path: str) -> None:
    contents, tags = set(), set()
    for coding in BY_NAME:
        headers, raw = fetch(client, path, coding)
        assert headers.get("content-encoding", "identity") == coding
        assert "Accept-Encoding" in headers["vary"]
        contents.add(DECODE[coding](raw))
        tags.add(headers["etag"])
    assert (len(contents), len(tags)) == (1, len(BY_NAME))


def test_a_compressed_result_is_not_sent_again_to_who_has_it(client: httpx.Client) -> None:
    headers = {"accept-encoding": "gzip"}
    first = client.get("/sparql", params={"query": QUERY}, headers=headers)
    again = client.get("/sparql", params={"query": QUERY}, headers=headers | {"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_short_document_is_not_compressed(client: httpx.Client) -> None:
    assert "content-encoding" not in fetch(client, "/id/party/XXX.ttl", "gzip")[0]
