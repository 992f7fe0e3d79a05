"""docs/coverage is what the graph gives."""

import csv
import gzip
import io

import pyoxigraph as ox
import pytest

from tests.coverage.knowledge import Knowledge, read
from tests.coverage.report import FOLDER, best, files, poorest


@pytest.fixture(scope="module")
def knowledge(core_triples: ox.Store) -> Knowledge:
    return read(core_triples)


def test_the_report_in_the_docs_is_what_the_graph_gives(knowledge: Knowledge) -> None:
    made = files(knowledge)
    assert {path.name for path in FOLDER.iterdir()} == set(made)
    assert [name for name, content in made.items() if (FOLDER / name).read_bytes() != content] == []


def test_every_pair_and_kind_of_the_graph_has_its_row(knowledge: Knowledge, core_triples: ox.Store) -> None:
    text = gzip.decompress((FOLDER / "pairs.csv.gz").read_bytes()).decode()
    rows = {(row["pair"], row["kind"]): row for row in csv.DictReader(io.StringIO(text))}
    query = """PREFIX bilat: <https://w3id.org/bilateral/ontology#> PREFIX rel: <https://w3id.org/bilateral/id/relation/>
      SELECT (COUNT(DISTINCT ?f) AS ?n) { ?f bilat:ofRelation rel:DEU-FRA ; a bilat:DiplomaticMission }"""
    solutions = core_triples.query(query, use_default_graph_as_union=True)
    assert isinstance(solutions, ox.QuerySolutions)
    [solution] = solutions
    assert rows["DEU-FRA", "diplomatic mission"]["facts"] == solution["n"].value
    assert len({pair for pair, _ in rows}) == sum(1 for known in knowledge.pairs.values() if known)


def test_the_rankings_keep_their_rule(knowledge: Knowledge) -> None:
    known = knowledge.pairs
    assert [len(known[pair]) for pair in best(knowledge)] == sorted(map(len, known.values()), reverse=True)[:20]
    fewest = min(len(known[pair]) for pair in known if not knowledge.ended & set(pair.split("-")))
    assert {len(known[pair]) for pair in poorest(knowledge)} == {fewest}
