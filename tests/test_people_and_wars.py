"""Migrants, refugees and armed conflicts, as their sources give them and no further."""

import csv
import gzip
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox
import pytest

from bilateral.build import names
from bilateral.build.meetings import Meetings
from bilateral.build.names import Name
from bilateral.build.raw import Raw
from bilateral.build.rows import read
from bilateral.build.source import Source
from bilateral.build.sources import ucdp, un_desa_migrant_stock, unhcr_refugees
from bilateral.build.thing import Thing
from bilateral.build.world import World
from bilateral.errors import InputError
from bilateral.project import Project
from bilateral.terms import BASE, compact

PROJECT = Project.installed()
DESA, UNHCR, UCDP = un_desa_migrant_stock.SOURCE, unhcr_refugees.SOURCE, ucdp.SOURCE
IRAN = {"en": Name("Iran"), "es": Name("Irán"), "ko": Name("이란")}
IRAQ = {"en": Name("Iraq"), "es": Name("Irak", "el"), "ko": Name("이라크")}
Facts = dict[str, dict[str, list[str]]]
"""The values of each thing: by its local IRI, and by the prefixed name of the property."""


@cache
def facts(source: Source, *, all_years: bool = False) -> Facts:
    things = source.facts(World(PROJECT, all_years=all_years))
    return {thing.iri.removeprefix(f"{BASE}id/"): said(thing) for thing in things}


def said(thing: Thing) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for predicate, term in thing.properties:
        value = compact(term[1:-1]) if term.startswith("<") else term.split('"')[1]
        values.setdefault(predicate, []).append(value)
    return values


def observations(source: Source, *, all_years: bool = False) -> Iterator[dict[str, list[str]]]:
    for fact in facts(source, all_years=all_years).values():
        if fact["rdf:type"] == ["bilat:MigrationStock"]:
            yield fact


def wars(pair: str) -> list[tuple[str, str]]:
    """Give start and end of each armed conflict of a pair."""
    found = (fact for iri, fact in facts(UCDP).items() if iri.startswith(f"relation/{pair}/"))
    return sorted((war["bilat:startDate"][0], war.get("bilat:endDate", [""])[0]) for war in found)


def test_migrants_of_the_latest_year_are_all_that_the_small_profile_has() -> None:
    assert {fact["bilat:refPeriod"][0] for fact in observations(DESA)} == {"2020"}
    counts = Counter(fact["bilat:refPeriod"][0] for fact in observations(DESA, all_years=True))
    assert sorted(counts) == ["1990", "1995", "2000", "2005", "2010", "2015", "2020"]
    assert sum(counts.values()) == 75_538


def test_an_origin_that_the_source_does_not_give_is_unknown_and_not_zero() -> None:
    in_korea = {
        f["bilat:fromParty"][0] for f in observations(DESA, all_years=True) if f["bilat:toParty"] == ["party:KOR"]
    }
    assert len(in_korea) == 29 - len({"XXX"} & {row["origin"] for row in korean_rows()})
    assert "party:PER" not in in_korea
    assert all(float(fact["bilat:value"][0]) > 0 for fact in observations(DESA, all_years=True))


def korean_rows() -> list[dict[str, str]]:
    return [row for row in read(PROJECT.tables / DESA.name, "stocks") if row["destination"] == "KOR"]


def test_every_migrant_of_the_table_is_in_the_graph_or_counted_as_left_out() -> None:
    rows = read(PROJECT.tables / DESA.name, "stocks")
    cells = sum(bool(value) for row in rows for column, value in row.items() if column.isdigit())
    left_out = sum(int(left.row.split()[1]) for left in DESA.left_out(World(PROJECT)))
    assert cells == left_out + sum(1 for _ in observations(DESA, all_years=True)) == 77_157


def test_the_latest_complete_year_is_all_that_the_small_profile_has_of_refugees() -> None:
    assert {fact["bilat:refPeriod"][0] for fact in observations(UNHCR)} == {"2024"}
    years = {fact["bilat:refPeriod"][0] for fact in observations(UNHCR, all_years=True)}
    assert (min(years), max(years)) == ("1960", "2025"), "no origin is known before"


def test_that_the_last_year_is_not_complete_is_said_where_it_is_cited() -> None:
    cited = facts(UNHCR, all_years=True)
    assert "are not complete" in cited["source/unhcr-refugees/cite-2025"]["bilat:statement"][0]
    assert "are not complete" not in cited["source/unhcr-refugees/cite-2024"]["bilat:statement"][0]
    assert "rounded" in cited["source/unhcr-refugees/cite-2024"]["bilat:statement"][0]


def test_every_refugee_of_the_table_is_in_the_graph_or_counted_as_left_out() -> None:
    cells = 2 * sum(1 for _ in read(PROJECT.tables / UNHCR.name, "people"))
    left_out = [left.row.rpartition(": ")[2].split() for left in UNHCR.left_out(World(PROJECT))]
    zeros = sum(int(count) for count, what in left_out if what == "zeros")
    rows = sum(int(count) for count, what in left_out if what == "rows")
    assert cells == zeros + 2 * rows + sum(1 for _ in observations(UNHCR, all_years=True))


def test_no_code_without_a_party_makes_a_fact() -> None:
    parties = {f"party:{code}" for code in World(PROJECT).parties}
    for source in (DESA, UNHCR):
        for fact in observations(source, all_years=True):
            assert {*fact["bilat:fromParty"], *fact["bilat:toParty"]} <= parties


def test_what_the_same_body_and_curators_count_is_not_counted_twice() -> None:
    world = World(PROJECT)
    thing = next(thing for thing in DESA.facts(world) if thing.iri.endswith("KOR-PER/un-desa-migrants-KOR-2020"))
    own = Thing(f"{BASE}id/relation/KOR-PER/obs-own", thing.properties)
    assert [*Meetings(DESA.name, DESA.iri, world).resolve(thing)] == [thing]
    world.curated.extend(ox.parse("".join(own.triples()), format=ox.RdfFormat.N_TRIPLES))
    meetings = Meetings(DESA.name, DESA.iri, world)
    assert [(met.iri, met.properties) for met in meetings.resolve(thing)] == [(own.iri, ())]
    assert [met.curated for met in meetings.found] == [own.iri]


def test_each_run_of_years_is_a_war_of_its_own() -> None:
    assert wars("EGY-ISR") == [
        ("1948-04-15", "1949-01-07"),
        ("1956-10-31", "1956-11-06"),
        ("1967-06-05", "1967-06-10"),
        ("1969-03-06", "1970-08-07"),
        ("1973-10-06", "1973-10-24"),
    ]


def test_who_joins_later_has_years_and_no_days_of_others() -> None:
    assert wars("KOR-PRK") == [("1949-05", "1953-07-27"), ("1965", "1973")]
    assert wars("CHN-KOR") == [("1950", "1953-07-27")]


def test_a_war_begins_with_its_first_death_where_that_is_in_its_first_year() -> None:
    assert wars("ARG-GBR") == [("1982-04-02", "1982-06-14")]
    assert wars("RUS-UKR") == [("2022-02-24", "")]


def test_what_is_on_in_the_last_year_has_no_end_and_nothing_else_has_none() -> None:
    events = {iri: fact for iri, fact in facts(UCDP).items() if iri.startswith("event/")}
    going_on = {iri for iri, fact in events.items() if "bilat:endDate" not in fact}
    last = {row["conflict"] for row in read(PROJECT.tables / UCDP.name, "years") if row["year"] == "2024"}
    assert going_on == {f"event/ucdp-{conflict}" for conflict in last}
    assert len(last) == 4


def test_every_conflict_is_an_event_or_is_left_out() -> None:
    conflicts = {row["conflict"] for row in read(PROJECT.tables / UCDP.name, "years")}
    events = {iri.removeprefix("event/ucdp-") for iri in facts(UCDP) if iri.startswith("event/")}
    assert conflicts - events == {left.row for left in UCDP.left_out(World(PROJECT))} == {"226"}


def test_every_opposed_pair_of_a_conflict_is_in_its_event() -> None:
    korea = facts(UCDP)["event/ucdp-235"]
    assert set(korea["bilat:sideA"]) == {"party:PRK", "party:SUN", "party:CHN"}
    assert len(korea["bilat:sideB"]) == 17
    pairs = [iri for iri, fact in facts(UCDP).items() if fact.get("schema:superEvent") == ["ev:ucdp-235"]]
    assert len(pairs) == 3 * 17


@pytest.mark.parametrize(
    ("number", "year", "party"),
    [
        *(("365", 1991, "SUN"), ("365", 1992, "RUS"), ("678", 1979, "XYA"), ("678", 2024, "YEM")),
        *(("816", 1965, "VNM"), ("817", 1975, "XSV"), ("751", 1948, "")),
    ],
)
def test_a_number_stands_for_the_party_of_its_time(number: str, year: int, party: str) -> None:
    assert World(PROJECT).party_of_gleditsch_ward(number, year) == party


def test_every_decision_on_a_number_is_used_and_none_is_missing() -> None:
    rows = [*read(PROJECT.tables / UCDP.name, "years")]
    used = {
        number
        for row in rows
        for side in ("side_a", "support_a", "side_b", "support_b")
        for number in row[side].split()
    }
    with (PROJECT.root / "data" / "decisions" / "gleditsch_ward.csv").open(encoding="utf-8", newline="") as file:
        decided = [*csv.DictReader(file)]
    assert {row["number"] for row in decided} == used
    assert {row["party"] for row in decided} - {""} <= {*World(PROJECT).parties}
    with pytest.raises(InputError, match="decide on the state 345"):
        World(PROJECT).party_of_gleditsch_ward("345", 1999)


def test_a_state_that_was_no_member_rests_on_the_source_that_names_it() -> None:
    parties = {thing.iri: thing for thing in World(PROJECT).parties.values()}
    south = parties[f"{BASE}id/party/XSV"]
    assert (south.source, south.end, south.successors) == ("ucdp", "1975-04-30", ("VNM",))


def test_a_conflict_is_named_as_a_speaker_would() -> None:
    assert names.dated(names.conflict([IRAN], [IRAQ]), "1980", "1988") == {
        "en": "Armed conflict between Iran and Iraq, 1980\N{EN DASH}1988",
        "es": "Conflicto armado entre Irán y el Irak, 1980\N{EN DASH}1988",
        "ko": "이란 대 이라크 무력 분쟁(1980\N{EN DASH}1988년)",
    }
    assert (
        names.conflict([IRAQ, IRAN], [IRAN])["es"]
        == "Conflicto armado entre el Irak e Irán, por un lado, y Irán, por otro"
    )
    assert names.dated(names.opposed(IRAQ, IRAN, names.conflict([IRAN], [IRAQ])), "2024", "")["en"] == (
        "Iraq and Iran on opposite sides of the armed conflict between Iran and Iraq, since 2024"
    )


WAR = "1.0,1950.0,2.0,,20.0,,territory,1.0,interstate,1950-06-30,3.0,1950-06-30,3.0,1.0,1950-12-31\n"
HEADS = {
    DESA.name: "origin_iso3,destination_iso3,year,migrants\n",
    UNHCR.name: "year,coo_name,coo,coo_iso,coa_name,coa,coa_iso,refugees,asylum_seekers,returned_refugees,idps,"
    "returned_idps,stateless,ooc,oip,hst\n",
    UCDP.name: "conflict_id,year,gwno_a,gwno_a_2nd,gwno_b,gwno_b_2nd,incompatibility,intensity_level,type_of_conflict,"
    "start_date,start_prec,start_date2,start_prec2,ep_end,ep_end_date\n",
}


@pytest.mark.parametrize(
    ("source", "row", "message"),
    [
        (DESA, "PER,KOR,2021,1.0\n", "has a year that we do not know"),
        (DESA, "PER,KOR,2020,1.0\nPER,KOR,2020,2.0\n", "have already: 2020"),
        (DESA, "PER,KOR,2020,0.0\n", "no number of people: 0.0"),
        (DESA, "PER,kor,2020,1.0\n", "no code of a country: kor"),
        (UNHCR, "2026.0,,,PER,,,KOR,5.0,0.0,,,,,,,\n", "has a year that we do not know: 2026"),
        (UNHCR, "2024.0,,,PER,,,KOR,NA,0.0,,,,,,,\n", "has a refugees that is no whole number: NA"),
        (UCDP, WAR.replace("interstate", "intrastate"), "is no conflict between states"),
        (UCDP, WAR + WAR.replace("20.0", "40.0").replace(",1.0,interstate", ",2.0,interstate"), "do not fit together"),
        (UCDP, WAR.replace("3.0,1.0", "6.0,1.0"), "no date of a known precision"),
        (UCDP, WAR.replace("1950-12-31", ""), "has an end of the episode that we do not know"),
    ],
)
def test_what_nobody_has_looked_at_is_refused(source: Source, row: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(HEADS[source.name] + row, encoding="utf-8")
    ((name, file),) = source.about.files.items()
    known = file.path
    plain = replace(source.about, files={name: replace(file, sha256=sha256(path.read_bytes()).hexdigest())})
    target = tmp_path / known.removesuffix(".gz")
    target.parent.mkdir()
    path.rename(target)
    if known.endswith(".gz"):
        (tmp_path / known).write_bytes(gzip.compress(target.read_bytes()))
    with pytest.raises(InputError, match=message):
        [*next(iter(source.rows.values()))(Raw(plain, tmp_path))]
