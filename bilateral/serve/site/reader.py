"""A reader: one thing, asked about in one language."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from bilateral.query import Term, parameters_of, query_text
from bilateral.serve.site.graph import Graph, Row
from bilateral.serve.site.link import Link
from bilateral.serve.site.panel import Panel, panel
from bilateral.words import Words


@dataclass(frozen=True)
class Reader:
    """Asks named queries about one thing for one reader."""

    graph: Graph
    iri: str
    words: Words

    @property
    def language(self) -> str:
        """The reader's language."""
        return self.words.language

    def rows(self, name: str) -> list[Row]:
        """Run a named query about the thing."""
        values: dict[str, str | Term] = {"iri": self.iri, "language": ox.Literal(self.language)}
        return self.graph.rows(name, **{key: values[key] for key in parameters_of(query_text(name))})

    def link(self, row: Row, variable: str) -> Link | None:
        """Name the thing in a column; None where there is none."""
        return self.graph.named(row, variable, self.language)

    def fact(self, row: Row) -> Link:
        """Name the fact of a row, with the address of its receipt."""
        link = self.link(row, "fact")
        assert link is not None, "every row of a panel has its fact"
        return link

    def panel(self, name: str) -> Panel:
        """Lead to a named query about the thing."""
        return panel(name, self.iri, self.language)
