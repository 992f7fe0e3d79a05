"""What we say of a source is said in our own words.

``article-runs.txt`` holds hashes of every run of eight words of the text that the project started
from: enough to find a copied run, not enough to read the text.
"""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from bilateral.build import rdf
from bilateral.project import Project
from bilateral.terms import expand

RUNS = frozenset(Path(__file__).with_name("article-runs.txt").read_text(encoding="utf-8").split())
OFFICIAL_TITLE = expand("dcterms:title")


def runs(text: str) -> Iterator[str]:
    words = re.findall(r"\w+", text.lower())
    for start in range(len(words) - 7):
        yield " ".join(words[start : start + 8])


def copied(text: str) -> list[str]:
    return [run for run in runs(text) if hashlib.sha256(run.encode()).hexdigest()[:16] in RUNS]


def test_no_run_of_eight_words_is_shared_with_the_source_article(project: Project) -> None:
    quads = [quad for path in project.curated_files for quad in rdf.read_quads(path)]
    titles = {
        quad.object.value
        for quad in quads
        if quad.predicate.value == OFFICIAL_TITLE and isinstance(quad.object, ox.Literal)
    }
    texts = {quad.object.value for quad in quads if isinstance(quad.object, ox.Literal)} - titles
    assert {text: copied(text) for text in texts if copied(text)} == {}


@pytest.mark.parametrize("name", ["README.md", "data/README.md", "docs", "ontology/questions", "tests/claims"])
def test_documents_copy_nothing_either(project: Project, name: str) -> None:
    path = project.root / name
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.suffix in (".md", ".rq")]
    assert files
    assert {file: copied(file.read_text("utf-8")) for file in files if copied(file.read_text("utf-8"))} == {}
