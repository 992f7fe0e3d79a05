"""Frames: rows as tables of Apache Arrow, pandas and polars, with one type a column."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import pyarrow as pa

from bilateral.client.rows import Rows
from bilateral.client.values import Value, Year

if TYPE_CHECKING:  # pandas and polars are the user's own
    import pandas as pd
    import polars as pl

_INTEGERS: Final = frozenset((int,))
_YEARS: Final = frozenset((Year,))
_NUMBERS: Final = frozenset((int, float, Decimal))
_TRUTHS: Final = frozenset((bool,))
_DATES: Final = frozenset((date,))
_MOMENTS: Final = frozenset((datetime,))
_LARGEST: Final = 2**63


def to_arrow(rows: Rows) -> pa.Table:
    """Give a table of Apache Arrow."""
    return pa.table({name: _array(rows.column(name)) for name in rows.variables})


def to_pandas(rows: Rows) -> pd.DataFrame:
    """Give a frame of pandas.

    Integers and booleans get the types that know a missing value, so that a gap does not change the type.

    Raises:
        ImportError: pandas is not installed.
    """
    try:
        import pandas as pd
    except ImportError as error:
        raise ImportError("This needs pandas, which is not installed: pip install pandas", name="pandas") from error
    types = {pa.int64(): pd.Int64Dtype(), pa.bool_(): pd.BooleanDtype()}
    frame: pd.DataFrame = to_arrow(rows).to_pandas(types_mapper=types.get, date_as_object=False)
    return frame


def to_polars(rows: Rows) -> pl.DataFrame:
    """Give a frame of polars.

    Raises:
        ImportError: polars is not installed.
    """
    try:
        import polars as pl
    except ImportError as error:
        raise ImportError("This needs polars, which is not installed: pip install polars", name="polars") from error
    frame = pl.from_arrow(to_arrow(rows))
    assert isinstance(frame, pl.DataFrame)
    return frame


def _array(values: tuple[Value | None, ...]) -> pa.Array:
    """Choose the narrowest type that all values of a column fit; text fits all."""
    types = frozenset(type(value) for value in values if value is not None)
    if types in (_INTEGERS, _YEARS) and (numbers := _integers(values)) is not None:
        return pa.array(numbers, pa.int64())
    if types and types <= _NUMBERS:
        return pa.array(_floats(values), pa.float64())
    if types == _TRUTHS:
        return pa.array(values, pa.bool_())
    if types == _DATES:
        return pa.array(values, pa.date32())
    if types == _MOMENTS and (moments := _moments(values)) is not None:
        return moments
    return pa.array([None if value is None else _text(value) for value in values], pa.string())


def _integers(values: Iterable[Value | None]) -> list[int | None] | None:
    numbers = [int(value) if isinstance(value, int | Year) else None for value in values]
    return None if any(number is not None and not -_LARGEST <= number < _LARGEST for number in numbers) else numbers


def _floats(values: Iterable[Value | None]) -> list[float | None]:
    return [float(value) if isinstance(value, int | float | Decimal) else None for value in values]


def _moments(values: Iterable[Value | None]) -> pa.Array | None:
    """Give moments with their timezone, as UTC, or without; of both together no column can be made."""
    zoned = {value.tzinfo is not None for value in values if isinstance(value, datetime)}
    return pa.array(values, pa.timestamp("us", "UTC" if zoned == {True} else None)) if len(zoned) == 1 else None


def _text(value: Value) -> str:
    """Write a value as RDF does."""
    match value:
        case bool():
            return str(value).lower()
        case datetime():
            return value.isoformat()
    return str(value)
