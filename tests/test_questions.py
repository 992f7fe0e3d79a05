"""The competency questions: each must give the rows beside it, and zero rows is a failure."""

import csv
import io

import httpx
import pytest

from bilateral.project import Project, Question
from bilateral.serve.site.workbench import THEMES
from bilateral.terms import LANGUAGES, WIKIDATA_ENDPOINT
from tests.questions_page import PAGE, page

QUESTIONS = list(Project.installed().questions())
FEDERATED = list(Project.installed().federated_questions())


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_question_gives_its_expected_rows(core_client: httpx.Client, question: Question) -> None:
    response = core_client.post("/sparql", data={"query": question.text}, headers={"accept": "text/csv"})
    assert response.status_code == 200, response.text
    rows = list(csv.reader(io.StringIO(response.text)))
    expected = list(csv.reader(io.StringIO(question.expected.read_text(encoding="utf-8"))))
    assert rows == expected
    assert len(rows) > 1, "a question without an answer asks nothing"


@pytest.mark.parametrize("question", [*QUESTIONS, *FEDERATED], ids=lambda question: question.name)
def test_question_is_asked_in_three_languages(question: Question) -> None:
    assert set(question.titles) == set(LANGUAGES)
    assert question.titles["es"].startswith("¿")
    assert any("가" <= character <= "힣" for character in question.titles["ko"])


@pytest.mark.parametrize("question", FEDERATED, ids=lambda question: question.name)
def test_a_question_that_wikidata_helps_with_names_it_and_its_theme(question: Question) -> None:
    assert f"SERVICE <{WIKIDATA_ENDPOINT}>" in question.text
    assert question.theme == "wikidata"


def test_there_are_at_least_sixty_five_questions() -> None:
    assert len(QUESTIONS) >= 65


def test_the_page_of_questions_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(Project.installed()), "Mend it by: scripts/docs"


def test_every_question_has_a_theme_that_the_workbench_names(project: Project) -> None:
    questions = [*project.questions(), *project.federated_questions()]
    themes = {line for question in questions for line in question.text.splitlines() if "# Theme:" in line}
    assert {theme.removeprefix("# Theme: ") for theme in themes} == set(THEMES)
    assert all("# Theme: " in question.text for question in questions)
