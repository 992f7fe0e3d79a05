"""After hundreds of hostile requests the server stands as before: nothing lost, nothing leaked, nothing reached."""

import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from prometheus_client.parser import text_string_to_metric_families

from tests.conftest import serving
from tests.hostile import messages, queries
from tests.hostile.request import Request, http, post, send

LIMITS = ("--query-timeout", "1", "--client-timeout", "2", "--memory", "256", "--rows", "20000", "--workers", "4")
PLAIN = "ASK { party:PER bilat:partyCode 'PER' }"
WORKERS = 4 + 2  # and two spares
MEBIBYTE = 1 << 20


@dataclass(frozen=True)
class State:
    """What must be the same afterwards."""

    workers: int
    memory: float


class Listener:
    """A server on loopback that must hear nothing."""

    def __init__(self) -> None:
        self.heard = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.place = f"127.0.0.1:{self._socket.getsockname()[1]}"
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.heard += 1
            connection.close()

    def close(self) -> None:
        self._socket.close()


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    listener = Listener()
    yield listener
    listener.close()


@pytest.fixture(scope="module")
def address(store: Path) -> Iterator[str]:
    with serving("--store", store, *LIMITS) as address:
        yield address


def state(address: str) -> State:
    """Look at the server and its workers, once they have come to rest."""
    deadline = time.monotonic() + 10
    while len(found := workers(pid_of(address))) != WORKERS and time.monotonic() < deadline:
        time.sleep(0.1)
    return State(len(found), sum(map(resident, (*found, pid_of(address)))))


def pid_of(address: str) -> int:
    """Find the process that listens there."""
    port = int(address.rpartition(":")[2])
    inode = next(
        line.split()[9]
        for line in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]
        if int(line.split()[1].rpartition(":")[2], 16) == port and line.split()[3] == "0A"
    )
    for descriptor in Path("/proc").glob("[0-9]*/fd/*"):
        try:
            if str(descriptor.readlink()) == f"socket:[{inode}]":
                return int(descriptor.parts[2])
        except OSError:
            continue
    raise AssertionError(f"Nobody listens at {address}.")


def workers(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return [int(child) for child in children]


def resident(pid: int) -> int:
    return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * 4096


@contextmanager
def unharmed(address: str, listener: Listener) -> Iterator[None]:
    """Check that the server is afterwards what it was before."""
    warm = [post(f"warm {number}", f"SELECT * {{ ?s ?p ?o }} LIMIT 20000 # {number}") for number in range(20)]
    send_all(address, warm)
    before = state(address)
    yield
    began = time.monotonic()
    answer = httpx.post(f"{address}/sparql", data={"query": f"{PLAIN} # {began}"}, timeout=10)
    assert answer.json()["boolean"] is True
    assert time.monotonic() - began < 1
    after = state(address)
    assert after.workers == before.workers == WORKERS
    assert after.memory - before.memory < 64 * MEBIBYTE
    assert listener.heard == 0
    assert faults(address) == 0


def faults(address: str) -> float:
    """Count the requests that met a fault of the program."""
    families = text_string_to_metric_families(httpx.get(f"{address}/metrics").text)
    return sum(
        sample.value
        for family in families
        if family.name == "bilateral_requests"
        for sample in family.samples
        if sample.name.endswith("_total") and sample.labels["status"] == "500"
    )


def send_all(address: str, requests: list[Request]) -> dict[str, int | None]:
    with ThreadPoolExecutor(6) as clients:
        statuses = clients.map(lambda request: send(address, request), requests)
        return dict(zip((request.name for request in requests), statuses, strict=True))


def corpus(place: str) -> dict[str, list[Request]]:
    return {
        "nested": [*queries.nested()],
        "chained": [*queries.chained()],
        "endless": [*queries.endless()],
        "huge": [*queries.huge()],
        "services": [*queries.services(place)],
        "updates": [*queries.updates(place)],
        "datasets": [*queries.datasets(place)],
        "messages": [*messages.messages()],
    }


def test_the_corpus_is_large_enough_and_each_name_tells_one_request() -> None:
    names = [request.name for requests in corpus("127.0.0.1:1").values() for request in requests]
    assert len(names) >= 400
    assert len(names) == len(set(names))


@pytest.mark.parametrize("family", corpus(""))
def test_hostile_requests_change_nothing(address: str, listener: Listener, family: str) -> None:
    with unharmed(address, listener):
        statuses = send_all(address, corpus(listener.place)[family])
    bad = {name: status for name, status in statuses.items() if (status or 0) >= 500 and status not in (503, 504)}
    assert bad == {}
    if family in {"services", "updates"}:
        assert set(statuses.values()) <= {400, 403}


def test_all_of_it_at_once_changes_nothing_either(address: str, listener: Listener) -> None:
    everything = [request for requests in corpus(listener.place).values() for request in requests]
    shuffled = sorted(everything, key=lambda request: hash(request.raw))
    with unharmed(address, listener), ThreadPoolExecutor(40) as clients:
        statuses = set(clients.map(lambda request: send(address, request), shuffled))
    assert 500 not in statuses


TOKENS = [
    *"{}()[].;,/|^*+?!=<>-&#@'\"\\$: \n\0",
    *(
        "SELECT",
        "ASK",
        "CONSTRUCT",
        "DESCRIBE",
        "WHERE",
        "FILTER",
        "OPTIONAL",
        "UNION",
        "MINUS",
        "EXISTS",
        "NOT",
        "GRAPH",
    ),
    *("SERVICE", "SILENT", "FROM", "NAMED", "BASE", "PREFIX", "VALUES", "BIND", "AS", "GROUP BY", "HAVING", "ORDER BY"),
    *(
        "LIMIT 9",
        "OFFSET 1",
        "LOAD",
        "INSERT",
        "a",
        "true",
        "UNDEF",
        "COUNT(*)",
        "IN",
        "DISTINCT",
        "REDUCED",
        "<<(",
        ")>>",
    ),
    *(
        "?s",
        "?p",
        "?o",
        "$x",
        "_:b",
        "<x:a>",
        "party:PER",
        "bilat:partyCode",
        "rdf:type",
        "1",
        "1.5e3",
        "'a'@en",
        "'''",
    ),
]


@pytest.mark.long
def test_whatever_is_made_of_the_words_of_sparql_does_no_harm(address: str, listener: Listener) -> None:
    @settings(max_examples=3000, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.sampled_from(TOKENS) | st.text(max_size=3), max_size=60), st.sampled_from(["", " "]))
    def ask(tokens: list[str], between: str) -> None:
        status = send(address, post("made", between.join(tokens).encode("utf-8", "surrogatepass")))
        assert status in {200, 400, 403, 413, 503, 504}

    with unharmed(address, listener):
        ask()


@pytest.mark.long
def test_whatever_bytes_come_do_no_harm(address: str, listener: Listener) -> None:
    pieces = [request.raw for request in messages.messages() if len(request.raw) < 2000]

    @settings(max_examples=3000, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(pieces), st.integers(0, 2000), st.binary(max_size=20), st.integers(0, 40))
    def mutate(raw: bytes, start: int, inserted: bytes, removed: int) -> None:
        mutated = raw[:start] + inserted + raw[start + removed :]
        status = send(address, Request("mutated", mutated + b"\r\n\r\n"))
        assert status is None or status < 500 or status in {503, 504, 505}

    with unharmed(address, listener):
        mutate()


def test_a_traversal_gives_nothing_of_the_disk(address: str) -> None:
    for place in messages.PLACES:
        for step in messages.STEPS:
            assert send(address, http("traversal", place + step)) != 200, (place, step)
