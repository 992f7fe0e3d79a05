"""Fixtures: ``home`` may ask ``other``, a second server of ours, and the paths of ``elsewhere``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from bilateral.build.store import build_files
from tests.conftest import serving
from tests.federation.elsewhere import EX, FIXED, Elsewhere, listening

COUNT = 700
"""Things at home; the other endpoint has twice as many, and knows a number of each."""
PATHS = (*FIXED, "/busy", "/closed", "/redirect", "/broken", "/silent")


def built(folder: Path, lines: Iterator[str]) -> Path:
    file = folder / "facts.nt"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return build_files([file], folder / "store").snapshot.folder.parent.parent


def home_facts() -> Iterator[str]:
    for number in range(COUNT):
        yield f'<{EX}a{number}> <{EX}name> "thing {number}"@en .'
    yield f"<{EX}a1> <{EX}likes> <{EX}a2> ."
    yield f"<{EX}a1> <{EX}likes> <{EX}unknown> ."


def other_facts() -> Iterator[str]:
    for number in range(2 * COUNT):
        yield f'<{EX}a{number}> <{EX}size> "{number}"^^<http://www.w3.org/2001/XMLSchema#integer> .'
    yield f'<{EX}a1> <{EX}note> "a \\"quoted\\" {{note}}\\n"@es .'


@pytest.fixture(scope="session")
def elsewhere() -> Iterator[Elsewhere]:
    with listening() as elsewhere:
        yield elsewhere


@pytest.fixture(scope="session")
def other(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    store = built(tmp_path_factory.mktemp("other"), other_facts())
    with serving("--store", store, "--no-federation", "--workers", "2") as address:
        yield f"{address}/sparql"


@pytest.fixture(scope="session")
def home_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("home"), home_facts())


@pytest.fixture(scope="session")
def home(home_store: Path, other: str, elsewhere: Elsewhere) -> Iterator[httpx.Client]:
    services = [f"--federate={iri}" for iri in (other, *map(elsewhere.at, PATHS))]
    limits = ("--federation-timeout", "3", "--federation-size", "1", "--federation-rows", "1000", "--workers", "2")
    with (
        serving("--store", home_store, *services, *limits) as address,
        httpx.Client(base_url=address, timeout=30) as client,
    ):
        yield client
