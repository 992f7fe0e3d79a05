"""Sources: each is small, each says what it is in a description, and one is added or taken away alone."""

import re
import shutil
from pathlib import Path

import pytest

from bilateral.build import decisions, description
from bilateral.build.generation import program_files
from bilateral.build.rows import read
from bilateral.build.sources import SOURCES
from bilateral.build.world import World
from bilateral.errors import InputError
from bilateral.project import Project
from tests.conftest import ROOT, run

PROJECT = Project.installed()
FOLDER = ROOT / "bilateral" / "build" / "sources"
MODULES = sorted(FOLDER.rglob("*.py"))
LINES = 120
"""No module of a source is longer: about a hundred lines can be read at once."""

DESCRIPTION = """
order = 99
title = "Handshakes"
publisher = "Nobody"
license = "https://creativecommons.org/publicdomain/zero/1.0/"
address = "https://example.org/"
version = "2026"

[files.handshakes]
path = "handshakes.csv"
sha256 = "f546f582f34016375f1b9b0192b4ad54e622141133a668090f3049761a580d8a"
ignored = ["remark"]

[tables.handshakes]
title = "First handshakes"
floor = 1
ceiling = 9
columns = [
    { name = "one", description = "ISO 3166-1 alpha-3" },
    { name = "other", description = "ISO 3166-1 alpha-3" },
    { name = "year", description = "year", datatype = "gYear" },
]

[words.handshake]
en = "Has a handshake of {year}."
es = "Tiene un saludo de {year}."
ko = "{year}년의 악수가 실려 있다."
"""
MODULE = """
from bilateral.build import description, names
from bilateral.build.fact import fact
from bilateral.build.source import Source
from bilateral.build.thing import date, ref, texts

ABOUT = description.read("handshakes")


def rows(raw):
    for record in raw.records("handshakes", ("one", "other", "year")):
        yield (record.code("one"), record.code("other"), record["year"])


def facts(world):
    for row in world.rows("handshakes", "handshakes"):
        pair, year, kind = (row["one"], row["other"]), row["year"], "event:establishment"
        one, other = (world.parties[code].names for code in pair)
        cited = ABOUT.cite(year, f"year {year}", "handshake", year=year)
        yield cited
        labels = texts("rdfs:label", names.event(world.kinds[kind], year, one, other))
        properties = (("bilat:kind", ref(kind)), ("bilat:date", date(year)), *labels)
        yield fact("bilat:RelationEvent", pair, f"handshake-{year}", [cited.iri], properties)


SOURCE = Source(ABOUT, {"handshakes": rows}, facts)
"""
ROWS = "one,other,year,remark\nCHL,JPN,1897,long\n"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(FOLDER).as_posix())
def test_a_module_of_a_source_can_be_read_at_once(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LINES


def test_what_a_source_is_stands_in_its_description_and_not_in_code() -> None:
    assert {path.stem for path in FOLDER.glob("*.toml")} == {*SOURCES}
    known = {known for source in SOURCES.values() for file in source.about.files.values() for known in (file.sha256,)}
    known |= {words["ko"] for source in SOURCES.values() for words in source.about.words.values()}
    for path in MODULES:
        content = path.read_text(encoding="utf-8")
        assert not [each for each in known if each in content], path
        assert not re.search("[\uac00-\ud7a3]", content), path


def test_a_package_says_why_it_is_one() -> None:
    packages = [path for path in MODULES if path.name == "__init__.py" and path.parent != FOLDER]
    assert packages
    assert [path for path in packages if "A package, since" not in path.read_text(encoding="utf-8")] == []


def test_words_are_filled_in_in_each_language() -> None:
    about = description.read("embassies")
    filled = about.filled(
        "mission", mission={"en": "-", "es": "Embajada", "ko": "대사관"}, within={"en": "embassy", "es": "-", "ko": "-"}
    )
    assert "the embassy, in" in filled["en"]
    assert filled["es"].endswith(": Embajada.")
    assert "대사관이" in filled["ko"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("order = 99", "order = 99\ncolour = 1", "colour: Unexpected keyword argument"),
        ('title = "Handshakes"\n', "", "title: Field required"),
        ('sha256 = "', 'sha265 = "', "files.handshakes.sha256: Field required"),
        ("floor = 1", 'floor = "few"', "tables.handshakes.floor: Input should be a valid integer"),
        ('version = "2026"', "version = 2026-01-01", "version: Input should be a valid string"),
        ('datatype = "gYear"', 'type = "gYear"', "tables.handshakes.columns.2.type: Unexpected keyword argument"),
        ('es = "Tiene', 'fr = "Tiene', "words.handshake: .*should be in en, es, ko"),
        ("order = 99", "order 99", "is no TOML"),
    ],
)
def test_a_description_with_a_mistake_is_refused_by_file_and_key(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    (tmp_path / "handshakes.toml").write_text(DESCRIPTION.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError, match=rf"handshakes\.toml: .*{message}"):
        description.read("handshakes", tmp_path)


def test_a_source_without_a_description_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"atlantis\.toml: cannot be read"):
        description.read("atlantis", tmp_path)


def test_a_changed_description_is_built_anew() -> None:
    assert {*FOLDER.glob("*.toml")} <= {*program_files()}


@pytest.fixture
def alone(tmp_path: Path) -> Path:
    """A copy of the project with no source but those that the parties are made of."""
    shutil.copytree(ROOT / "bilateral", tmp_path / "bilateral", ignore=shutil.ignore_patterns("node_modules"))
    for name in ("ontology", "shapes", "data"):
        shutil.copytree(ROOT / name, tmp_path / name)
    kept = {"__init__", "__pycache__", "parties", "cldr", "ucdp"}
    for folder in (tmp_path / "bilateral" / "build" / "sources", tmp_path / "data" / "tables"):
        for path in folder.iterdir():
            if path.stem not in kept:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
    return tmp_path


def test_a_source_is_added_by_a_module_a_description_and_its_table(alone: Path) -> None:
    sources = alone / "bilateral" / "build" / "sources"
    (sources / "handshakes.py").write_text(MODULE, encoding="utf-8")
    (sources / "handshakes.toml").write_text(DESCRIPTION, encoding="utf-8")
    (alone / "handshakes.csv").write_text(ROWS, encoding="utf-8")
    made = run("import", "handshakes", "--from", ".", cwd=alone)
    assert made.stdout == "handshakes: 1 handshakes\n", made.stderr
    built = run("build", "--store", "store", cwd=alone)
    assert built.returncode == 0, built.stderr
    query = """SELECT ?l { GRAPH <https://w3id.org/bilateral/graph/handshakes> {
        ?f bilat:ofRelation rel:CHL-JPN ; bilat:citation/dcterms:source/rdfs:label ?l } }"""
    found = run("query", "--store", "store", query, cwd=alone)
    assert "Nobody: Handshakes" in found.stdout, found.stderr


def test_decisions_are_of_kinds_that_there_are() -> None:
    kinds = World(PROJECT).kinds
    for table, column, scheme in (
        ("mission-kinds", "kind", "mission"),
        ("entry-rules", "rule", "visa"),
        ("histstate-remarks", "kind", "visit"),
    ):
        assert {f"{scheme}:{row[column]}" for row in decisions.read(table)} <= {*kinds}, table


def test_every_decision_on_a_kind_is_needed() -> None:
    missions = {row["kind"] for row in read(PROJECT.tables / "embassies", "missions")}
    assert {row["kind"] for row in decisions.read("mission-kinds")} == missions
    rules = {row["rule"] for row in read(PROJECT.tables / "passport-index", "rules")}
    assert {row["rule"] for row in decisions.read("entry-rules")} == rules
    visits = {row["kind"] for table in ("travels", "visits") for row in read(PROJECT.tables / "histstate", table)}
    assert {row["kind"] for row in decisions.read("histstate-remarks")} | {"visit"} == visits


def test_a_code_of_no_party_is_none_and_says_why_not() -> None:
    world = World(PROJECT)
    for row in decisions.read("no-parties"):
        assert row["source"] in SOURCES
        assert row["code"] not in world.parties
        assert row["reason"]


def test_every_table_of_decisions_is_described() -> None:
    told = (PROJECT.root / "data" / "README.md").read_text(encoding="utf-8")
    for path in (PROJECT.root / "data" / "decisions").iterdir():
        assert f"`{path.name}`" in told or path.name.startswith("histstate-"), path.name
