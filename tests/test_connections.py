"""What a client may cost that never asks a query: time to send, time to read, size of a head, number of connections."""

import json
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from tests.conftest import serving

HEAD = b"GET /healthz HTTP/1.1\r\nHost: x\r\n"
LARGE = "SELECT * { ?a ?b ?c . ?d ?e ?f }"


@pytest.fixture(scope="module")
def strict(store: Path) -> Iterator[str]:
    """A server with little patience and little room."""
    limits = ("--client-timeout", "1", "--head-size", "4", "--connections", "20", "--request-size", "8")
    with serving("--store", store, *limits) as address:
        yield address


def connect(address: str) -> socket.socket:
    place = urlsplit(address)
    return socket.create_connection((place.hostname, place.port), timeout=10)


def send(connection: socket.socket, pieces: list[bytes], *, pause: float = 0) -> None:
    for piece in pieces:
        connection.sendall(piece)
        time.sleep(pause)


def read(connection: socket.socket) -> bytes:
    """Read until the server closes."""
    data = b""
    try:
        while piece := connection.recv(65536):
            data += piece
    except ConnectionResetError:
        pass
    return data


def problem(answer: bytes) -> dict[str, object]:
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"content-type: application/problem+json" in head
    content = json.loads(body)
    assert head.startswith(b"HTTP/1.1 %d " % content["status"])
    return dict(content)


@pytest.mark.parametrize(
    "sent", [b"", b"GET / HT", HEAD, b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nq"]
)
def test_a_request_that_does_not_arrive_is_waited_for_no_longer_than_may_be(strict: str, sent: bytes) -> None:
    with connect(strict) as connection:
        connection.sendall(sent)
        began = time.monotonic()
        answer = problem(read(connection))
        assert (answer["status"], answer["limit"]) == (408, "client_timeout")
        assert 0.5 < time.monotonic() - began < 3


def test_a_request_that_arrives_byte_by_byte_is_not_waited_for_either(strict: str) -> None:
    with connect(strict) as connection, pytest.raises(ConnectionError):
        send(connection, [b"G"] * 100, pause=0.05)


@pytest.mark.parametrize(
    "sent",
    [
        b"GET /" + b"a" * 5000 + b" HTTP/1.1\r\n",
        HEAD + b"X: " + b"a" * 5000,
        HEAD + b"X: " + b"a" * 5000 + b"\r\n\r\n",
        HEAD + b"X: y\r\n" * 1000 + b"\r\n",
    ],
)
def test_a_large_head_is_refused(strict: str, sent: bytes) -> None:
    with connect(strict) as connection:
        connection.sendall(sent)
        answer = problem(read(connection))
    assert (answer["status"], answer["limit"], answer["value"]) == (431, "head_bytes", 4096)


def test_a_body_without_end_is_not_read(strict: str) -> None:
    head = b"POST /healthz HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    with connect(strict) as connection, pytest.raises(ConnectionError):
        send(connection, [head, *[b"1000\r\n" + b"x" * 4096 + b"\r\n"] * 10_000])


def test_what_is_not_http_is_answered_as_such(strict: str) -> None:
    with connect(strict) as connection:
        connection.sendall(b"\x16\x03\x01\x02\x00 hello\r\n\r\n")
        assert problem(read(connection))["status"] == 400


def test_more_clients_than_may_be_are_told_to_come_later(strict: str) -> None:
    with ExitStack() as stack:
        for _ in range(20):
            stack.enter_context(connect(strict))
        time.sleep(0.2)
        answer = problem(read(stack.enter_context(connect(strict))))
        assert (answer["status"], answer["limit"], answer["value"]) == (503, "connections", 20)
    time.sleep(0.2)
    assert httpx.get(f"{strict}/healthz").status_code == 200


def test_a_client_that_does_not_read_is_left(strict: str) -> None:
    target = httpx.URL("/sparql", params={"query": LARGE}).raw_path
    with connect(strict) as connection:
        connection.sendall(b"GET %s HTTP/1.1\r\nHost: x\r\n\r\n" % target)
        time.sleep(3)
        answer = read(connection)
    assert answer.startswith(b"HTTP/1.1 200")
    assert not answer.endswith(b"0\r\n\r\n")


def test_a_client_that_reads_slowly_is_served_as_long_as_it_reads(strict: str) -> None:
    limited = httpx.URL("/sparql", params={"query": f"{LARGE} LIMIT 30000"}).raw_path
    with connect(strict) as connection:
        connection.sendall(b"GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n" % limited)
        size = 0
        while piece := connection.recv(1 << 20):
            size += len(piece)
            time.sleep(0.1)
    assert size > 10_000_000
    assert piece == b""
