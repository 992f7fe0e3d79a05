"""Two releases, exported by the real command: of the curated data, and of the same with a few changes."""

import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from bilateral.build.store import build_project
from bilateral.release import Release
from tests.conftest import run, serving
from tests.new_pair import with_a_second_pair

REMOVED = "visit-2017-12-chung"


@pytest.fixture(scope="session")
def changed_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The curated data with one pair more, one visit less, and another name of an embassy."""
    project = with_a_second_pair(tmp_path_factory.mktemp("project"))
    path = project.root / "data" / "relations" / "KOR-PER.ttl"
    blocks = path.read_text(encoding="utf-8").split("\n\n")
    kept = [block for block in blocks if not block.startswith(f"fact:{REMOVED}\n")]
    text = "\n\n".join(kept).replace('"Embassy of South Korea, Lima"@en', '"Embassy of Korea, Lima"@en')
    path.write_text(text, encoding="utf-8")
    folder = tmp_path_factory.mktemp("changed")
    build_project(project, folder, "curated")
    return folder


@pytest.fixture(scope="session")
def dist(store: Path, changed_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of two releases, 2026.1 and 2026.2."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder = shared / "dist"
    with (shared / "dist.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            for version, built in (("2026.1", store), ("2026.2", changed_store)):
                result = run("export", "--store", built, "--to", folder, "--release", version)
                assert result.returncode == 0, result.stderr
    return folder


@pytest.fixture(scope="session")
def release(dist: Path) -> Release:
    return Release.read(dist / "2026.1")


@pytest.fixture(scope="session")
def released(store: Path, dist: Path) -> Iterator[httpx.Client]:
    """A client of a server that offers both releases."""
    with (
        serving("--store", store, "--releases", dist) as address,
        httpx.Client(base_url=address, timeout=30) as client,
    ):
        yield client
