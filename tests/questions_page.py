"""docs/questions.md, made of the questions and their expected rows: ``scripts/docs`` writes it."""

import csv
from collections.abc import Iterator

from bilateral.project import Project, Question
from bilateral.terms import compact
from tests.conftest import ROOT

PAGE = ROOT / "docs" / "questions.md"
SHOWN = 12


def page(project: Project) -> str:
    parts = [
        "# Questions that the graph answers\n",
        "Each is a file in `ontology/questions/`, its expected rows beside it: test, example and documentation.\n",
    ]
    return "\n".join([*parts, *(line for question in project.questions() for line in section(question))]) + "\n"


def section(question: Question) -> Iterator[str]:
    titles = question.titles
    yield f"## {titles['en']}\n"
    yield f"*{titles['es']}*  \n*{titles['ko']}*\n"
    body = "\n".join(line for line in question.text.splitlines() if not line.startswith(("PREFIX", "#")))
    yield f"```sparql\n{body}\n```\n"
    with question.expected.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    yield "\n".join(table(rows[: SHOWN + 1]))
    yield f"\n… and {len(rows) - SHOWN - 1} more rows.\n" if len(rows) > SHOWN + 1 else ""


def table(rows: list[list[str]]) -> Iterator[str]:
    for number, row in enumerate(rows):
        yield "| " + " | ".join(compact(cell).replace("|", "\\|") for cell in row) + " |"
        if number == 0:
            yield "|" + "---|" * len(row)


if __name__ == "__main__":
    PAGE.write_text(page(Project.installed()), encoding="utf-8")
