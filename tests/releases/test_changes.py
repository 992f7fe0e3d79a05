"""What changed from one release to the next is told to people and to machines, and in feeds."""

import gzip
import json
from pathlib import Path

import feedparser
import httpx
import pytest

from tests.conftest import run
from tests.releases.conftest import REMOVED


def difference(dist: Path, *arguments: str, old: str = "2026.1", new: str = "2026.2") -> str:
    result = run("diff", dist / old, dist / new, *arguments)
    assert result.returncode == 0, result.stderr
    return result.stdout


def lines(release: Path) -> set[str]:
    return set(gzip.decompress((release / "bilateral.nq.gz").read_bytes()).decode().splitlines())


@pytest.mark.parametrize(
    ("language", "counts"),
    [
        ("en", "rel:KOR-PER: 1 removed, 1 changed"),
        ("es", "rel:KOR-PER: 1 eliminado, 1 modificado"),
        ("ko", "rel:KOR-PER: 삭제 1건, 변경 1건"),
    ],
)
def test_a_person_reads_what_changed_by_relation(dist: Path, language: str, counts: str) -> None:
    told = difference(dist, "--language", language)
    of_peru = told.partition("\nrel:KOR-PER")[2].partition("\n\n")[0]
    assert counts in told
    assert "rdfs:label: Embassy of South Korea, Lima → Embassy of Korea, Lima" in of_peru
    assert f"rel:KOR-PER/{REMOVED})" in of_peru or REMOVED in of_peru


def test_a_release_and_itself_differ_in_nothing(dist: Path) -> None:
    assert "Nothing has changed." in difference(dist, new="2026.1")


def test_the_patch_turns_the_old_graph_into_the_new_one(dist: Path) -> None:
    patch = difference(dist, "--format", "patch").splitlines()
    graph = lines(dist / "2026.1")
    graph -= {line[2:] for line in patch if line.startswith("D ")}
    graph |= {line[2:] for line in patch if line.startswith("A ")}
    assert graph == lines(dist / "2026.2")
    assert [patch[1], patch[-1]] == ["TX .", "TC ."]
    written = gzip.decompress((dist / "2026.2" / "changes.patch.gz").read_bytes()).decode().splitlines()
    assert written == patch


def test_a_program_reads_a_group_a_line(dist: Path) -> None:
    groups = [json.loads(line) for line in difference(dist, "--format", "json").splitlines()]
    by_relation = {group["about"].rpartition("/")[2]: group for group in groups}
    assert by_relation["CHL-KOR"]["removed"] == 0
    assert by_relation["CHL-KOR"]["added"] > 4
    [change] = [each for each in by_relation["KOR-PER"]["changes"] if each["kind"] == "changed"]
    assert change["values"][0]["property"] == "rdfs:label"


def test_what_is_no_release_is_refused(dist: Path, tmp_path: Path) -> None:
    result = run("diff", tmp_path, dist / "2026.1")
    assert result.returncode == 2
    assert "is no release" in result.stderr


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("relation=CHL-KOR", {"CHL-KOR"}),
        ("party=PER", {"KOR-PER"}),
        ("party=KOR", {"CHL-KOR", "KOR-PER"}),
        ("relation=CHL-PER", set()),
    ],
)
def test_a_feed_tells_the_changes_of_a_pair_or_of_a_party(
    released: httpx.Client, query: str, expected: set[str]
) -> None:
    response = released.get(f"/feed.atom?{query}")
    if expected == {"CHL-KOR"} or not expected:
        # the server's own data are those of the first release, which does not know the pair yet
        assert response.status_code == 404
        return
    feed = feedparser.parse(response.content)
    assert not feed.bozo
    assert {entry.id.rpartition("/")[2] for entry in feed.entries} == expected


def test_a_feed_is_in_the_language_that_is_asked_for(released: httpx.Client) -> None:
    feed = feedparser.parse(released.get("/feed.atom?relation=KOR-PER&lang=es").content)
    [entry] = feed.entries
    assert entry.title == "Relaciones entre el Perú y Corea del Sur: 1 eliminado, 1 modificado"
    assert feed.feed.language == "es"
    assert "Embassy of Korea, Lima" in entry.content[0].value


@pytest.mark.parametrize(
    ("query", "status"), [("relation=KOR", 400), ("party=", 400), ("party=ZZZ", 404), ("relation=<b>-PER", 400)]
)
def test_a_feed_of_nothing_that_is_known_is_an_error(released: httpx.Client, query: str, status: int) -> None:
    response = released.get(f"/feed.atom?{query}")
    assert response.json()["status"] == response.status_code == status


def test_without_releases_the_feed_is_empty(client: httpx.Client) -> None:
    feed = feedparser.parse(client.get("/feed.atom").content)
    assert [feed.bozo, feed.entries] == [False, []]
