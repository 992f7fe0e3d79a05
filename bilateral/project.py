"""The project's own files: where ontology, shapes, data and questions lie."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Final, Literal, get_args

from bilateral import terms
from bilateral.parameter import Parameter, parameters_of

Profile = Literal["core", "full", "curated"]
"""What a build has: all sources, but of observations decades and the latest years; all years; curated files alone."""

PROFILES: Final[tuple[Profile, ...]] = get_args(Profile)

_PACKAGE: Final = Path(str(resources.files("bilateral")))


@dataclass(frozen=True)
class Question:
    """A competency question: a query whose first line says in words what it asks.

    ``expected`` is the CSV file of the rows that it must give, where these do not depend on another endpoint.
    """

    name: str
    path: Path

    @cached_property
    def text(self) -> str:
        """The query, with its title line."""
        return self.path.read_text(encoding="utf-8")

    @property
    def titles(self) -> dict[str, str]:
        """The question in words, by language: the ``#`` lines at the top, English first."""
        lines = [line[1:].strip() for line in self.text.splitlines() if line.startswith("#")]
        return dict(zip(terms.LANGUAGES, lines, strict=False))

    @property
    def theme(self) -> str:
        """What the question is about, in one word: the ``# Theme:`` line."""
        lines = (
            line.removeprefix("# Theme:").strip() for line in self.text.splitlines() if line.startswith("# Theme:")
        )
        return next(lines, "graph")

    @cached_property
    def parameters(self) -> tuple[Parameter, ...]:
        """What of the question may be another country, pair, date or year."""
        return parameters_of(self.text)

    @property
    def is_federated(self) -> bool:
        """Whether another endpoint has a part in the answer, so that the rows are not ours to promise."""
        return self.path.parent.name == "federated"

    @property
    def expected(self) -> Path:
        """The file of the rows that the question must give."""
        return self.path.with_suffix(".csv")


@dataclass(frozen=True)
class Project:
    """A folder with ``ontology/``, ``shapes/`` and ``data/``."""

    root: Path

    @classmethod
    def installed(cls) -> Project:
        """Find the project's files: inside the wheel, or beside the package in a checkout."""
        inside = _PACKAGE / "project"
        return cls(inside if inside.is_dir() else _PACKAGE.parent)

    @property
    def ontology_files(self) -> list[Path]:
        """The files that say what can be said."""
        return sorted((self.root / "ontology").glob("*.ttl"))

    @property
    def data_files(self) -> list[Path]:
        """The curated files, which say what is said."""
        return sorted((self.root / "data").rglob("*.ttl"))

    @property
    def curated_files(self) -> list[Path]:
        """All files that are kept in canonical Turtle."""
        return [*self.ontology_files, *self.data_files]

    @property
    def curated_relations(self) -> list[str]:
        """The relations that have a curated file."""
        folder = self.root / "data" / "relations"
        return [f"{terms.RELATION}{path.stem}" for path in sorted(folder.glob("*.ttl"))]

    @property
    def names_file(self) -> Path:
        """The articles of parties' names, and names shorter than the Unicode ones, by code and language."""
        return self.root / "data" / "decisions" / "names.csv"

    @property
    def shapes_files(self) -> list[Path]:
        """The files that say what must hold."""
        return sorted((self.root / "shapes").glob("*.ttl"))

    @property
    def data_shapes(self) -> Path:
        """The shapes of facts."""
        return self.root / "shapes" / "data.ttl"

    @property
    def ontology_shapes(self) -> Path:
        """The shapes of the ontology itself."""
        return self.root / "shapes" / "ontology.ttl"

    @property
    def context_file(self) -> Path:
        """The JSON-LD context."""
        return self.root / "ontology" / "context.jsonld"

    @property
    def tables(self) -> Path:
        """The folder of the tables that open sources were made into."""
        return self.root / "data" / "tables"

    @property
    def table_files(self) -> list[Path]:
        """The tables, and the decisions by hand on what they leave open."""
        folders = (self.tables, self.root / "data" / "decisions")
        return sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())

    def questions(self) -> Iterator[Question]:
        """Give the competency questions in the order of their numbers."""
        for path in sorted((self.root / "ontology" / "questions").glob("*.rq")):
            yield Question(path.stem, path)

    def federated_questions(self) -> Iterator[Question]:
        """Give the questions that are answered with the help of Wikidata, in the order of their numbers."""
        for path in sorted((self.root / "ontology" / "questions" / "federated").glob("*.rq")):
            yield Question(path.stem, path)

    def graph_name(self, path: Path) -> str:
        """Name the graph of a curated file: its path without top folder and ending.

        ``data/relations/KOR-PER.ttl`` is the graph ``relations/KOR-PER``, ``ontology/kinds.ttl``
        the graph ``ontology/kinds``.
        """
        relative = path.relative_to(self.root).with_suffix("")
        return relative.relative_to("data").as_posix() if relative.parts[0] == "data" else relative.as_posix()
