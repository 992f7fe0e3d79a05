"""The notebook of the docs runs, and shows what it gives."""

import pytest
from nbformat import NotebookNode

from tests.notebook import executed, printed, stored


@pytest.fixture(scope="module")
def notebook(core_server: str) -> NotebookNode:
    return executed(f"{core_server}/sparql")


def test_the_notebook_answers_three_questions_with_the_numbers_that_it_shows(notebook: NotebookNode) -> None:
    shown = printed(stored())
    assert sum(1 for text in shown if text) == 3
    assert printed(notebook) == shown


def test_each_answer_is_drawn(notebook: NotebookNode) -> None:
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    drawn = [output for cell in cells for output in cell.outputs if "image/png" in output.get("data", {})]
    assert len(drawn) == 3
