"""The World Factbook: its codes and names are decided on, a member is no observer, and both sides of a border count."""

import csv
from collections import Counter

import pyoxigraph as ox
import pytest

from bilateral.build.rows import read
from bilateral.build.sources import factbook
from bilateral.build.sources.factbook import crosswalk
from bilateral.build.world import World
from bilateral.project import Project
from tests.ten_relations import rows

PROJECT = Project.installed()
TABLES = PROJECT.tables / "factbook"


def decisions(name: str) -> list[dict[str, str]]:
    with (PROJECT.root / "data" / "decisions" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [*csv.DictReader(file)]


@pytest.fixture(scope="module")
def world() -> World:
    return World(PROJECT)


def test_every_code_and_name_is_decided_on_and_every_decision_is_needed(world: World) -> None:
    used = {row["gec"] for name in ("memberships", "borders", "partners") for row in read(TABLES, name)}
    named = {row["neighbour"] for row in read(TABLES, "borders")} | {row["partner"] for row in read(TABLES, "partners")}
    known = crosswalk.read(world)
    assert used == {*known.codes}
    assert named <= {*known.names}
    assert {row["name"] for row in decisions("partner_names")} <= named
    assert {*known.codes.values()} <= {*world.parties, ""}


def test_codes_that_mislead_stand_for_the_right_party(world: World) -> None:
    codes = crosswalk.read(world).codes
    wanted = {"wa": "NAM", "ks": "KOR", "kn": "PRK", "kr": "KIR", "ch": "CHN", "sz": "CHE", "as": "AUS", "au": "AUT"}
    wanted |= {"kv": "XKX", "tw": "TWN", "hk": "HKG", "we": "PSE", "gz": "PSE", "ee": "EUE", "cg": "COD", "cf": "COG"}
    assert {gec: codes[gec] for gec in wanted} == wanted


def test_what_stands_for_no_party_says_why() -> None:
    assert all(row["reason"] for name in ("gec", "partner_names") for row in decisions(name) if not row["party"])
    assert all(row["reason"] for row in decisions("organizations") if not row["id"] or row["unqualified"] == "")


def test_every_organization_and_qualifier_is_decided_on(world: World) -> None:
    table = [*read(TABLES, "memberships")]
    organizations = {row["acronym"]: row for row in decisions("organizations")}
    assert {row["organization"] for row in table} == {*organizations}
    assert {row["qualifier"] for row in table} - {""} == {row["qualifier"] for row in decisions("standings")}
    named = Counter(row["id"] for row in organizations.values() if row["unqualified"])
    assert {*named.values()} == {1}
    assert {row["id"] for row in organizations.values()} - {""} == {*named}
    standings = {row["standing"] for row in decisions("standings")}
    standings |= {row["unqualified"] for row in organizations.values()} - {""}
    assert {f"standing:{standing}" for standing in standings} <= {*world.kinds}


def test_every_row_is_stated_or_left_out() -> None:
    world = World(PROJECT, all_years=True)
    cited = {thing.iri.rpartition("/")[2] for thing in factbook.SOURCE.facts(world) if thing.class_ == "Citation"}
    left = Counter(left.table for left in factbook.SOURCE.left_out(world))
    for table, kind in {"memberships": "igo", "borders": "border", "partners": "share"}.items():
        lines = {row["line"] for row in read(TABLES, table)}
        stated = {name.rpartition("-")[2] for name in cited if name.startswith(f"cite-{kind}-")}
        assert stated < lines
        assert len(stated) + left[table] == len(lines)


def test_a_border_is_a_sum_only_where_it_has_parts(core_triples: ox.Store) -> None:
    query = """SELECT ?r { ?b bilat:measure measure:land-border-length ; bilat:ofRelation ?r ; bilat:citation ?c }
        GROUP BY ?r HAVING(COUNT(?c) > 2)"""
    parted = {relation.rpartition("/")[2] for (relation,) in rows(core_triples, query, ("r",))}
    assert parted == {"CHN-RUS", "ESP-MAR", "ISR-PSE"}


def test_a_member_is_no_observer(core_triples: ox.Store) -> None:
    query = (
        """SELECT ?k { ?m org:member party:KOR ; org:organization organization:NAME ; bilat:kind/skos:notation ?k }"""
    )
    standings = {
        name: rows(core_triples, query.replace("NAME", name), ("k",)) for name in ("wto", "oas", "asean", "icc")
    }
    assert standings == {
        "wto": [("member",)],
        "oas": [("observer",)],
        "asean": [("dialogue-partner",)],
        "icc": [("national-body",)],
    }


def test_a_curated_membership_gets_a_second_citation_and_no_double(core_triples: ox.Store) -> None:
    query = """SELECT ?m ?k (COUNT(?c) AS ?n) { ?m org:member party:PER ; org:organization organization:apec ;
        bilat:kind/skos:notation ?k ; bilat:citation ?c . ?c dcterms:source ?s } GROUP BY ?m ?k"""
    ((membership, kind, citations),) = rows(core_triples, query, ("m", "k", "n"))
    assert (membership.rpartition("/")[2], kind, citations) == ("PER-APEC", "member", "3")


def test_a_border_has_one_length_or_rival_claims(core_triples: ox.Store) -> None:
    query = """SELECT ?v ?o { rel:PAIR bilat:party ?p . ?b bilat:ofRelation rel:PAIR ;
        bilat:measure measure:land-border-length OPTIONAL { ?b bilat:value ?v }
        OPTIONAL { ?c rdf:subject ?b ; rdf:object ?o ; bilat:conflictsWith ?d } }"""
    found = {pair: {*rows(core_triples, query.replace("PAIR", pair), ("v", "o"))} for pair in ("BOL-PER", "DEU-POL")}
    assert found == {"BOL-PER": {("1212", "")}, "DEU-POL": {("", "447"), ("", "467")}}


def test_core_has_the_latest_shares_and_full_those_of_every_year(core_triples: ox.Store) -> None:
    query = """SELECT DISTINCT ?y {
        ?o bilat:measure measure:export-share ; bilat:fromParty party:PER ; bilat:refPeriod ?y }"""
    assert rows(core_triples, query, ("y",)) == [("2023",)]
    things = factbook.SOURCE.facts(World(PROJECT, all_years=True))
    names = {thing.iri.rpartition("/")[2] for thing in things if thing.class_ == "TradeObservation"}
    assert {"export-share-PER-2014", "export-share-PER-2023", "import-share-KOR-2022"} <= names


def test_no_share_is_zero_and_none_of_the_partners_not_listed_has_one(core_triples: ox.Store) -> None:
    query = """SELECT ?o { ?o bilat:measure ?m ; bilat:value ?v
        FILTER(?m IN (measure:export-share, measure:import-share) && (?v <= 0 || ?v > 100)) }"""
    assert rows(core_triples, query, ("o",)) == []


def test_no_country_is_its_own_partner_in_any_year() -> None:
    world = World(PROJECT, all_years=True)
    pairs = {thing.iri.split("/")[-2] for thing in factbook.SOURCE.facts(world) if thing.class_ == "TradeObservation"}
    assert [pair for pair in pairs if pair[:3] == pair[4:]] == []
    left = [each for each in factbook.SOURCE.left_out(world) if "partner of its own" in each.reason]
    assert [each.row for each in left] == ["ch import China 2022"]
