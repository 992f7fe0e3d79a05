"""Treaties: rows about parties become instruments, by rules and by decisions that stand in tables."""

import datetime as dt
import re
from itertools import pairwise

import pyoxigraph as ox
import pytest

from bilateral.build.rows import read
from bilateral.build.sources import manytreaties
from bilateral.build.sources.manytreaties.instruments import Instrument, Treaties
from bilateral.build.world import World
from bilateral.project import Project
from tests.test_world import rows

PROJECT = Project.installed()
SOURCE = manytreaties.SOURCE
DATES = ("begin", "signed", "force", "end", "state_ratified", "state_force", "state_end")
Dates = tuple[str, str, str]


@pytest.fixture(scope="module")
def treaties() -> Treaties:
    return Treaties(World(PROJECT), SOURCE.name, SOURCE.about.version)


@pytest.fixture(scope="module")
def by_name(treaties: Treaties) -> dict[str, Instrument]:
    return {instrument.name: instrument for instrument in treaties.instruments}


def dates(instrument: Instrument, party: str) -> list[Dates]:
    return [(one.ratified, one.force, one.end) for one in instrument.memberships if one.party == party]


def test_every_date_is_one_or_somebody_decided_what_it_means() -> None:
    decided = {row["written"] for row in World(PROJECT).decisions("treaty-dates")}
    written = {row[name] for row in read(PROJECT.tables / SOURCE.name, "parties") for name in DATES}
    odd = {date for date in written - decided - {""} if not is_date(date)}
    assert odd == set()
    assert decided <= written, "decisions on what is nowhere written"


def is_date(text: str) -> bool:
    if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", text):
        return False
    year, month, day = (*map(int, text.split("-")), 1, 1)[:3]
    return bool(dt.date(year, month, day)) and 1000 < year < 2100


def test_no_sign_for_none_and_no_day_after_the_state_of_the_source_is_stated(treaties: Treaties) -> None:
    for instrument in treaties.instruments:
        assert instrument.force <= SOURCE.about.version
        for one in instrument.memberships:
            assert not {one.ratified[:4], one.force[:4], one.end[:4]} & {"9999", "0001"}
            assert one.force <= SOURCE.about.version


def test_every_code_is_a_party_or_decided_on_or_listed(treaties: Treaties) -> None:
    world = World(PROJECT)
    codes = {row["state"] for row in read(PROJECT.tables / SOURCE.name, "parties")}
    decided = {row["code"] for row in world.decisions("treaty-codes")}
    listed = " ".join(left.row for left in treaties.left_out)
    assert [code for code in codes - {*world.parties} - decided if code not in listed] == []


def test_every_treaty_of_the_rows_is_stated_or_listed(treaties: Treaties) -> None:
    names = [instrument.name for instrument in treaties.instruments]
    names += [left.row.partition(" ")[0] for left in treaties.left_out if left.table == "parties"]
    known = {row["treaty"].replace(" ", "_") for row in read(PROJECT.tables / SOURCE.name, "parties")}
    assert {re.sub(r"\.\d+$", "", name) for name in names} == known


def test_exactly_two_parties_make_an_agreement_and_more_a_treaty(by_name: dict[str, Instrument]) -> None:
    assert by_name["PER_2011O"].pair == ("KOR", "PER")
    assert (by_name["PER_2011O"].signed, by_name["PER_2011O"].force) == ("2011-03-21", "2011-08-01")
    assert len(by_name["MNSDOL_1987P"].memberships) > 190
    assert not by_name["CLAOFD_1984E2:OLDEPESCA_1982A"].pair, "an amendment that two parties alone have joined so far"


def test_one_identifier_of_several_treaties_is_told_apart_by_their_titles(by_name: dict[str, Instrument]) -> None:
    assert {name for name in by_name if name.startswith("GBR_2019O")} == {f"GBR_2019O.{n}" for n in range(1, 7)}
    assert by_name["GBR_2019O.6"].pair == ("GBR", "KOR")


def test_a_state_of_the_past_has_what_is_before_its_end(by_name: dict[str, Instrument]) -> None:
    assert dates(by_name["MNSDOL_1987P"], "SUN") == [("1988-11-10", "1989-01-01", "1991")]
    assert dates(by_name["MNSDOL_1987P"], "RUS") == [("", "1991-12-26", "")]
    assert dates(by_name["MNSDOL_1987P"], "CSK") == [("1990-10-01", "1990-12-30", "1992-12-31")]
    assert by_name["RUS-USA_1973A.1"].pair == ("SUN", "USA")


def test_rows_that_follow_each_other_are_memberships_in_turn(by_name: dict[str, Instrument]) -> None:
    for instrument in by_name.values():
        names = [one.name for one in instrument.memberships]
        assert len(names) == len(set(names))
        for one, other in pairwise(instrument.memberships):
            assert one.party != other.party or "" < one.end <= (other.force or other.ratified)


def test_rows_that_differ_state_what_they_share(by_name: dict[str, Instrument]) -> None:
    """Its rows say 1988-12-29 and 1988-12-28."""
    assert dates(by_name["VIENNA_1985A"], "JPN") == [("1988-09-30", "1988-12", "")]


def test_an_end_that_the_source_gives_to_many_of_a_treaty_that_goes_on_is_listed(
    treaties: Treaties, by_name: dict[str, Instrument]
) -> None:
    assert dates(by_name["ANTRCT_1959A"], "USA") == [("1960-08-18", "1961-06-23", "")]
    assert dates(by_name["ANTRCT_1959A"], "PER") == []
    assert any("PER=1992-12-31" in left.row for left in treaties.left_out if "ANTRCT_1959A" in left.row)
    assert dates(by_name["INTRRW_1946A"], "JPN") == [("1951-04-21", "1951-04-21", "2019-06-30")]


def test_the_trade_agreement_of_peru_and_south_korea_is_one_with_a_second_source(core_triples: ox.Store) -> None:
    found = rows(
        core_triples,
        """SELECT ?a ?force ?kind { ?a bilat:citation/dcterms:source src:manytreaties ; a bilat:Agreement ;
             bilat:ofRelation rel:KOR-PER ; bilat:inForceDate ?force ; bilat:kind/skos:notation ?kind }""",
    )
    assert [(iri.rpartition("/")[2], *rest) for iri, *rest in found] == [("fta", "2011-08-01", "free-trade-agreement")]


def test_which_treaties_bind_both_and_since_when_is_a_query(core_triples: ox.Store) -> None:
    found = rows(
        core_triples,
        """SELECT ?one ?other { VALUES ?t { treaty:MNSDOL_1987P }
             ?k bilat:treaty ?t ; org:member party:KOR ; bilat:inForceDate ?one .
             ?p bilat:treaty ?t ; org:member party:PER ; bilat:inForceDate ?other }""",
    )
    assert found == [("1992-05-27", "1993-06-29")]
