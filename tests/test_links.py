"""The check of links: what Wikidata says beside what the graph says. A stand-in answers; nobody else is asked."""

import csv
import io
import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from rich.console import Console

from bilateral.progress import shown
from tests.conftest import ROOT, run
from tests.wikidata.stand_in import Fault, StandIn, standing_in

ITEMS = 26
UNJUDGED = "Of 4 no kind was looked at: classes.csv has no row for what they are.\n"
CONTACT = "tests@example.org"


@pytest.fixture
def wikidata() -> Iterator[StandIn]:
    with standing_in() as stand_in:
        yield stand_in


@pytest.fixture
def arguments(wikidata: StandIn, store: Path, tmp_path: Path) -> list[str]:
    options = {"--store": store, "--resume": tmp_path / "kept.jsonl", "--endpoint": wikidata.address}
    given = [str(part) for option in options.items() for part in option]
    return ["links", "check", "--contact", CONTACT, "--pause", "0", *given]


def rows(arguments: list[str]) -> list[list[str]]:
    result = run(*arguments, "--format", "csv")
    found = list(csv.reader(io.StringIO(result.stdout)))
    assert result.returncode == (1 if len(found) > 1 else 0), result.stderr
    assert found[0] == ["subject", "class", "item", "what", "ours", "theirs", "action"]
    return [[*row[:1], *row[2:6]] for row in found[1:]]


def iri(name: str) -> str:
    return f"https://w3id.org/bilateral/id/{name}"


def test_where_all_agree_it_says_so_and_the_exit_code_is_zero(arguments: list[str]) -> None:
    result = run(*arguments)
    assert (result.returncode, result.stdout) == (
        0,
        "26 of 26 links agree with Wikidata.\nOf 4 no kind was looked at: classes.csv has no row for what they are.\n",
    )
    assert f"{ITEMS} items to ask for, 0 answers are here: 1 requests" in result.stderr


Change = Callable[[StandIn], object]


@pytest.mark.parametrize(
    ("change", "row"),
    [
        (lambda w: w.entities.pop("Q29"), [iri("party/ESP"), "Q29", "deleted", "Q29", ""]),
        (lambda w: w.redirect("Q2868", "Q999"), [iri("place/lima"), "Q2868", "redirect", "Q2868", "Q999"]),
        (
            lambda w: w.state("Q138048", "P31", "Q4167410"),
            [iri("person/park-geun-hye"), "Q138048", "kind", "schema:Person", "Q4167410"],
        ),
        (
            lambda w: w.state("Q1065", "P31"),
            [iri("organization/un"), "Q1065", "kind", "bilat:InternationalOrganization", ""],
        ),
        (lambda w: w.state("Q419", "P298", "PAR"), [iri("party/PER"), "Q419", "alpha-3", "PER", "PAR"]),
        (
            lambda w: w.state("Q55734544", "P137", "Q17"),
            [iri("relation/KOR-PER/embassy-kor-lima"), "Q55734544", "operator", "Q884", "Q17"],
        ),
        (
            lambda w: w.state("Q55734544", "P17", "Q298"),
            [iri("relation/KOR-PER/embassy-kor-lima"), "Q55734544", "country", "Q419", "Q298"],
        ),
    ],
)
def test_a_disagreement_is_one_row_with_both_values(
    wikidata: StandIn, arguments: list[str], change: Change, row: list[str]
) -> None:
    change(wikidata)
    found = [one for one in rows(arguments) if one[2] != "name"]
    assert found == [row]


def test_another_name_is_a_disagreement_and_another_spelling_is_none(wikidata: StandIn, arguments: list[str]) -> None:
    wikidata.entities["Q8684"]["labels"] = {"en": {"language": "en", "value": "SEÚL"}}
    wikidata.entities["Q16520"]["labels"] = {"en": {"language": "en", "value": "Pusan"}}
    assert rows(arguments) == [[iri("place/busan"), "Q16520", "name", "Busan | 부산", "Pusan"]]


def test_a_mission_needs_no_name_of_ours_if_sender_and_country_agree(wikidata: StandIn, arguments: list[str]) -> None:
    wikidata.entities["Q110647966"]["claims"].pop("P137")
    names = "Embajada del Perú en Seúl | Embassy of Peru, Seoul | 주한 페루 대사관"
    mission = iri("relation/KOR-PER/embassy-per-seoul")
    assert rows(arguments) == [[mission, "Q110647966", "name", names, "Embassy in Seoul"]]


def test_a_kind_fits_by_the_classes_above_it(wikidata: StandIn, arguments: list[str]) -> None:
    wikidata.state("Q515", "P279", "Q4167410")
    cities = [iri(f"place/{name}") for name in ("lima", "seoul", "busan")]
    assert [(row[0], row[2]) for row in rows(arguments)] == [(city, "kind") for city in cities]
    assert [asked.items for asked in wikidata.asked[1:]] == [["Q1549591"], ["Q515"], ["Q4167410"]]


def test_an_item_that_cannot_exist_spoils_no_other_answer(wikidata: StandIn, tmp_path: Path) -> None:
    place = "<http://example.com/{0}> a schema:Place ; rdfs:label 'Lima'@en ; skos:exactMatch wd:{0} ."
    built = built_of("\n".join(place.format(item) for item in ("Q2868", "Q99999999999")), tmp_path)
    given = ["--endpoint", wikidata.address, "--resume", str(tmp_path / "kept"), "--store", str(built)]
    found = rows(["links", "check", "--contact", CONTACT, "--pause", "0", *given])
    assert found == [["http://example.com/Q99999999999", "Q99999999999", "deleted", "Q99999999999", ""]]


def test_two_things_that_are_one_item_disagree_with_each_other(wikidata: StandIn, tmp_path: Path) -> None:
    place = "<http://example.com/{}> a schema:Place ; rdfs:label 'Lima'@en ; skos:exactMatch wd:Q2868 ."
    built = built_of("\n".join(place.format(name) for name in ("a", "b")), tmp_path)
    given = ["--endpoint", wikidata.address, "--resume", str(tmp_path / "kept"), "--store", str(built)]
    found = rows(["links", "check", "--contact", CONTACT, "--pause", "0", *given])
    assert [row[2:] for row in found] == [
        ["shared", "http://example.com/a", "http://example.com/b"],
        ["shared", "http://example.com/b", "http://example.com/a"],
    ]


PARTY = """
party:{code} a bilat:Party ; bilat:partyCode '{code}' ; wdt:P297 '{short}' ; rdfs:label '{name}'@en ;
    skos:exactMatch wd:{item} .
"""


def test_relation_and_codes_of_two_letters_are_compared(wikidata: StandIn, tmp_path: Path) -> None:
    peru = PARTY.format(code="PER", short="PX", name="Peru", item="Q419")
    chile = PARTY.format(code="CHL", short="CL", name="Chile", item="Q298")
    relation = "rel:CHL-PER a bilat:BilateralRelation ; bilat:party party:PER, party:CHL ; skos:exactMatch wd:Q1 ."
    wikidata.entities["Q1"] = {"id": "Q1", "labels": [], "aliases": [], "claims": []}
    wikidata.state("Q1", "P31", "Q15221623")
    wikidata.state("Q1", "P17", "Q419", "Q17")
    built = built_of(peru + chile + relation, tmp_path)
    given = ["--endpoint", wikidata.address, "--resume", str(tmp_path / "kept"), "--store", str(built)]
    found = rows(["links", "check", "--contact", CONTACT, "--pause", "0", *given])
    assert [row[2:] for row in found] == [
        ["name", "", ""],
        ["alpha-2", "PX", "PE"],
        ["parties", "Q298 Q419", "Q419 Q17"],
    ]


def built_of(turtle: str, folder: Path) -> Path:
    prefixes = {
        "bilat": "https://w3id.org/bilateral/ontology#",
        "party": "https://w3id.org/bilateral/id/party/",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "rel": "https://w3id.org/bilateral/id/relation/",
        "schema": "https://schema.org/",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "wd": "http://www.wikidata.org/entity/",
        "wdt": "http://www.wikidata.org/prop/direct/",
    }
    head = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in prefixes.items())
    (folder / "things.ttl").write_text(head + turtle, encoding="utf-8")
    result = run("build", "--store", folder / "store", folder / "things.ttl")
    assert result.returncode == 0, result.stderr
    return folder / "store"


LAGGED = '{"error": {"code": "maxlag", "info": "6 seconds lagged"}}'


@pytest.mark.parametrize(
    "fault",
    [
        Fault(429, "slow down", {"Retry-After": "1"}),
        Fault(503, "", {"Retry-After": "Wed, 01 Jan 2020 00:00:00 GMT"}),
        Fault(200, LAGGED, {"Retry-After": "1"}),
        Fault(200, '{"entities": {"Q4'),
        Fault(200, "[]"),
        Fault(delay=2.0),
    ],
    ids=["too many", "unavailable", "lagged", "broken JSON", "no object", "too slow"],
)
def test_what_passes_is_waited_for_and_asked_again(wikidata: StandIn, arguments: list[str], fault: Fault) -> None:
    wikidata.faults = [fault]
    # After the deadline the client still waits twice its pause: longer than a question takes to be heard.
    result = run(*arguments, "--timeout", "1", "--pause", "0.05")
    assert result.returncode == 0, result.stderr
    first, again, *_ = wikidata.asked
    assert first.items == again.items
    assert again.at - first.at >= (1.0 if fault.headers.get("Retry-After") == "1" or fault.delay else 0.0)


@pytest.mark.parametrize(
    ("faults", "count", "message"),
    [
        (
            [Fault(403, "Respect our policy")],
            1,
            "refuses with status 403: Respect our policy",
        ),
        ([Fault(429, "", {"Retry-After": "3600"})], 1, "asks to come again in 3600 seconds: status 429"),
        ([Fault(200, "<html>")] * 6, 6, "does not answer, asked 6 times: what it sends is no JSON"),
        ([Fault(200, '{"error": {"code": "badtoken", "info": "x"}}')], 1, "refuses: badtoken: x"),
        ([Fault(200, '{"entities": {"Q17": {"labels": 5}}}')], 1, "answers in a form that we do not know"),
    ],
    ids=["forbidden", "much later", "never JSON", "other error", "other form"],
)
def test_a_refusal_ends_the_run_and_says_how_to_go_on(
    wikidata: StandIn, arguments: list[str], faults: list[Fault], count: int, message: str
) -> None:
    wikidata.faults = list(faults)
    result = run(*arguments)
    assert (result.returncode, result.stdout, len(wikidata.asked)) == (2, "", count)
    assert message in result.stderr
    assert "the same command goes on from there" in result.stderr


def test_an_answer_that_is_cut_short_is_asked_for_in_smaller_parts(wikidata: StandIn, arguments: list[str]) -> None:
    wikidata.most = 3
    assert rows(arguments) == []
    assert max(len(asked.items) for asked in wikidata.asked[4:]) <= 6


def test_requests_are_polite(wikidata: StandIn, arguments: list[str]) -> None:
    assert run(*arguments, "--pause", "0.3").returncode == 0
    assert all(CONTACT in asked.agent and asked.agent.startswith("bilateral/") for asked in wikidata.asked)
    assert {asked.parameters["maxlag"] for asked in wikidata.asked} == {"5"}
    times = [asked.at for asked in wikidata.asked]
    assert all(later - earlier >= 0.3 for earlier, later in pairwise(times))


@pytest.fixture
def many(tmp_path: Path) -> tuple[Path, list[str]]:
    """The items of 250 countries and territories: five requests."""
    with (ROOT / "data" / "tables" / "parties" / "parties.csv").open(encoding="utf-8") as file:
        items = [row["item"] for row in csv.DictReader(file) if row["item"]]
    place = "<http://example.com/{0}> skos:exactMatch wd:{0} ."
    return built_of("\n".join(place.format(item) for item in items), tmp_path), items


@pytest.mark.parametrize("kill", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_run_goes_on_where_it_was(
    wikidata: StandIn, many: tuple[Path, list[str]], tmp_path: Path, kill: signal.Signals
) -> None:
    built, items = many
    kept = tmp_path / "kept.jsonl"
    given = ["--endpoint", wikidata.address, "--resume", str(kept), "--store", str(built)]
    command = [sys.executable, "-m", "bilateral", "links", "check", "--contact", CONTACT, "--pause", "0", *given]
    wikidata.delay = 0.5
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        while len(wikidata.asked) < 3:
            time.sleep(0.02)
        process.send_signal(kill)
        _, errors = process.communicate(timeout=20)
    assert process.returncode == (130 if kill is signal.SIGINT else -signal.SIGKILL), errors
    answered = {json.loads(line)["id"] for line in kept.read_text("utf-8").splitlines()[1:]}
    assert len(answered) == 100
    with kept.open("a", encoding="utf-8") as file:
        file.write('{"id": "Q1", "tar')  # a line that was cut off
    wikidata.asked.clear()
    wikidata.delay = 0.0
    assert run(*command[3:]).returncode == 1
    again = [item for asked in wikidata.asked for item in asked.items]
    assert sorted(again) == sorted(set(items) - answered)
    assert not kept.exists()


def test_a_file_with_other_answers_is_refused(arguments: list[str], tmp_path: Path) -> None:
    kept = tmp_path / "kept.jsonl"
    for content, message in (
        ('{"endpoint": "http://127.0.0.1:1/"}\n', "has answers of http://127.0.0.1:1/"),
        ("my shopping list\n", "is no file of answers"),
    ):
        kept.write_text(content, encoding="utf-8")
        result = run(*arguments)
        assert result.returncode == 2
        assert message in result.stderr
        assert kept.read_text(encoding="utf-8") == content


def test_a_class_can_be_checked_alone_and_the_report_read_by_programs(wikidata: StandIn, arguments: list[str]) -> None:
    wikidata.state("Q419", "P298", "PAR")
    result = run(*arguments, "--class", "bilat:Party", "--format", "json")
    assert json.loads(result.stdout) == {
        "links": 9,
        "agreeing": 8,
        "unjudged": 0,
        "disagreements": [
            {
                "subject": iri("party/PER"),
                "class": "bilat:Party",
                "item": "Q419",
                "what": "alpha-3",
                "ours": "PER",
                "theirs": "PAR",
                "action": "See which code is right, and mend the other side",
            }
        ],
    }


def test_the_bar_says_how_long_it_will_take_though_there_is_more_than_was_foreseen() -> None:
    console = Console(force_terminal=True, width=100, file=io.StringIO())
    with shown(2, console) as steps:
        for what in ("one", "two", "three"):
            steps.step(what)
        steps.more(2)
    assert isinstance(console.file, io.StringIO)
    assert "three" in console.file.getvalue()
    assert "-:--:--" in console.file.getvalue() or "0:00:0" in console.file.getvalue()
