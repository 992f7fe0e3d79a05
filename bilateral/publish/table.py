"""Tables for people without RDF: what each has, as the query that makes it says.

A table is a file ``queries/table/<name>.rq``. Its first line says what a row is, ``# row PATTERN`` what of the graph
is one (the table without takes the facts that are in no other), and each line ``# column NAME TYPE: …`` what a column
is; ``# column NAME TYPE of TABLE: …`` is one whose cells are keys of another table. The first column tells rows apart.
To add a table is to add a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final

import pyarrow as pa
import pyoxigraph as ox

from bilateral.query import query_names, query_text

Cell = str | int | float | bool | None

_ROW: Final = re.compile(r"^# row (?P<pattern>.*)$", re.MULTILINE)
_COLUMN: Final = re.compile(r"# column (?P<name>\w+) (?P<type>\w+)( of (?P<table>\w+))?: (?P<description>.*)")


class Type(Enum):
    """What the cells of a column hold.

    A ``date`` is a day, a month or a year, as precise as it is known (ISO 8601-1, section 5.2.2).
    """

    IRI = "iri"
    TEXT = "text"
    CODE = "code"
    DATE = "date"
    NUMBER = "number"
    INTEGER = "integer"
    BOOLEAN = "boolean"


_SQL: Final = {Type.NUMBER: "REAL", Type.INTEGER: "INTEGER", Type.BOOLEAN: "INTEGER"}
_ARROW: Final = {Type.NUMBER: pa.float64(), Type.INTEGER: pa.int64(), Type.BOOLEAN: pa.bool_()}


@dataclass(frozen=True)
class Column:
    """A column: its name, what its cells hold, what that means, and of which table they are keys, where of one."""

    name: str
    type: Type
    description: str
    table: str | None = None

    @property
    def sql(self) -> str:
        """The type in SQLite."""
        return _SQL.get(self.type, "TEXT")

    @property
    def arrow(self) -> pa.Field:
        """The field in Parquet."""
        return pa.field(self.name, _ARROW.get(self.type, pa.string()), metadata={"description": self.description})

    def cell(self, term: object) -> Cell:
        """Read a term of a solution."""
        if term is None:
            return None
        text = str(getattr(term, "value", term))
        match self.type:
            case Type.NUMBER:
                return float(text)
            case Type.INTEGER:
                return int(text)
            case Type.BOOLEAN:
                return text == "true"
        return text or None


@dataclass(frozen=True)
class Table:
    """A table: its name, what a row is, its columns, and the query of its rows.

    ``pattern`` is what of the graph is a row, as a SPARQL group graph pattern; none for what no other table has.
    """

    name: str
    title: str
    pattern: str | None
    columns: tuple[Column, ...]
    query: str

    @property
    def key(self) -> str:
        """The column that tells the rows apart."""
        return self.columns[0].name

    @property
    def texts(self) -> list[str]:
        """The columns that can be searched by words."""
        return [column.name for column in self.columns if column.type is Type.TEXT]

    @property
    def schema(self) -> pa.Schema:
        """The schema in Parquet."""
        return pa.schema([column.arrow for column in self.columns], metadata={"description": self.title})

    def rows(self, store: ox.Store) -> Iterator[tuple[Cell, ...]]:
        """Ask the graph for the rows, in no order."""
        solutions = store.query(self.query, use_default_graph_as_union=True)
        assert isinstance(solutions, ox.QuerySolutions)
        for solution in solutions:
            yield tuple(column.cell(solution[column.name]) for column in self.columns)


def tables() -> list[Table]:
    """List the tables by name."""
    names = [name for name in query_names() if name.startswith("table/")]
    return [_table(name.removeprefix("table/"), query_text(name)) for name in names]


def _table(name: str, query: str) -> Table:
    columns = tuple(
        Column(found["name"], Type(found["type"]), found["description"], found["table"])
        for line in query.splitlines()
        if (found := _COLUMN.fullmatch(line))
    )
    row = _ROW.search(query)
    return Table(name, query.partition("\n")[0].removeprefix("# "), row["pattern"] if row else None, columns, query)
