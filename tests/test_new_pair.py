"""data/README.md keeps its word: a new pair is one copied file."""

import re
import shutil
from pathlib import Path

import pytest

from bilateral.build import gate
from bilateral.build.store import build_project
from bilateral.project import Project
from tests.conftest import ROOT

KEPT = ("rel:KOR-PER", "fact:upgrade-1964", "fact:embassy-kor-lima", "fact:visit-2017-12-chung")


@pytest.fixture
def copied(tmp_path: Path) -> Project:
    """The project with a second pair, made of a few facts of the first as data/README.md says."""
    for name in ("ontology", "shapes", "data"):
        shutil.copytree(ROOT / name, tmp_path / name)
    head, *blocks = (ROOT / "data" / "relations" / "KOR-PER.ttl").read_text(encoding="utf-8").split("\n\n")
    facts = [block for block in blocks if block.split("\n")[0] in KEPT]
    cited = set(re.findall(r"fact:cite-[\w-]+", "\n".join(facts)))
    citations = [block for block in blocks if block.split("\n")[0] in cited]
    text = "\n\n".join([head, *facts, *citations]).replace("party:PER", "party:CHL").replace("KOR-PER", "CHL-KOR")
    (tmp_path / "data" / "relations" / "CHL-KOR.ttl").write_text(text + "\n", encoding="utf-8")
    return Project(tmp_path)


def test_a_copied_file_is_a_new_relation(copied: Project, tmp_path: Path) -> None:
    assert gate.check(copied).violations == ()
    store = build_project(copied, tmp_path / "store", "curated").snapshot
    assert (store.dumps / "CHL-KOR.ttl").stat().st_size > 1000


def test_what_is_left_of_the_old_pair_fails(copied: Project) -> None:
    path = copied.root / "data" / "relations" / "CHL-KOR.ttl"
    path.write_text(path.read_text(encoding="utf-8").replace("party:CHL", "party:PER", 1), encoding="utf-8")
    rules = {finding.rule.rpartition("#")[2] for finding in gate.check(copied, [path]).violations}
    assert rules == {"partiesAreOfTheRelation", "relationIriHasItsCodes"}
