"""Isolation: a query costs itself alone, whatever it does."""

import asyncio
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import psutil
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bilateral.formats import JSON
from bilateral.serve.channel import Channel
from bilateral.serve.engine import Evaluation
from bilateral.serve.limits import MEBIBYTE
from bilateral.serve.worker import LENGTH, Task
from tests.conftest import serving

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
HUNGRY = "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?a ?b ?c ?d { ?a ?b ?c . ?d ?e ?f } }"
PLAIN = "ASK { party:PER ?p ?o }"


@pytest.fixture(scope="module")
def strict(store: Path) -> Iterator[httpx.Client]:
    """A server with little of everything."""
    limits = ("--workers", "2", "--queue", "1", "--query-timeout", "1", "--memory", "64", "--nesting", "16")
    sizes = ("--request-size", "8", "--result-size", "1", "--operators", "50", "--rows", "500")
    with serving("--store", store, *limits, *sizes) as address, httpx.Client(base_url=address, timeout=30) as client:
        yield client


def ask(client: httpx.Client, query: str, **parameters: str) -> httpx.Response:
    return client.post("/sparql", data={"query": query, **parameters}, headers={"accept-encoding": "identity"})


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
        ("SELECT (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?s ?p ?o", 413, "rows"),
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


def test_a_request_may_ask_for_less_time_but_not_for_more(strict: httpx.Client) -> None:
    for asked, given in (("0.3", 0.3), ("100", 1.0)):
        began = time.monotonic()
        response = ask(strict, RUNAWAY, timeout=asked)
        assert (response.status_code, response.json()["value"]) == (504, given)
        assert time.monotonic() - began < given + 1


@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "inf", "soon", ""])
def test_what_is_no_time_is_refused(strict: httpx.Client, seconds: str) -> None:
    assert ask(strict, PLAIN, timeout=seconds).status_code == 400


def test_a_worker_is_replaced_within_a_tenth_of_a_second(store: Path) -> None:
    with serving("--store", store, "--workers", "1") as address, httpx.Client(base_url=address, timeout=30) as client:
        for _ in range(3):
            assert ask(client, RUNAWAY, timeout="0.3").status_code == 504
            began = time.monotonic()
            assert ask(client, f"{PLAIN} # {began}").status_code == 200
            assert time.monotonic() - began < 0.1
            time.sleep(1)


def test_a_result_of_a_million_rows_passes_through_in_little_memory(store: Path) -> None:
    parameters = {"query": "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 1000000", "format": "csv"}
    with serving("--store", store, "--query-timeout", "60") as address, httpx.Client(base_url=address) as client:
        rows, memory = 0, [resident(client)]
        with httpx.stream("GET", f"{address}/sparql", params=parameters, timeout=60) as response:
            for number, piece in enumerate(response.iter_bytes()):
                rows += piece.count(b"\n")
                if number % 20 == 0:
                    memory.append(resident(client))
    assert rows >= 1_000_001
    assert len(memory) > 10
    assert max(memory) - memory[0] < 100 * MEBIBYTE


def resident(client: httpx.Client) -> float:
    """Give the memory in bytes that the server takes, its workers aside."""
    families = text_string_to_metric_families(client.get("/metrics").text)
    return next(family.samples[0].value for family in families if family.name == "process_resident_memory_bytes")


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
        task = Task(str(store / "current" / "oxigraph"), memory=1 << 28, result_bytes=1000, rows=10)
        request = Evaluation(query, JSON).as_json
        command = [sys.executable, "-m", "bilateral.serve.worker", task.to_json()]
        result = subprocess.run(command, input=LENGTH.pack(len(request)) + request, capture_output=True, check=False)
        assert b"not permitted" in result.stdout + result.stderr
        with pytest.raises(TimeoutError):
            listener.accept()


def test_nothing_is_left_running_when_the_server_stops(store: Path) -> None:
    others = workers()
    with serving("--store", store) as address:
        assert httpx.post(f"{address}/sparql", data={"query": PLAIN}).status_code == 200
        started = workers() - others
        assert started
    assert not psutil.wait_procs(started, timeout=3)[1]


def test_a_start_that_is_cancelled_at_any_moment_leaves_no_process(
    store: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    task = Task(str(store / "current" / "oxigraph"), memory=1 << 28, result_bytes=1000, rows=10)

    others = workers()

    async def cancel_each_in_turn() -> None:
        for steps in range(20):
            start = asyncio.create_task(Channel.start(task))
            for _ in range(steps):
                await asyncio.sleep(0)
            start.cancel()
            with pytest.raises(asyncio.CancelledError):
                await start
        await asyncio.to_thread(psutil.wait_procs, workers() - others, timeout=3)

    asyncio.run(cancel_each_in_turn())
    assert not workers() - others
    assert not capfd.readouterr().err


def workers() -> set[psutil.Process]:
    """Give the worker processes of the servers that this process has started."""
    return {process for process in psutil.Process().children(recursive=True) if is_worker(process)}


def is_worker(process: psutil.Process) -> bool:
    try:
        return "bilateral.serve.worker" in process.cmdline()
    except psutil.NoSuchProcess:  # or a zombie: it has ended
        return False
