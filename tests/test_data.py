"""The curated data: they pass the gate, and every file is canonical."""

import csv
from pathlib import Path

import pyoxigraph as ox
import pytest

from bilateral.build import canonical, gate
from bilateral.project import Project
from bilateral.terms import PREFIXES, expand

HEAD = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
FILES = Project.installed().curated_files


def values(store: ox.Store, text: str) -> list[str]:
    solutions = store.query(HEAD + text, use_default_graph_as_union=True)
    assert isinstance(solutions, ox.QuerySolutions)
    return [str(getattr(solution[0], "value", "")) for solution in solutions]


def test_the_data_pass_the_gate(project: Project) -> None:
    assert gate.check(project).violations == ()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_file_is_canonical(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == canonical.of_file(path), f"Mend it by: bilateral format {path}"


def test_the_trade_series_is_whole(triples: ox.Store) -> None:
    text = """SELECT (CONCAT(STR(?year), " ", ?name, " ", STR(?value)) AS ?row) {
        VALUES ?measure { measure:exports measure:imports }
        ?measure skos:notation ?name .
        ?o bilat:measure ?measure ; bilat:refPeriod ?year ; bilat:value ?value ;
           bilat:citation/dcterms:source src:est-kdiplo }"""
    with Path(__file__).with_name("trade.csv").open(encoding="utf-8") as file:
        expected = {
            f"{row['year']} {measure} {row[measure]}"
            for row in csv.DictReader(file)
            for measure in ("exports", "imports")
        }
    assert set(values(triples, text)) == expected
    assert len(expected) == 118


@pytest.mark.parametrize("name", ["kuczynski", "boluarte", "castillo", "moo-hyun", "jae-in", "lee-jae-myung"])
def test_visits_that_were_not_found_are_not_asserted(triples: ox.Store, name: str) -> None:
    visitors = values(triples, "SELECT ?visitor { ?visit bilat:visitor ?visitor }")
    assert visitors
    assert not [visitor for visitor in visitors if name in visitor]


def test_the_three_hundred_million_are_not_split(triples: ox.Store) -> None:
    text = """SELECT ?fact { ?fact a bilat:AidPackage ; bilat:value 300000000.0 ; bilat:toParty party:PER
        FILTER NOT EXISTS { ?fact bilat:fromParty ?giver } }"""
    assert len(values(triples, text)) == 1


def test_entry_into_force_has_one_preferred_and_two_deprecated_dates(triples: ox.Store) -> None:
    text = """SELECT (CONCAT(STR(?date), " ", REPLACE(STR(?rank), ".*#", "")) AS ?row) {
        ?claim rdf:subject rel:KOR-PER\\/fta ; rdf:predicate bilat:inForceDate ; rdf:object ?date ;
           bilat:rank ?rank }"""
    expected = ["2011-08-01 PreferredRank", "2012 DeprecatedRank", "2013-03-01 DeprecatedRank"]
    assert sorted(values(triples, text)) == expected


def test_a_wikidata_id_is_an_entity_of_wikidata(triples: ox.Store) -> None:
    matches = [q.object for q in triples.quads_for_pattern(None, ox.NamedNode(expand("skos:exactMatch")), None, None)]
    assert matches
    assert all(str(getattr(m, "value", "")).startswith("http://www.wikidata.org/entity/Q") for m in matches)
