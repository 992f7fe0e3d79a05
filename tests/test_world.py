"""Every pair of countries: what the open sources come to, read from the graph as it is served."""

import csv
import gzip
import random
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pyoxigraph as ox
import pytest

from bilateral.build import names
from bilateral.build.generation import Generation
from bilateral.build.names import Name
from bilateral.build.rows import read
from bilateral.build.sources import SOURCES
from bilateral.build.world import World
from bilateral.project import Project
from bilateral.terms import BASE, PREFIXES, relation_iri
from tests.conftest import ROOT

PROJECT = Project.installed()
PERU = {"en": Name("Peru"), "es": Name("Perú", "el"), "ko": Name("페루")}
ISRAEL = {"en": Name("Israel"), "es": Name("Israel"), "ko": Name("이스라엘")}
KOREA = {"en": Name("South Korea"), "es": Name("Corea del Sur"), "ko": Name("대한민국")}


def rows(store: ox.Store, query: str) -> list[tuple[str, ...]]:
    solutions = store.query(query, use_default_graph_as_union=True, prefixes=PREFIXES, base_iri=BASE)
    assert isinstance(solutions, ox.QuerySolutions)
    return [tuple(getattr(value, "value", "") for value in solution) for solution in solutions]


def test_a_relation_is_named_as_a_speaker_would() -> None:
    assert names.relation(KOREA, PERU) == {
        "en": "Peru\N{EN DASH}South Korea relations",
        "es": "Relaciones entre el Perú y Corea del Sur",
        "ko": "페루\N{EN DASH}대한민국 관계",
    }
    assert names.relation(PERU, ISRAEL)["es"] == "Relaciones entre Israel y el Perú"
    assert names.relation(KOREA, ISRAEL)["es"] == "Relaciones entre Israel y Corea del Sur"


def test_spanish_says_e_before_an_i_and_del_for_de_el() -> None:
    kind = {"en": "embassy", "es": "embajada", "ko": "대사관"}
    assert names.event(kind, "1963", PERU, ISRAEL)["es"] == "Embajada entre el Perú e Israel, 1963"
    assert names.mission(kind, PERU, KOREA)["es"] == "Embajada del Perú en Corea del Sur"
    assert names.event(kind, "1963", KOREA, PERU)["ko"].startswith("1963년 대한민국과 페루의")


def test_every_pair_in_the_united_nations_is_a_relation_and_any_other_that_a_source_knows(
    core_triples: ox.Store,
) -> None:
    seated = [party for party in World(PROJECT).parties.values() if party.status in {"member", "observer"}]
    relations = {iri for (iri,) in rows(core_triples, "SELECT ?r { ?r a bilat:BilateralRelation }")}
    of_seated = {relation_iri(*pair) for pair in combinations(sorted(party.code for party in seated), 2)}
    stated = "SELECT ?r { { ?fact bilat:ofRelation ?r } UNION { ?r skos:exactMatch ?item } }"
    known = {iri for (iri,) in rows(core_triples, stated)}
    assert len(seated) == 195
    assert of_seated <= relations
    assert relations - of_seated <= known


def test_parties_of_the_past_have_an_end_and_most_a_successor(core_triples: ox.Store) -> None:
    found = rows(core_triples, "SELECT ?c ?e ?s { ?p bilat:partyCode ?c ; bilat:endDate ?e ; dcterms:isReplacedBy ?s }")
    assert ("SUN", "1991", f"{BASE}id/party/RUS") in found
    assert ("DDR", "1990-10-03", f"{BASE}id/party/DEU") in found
    assert len({code for code, *_ in found}) == 9


def test_names_of_a_party_come_in_many_languages(core_triples: ox.Store) -> None:
    found = rows(core_triples, "SELECT ?n { party:PER schema:name ?n }")
    assert len(found) == 25
    assert len(rows(core_triples, "SELECT ?l { party:PER rdfs:label ?l }")) == 3


def test_every_fact_has_a_citation_with_a_source(core_triples: ox.Store) -> None:
    query = """SELECT ?f { ?f bilat:ofRelation ?r MINUS { ?f bilat:citation ?c . ?c dcterms:source ?s } } LIMIT 3"""
    assert rows(core_triples, query) == []


def test_every_graph_of_a_source_says_its_licence_and_how_to_cite_it(core_triples: ox.Store) -> None:
    query = """SELECT ?g ?l { ?g a void:Dataset ; dcterms:license ?l ; prov:wasDerivedFrom ?a ;
                              dcterms:bibliographicCitation ?c FILTER(CONTAINS(?c, STR(?a))) }"""
    found = rows(core_triples, query)
    assert {graph.rpartition("/")[2] for graph, _ in found} == set(SOURCES)
    licenses = {graph.rpartition("/")[2]: license_ for graph, license_ in found}
    assert {name: source.about.license for name, source in SOURCES.items()} == licenses


def test_no_triple_is_in_two_graphs(core: Path) -> None:
    with gzip.open(core / "current" / "dumps" / "bilateral.nq.gz") as quads:
        triples = [hash(quad.rpartition(b" <")[0]) for quad in quads]
    assert len({*triples}) == len(triples) > 3_000_000


def test_every_row_of_the_embassies_is_a_mission_or_is_listed(core: Path, core_triples: ox.Store) -> None:
    left_out = {row["row"] for row in report(core, "left-out") if row["table"] == "missions" and " " not in row["row"]}
    matches = rows(
        core_triples,
        """SELECT ?i { VALUES ?class { bilat:DiplomaticMission bilat:PermanentMission }
                        ?m a ?class ; skos:exactMatch ?i }""",
    )
    missions = {item.rpartition("/")[2] for (item,) in matches}
    items = {row["item"] for row in read(PROJECT.tables / "embassies", "missions")}
    assert missions | left_out == items
    assert not missions & left_out


def test_a_mission_to_an_organization_is_no_fact_of_a_relation(core_triples: ox.Store) -> None:
    ((mission,),) = rows(core_triples, "SELECT ?m { ?m a bilat:PermanentMission }")
    assert not rows(core_triples, f"SELECT ?r {{ <{mission}> bilat:ofRelation ?r }}")


def test_peru_and_south_korea_have_each_mission_once(core_triples: ox.Store) -> None:
    query = "SELECT ?m ?lat { ?m a bilat:DiplomaticMission ; bilat:ofRelation rel:KOR-PER ; schema:latitude ?lat }"
    found = {mission.rpartition("/")[2]: latitude for mission, latitude in rows(core_triples, query)}
    assert found == {"embassy-per-seoul": "37.56154", "embassy-kor-lima": "-12.092"}


def test_what_sources_and_curators_both_have_is_reported(core: Path) -> None:
    met = report(core, "meetings")
    assert {row["source"] for row in met} == {"embassies", "factbook", "kdiplo", "manytreaties", "passport-index"}
    other = [row for row in met if row["property"]]
    assert {(row["curated"].rpartition("/")[2], row["property"]) for row in other} == {
        ("visa-rule-2020", "bilat:kind"),
        ("visa-rule-2022", "bilat:kind"),
    }


@pytest.mark.parametrize("name", ["counts", "left-out", "meetings"])
def test_the_reports_in_the_docs_are_those_of_the_build(core: Path, name: str) -> None:
    assert (ROOT / "docs" / "reports" / f"{name}.csv").read_bytes() == reported(core, name).read_bytes()


def test_votes_are_what_counting_by_hand_gives(core_triples: ox.Store) -> None:
    """Ten pairs by loops over the rows, beside the matrices that made them."""
    found = rows(
        core_triples,
        "SELECT ?r ?v ?q { ?o bilat:ofRelation ?r ; bilat:startDate '1980'^^xsd:gYear ; "
        "bilat:measure measure:un-vote-agreement ; bilat:value ?v ; bilat:quantity ?q } ORDER BY ?r",
    )
    assert len(found) > 10_000
    for relation, value, quantity in random.Random(7).sample(found, 10):
        one, other = relation.rpartition("/")[2].split("-")
        pairs = [*votes_of(one, other, "198")]
        agreement = sum(1.0 if a == b else 0.5 if "a" in (a, b) else 0.0 for a, b in pairs) / len(pairs)
        assert (len(pairs), round(agreement, 4)) == (int(quantity), float(value)), relation


def votes_of(one: str, other: str, years: str) -> Iterator[tuple[str, str]]:
    """Give the votes of both, from the table of roll calls, where both voted."""
    world = World(PROJECT)
    codes = {
        row["name"]: world.code_of_alpha2.get(row["alpha2"], "") for row in read(PROJECT.tables / "un-votes", "voters")
    }
    codes |= {voter.name: voter.party for voter in reversed(world.voters)}  # before 1990, the earlier party
    voters = [codes[row["name"]] for row in read(PROJECT.tables / "un-votes", "voters")]
    for call in read(PROJECT.tables / "un-votes", "roll-calls"):
        cast = dict(zip(voters, call["votes"], strict=True))
        if call["date"].startswith(years) and "-" not in (cast[one], cast[other]):
            yield cast[one], cast[other]


def test_namibia_votes_and_the_soviet_union_stops_in_1991(core_triples: ox.Store) -> None:
    query = """SELECT DISTINCT ?s {{
        ?r bilat:party party:{} . ?o bilat:ofRelation ?r ; bilat:measure measure:un-vote-agreement .
        ?o bilat:startDate ?s }}"""
    assert ("2010",) in rows(core_triples, query.format("NAM"))
    assert max(rows(core_triples, query.format("SUN"))) == ("1990",)
    assert min(rows(core_triples, query.format("RUS"))) == ("1990",)


def test_unchanged_sources_are_not_made_again(core: Path) -> None:
    folder = core / "sources"
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert {graph.path for graph in Generation(PROJECT, folder, all_years=False).graphs()} < before.keys()
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == before


def test_the_same_tables_give_the_same_bytes(core: Path, tmp_path: Path) -> None:
    for graph in Generation(PROJECT, tmp_path, all_years=False).graphs():
        assert graph.path.read_bytes() == (core / "sources" / graph.path.name).read_bytes()


def test_all_years_are_what_core_leaves_out() -> None:
    world = World(PROJECT, all_years=True)
    assert 830_000 < described(world, "un-votes")["DyadicObservation"] < 950_000
    assert described(world, "kdiplo")["TradeObservation"] > 15_000


def described(world: World, source: str) -> Counter[str]:
    """Count the things that a source describes, by class."""
    return Counter(thing.class_ for thing in SOURCES[source].facts(world))


def report(store: Path, name: str) -> list[dict[str, str]]:
    with reported(store, name).open(encoding="utf-8", newline="") as file:
        return [*csv.DictReader(file)]


def reported(store: Path, name: str) -> Path:
    return store / "current" / "reports" / f"{name}.csv"
