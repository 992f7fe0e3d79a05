"""Open sources become tables: strictly, wholly, and the same every time."""

import csv
import gzip
import json
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, replace
from functools import partial
from hashlib import sha256
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from bilateral.build import fetching, table
from bilateral.build.description import Column, Description, RawFile, Table
from bilateral.build.raw import Raw, Row
from bilateral.build.rows import read
from bilateral.build.source import Source
from bilateral.build.sources import SOURCES
from bilateral.build.sources.passport_index import editions
from bilateral.build.world import World
from bilateral.errors import InputError
from bilateral.project import Project
from tests.conftest import run

TABLES = Project.installed().tables
VARIABLE = "BILATERAL_OPEN_DATA"
CONTENT = "code,name,color\nPER,Peru,red\nKOR,South Korea,blue\n"


@pytest.fixture(scope="session")
def open_data() -> Path:
    """The publishers' files; they are too many to be kept with the project."""
    if VARIABLE not in os.environ:
        pytest.skip(f"the publishers' files are not here: set {VARIABLE} to their folder")
    return Path(os.environ[VARIABLE])


def names(raw: Raw) -> Iterator[Row]:
    for record in raw.records("countries", ("code", "name")):
        if not record["code"].isupper():
            record.fail("has a code in small letters")
        yield (record["code"], record["name"])


def source(content: str) -> Source:
    columns = (Column("code", "a code"), Column("name", "a name"))
    known = RawFile("countries.csv", sha256(content.encode()).hexdigest(), ignored=("color",))
    license_, address = "https://example.org/license", "https://example.org/"
    files, tables = {"countries": known}, {"names": Table("Names", 2, 3, columns)}
    about = Description("test", 1, "Test", "Nobody", license_, address, "2026", files, tables)
    return Source(about, {"names": names}, lambda _: ())


def with_file(content: str, **changes: str) -> Source:
    """Give the source with its file described otherwise."""
    made = source(content)
    fields = asdict(made.about.files["countries"]) | changes
    return replace(made, about=replace(made.about, files={"countries": RawFile(**fields)}))


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    (tmp_path / "countries.csv").write_text(CONTENT, encoding="utf-8")
    return tmp_path


def test_a_table_is_sorted_and_described(raw: Path, tmp_path: Path) -> None:
    assert table.write(source(CONTENT), raw, tmp_path / "tables") == {"names": 2}
    folder = tmp_path / "tables" / "test"
    assert (folder / "names.csv").read_text(encoding="utf-8") == "code,name\nKOR,South Korea\nPER,Peru\n"
    described = json.loads((folder / "test.csv-metadata.json").read_text(encoding="utf-8"))
    assert described["dc:license"] == {"@id": "https://example.org/license"}
    assert [column["name"] for column in described["tables"][0]["tableSchema"]["columns"]] == ["code", "name"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (CONTENT.replace("color", "size"), "other columns than we know: color, size"),
        (CONTENT.replace("PER,Peru,red", "PER,Peru"), "has 2 fields, not 3"),
        (CONTENT.replace("PER", "per"), "countries.csv:2: has a code in small letters"),
        (CONTENT + "PER,Peru,green\n", "has a row twice: PER, Peru"),
        (CONTENT.replace("PER,Peru,red\n", ""), "comes to 1 rows, and should have 2 to 3"),
    ],
)
def test_what_nobody_has_looked_at_is_refused_and_the_old_table_stays(
    raw: Path, tmp_path: Path, content: str, message: str
) -> None:
    table.write(source(CONTENT), raw, tmp_path / "tables")
    (raw / "countries.csv").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        table.write(source(content), raw, tmp_path / "tables")
    assert len([*read(tmp_path / "tables" / "test", "names")]) == 2


def test_another_edition_is_refused_with_its_checksum(raw: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=sha256(CONTENT.encode()).hexdigest()):
        table.write(with_file(CONTENT, sha256="0" * 64), raw, tmp_path)


def test_a_file_is_known_by_its_content_whoever_has_packed_it(tmp_path: Path) -> None:
    packed = with_file(CONTENT, path="countries.csv.gz", sha256="0" * 64, unpacked=sha256(CONTENT.encode()).hexdigest())
    (tmp_path / "countries.csv.gz").write_bytes(gzip.compress(CONTENT.encode()))
    assert table.write(packed, tmp_path, tmp_path / "tables") == {"names": 2}
    (tmp_path / "countries.csv.gz").write_bytes(gzip.compress(CONTENT.encode())[:-9])
    with pytest.raises(InputError, match="another edition"):
        table.write(packed, tmp_path, tmp_path / "tables")


@pytest.fixture
def publisher(raw: Path) -> Iterator[str]:
    """A publisher on loopback, who offers the files of a folder."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(raw))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_file_that_is_not_there_is_fetched_from_its_publisher(publisher: str, tmp_path: Path) -> None:
    offered = with_file(CONTENT, address=f"{publisher}/countries.csv")
    fetching.fetch(offered.about, tmp_path / "new")
    assert (tmp_path / "new" / "countries.csv").read_text(encoding="utf-8") == CONTENT


def test_a_file_that_we_keep_packed_is_packed_when_it_is_fetched(publisher: str, tmp_path: Path) -> None:
    known, address = sha256(CONTENT.encode()).hexdigest(), f"{publisher}/countries.csv"
    offered = with_file(CONTENT, path="countries.csv.gz", sha256="0" * 64, unpacked=known, address=address)
    fetching.fetch(offered.about, tmp_path / "new")
    assert table.write(offered, tmp_path / "new", tmp_path / "tables") == {"names": 2}


@pytest.mark.parametrize(
    ("changes", "name", "said"),
    [
        ({"sha256": "0" * 64}, "countries.csv", "another edition at http.*, not 0000"),
        ({"unpacked": "0" * 64}, "countries.csv", "another edition at http.*, not 0000"),
        ({"sha256": ""}, "x", "404"),
    ],
)
def test_what_cannot_be_fetched_as_known_is_not_kept(
    publisher: str, tmp_path: Path, changes: dict[str, str], name: str, said: str
) -> None:
    offered = with_file(CONTENT, address=f"{publisher}/{name}", **changes)
    with pytest.raises(InputError, match=said):
        fetching.fetch(offered.about, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_file_without_an_address_is_named_when_the_others_are_there(publisher: str, tmp_path: Path) -> None:
    offered = with_file(CONTENT, address=f"{publisher}/countries.csv").about
    both = replace(offered, files={"other": RawFile("other.csv", "0" * 64), **offered.files})
    with pytest.raises(InputError, match="has no address from which to get it"):
        fetching.fetch(both, tmp_path / "new")
    assert (tmp_path / "new" / "countries.csv").is_file()


def test_a_missing_file_and_an_unknown_source_are_told(tmp_path: Path) -> None:
    missing = run("import", "kdiplo", "--from", tmp_path, "--to", tmp_path)
    assert (missing.returncode, "diplo_ties_data.csv.gz" in missing.stderr) == (2, True)
    unknown = run("import", "atlantis", "--from", tmp_path)
    assert (unknown.returncode, "there are parties, cldr, natural-earth" in unknown.stderr) == (2, True)


@pytest.mark.parametrize("name", SOURCES)
def test_the_tables_that_are_kept_are_those_that_the_publishers_files_give(
    open_data: Path, tmp_path: Path, name: str
) -> None:
    table.write(SOURCES[name], open_data, tmp_path)
    made = {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}
    assert made == {path.name: path.read_bytes() for path in (TABLES / name).iterdir()}


@pytest.mark.parametrize("name", SOURCES)
def test_every_source_says_whose_it_is_and_under_which_licence(name: str) -> None:
    described = json.loads((TABLES / name / f"{name}.csv-metadata.json").read_text(encoding="utf-8"))
    assert {"dc:title", "dc:publisher", "dc:license", "dc:source", "dc:issued", "dc:provenance"} <= set(described)
    for each in described["tables"]:
        rows = [*read(TABLES / name, each["url"].partition(".")[0])]
        assert each["dc:extent"] == f"{len(rows)} rows"
        assert [*rows[0]] == [column["name"] for column in each["tableSchema"]["columns"]]


def test_a_party_has_the_item_that_was_decided_on() -> None:
    items = {row["code"]: row["item"] for row in read(TABLES / "parties", "parties")}
    decisions = Project.installed().root / "data" / "decisions" / "parties.csv"
    with decisions.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            assert items[row["code"]] == row["item"]
            assert row["reason"]
    assert (items["PER"], items["KOR"], items["NAM"]) == ("Q419", "Q884", "Q1030")


def test_a_mission_is_joined_under_either_item_of_its_sender() -> None:
    codes = World(Project.installed()).code_of_item
    senders = Counter(codes.get(row["sender"]) for row in read(TABLES / "embassies", "missions"))
    assert (codes["Q55"], codes["Q29999"]) == ("NLD", "NLD")
    assert "Q40362" not in codes
    assert senders["NLD"] > 300
    assert senders[None] < 100


def test_the_embassies_of_peru_and_south_korea_are_there() -> None:
    missions = {row["item"]: row for row in read(TABLES / "embassies", "missions")}
    seoul, lima = missions["Q110647966"], missions["Q55734544"]
    assert (seoul["sender"], seoul["host"], seoul["city"]) == ("Q419", "Q884", "Seoul")
    assert (lima["sender"], lima["host"], lima["city"]) == ("Q884", "Q419", "Lima")


def test_no_first_of_january_is_a_day_of_opening() -> None:
    opened = [row["opened"] for row in read(TABLES / "embassies", "missions") if row["opened"]]
    assert (len(opened), sum(len(date) == 4 for date in opened)) == (1010, 695)
    assert not [date for date in opened if date.endswith("-01-01")]


def test_rules_between_peru_and_south_korea_are_as_the_editions_say() -> None:
    rules = {
        (row["passport"], row["rule"], row["days"], row["first"], row["last"])
        for row in read(TABLES / "passport-index", "rules")
        if {row["passport"], row["destination"]} == {"PER", "KOR"}
    }
    assert rules == {
        ("KOR", "visa-free", "180", "2019-11-23", "2026-02-17"),
        ("PER", "visa-free", "90", "2019-11-23", "2020-05-09"),
        ("PER", "pandemic-ban", "", "2020-11-19", "2022-03-06"),
        ("PER", "visa-required", "", "2022-04-10", "2022-05-02"),
        ("PER", "eta", "", "2022-06-06", "2026-02-17"),
    }


def test_each_edition_of_the_rules_is_covered_once(open_data: Path) -> None:
    raw = Raw(editions.ABOUT, open_data)
    told = {
        (record["Passport"], record["Destination"]): record["Requirement"]
        for record in editions.records(raw, "2023-05-05")
        if record["Requirement"] != "-1"
    }
    covering = Counter(
        (row["passport"], row["destination"])
        for row in read(TABLES / "passport-index", "rules")
        if row["first"] <= "2023-05-05" <= row["last"] and row["rule"] not in {"pandemic-ban", "event-permit"}
    )
    assert set(told) - set(covering) == {pair for pair, rule in told.items() if rule == "covid ban"} - set(covering)
    assert set(covering.values()) == {1}


def test_trade_of_south_korea_with_peru_is_that_of_korean_customs() -> None:
    trade = {(row["partner"], row["year"]): row for row in read(TABLES / "kdiplo", "trade")}
    assert trade["PER", "2023"]["exports"] == "688867000"
    with (Project.installed().root / "data" / "relations" / "KOR-PER.ttl").open(encoding="utf-8") as file:
        assert '"688867000"^^xsd:decimal' in file.read()
