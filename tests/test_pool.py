"""Isolation: a query costs itself alone, whatever it does."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.conftest import serving

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
HUNGRY = "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?a ?b ?c ?d { ?a ?b ?c . ?d ?e ?f } }"
PLAIN = "ASK { party:PER ?p ?o }"


@pytest.fixture(scope="module")
def strict(store: Path) -> Iterator[httpx.Client]:
    """A server with little of everything."""
    limits = ("--workers", "2", "--queue", "1", "--query-timeout", "1", "--memory", "64", "--nesting", "16")
    sizes = ("--request-size", "8", "--result-size", "1", "--operators", "50")
    with serving("--store", store, *limits, *sizes) as address, httpx.Client(base_url=address, timeout=30) as client:
        yield client


def ask(client: httpx.Client, query: str, **headers: str) -> httpx.Response:
    return client.post("/sparql", data={"query": query}, headers=headers)


def test_a_runaway_query_is_stopped_at_its_deadline(strict: httpx.Client) -> None:
    began = time.monotonic()
    response = ask(strict, RUNAWAY)
    assert time.monotonic() - began < 3
    assert (response.status_code, response.json()["limit"]) == (504, "query_timeout")


def test_a_query_that_needs_too_much_memory_costs_its_worker_alone(store: Path) -> None:
    with serving("--store", store, "--memory", "64", "--query-timeout", "20") as address:
        response = httpx.post(f"{address}/sparql", data={"query": HUNGRY}, timeout=30)
        assert (response.status_code, response.json()["limit"]) == (503, "memory")
        began = time.monotonic()
        assert httpx.post(f"{address}/sparql", data={"query": PLAIN}).json()["boolean"] is True
        assert time.monotonic() - began < 0.1


def test_runaway_queries_do_not_block_others(strict: httpx.Client) -> None:
    with ThreadPoolExecutor(1) as background:
        running = background.submit(ask, strict, RUNAWAY)
        began = time.monotonic()
        while not running.done():
            assert ask(strict, PLAIN).status_code == 200
        assert time.monotonic() - began > 0.5
        assert running.result().status_code == 504


def test_more_queries_than_may_wait_are_told_to_come_again(strict: httpx.Client) -> None:
    with ThreadPoolExecutor(6) as clients:
        responses = list(clients.map(lambda _: ask(strict, RUNAWAY), range(6)))
    refused = [response for response in responses if response.status_code == 503]
    assert len(refused) == 3
    assert {response.json()["limit"] for response in refused} == {"queue"}
    assert {response.headers["retry-after"] for response in refused} == {"1"}


@pytest.mark.parametrize(
    ("query", "status", "limit"),
    [
        ("ASK " + "{" * 20 + "}" * 20, 400, "nesting"),
        ("ASK { FILTER(" + "!" * 60 + "true) }", 400, "operators"),
        ("ASK { " + "?s ?p ?o . " * 1000 + "}", 413, "request_bytes"),
        ("SELECT * { ?a ?b ?c . ?d ?e ?f }", 200, None),
    ],
)
def test_each_limit_has_its_own_answer(strict: httpx.Client, query: str, status: int, limit: str | None) -> None:
    if limit is None:  # the status has been sent when the limit is met
        with pytest.raises(httpx.RemoteProtocolError):
            ask(strict, query)
        return
    response = ask(strict, query)
    assert (response.status_code, response.json()["limit"]) == (status, limit)
    assert response.json()["value"] > 0


def test_a_client_that_hangs_up_stops_its_query(store: Path) -> None:
    with serving("--store", store, "--workers", "1", "--queue", "0", "--query-timeout", "30") as address:
        with pytest.raises(httpx.ReadTimeout):
            httpx.post(f"{address}/sparql", data={"query": RUNAWAY}, timeout=0.5)
        time.sleep(0.5)
        assert httpx.post(f"{address}/sparql", data={"query": PLAIN}).status_code == 200


def test_a_worker_can_open_no_connection_even_if_the_guard_failed(store: Path) -> None:

    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.5)
        port = listener.getsockname()[1]
        query = f"SELECT * {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}"
        line = {"text": query, "format": "json", "union": True, "default_graph_uris": [], "named_graph_uris": []}
        command = [sys.executable, "-m", "bilateral.serve.worker", str(store / "current" / "oxigraph"), str(1 << 28)]
        result = subprocess.run(command, input=json.dumps(line).encode() + b"\n", capture_output=True, check=False)
        assert b"not permitted" in result.stdout + result.stderr
        with pytest.raises(TimeoutError):
            listener.accept()


def test_nothing_is_left_running_when_the_server_stops(store: Path) -> None:
    others = workers()
    with serving("--store", store) as address:
        assert httpx.post(f"{address}/sparql", data={"query": PLAIN}).status_code == 200
        children = workers() - others
        assert children
    time.sleep(0.3)
    assert not workers() & children


def workers() -> set[str]:
    """Give the ids of the worker processes that run."""
    found = set()
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if b"bilateral.serve.worker" in path.read_bytes():
                found.add(path.parent.name)
        except (FileNotFoundError, ProcessLookupError):
            continue
    return found
