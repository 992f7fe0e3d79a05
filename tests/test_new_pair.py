"""data/README.md keeps its word: a new pair is one copied file."""

from pathlib import Path

import pytest

from bilateral.build import gate
from bilateral.build.store import build_project
from bilateral.project import Project
from tests.new_pair import with_a_second_pair


@pytest.fixture
def copied(tmp_path: Path) -> Project:
    return with_a_second_pair(tmp_path)


def test_a_copied_file_is_a_new_relation(copied: Project, tmp_path: Path) -> None:
    assert gate.check(copied).violations == ()
    store = build_project(copied, tmp_path / "store", "curated").snapshot
    assert (store.dumps / "CHL-KOR.ttl").stat().st_size > 1000


def test_what_is_left_of_the_old_pair_fails(copied: Project) -> None:
    path = copied.root / "data" / "relations" / "CHL-KOR.ttl"
    path.write_text(path.read_text(encoding="utf-8").replace("party:CHL", "party:PER", 1), encoding="utf-8")
    rules = {finding.rule.rpartition("#")[2] for finding in gate.check(copied, [path]).violations}
    assert rules == {"partiesAreOfTheRelation", "relationIriHasItsCodes"}
