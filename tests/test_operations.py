"""What operators rely on: health, metrics, the journal, the address behind a proxy, and an orderly end."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.test_pool import RUNAWAY

PLAIN = "ASK { party:PER ?p ?o }"
SLOW = "SELECT (COUNT(*) AS ?n) { SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 5000000 }"


@contextmanager
def running(store: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], httpx.Client]]:
    command = [sys.executable, "-m", "bilateral", "serve", "--port", "0", "--store", str(store), *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline().split()[-1]
        try:
            with httpx.Client(base_url=address, timeout=30) as client:
                yield process, client
        finally:
            process.kill()


def ended(process: subprocess.Popen[str]) -> list[dict[str, object]]:
    """End the server in an orderly way, and give what it told."""
    process.send_signal(signal.SIGTERM)
    _, told = process.communicate(timeout=30)
    return [json.loads(line) for line in told.splitlines()]


def wait_for_running(client: httpx.Client, count: int) -> None:
    """Wait until so many queries run."""
    while f"bilateral_queries_running {count:.1f}" not in client.get("/metrics").text:
        time.sleep(0.05)


@pytest.mark.parametrize(("path", "status"), [("/healthz", "alive"), ("/readyz", "ready")])
def test_a_server_says_that_it_is_well(client: httpx.Client, path: str, status: str) -> None:
    assert client.get(path).json() == {"status": status}
    assert client.head(path).status_code == 200


def test_a_server_whose_workers_are_all_taken_is_alive_but_not_ready(store: Path) -> None:
    with running(store, "--workers", "1", "--queue", "0") as (_, client), ThreadPoolExecutor(1) as other:
        other.submit(client.post, "/sparql", data={"query": RUNAWAY, "timeout": "3"})
        wait_for_running(client, 1)
        assert client.get("/healthz").status_code == 200
        assert client.get("/readyz").status_code == 503


def test_metrics_count_requests_by_their_fate(store: Path) -> None:
    with running(store) as (_, client):
        for query in (PLAIN, PLAIN, "SELEC"):
            client.get("/sparql", params={"query": query})
        families = {family.name: family for family in text_string_to_metric_families(client.get("/metrics").text)}
    counted = {s.labels["fate"]: s.value for s in families["bilateral_requests"].samples if s.name.endswith("_total")}
    assert counted == {"answered": 1, "cached": 1, "QueryError": 1}
    assert families["bilateral_cache_bytes"].samples[0].value > 0
    assert {"bilateral_queries_running", "bilateral_workers_replaced", "process_resident_memory_bytes"} <= set(families)


def test_the_journal_tells_the_fate_of_each_request(store: Path) -> None:
    with running(store) as (process, client):
        given = client.get("/sparql", params={"query": PLAIN}, headers={"x-request-id": "from-a-proxy"})
        killed = client.get("/sparql", params={"query": RUNAWAY, "timeout": "0.2"})
        client.get("/nothing%22%0A")
        lines = {line["request_id"]: line for line in ended(process)}
    assert given.headers["x-request-id"] == "from-a-proxy"
    assert lines["from-a-proxy"]["fate"] == "answered"
    assert "query" not in lines["from-a-proxy"]
    told = lines[killed.headers["x-request-id"]]
    assert (told["fate"], told["status"], told["query"]) == ("QueryTimeout", 504, RUNAWAY)
    assert {line["path"] for line in lines.values()} == {"/sparql", '/nothing"\n'}


def test_an_id_of_another_kind_is_not_taken(client: httpx.Client) -> None:
    response = client.get("/healthz", headers={"x-request-id": "<script>"})
    assert "<" not in response.headers["x-request-id"]


def test_behind_a_proxy_descriptions_say_the_public_address(store: Path) -> None:
    with running(store, "--public-url", "https://example.org/") as (_, client):
        text = client.get("/sparql", headers={"accept": "text/turtle"}).text
    assert "<https://example.org/sparql>" in text
    assert "127.0.0.1" not in text


def test_queries_that_run_may_finish_when_the_server_stops(store: Path) -> None:
    with running(store, "--query-timeout", "20") as (process, client), ThreadPoolExecutor(2) as others:
        slow = others.submit(client.post, "/sparql", data={"query": SLOW})
        endless = others.submit(client.post, "/sparql", data={"query": RUNAWAY, "timeout": "3"})
        wait_for_running(client, 2)
        lines = ended(process)
    assert (slow.result().status_code, endless.result().status_code) == (200, 504)
    assert {line["fate"] for line in lines if line["path"] == "/sparql"} == {"answered", "QueryTimeout"}
    assert process.returncode == -signal.SIGTERM
