"""The command as a user types it."""

import json
import os
import pty
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import run, serving

QUERY = """SELECT ?code ?name { ?p bilat:partyCode ?code ; rdfs:label ?name FILTER(LANG(?name) = 'ko') }
ORDER BY ?code LIMIT 2"""
UNTIDY = '@prefix ex: <http://example.com/> .\nex:b ex:p "x", 2.50 . ex:a a ex:C .\n'
TIDY = """@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<http://example.com/a>
    a <http://example.com/C> ;
    .

<http://example.com/b>
    <http://example.com/p> "2.5"^^xsd:decimal ;
    <http://example.com/p> "x" ;
    .
"""


def test_query_shows_a_table(store: Path) -> None:
    result = run("query", "--store", store, QUERY)
    assert result.stdout.splitlines() == ["code  name", "BRA   브라질", "CHL   칠레"]


def test_query_writes_csv_and_json(store: Path) -> None:
    assert run("query", "--store", store, "--format", "csv", QUERY).stdout.split() == [
        "code,name",
        "BRA,브라질",
        "CHL,칠레",
    ]
    rows = json.loads(run("query", "--store", store, "--format", "json", QUERY).stdout)
    assert rows["results"]["bindings"][0]["code"]["value"] == "BRA"


def test_query_reads_a_file_and_asks_an_endpoint(store: Path, server: str, tmp_path: Path) -> None:
    path = tmp_path / "question.rq"
    path.write_text(QUERY, encoding="utf-8")
    from_store, from_endpoint = (
        run("query", "--store", store, path),
        run("query", "--endpoint", f"{server}/sparql", path),
    )
    assert from_store.stdout == from_endpoint.stdout != ""


def test_ask_and_construct_are_shown_as_what_they_are(store: Path) -> None:
    assert run("query", "--store", store, "ASK { ?s ?p ?o }").stdout == "yes\n"
    assert "party:PER" in run("query", "--store", store, "CONSTRUCT WHERE { party:PER a ?c }").stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("SELECT * { ?s ?p }",), "Line 1, column"),
        (("SELECT * {}", "--endpoint", "http://127.0.0.1:1/sparql"), "cannot be reached"),
        (("missing.rq",), "cannot be read"),
    ],
)
def test_a_query_that_cannot_be_answered_says_why(store: Path, arguments: tuple[str, ...], said: str) -> None:
    result = run("query", "--store", store, *arguments)
    assert (result.returncode, said in result.stderr) == (2, True), result.stderr


def test_format_writes_canonical_turtle_and_keeps_the_files_mode(tmp_path: Path) -> None:
    path = tmp_path / "facts.ttl"
    path.write_text(UNTIDY, encoding="utf-8")
    path.chmod(0o640)
    assert run("format", "--check", path).returncode == 1
    assert path.read_text(encoding="utf-8") == UNTIDY
    assert run("format", path).returncode == 0
    assert path.read_text(encoding="utf-8") == TIDY
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


@pytest.mark.parametrize(
    ("text", "said"), [("# why\n<a:a> <a:b> 1 .", "comment"), ("<a:a> <a:b> [] .", "lank node"), ("<a:a>", ":1:")]
)
def test_format_refuses_what_it_would_lose(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "facts.ttl"
    path.write_text(text, encoding="utf-8")
    result = run("format", path)
    assert (result.returncode, said in result.stderr) == (2, True), result.stderr
    assert path.read_text(encoding="utf-8") == text


def test_build_says_what_it_does_in_plain_lines(tmp_path: Path) -> None:
    path = tmp_path / "facts.ttl"
    path.write_text(UNTIDY, encoding="utf-8")
    result = run("build", "--store", tmp_path / "store", path)
    assert "Loading facts.ttl" in result.stderr.splitlines()
    assert "Built 3 triples" in result.stderr


def test_build_draws_a_bar_on_a_terminal(tmp_path: Path) -> None:
    path = tmp_path / "facts.ttl"
    path.write_text(UNTIDY, encoding="utf-8")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "bilateral", "build", "--store", str(tmp_path / "store"), str(path)]
    with subprocess.Popen(command, stderr=theirs, env={**os.environ, "TERM": "xterm"}) as process:
        assert process.wait(timeout=60) == 0
    shown = os.read(ours, 1_000_000).decode("utf-8")
    assert "Counting" in shown
    assert "━" in shown


def test_build_with_check_refuses_bad_facts(tmp_path: Path) -> None:
    path = tmp_path / "facts.ttl"
    path.write_text(
        "<https://w3id.org/bilateral/id/party/XXX> a <https://w3id.org/bilateral/ontology#Party> .", encoding="utf-8"
    )
    assert run("build", "--store", tmp_path / "store", path).returncode == 0
    result = run("build", "--check", "--store", tmp_path / "other", path)
    assert (result.returncode, "Nothing was built" in result.stderr) == (1, True)
    assert not (tmp_path / "other").exists()


def test_serve_says_that_there_is_no_store(tmp_path: Path) -> None:
    result = run("serve", "--store", tmp_path)
    assert (result.returncode, "bilateral build" in result.stderr) == (3, True)


def test_serve_says_that_the_store_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "facts.ttl"
    path.write_text(UNTIDY, encoding="utf-8")
    run("build", "--store", tmp_path / "store", path)
    (tmp_path / "store" / "current" / "oxigraph" / "CURRENT").unlink()
    assert run("serve", "--store", tmp_path / "store").returncode == 4


def test_serve_says_that_the_store_is_of_another_version(tmp_path: Path) -> None:
    path = tmp_path / "facts.ttl"
    path.write_text(UNTIDY, encoding="utf-8")
    run("build", "--store", tmp_path / "store", path)
    manifest = tmp_path / "store" / "current" / "manifest.json"
    manifest.write_text(manifest.read_text("utf-8").replace('"layout": 1', '"layout": 99'), encoding="utf-8")
    assert run("serve", "--store", tmp_path / "store").returncode == 5


def test_serve_says_that_the_port_is_in_use(store: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        result = run("serve", "--store", store, "--port", str(listener.getsockname()[1]))
    assert (result.returncode, "--port" in result.stderr) == (6, True)


def test_serve_prints_its_address_when_it_answers(store: Path) -> None:
    with serving("--store", store) as address, socket.create_connection(("127.0.0.1", int(address.rpartition(":")[2]))):
        assert address.startswith("http://127.0.0.1:")


def test_serve_stops_when_asked_to(store: Path) -> None:
    command = [sys.executable, "-m", "bilateral", "serve", "--port", "0", "--store", str(store)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.terminate()
        assert process.wait(timeout=30) in (0, -15)


def test_check_all_gives_a_verdict_on_everything(store: Path) -> None:
    result = run("check", "--all", "--store", store)
    assert result.returncode == 0, result.stdout + result.stderr
    subjects = ["curated files and ontology", "canonical form", "tables", "graphs of the store", "the whole store"]
    assert [line.partition(": 0 mistakes")[0] for line in result.stdout.splitlines()] == subjects


def test_check_all_fails_on_a_store_of_other_data(tmp_path: Path) -> None:
    path = tmp_path / "party.ttl"
    path.write_text(
        "<https://w3id.org/bilateral/id/party/XXX> a <https://w3id.org/bilateral/ontology#Party> .", "utf-8"
    )
    assert run("build", "--store", tmp_path / "store", path).returncode == 0
    result = run("check", "--all", "--store", tmp_path / "store")
    assert (result.returncode, "the store lacks the graph relations/KOR-PER" in result.stdout) == (1, True)
    assert "id/party/XXX: https://w3id.org/bilateral/shapes#Party-code" in result.stdout


def test_check_all_takes_no_files(tmp_path: Path) -> None:
    result = run("check", "--all", tmp_path / "party.ttl")
    assert (result.returncode, "give it no files" in result.stderr) == (2, True)
