"""The Office of the Historian: visits, chiefs of mission, and the timeline of relations of the United States."""

import csv
import random
from collections import Counter, defaultdict

import httpx
import pytest

from bilateral.build import names
from bilateral.build.names import Name
from bilateral.build.rows import read
from bilateral.build.source import LeftOut
from bilateral.build.sources.histstate import SOURCE
from bilateral.build.sources.histstate.people import name_of
from bilateral.build.thing import Thing, date, ref
from bilateral.build.world import World
from bilateral.project import Project
from bilateral.terms import BASE
from tests.conftest import ROOT

PROJECT = Project.installed()
TABLES = PROJECT.tables / "histstate"
SAMPLE = ROOT / "docs" / "histstate-sample.csv"
SAMPLE_SEED = 20261123
VARIABLE = "BILATERAL_OPEN_DATA"
PERU = {"en": Name("Peru"), "es": Name("Perú", "el"), "ko": Name("페루")}
USA = {"en": Name("United States", "the"), "es": Name("Estados Unidos", "los"), "ko": Name("미국")}
Facts = dict[str, Thing]


@pytest.fixture(scope="module")
def world() -> World:
    return World(PROJECT)


@pytest.fixture(scope="module")
def facts(world: World) -> Facts:
    return {thing.iri.removeprefix(f"{BASE}id/"): thing for thing in SOURCE.facts(world)}


@pytest.fixture(scope="module")
def left_out(world: World) -> list[LeftOut]:
    return [*SOURCE.left_out(world)]


def local(facts: Facts, class_: str) -> list[str]:
    return [iri.rpartition("/")[2] for iri, thing in facts.items() if thing.class_ == class_]


def decisions(name: str) -> list[dict[str, str]]:
    return [*World(PROJECT).decisions(f"histstate-{name}")]


def test_visits_and_heads_of_mission_are_named_as_a_speaker_would() -> None:
    assert names.visit("Barack Obama", PERU, "2016") == {
        "en": "Visit of Barack Obama to Peru, 2016",
        "es": "Visita de Barack Obama al Perú, 2016",
        "ko": "Barack Obama의 페루 방문(2016년)",
    }
    assert names.head_of_mission("James Cooley", USA, PERU, "1827") == {
        "en": "James Cooley, head of mission of the United States to Peru, 1827",
        "es": "James Cooley, jefatura de misión de los Estados Unidos ante el Perú, 1827",
        "ko": "James Cooley, 주페루 미국 공관장(1827년)",
    }


def test_an_act_has_its_author_and_an_office_its_party() -> None:
    kind = {"en": "recognition as a state", "es": "reconocimiento como Estado", "ko": "국가 승인"}
    assert (
        names.act(kind, "1826", USA, PERU)["es"] == "Reconocimiento como Estado del Perú por los Estados Unidos, 1826"
    )
    assert names.act(kind, "1826", USA, PERU)["ko"] == "1826년 미국의 페루 국가 승인"
    opening = {"en": "opening of a mission", "es": "apertura de una misión", "ko": "공관 개설"}
    assert names.at_post(opening, "1827", USA, PERU)["ko"] == "1827년 미국의 주페루 공관 개설"
    title = {"en": "President", "es": "Presidente", "ko": "대통령"}
    assert names.office(title, PERU) == {"en": "President of Peru", "es": "Presidente del Perú", "ko": "페루 대통령"}


def test_names_made_of_identifiers_are_those_that_the_source_writes() -> None:
    written = {row["person"]: row["name"] for row in read(TABLES, "travels")}
    made = {person: name_of(person) for person in written}
    other = {written[person] for person in written if made[person] != written[person]}
    assert other == {"George H.W. Bush", "Henry A. (Heinz Alfred) Kissinger", "Antony John Blinken"}


def test_no_column_of_prose_is_kept() -> None:
    columns = {column.name for table in SOURCE.about.tables.values() for column in table.columns}
    assert not columns & {"text", "remarks", "description", "note"}


@pytest.mark.parametrize(("table", "prefix"), [("travels", "travel"), ("visits", "visit")])
def test_every_visit_of_the_source_is_a_fact_or_is_listed(
    facts: Facts, left_out: list[LeftOut], table: str, prefix: str
) -> None:
    made = {name.split("-")[2] for name in local(facts, "OfficialVisit") if name.startswith(prefix)}
    missing = {left.row for left in left_out if left.table == table}
    assert made | missing == {row["id"] for row in read(TABLES, table)}
    assert not made & missing


def test_every_chief_of_mission_is_a_fact_or_is_listed(facts: Facts, left_out: list[LeftOut]) -> None:
    rows = [*read(TABLES, "missions")]
    missing = [left.row for left in left_out if left.table == "missions"]
    assert len(local(facts, "Accreditation")) + len(missing) == len(rows)
    assert set(missing) <= {f"{row['id']} {row['number']}" for row in rows}


def test_somebody_decided_on_every_section_of_the_timeline() -> None:
    sections = {(row["article"], row["number"]): row["heading"] for row in read(TABLES, "timeline")}
    decided = {(row["article"], row["number"]): row["heading"] for row in decisions("events")}
    assert decided == sections
    assert [row for row in decisions("events") if not row["kind"] and not row["reason"]] == []
    assert [row for row in decisions("events") if row["kind"] and not (row["party"] and row["date"])] == []


def test_no_decision_is_on_what_the_source_does_not_have() -> None:
    tables = {name: [*read(TABLES, name)] for name in ("travels", "visits", "missions")}
    countries = {row["country"] for rows in tables.values() for row in rows}
    assert {row["country"] for row in decisions("countries")} == countries
    named = {(row["country"], row["visitor"]) for row in tables["visits"]}
    assert {(row["country"], row["visitor"]) for row in decisions("visitors")} == named
    assert {row["role"] for row in decisions("roles")} == {row["role"] for row in tables["missions"]}
    ids = {(name, row["id"]) for name, rows in tables.items() for row in rows}
    assert {(row["part"], row["id"]) for row in decisions("rows")} <= ids
    visitors = {("visits", row["person"]) for row in decisions("visitors")}
    chiefs = {("missions", row["person"]) for row in tables["missions"]}
    assert {(row["part"], row["id"]) for row in decisions("people")} <= visitors | chiefs


def test_whom_curators_know_has_one_iri(facts: Facts) -> None:
    visitors = {term for thing in facts.values() for name, term in thing.properties if name == "bilat:visitor"}
    known = {row["person"] for row in decisions("people") if not row["person"].startswith("histstate-")}
    assert len(known) == 10
    assert {f"<{BASE}id/person/{person}>" for person in known} <= visitors
    assert not [person for person in known if f"person/{person}" in facts]


def test_one_name_can_be_two_people_and_two_names_one(facts: Facts) -> None:
    agents = {iri.rpartition("-histstate-")[2]: dict(thing.properties) for iri, thing in facts.items()}
    ambassador, liaison = agents["ie-1953-taft-01"], agents["cn-1974-bush-01"]
    assert ambassador["bilat:accreditedAgent"] == f"<{BASE}id/person/histstate-taft-william-howard-ireland>"
    assert liaison["bilat:accreditedAgent"] == f"<{BASE}id/person/histstate-bush-george-h-w>"
    karamanlis = {agents[id_]["bilat:visitor"] for id_ in ("349", "1708")}
    assert len(karamanlis) == 2


@pytest.mark.parametrize(
    ("fact", "pair"),
    [
        ("travel-histstate-2907", "USA-YUG"),  # Belgrade in 1980
        ("accreditation-histstate-cn-1953-rank-01", "TWN-USA"),
        ("accreditation-histstate-cn-1973-bruc-01", "CHN-USA"),
        ("accreditation-histstate-ru-1933-bull-01", "SUN-USA"),
        ("accreditation-histstate-de-1955-cona-01", "USA-XWG"),
        ("event-histstate-yemen-12-severance", "USA-YMD"),
        ("event-histstate-china-19-severance", "TWN-USA"),
    ],
)
def test_a_former_state_is_the_party_while_it_lasted(facts: Facts, fact: str, pair: str) -> None:
    assert f"relation/{pair}/{fact}" in facts


@pytest.mark.parametrize("country", ["hawaii", "texas", "two-sicilies", "vietnam-south"])
def test_what_is_no_party_is_listed(left_out: list[LeftOut], country: str) -> None:
    ids = {f"{row['id']} {row['number']}" for row in read(TABLES, "missions") if row["country"] == country}
    assert ids <= {left.row for left in left_out if left.table == "missions"}


def test_an_accreditation_begins_with_the_credentials_and_not_with_the_appointment(facts: Facts) -> None:
    said = dict(facts["relation/AFG-USA/accreditation-histstate-af-1935-horn-01"].properties)
    dates = [said[name].split('"')[1] for name in ("bilat:startDate", "bilat:endDate")]
    assert dates == ["1935-05-04", "1936-03-16"]
    assert "bilat:resident" not in said


def test_who_never_presented_credentials_is_left_out(left_out: list[LeftOut]) -> None:
    reasons = {left.row: left.reason for left in left_out if left.table == "missions"}
    assert reasons["pe--prev-01 1"].startswith("no presentation of credentials")
    assert Counter(reasons.values()).most_common(1)[0][1] == 429


def test_two_sources_that_differ_on_a_beginning_both_stand(facts: Facts) -> None:
    """Korea and the United States: 1949 with the republic, and 1882 with the kingdom before it, by the other source."""
    said = dict(facts["relation/KOR-USA/event-histstate-korea-south-02-establishment"].properties)
    assert said["bilat:date"].startswith('"1949"')
    ties = {(row["korea"], row["partner"]): row["established"] for row in read(PROJECT.tables / "kdiplo", "ties")}
    assert ties["KOR", "USA"] == "1882"


def test_who_has_no_end_is_attested_to_the_last_day_of_the_list_or_while_nobody_had_come_after(facts: Facts) -> None:
    agents = {iri.rpartition("-histstate-")[2]: dict(thing.properties) for iri, thing in facts.items()}
    assert agents["gb-2017-john-01"]["bilat:lastAttested"] == date("2021-01-20")
    assert agents["bb-1966-dolg-01"]["bilat:lastAttested"] == date("1966-11-30")
    assert "bilat:lastAttested" not in agents["ie-1953-taft-01"]


def test_a_visit_is_in_a_place_only_if_that_is_the_capital_alone(facts: Facts) -> None:
    travels = {row["id"]: row for row in read(TABLES, "travels")}
    places = {
        iri.rpartition("-")[2]: dict(thing.properties)["schema:location"]
        for iri, thing in facts.items()
        if thing.class_ == "OfficialVisit" and "schema:location" in dict(thing.properties)
    }
    assert len(places) > 2000
    assert not [id_ for id_ in places if "," in travels[id_]["places"]]


def test_who_severed_relations_is_said_where_the_heading_says_it(facts: Facts) -> None:
    mexico = dict(facts["relation/MEX-USA/event-histstate-mexico-04-severance"].properties)
    assert (mexico["bilat:fromParty"], mexico["bilat:toParty"]) == (ref("party:MEX"), ref("party:USA"))
    iran = dict(facts["relation/IRN-USA/event-histstate-iran-03-severance"].properties)
    assert "bilat:fromParty" not in iran


def sample() -> list[dict[str, str]]:
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        return [*csv.DictReader(file)]


def test_the_sample_is_the_one_drawn_and_is_as_the_data_are() -> None:
    rows = {(row["article"], row["number"]): row for row in read(TABLES, "timeline")}
    drawn = sorted(random.Random(SAMPLE_SEED).sample(sorted(rows), 100))
    events: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for row in decisions("events"):
        said = " ".join(filter(None, (row[name] for name in ("kind", "party", "by", "date", "end"))))
        events[row["article"], row["number"]] += [said] if said else []
    assert [(row["article"], row["number"]) for row in sample()] == drawn
    for row in sample():
        key = (row["article"], row["number"])
        assert (row["heading"], row["type"]) == (rows[key]["heading"], rows[key]["type"])
        assert row["events"] == ("; ".join(events[key]) or "none")


def test_the_error_rate_in_the_docs_is_that_of_the_sample() -> None:
    wrong = [row for row in sample() if row["type is right"] == "no"]
    assert f"in {len(wrong)} of 100" in (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")
    assert all(row["remark"] for row in wrong)
    assert {row["events are right"] for row in sample()} == {"yes"}


def test_the_page_does_not_say_that_a_post_resides_where_no_source_says_it(core_client: httpx.Client) -> None:
    page = core_client.get("/id/relation/KOR-USA.html", params={"asOf": "1950-06-25"}).text
    row = next(row for row in page.split("<tr>")[1:] if "John Joseph Muccio, head of mission" in row)
    assert "<td>not known</td>" in row
