"""The graph as the pages see it: rows of named queries, and the names of things."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

import pyoxigraph as ox

from bilateral.query import Term, select
from bilateral.serve.site.link import Link, address_of, shortened
from bilateral.terms import LANGUAGES, expand
from bilateral.words import words

_NAMES: Final = 65_536
"""Things whose names are remembered: parties, kinds and places come back on every page."""

_ANSWERS: Final = 1024
"""Answers that are remembered: who changes the date of a page asks the same again."""


_LABEL: Final = expand("rdfs:label")


class Row:
    """One solution of a named query."""

    __slots__ = ("_solution",)

    def __init__(self, solution: ox.QuerySolution) -> None:
        self._solution = solution

    def get(self, variable: str) -> Term | None:
        """Give a variable's value; None where it has none."""
        term = self._solution[variable]
        assert term is None or isinstance(term, ox.NamedNode | ox.Literal)
        return term

    def text(self, variable: str) -> str:
        """Give a value as text: an IRI, or what a literal says; nothing where it has none."""
        term = self.get(variable)
        return "" if term is None else term.value

    def has(self, variable: str) -> bool:
        """Whether the variable has a value."""
        return self._solution[variable] is not None

    def offers(self, variable: str) -> bool:
        """Whether the query has such a variable at all."""
        try:
            self._solution[variable]
        except KeyError:
            return False
        return True


class Graph:
    """Asks the store for pages."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self._rows = lru_cache(_ANSWERS)(self._read_rows)
        self._labels = lru_cache(_NAMES)(self._read_labels)
        self._described = lru_cache(_NAMES)(self._describe)

    def rows(self, name: str, **parameters: str | Term) -> list[Row]:
        """Run a named query; a parameter in plain text is an IRI."""
        return self._rows(name, _terms(parameters))

    def unremembered(self, name: str, **parameters: str | Term) -> list[Row]:
        """Run a named query whose answer is not worth remembering, because the caller does so."""
        return self._read_rows(name, _terms(parameters))

    def _read_rows(self, name: str, terms: tuple[tuple[str, Term], ...]) -> list[Row]:
        return [Row(solution) for solution in select(self._store, name, **dict(terms))]

    def has(self, iri: str) -> bool:
        """Whether anything is said of a thing."""
        return next(self._store.quads_for_pattern(ox.NamedNode(iri), None, None, None), None) is not None

    def knows(self, text: str) -> bool:
        """Whether a text is an IRI of which anything is said."""
        try:
            return self.has(text)
        except ValueError:
            return False

    def link(self, iri: str, language: str) -> Link:
        """Name a thing in a language, else in another, else by its IRI, and say where it leads."""
        labels = self._labels(iri)
        for candidate in (language, *LANGUAGES, *labels):
            if candidate in labels:
                return Link(labels[candidate], address_of(iri), candidate if candidate != language else None)
        term = words(language)(shortened(iri))
        return Link(term if term != shortened(iri) else self._described(iri, language) or term, address_of(iri))

    def _describe(self, iri: str, language: str) -> str:
        """Call a thing without a name by what it says: a claim, a citation, a membership or an observation."""
        row = next(iter(self._read_rows("thing/unnamed", (("iri", ox.NamedNode(iri)),))), None)
        if row is None:
            return ""
        spoken = words(language)
        if row.has("subject"):
            about = [self.link(row.text(name), language).text for name in ("subject", "property") if row.has(name)]
            return spoken("claim: {about}", about=", ".join(about))
        if row.has("source"):
            return spoken("citation: {source}", source=self.link(row.text("source"), language).text)
        if row.has("group") and row.has("member"):
            return " – ".join(self.link(row.text(name), language).text for name in ("member", "group"))  # noqa: RUF001 - as relations are named
        return self._observed(row, language) if row.has("measure") else ""

    def _observed(self, row: Row, language: str) -> str:
        """Name an observation by what it measures, of whom and when."""
        parties = [self.link(row.text(name), language).text for name in ("from", "to") if row.has(name)]
        whose = [" → ".join(parties)] if len(parties) == 2 else []
        if not whose and row.has("relation"):
            whose = [self.link(row.text("relation"), language).text]
        days = [row.text(name) for name in ("period", "start", "end") if row.has(name)]
        when = [" – ".join(words(language).date(day) for day in dict.fromkeys(days))] if days else []  # noqa: RUF001 - from, to
        return ", ".join([self.link(row.text("measure"), language).text, *whose, *when])

    def named(self, row: Row, variable: str, language: str) -> Link | None:
        """Name the thing in a column by the column of its label; None where there is no thing."""
        if not row.has(variable):
            return None
        label = f"{variable}Label"
        iri = row.text(variable)
        if row.offers(label) and row.has(label):
            return Link(row.text(label), address_of(iri))
        return self.link(iri, language)

    def _read_labels(self, iri: str) -> Mapping[str, str]:
        """Read a thing's names by language; of a label and a title the label."""
        rows = sorted(
            self._read_rows("thing/labels", (("iri", ox.NamedNode(iri)),)), key=lambda row: row.text("naming") == _LABEL
        )
        return {row.text("language"): row.text("label") for row in rows}


def _terms(parameters: Mapping[str, str | Term]) -> tuple[tuple[str, Term], ...]:
    return tuple((key, ox.NamedNode(value) if isinstance(value, str) else value) for key, value in parameters.items())
