"""Pages: a SELECT query in parts of a fixed size, whose rows have one order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from pyparsing import ParseBaseException
from rdflib.plugins.sparql.parser import parseQuery

from bilateral.errors import QueryError, QueryRefused


@dataclass(frozen=True)
class Paged:
    """A query that ends in its ORDER BY, so that more may be appended (SPARQL 1.1, section 19.8, rules 18 to 25).

    ``variables`` are those of its rows; None where it selects ``*`` and only its result tells them.
    """

    text: str
    variables: tuple[str, ...] | None

    def selecting(self, variables: tuple[str, ...]) -> Paged:
        """Give the query with the variables that its result has."""
        return replace(self, variables=variables)

    @property
    def without_rows(self) -> str:
        """The query whose result has no rows, only variables."""
        return f"{self.text}\nLIMIT 0"

    def page(self, number: int, size: int) -> str:
        """Write the query of one page, the first of which is number 0.

        Rows that the query's own order leaves in any order are ordered by all their values: of two pages
        the engine could otherwise give the same row twice, and another one never.
        """
        ties = " ".join(f"?{variable}" for variable in self.variables or ())
        return f"{self.text}\n{ties}\nLIMIT {size} OFFSET {number * size}"


def paged(text: str) -> Paged:
    """Look whether a query can be asked in pages.

    Raises:
        QueryError: it is not SPARQL.
        QueryRefused: it is no SELECT, has no ORDER BY, or has LIMIT, OFFSET or VALUES behind it.
    """
    query = _parsed(text)
    if query.name != "SelectQuery":
        raise QueryRefused("Only SELECT has pages: ask the whole, by graph() or ask().")
    if query.orderby is None:
        raise QueryRefused("Without ORDER BY the rows have no order that pages could follow: add one.")
    if query.limitoffset is not None:
        raise QueryRefused("The query has its own LIMIT or OFFSET: leave them to the pages, or ask it by query().")
    if query.valuesClause is not None:
        raise QueryRefused("VALUES stands behind ORDER BY: move it inside the braces of WHERE.")
    return Paged(text, _variables(query))


def _parsed(text: str) -> Any:
    try:
        _prologue, query = parseQuery(text)
    except ParseBaseException as error:
        message = f"Line {error.lineno}, column {error.column}: {error.msg}."
        raise QueryError(message, line=error.lineno, column=error.column) from error
    return query


def _variables(query: Any) -> tuple[str, ...] | None:
    if not query.projection:
        return None
    return tuple(str(each.evar if each.evar is not None else each["var"]) for each in query.projection)
