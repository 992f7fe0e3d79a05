"""Rows: the solutions of a SELECT query as Python values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self, overload

import pyoxigraph as ox

from bilateral.client.values import Value, value_of

if TYPE_CHECKING:  # imported where somebody wants frames
    import pandas as pd
    import polars as pl
    import pyarrow as pa

Cells = tuple[Value | None, ...]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Row(Mapping[str, Value | None]):
    """One solution: a value for each variable, None where it is unbound."""

    _places: Mapping[str, int]
    _cells: Cells

    def __getitem__(self, variable: str) -> Value | None:
        return self._cells[self._places[variable]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def __hash__(self) -> int:
        return hash(frozenset(self.items()))

    def __repr__(self) -> str:
        return f"Row({dict(self)!r})"


@dataclass(frozen=True, slots=True, repr=False)
class Rows(Sequence[Row]):
    """The solutions of a query, in their order.

    ``variables`` are the columns. ``version`` is the version of the data that gave them, None where the
    endpoint does not tell it.
    """

    variables: tuple[str, ...]
    _cells: tuple[Cells, ...]
    version: str | None = None
    _places: Mapping[str, int] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_places", {name: place for place, name in enumerate(self.variables)})

    @classmethod
    def of_solutions(cls, solutions: ox.QuerySolutions, version: str | None) -> Self:
        """Read solutions.

        Raises:
            SyntaxError: the rest of them cannot be read.
        """
        variables = tuple(variable.value for variable in solutions.variables)
        cells = tuple(tuple(None if term is None else value_of(term) for term in solution) for solution in solutions)
        return cls(variables, cells, version)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Rows: ...
    def __getitem__(self, index: int | slice) -> Row | Rows:
        if isinstance(index, slice):
            return Rows(self.variables, self._cells[index], self.version)
        return Row(self._places, self._cells[index])

    def __iter__(self) -> Iterator[Row]:
        return (Row(self._places, cells) for cells in self._cells)

    def __len__(self) -> int:
        return len(self._cells)

    def __repr__(self) -> str:
        return f"Rows({len(self)} of {', '.join(self.variables)})"

    def column(self, variable: str) -> tuple[Value | None, ...]:
        """Give the values of one variable, in the order of the rows.

        Raises:
            KeyError: there is no such variable.
        """
        place = self._places[variable]
        return tuple(cells[place] for cells in self._cells)

    def to_arrow(self) -> pa.Table:
        """Give a table of Apache Arrow; docs/client.md says which type each column gets."""
        from bilateral.client import frames

        return frames.to_arrow(self)

    def to_pandas(self) -> pd.DataFrame:
        """Give a frame of pandas.

        Raises:
            ImportError: pandas is not installed; says how to.
        """
        from bilateral.client import frames

        return frames.to_pandas(self)

    def to_polars(self) -> pl.DataFrame:
        """Give a frame of polars.

        Raises:
            ImportError: polars is not installed; says how to.
        """
        from bilateral.client import frames

        return frames.to_polars(self)
