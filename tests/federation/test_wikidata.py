"""Questions that Wikidata helps with, asked of a stand-in: a second server, with a few rows of open tables.

``wikidata-stand-in.ttl`` says which. What Wikidata itself says today is not known here, so ``expected`` is what
follows from those rows.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from bilateral.build.store import build_files
from bilateral.project import Project, Question
from bilateral.terms import WIKIDATA_ENDPOINT
from tests.conftest import serving

FOLDER = Path(__file__).parent
QUESTIONS = list(Project.installed().federated_questions())


@pytest.fixture(scope="module")
def stand_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    built = build_files([FOLDER / "wikidata-stand-in.ttl"], tmp_path_factory.mktemp("stand-in"))
    with serving("--store", built.snapshot.folder.parent.parent, "--no-federation") as address:
        yield f"{address}/sparql"


@pytest.fixture(scope="module")
def joined(core: Path, stand_in: str) -> Iterator[httpx.Client]:
    with (
        serving("--store", core, "--federate", stand_in) as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        yield client


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_a_question_is_answered_with_the_help_of_the_stand_in(
    joined: httpx.Client, stand_in: str, question: Question
) -> None:
    text = question.text.replace(WIKIDATA_ENDPOINT, stand_in)
    response = joined.post("/sparql", data={"query": text}, headers={"accept": "text/csv"})
    assert response.status_code == 200, response.text
    rows = list(csv.reader(io.StringIO(response.text)))
    expected = (FOLDER / "expected" / f"{question.name}.csv").read_text(encoding="utf-8")
    assert rows == list(csv.reader(io.StringIO(expected)))
    assert len(rows) > 1


def test_there_are_three_such_questions() -> None:
    assert len(QUESTIONS) >= 3


def test_the_workbench_shows_them_where_wikidata_may_be_asked(core_client: httpx.Client, joined: httpx.Client) -> None:
    pages = [client.get("/sparql", headers={"accept": "text/html"}).text for client in (core_client, joined)]
    assert ["Joined with Wikidata" in page for page in pages] == [True, False]
