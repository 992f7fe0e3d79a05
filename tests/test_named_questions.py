"""Each question is also an address, for programs that know no SPARQL."""

import csv
import subprocess
import sys
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from bilateral import Client
from bilateral.parameter import bind
from bilateral.project import Project, Question
from tests.conftest import ROOT

QUESTIONS = list(Project.installed().questions())
LIST = "/api/questions"


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_a_question_asked_by_name_gives_what_its_query_gives(client: httpx.Client, question: Question) -> None:
    named = client.get(f"{LIST}/{question.name}?format=csv")
    asked = client.post("/sparql?format=csv", data={"query": question.text})
    assert named.status_code == 200
    assert named.text == asked.text


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_the_defaults_of_a_question_are_those_of_its_query(question: Question) -> None:
    for parameter in question.parameters:
        assert parameter.read(parameter.default) == parameter.default
        assert bind(question.text, {parameter: parameter.default}) == question.text
        body = "\n".join(line for line in question.text.splitlines() if not line.startswith("#"))
        other = {"party": "CHL", "relation": "FIN-SWE", "date": "1999-12-31", "year": "1999"}[parameter.type.value]
        assert parameter.term_of(other) in bind(body, {parameter: other})
        assert parameter.term not in bind(body, {parameter: other})


def test_a_question_can_be_asked_about_another_country(core_client: httpx.Client) -> None:
    rows = core_client.get(f"{LIST}/45-embassies-not-returned", params={"party": "chl", "format": "csv"}).text
    senders = [row["sender"] for row in csv.DictReader(rows.splitlines())]
    assert "Kuwait" in senders
    peru = core_client.get(f"{LIST}/45-embassies-not-returned", params={"format": "csv"}).text
    assert peru != rows


def test_a_pair_can_be_named_in_either_order(core_client: httpx.Client) -> None:
    first, second = (
        core_client.get(f"{LIST}/54-votes-of-a-pair", params={"relation": pair, "format": "tsv"}).text
        for pair in ("USA-PER", "PER-USA")
    )
    assert first == second
    assert len(first.splitlines()) > 5


def test_the_list_says_what_can_be_asked(client: httpx.Client, server: str) -> None:
    listed = {each["name"]: each for each in client.get(LIST).json()}
    assert listed.keys() == {question.name for question in QUESTIONS}
    one = listed["03-representation-on-a-date"]
    assert one["titles"].keys() == {"en", "es", "ko"}
    assert one["parameters"] == [
        {"name": "relation", "type": "relation", "default": "KOR-PER"},
        {"name": "date", "type": "date", "default": "1970-07-01"},
    ]
    assert one["url"] == f"{server}{LIST}/03-representation-on-a-date"


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("10-entry-into-forse", 404, "10-entry-into-force"),
        ("01-established?relation=KOR", 400, "is not the codes of two parties, as KOR-PER is"),
        ("01-established?relation=KOR-ZZZ", 404, "Nothing is known of relation=KOR-ZZZ"),
        ("01-established?pair=KOR-PER", 400, "It has: relation, format, timeout"),
        ("01-established?relation=KOR-PER&relation=KOR-PER", 400, "sent twice"),
        ("01-established?relation=KOR-PER%20}%20LIMIT%201", 400, "is not the codes of two parties"),
        ("03-representation-on-a-date?date=1970-02-30", 400, "is not a day"),
        ("01-established?format=pdf", 406, "There is no pdf"),
        ("01-established?timeout=0.5", 400, "at least one second"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_what_can(
    client: httpx.Client, address: str, status: int, said: str
) -> None:
    response = client.get(f"{LIST}/{address}")
    assert response.status_code == response.json()["status"] == status
    assert said in response.json()["detail"]


def test_questions_are_only_read(client: httpx.Client) -> None:
    response = client.post(f"{LIST}/01-established")
    assert [response.status_code, response.headers["allow"]] == [405, "GET, HEAD, OPTIONS"]


def test_an_answer_is_known_by_its_version(client: httpx.Client) -> None:
    etag = client.get(f"{LIST}/01-established").headers["etag"]
    assert client.get(f"{LIST}/01-established", headers={"If-None-Match": etag}).status_code == 304


def test_a_browser_is_led_to_the_query(client: httpx.Client) -> None:
    response = client.get(f"{LIST}/01-established?relation=KOR-PER", headers={"Accept": "text/html"})
    assert response.status_code == 303
    [query] = parse_qs(urlsplit(response.headers["location"]).query)["query"]
    assert "rel:KOR-PER" in query


def test_the_client_asks_questions_by_name(server: str) -> None:
    with Client(f"{server}/sparql") as asking:
        names = {question.name for question in asking.questions()}
        assert names == {question.name for question in QUESTIONS}
        assert len(asking.question("03-representation-on-a-date", date="1972-01-01")) > 0


def test_schemathesis_finds_nothing(server: str) -> None:
    command = [
        *(sys.executable, "-m", "schemathesis.cli", "--config-file", str(ROOT / "tests" / "schemathesis.toml")),
        *("run", f"{server}/openapi.json", "--phases", "examples,coverage,fuzzing", "--max-examples", "4"),
        *("--seed", "1", "--no-color"),
    ]
    result = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert result.returncode == 0, result.stdout[-3000:]
