"""The benchmark runs, on data as small as can be; what it measures is for people to judge."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from bench import data
from bench.pages import KINDS, sizes
from tests.conftest import ROOT

SMALL = "--size 5000 --repetitions 3 --seconds 0.3 --rounds 1 --starts 1 --patience 5"


def bench(folder: Path, options: str) -> tuple[dict[str, Any], str]:
    command = [sys.executable, "-m", "bench", *SMALL.split(), "--folder", str(folder), *options.split()]
    result = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, timeout=300)
    assert result.returncode == 0, result.stdout + result.stderr
    return json.loads((folder / "results.json").read_text())["sizes"][0], result.stderr


def test_it_measures_our_server_beside_the_engine_and_an_empty_one(tmp_path: Path) -> None:
    measured, _ = bench(tmp_path, "--systems cde --measure latency --measure throughput --measure start")
    assert [*measured["systems"]] == ["c", "d", "e"]
    assert len({latency["query"] for latency in measured["latencies"]}) >= 12
    assert not [latency for latency in measured["latencies"] if latency["problem"]]
    assert not [load for load in measured["throughputs"] if load["refused"]]
    assert [start["letter"] for start in measured["starts"]] == ["e"]


def test_it_says_which_system_is_not_installed(tmp_path: Path) -> None:
    measured, errors = bench(tmp_path, "--systems bc --measure latency")
    assert ("b" in measured["systems"]) != ("(b) oxigraph serve-read-only is left out" in errors)


@pytest.mark.long
def test_it_measures_cheap_queries_beside_runaway_ones(tmp_path: Path) -> None:
    measured, _ = bench(tmp_path, "--systems e --measure runaway")
    assert [steadiness["letter"] for steadiness in measured["steadiness"]] == ["e"]


def test_its_data_are_the_same_in_every_run(tmp_path: Path) -> None:
    for name in ("one.nq", "two.nq"):
        data.write(tmp_path / name, 5000)
    lines = (tmp_path / "one.nq").read_text().splitlines()
    assert len(lines) == len(set(lines)) >= 5000
    assert (tmp_path / "one.nq").read_bytes() == (tmp_path / "two.nq").read_bytes()


@pytest.mark.parametrize("name", [name for name in KINDS if name != "workbench"])
def test_a_page_stays_small(client: httpx.Client, name: str) -> None:
    with httpx.Client(base_url=client.base_url, headers={"accept": "text/html", "accept-encoding": "gzip"}) as reader:
        html, scripts = sizes(reader, KINDS[name])
    assert 1_000 < html < 100_000
    assert 1_000 < scripts < 250_000
