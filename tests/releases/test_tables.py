"""The tables of a release say what the graph says, in the tools that people without RDF use."""

import json
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import mlcroissant
import pandas as pd
import pyoxigraph as ox
import pytest

from bilateral.publish.database import write_database
from bilateral.publish.table import tables
from bilateral.query import select
from bilateral.release import Release
from bilateral.terms import PREFIXES
from tests.conftest import ROOT
from tests.tables_page import PAGE, page


def things(store: ox.Store, variable: str, pattern: str) -> set[object]:
    """Give what the graph has of a pattern."""
    prefixes = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
    query = f"{prefixes} SELECT DISTINCT ?{variable} {{ {pattern} }}"
    solutions = store.query(query, use_default_graph_as_union=True)
    assert isinstance(solutions, ox.QuerySolutions)
    return {solution[variable] for solution in solutions}


def expected(store: ox.Store) -> dict[str, int]:
    """Count what the graph has of each table; what no other has is what is left of all facts of relations."""
    found = {table.name: things(store, table.key, table.pattern) for table in tables() if table.pattern}
    facts = things(store, "fact", "?fact bilat:ofRelation ?relation")
    return {table.name: len(found.get(table.name, facts.difference(*found.values()))) for table in tables()}


def datasette(database: Path, path: str) -> list[dict[str, object]]:
    command = [sys.executable, "-m", "datasette", "--get", path, str(database)]
    result = subprocess.run(command, capture_output=True, check=True, timeout=60)
    rows: list[dict[str, object]] = json.loads(result.stdout)
    return rows


def test_a_table_has_as_many_rows_as_the_graph_has_facts(release: Release, triples: ox.Store) -> None:
    assert release.tables == expected(triples)


def test_of_all_pairs_each_table_has_a_row_a_fact(core_triples: ox.Store, tmp_path: Path) -> None:
    counts = write_database(core_triples, tables(), tmp_path / "bilateral.sqlite")
    assert counts == expected(core_triples)
    with closing(sqlite3.connect(tmp_path / "bilateral.sqlite")) as database:
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_fact_is_a_row_of_one_table_alone(release: Release) -> None:
    facts = [table.name for table in tables() if table.key == "fact"]
    rows = pd.concat(pd.read_parquet(release.folder / "tables" / f"{name}.parquet", columns=["fact"]) for name in facts)
    assert len(rows) > 250
    assert rows["fact"].is_unique


@pytest.mark.parametrize("name", [table.name for table in tables()])
def test_csv_parquet_and_sqlite_have_the_same_rows(release: Release, name: str) -> None:
    parquet = pd.read_parquet(release.folder / "tables" / f"{name}.parquet")
    csv = pd.read_csv(release.folder / "tables" / f"{name}.csv", dtype=parquet.dtypes.to_dict())
    with closing(sqlite3.connect(release.folder / "bilateral.sqlite")) as database:
        rows = database.execute(f'SELECT * FROM "{name}" ORDER BY rowid').fetchall()
    pd.testing.assert_frame_equal(csv, parquet, check_dtype=False)
    as_tuples = parquet.astype(object).where(parquet.notna(), None).itertuples(index=False, name=None)
    assert [tuple(row) for row in as_tuples] == rows


def test_the_page_of_tables_is_made_of_them() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "Mend it by: scripts/docs"


def test_a_column_says_what_it_means() -> None:
    for table in tables():
        assert all(column.description for column in table.columns)
        variables = table.query.partition("WHERE")[0].rpartition("SELECT")[2].split()
        assert [f"?{column.name}" for column in table.columns] == variables


def test_datasette_opens_the_file_and_finds_words_without_their_accents(release: Release) -> None:
    path = "/bilateral/parties.json?_shape=array&_search=espana&_searchmode=raw"
    assert [row["code"] for row in datasette(release.folder / "bilateral.sqlite", path)] == ["ESP"]


def test_datasette_knows_which_column_points_to_which_table(release: Release) -> None:
    path = "/bilateral/missions.json?_shape=array&_labels=on&receiver=PER"
    [mission] = datasette(release.folder / "bilateral.sqlite", path)
    assert mission["sender"] == {"value": "KOR", "label": "KOR"}


# mlcroissant reads it by rdflib, whose reader of JSON-LD warns of what it uses itself.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_croissant_is_read_by_its_reference_implementation(release: Release, caplog: pytest.LogCaptureFixture) -> None:
    dataset = mlcroissant.Dataset(jsonld=str(release.folder / "croissant.json"))
    assert not dataset.metadata.ctx.issues.errors
    assert [record.message for record in caplog.records if "WARNING" in record.message] == []
    for name, count in release.tables.items():
        assert sum(1 for _ in dataset.records(name)) == count, name


def test_the_page_on_releases_shows_how_pandas_counts_missions(dist: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    [block] = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "releases.md").read_text("utf-8"), re.DOTALL)
    monkeypatch.chdir(dist.parent)
    known: dict[str, object] = {}
    exec(block, known)
    assert dict(known["sent"]) == {"embassy": 1}  # type: ignore[call-overload] # it is a pandas.Series


def test_words_of_the_graph_are_cells_of_the_table(release: Release, triples: ox.Store) -> None:
    agreements = pd.read_csv(release.folder / "tables" / "agreements.csv")
    [fta] = agreements[agreements.fact.str.endswith("/fta")].to_dict("records")
    [known] = [row for row in select(triples, "table/agreements") if row["fact"].value == fta["fact"]]
    assert fta["label_es"] == known["label_es"].value
    assert [fta["signed_date"], fta["in_force_date"]] == ["2011-03-21", "2011-08-01"]
