"""A second pair, as data/README.md says how to add one: a copied file."""

import re
import shutil
from pathlib import Path

from bilateral.project import Project
from tests.conftest import ROOT

KEPT = ("rel:KOR-PER", "fact:upgrade-1964", "fact:embassy-kor-lima", "fact:visit-2017-12-chung")


def with_a_second_pair(folder: Path) -> Project:
    """Copy the project, and add a pair that is made of a few facts of the first."""
    for name in ("ontology", "shapes", "data"):
        shutil.copytree(ROOT / name, folder / name)
    head, *blocks = (ROOT / "data" / "relations" / "KOR-PER.ttl").read_text(encoding="utf-8").split("\n\n")
    facts = [block for block in blocks if block.split("\n")[0] in KEPT]
    cited = set(re.findall(r"fact:cite-[\w-]+", "\n".join(facts)))
    citations = [block for block in blocks if block.split("\n")[0] in cited]
    text = "\n\n".join([head, *facts, *citations]).replace("party:PER", "party:CHL").replace("KOR-PER", "CHL-KOR")
    (folder / "data" / "relations" / "CHL-KOR.ttl").write_text(text + "\n", encoding="utf-8")
    return Project(folder)
