"""Fixtures strategy: the smallest thing that has what a test needs.

``tiny`` is a store in memory with a few triples in two graphs, for protocol and engine. ``store``
is the curated data, built once by the real command; ``server`` is the real command serving it on
loopback, and ``client`` speaks HTTP to it. ``core``, ``core_server`` and ``core_client`` are the same of
all pairs.
Special cases are built inside their tests.
"""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

from bilateral.project import Project

ROOT = Path(__file__).parent.parent
TINY = """
<http://example.com/a> <http://example.com/name> "a"@en .
GRAPH <http://example.com/g1> { <http://example.com/a> <http://example.com/knows> <http://example.com/b> }
GRAPH <http://example.com/g2> { <http://example.com/b> <http://example.com/knows> <http://example.com/c> }
"""


SLOW_FILES = {
    *("test_shapes.py", "test_setwise.py", "test_third_opinion.py", "test_queries.py", "test_named_questions.py"),
    *("test_gate.py", "test_wheel.py", "test_world.py", "test_tables.py", "test_import.py", "test_hostile.py"),
    "test_accessibility.py",
}
"""Files that take long come first, so that no process is left alone with one at the end."""


TOGETHER = {"tests/test_shapes.py", "tests/test_setwise.py", "tests/test_third_opinion.py"}
"""Files that compare the same findings: one process has them all, and finds each once."""


class Scheduling(LoadFileScheduling):  # type: ignore[misc] # it is without types
    """Gives a file to one process, and so files that belong together."""

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        return "shapes" if file in TOGETHER else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Scheduling:
    return Scheduling(config, log)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--all", action="store_true", help="run the long tests as well")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "long: takes minutes; run by scripts/test --all")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.path.name not in SLOW_FILES)
    if not config.getoption("--all"):
        for item in items:
            if "long" in item.keywords:
                item.add_marker(pytest.mark.skip(reason="takes minutes: scripts/test --all runs it"))


def run(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command, as a user would."""
    command = [sys.executable, "-m", "bilateral", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd, timeout=400)


@contextmanager
def serving(*arguments: str | Path) -> Iterator[str]:
    """Serve on a free port; gives the address that the command prints when it is ready."""
    command = [sys.executable, "-m", "bilateral", "serve", "--port", "0", *map(str, arguments)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().split()[-1]
        finally:
            process.terminate()
            process.wait(timeout=30)


@pytest.fixture(scope="session")
def project() -> Project:
    return Project.installed()


@pytest.fixture
def tiny() -> ox.Store:
    store = ox.Store()
    store.load(TINY, format=ox.RdfFormat.TRIG)
    return store


def built_once(tmp_path_factory: pytest.TempPathFactory, profile: str) -> Path:
    """Build a store by the real command; of several test processes one builds it for all."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder = shared / profile
    with (shared / f"{profile}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            result = run("build", "--profile", profile, "--store", folder)
            assert result.returncode == 0, result.stderr
    return folder


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_once(tmp_path_factory, "curated")


@pytest.fixture(scope="session")
def triples(store: Path) -> ox.Store:
    return ox.Store.read_only(str(store / "current" / "oxigraph"))


@pytest.fixture(scope="session")
def server(store: Path) -> Iterator[str]:
    with serving("--store", store) as address:
        yield address


@pytest.fixture(scope="session")
def client(server: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server, timeout=30) as client:
        yield client


@pytest.fixture(scope="session")
def core(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_once(tmp_path_factory, "core")


@pytest.fixture(scope="session")
def core_triples(core: Path) -> ox.Store:
    return ox.Store.read_only(str(core / "current" / "oxigraph"))


@pytest.fixture(scope="session")
def core_server(core: Path) -> Iterator[str]:
    with serving("--store", core) as address:
        yield address


@pytest.fixture(scope="session")
def core_client(core_server: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=core_server, timeout=30) as client:
        yield client
