"""The tables as one SQLite file, ordered and with an index of words; from it they become CSV and Parquet."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import pyoxigraph as ox

from bilateral.publish.table import Cell, Column, Table, Type

_ROWS: Final = 20_000
"""Rows that are held in memory at a time."""


def write_database(store: ox.Store, tables: list[Table], path: Path) -> Mapping[str, int]:
    """Write an SQLite file; the same graph gives the same bytes. Gives the number of rows of each table."""
    work = path.with_suffix(".work")
    keys = {table.name: table.key for table in tables}
    with _connected(work) as database:
        counts = {table.name: _fill(database, table, keys, store) for table in tables}
        database.execute("VACUUM INTO ?", (str(path),))
    work.unlink()
    return counts


@contextmanager
def _connected(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        yield database


def _fill(database: sqlite3.Connection, table: Table, keys: Mapping[str, str], store: ox.Store) -> int:
    """Fill a table in the order of its key; ``keys`` gives the key of each table, to which columns may point."""
    places = ", ".join("?" * len(table.columns))
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    database.execute(f'CREATE TABLE unordered ({names}, PRIMARY KEY("{table.key}")) WITHOUT ROWID')
    database.execute(_create(table, keys))
    database.execute("BEGIN")
    database.executemany(f"INSERT INTO unordered VALUES ({places})", table.rows(store))  # noqa: S608 - names are ours
    count = database.execute(
        f'INSERT INTO "{table.name}" SELECT * FROM unordered ORDER BY "{table.key}"'  # noqa: S608 - names are ours
    ).rowcount
    database.execute("COMMIT")
    database.execute("DROP TABLE unordered")
    _index(database, table)
    return count


def _create(table: Table, keys: Mapping[str, str]) -> str:
    columns = ", ".join(f'"{column.name}" {column.sql}{_constraint(table, column, keys)}' for column in table.columns)
    return f'CREATE TABLE "{table.name}" ({columns})'


def _constraint(table: Table, column: Column, keys: Mapping[str, str]) -> str:
    if column.name == table.key:
        return " PRIMARY KEY NOT NULL"
    return f' REFERENCES "{column.table}" ("{keys[column.table]}")' if column.table else ""


def _index(database: sqlite3.Connection, table: Table) -> None:
    """Index what points into other tables, and the words of texts (SQLite FTS5, external content)."""
    for column in table.columns[1:]:
        if column.table not in (None, "graphs"):
            database.execute(f'CREATE INDEX "{table.name}_{column.name}" ON "{table.name}" ("{column.name}")')
    if table.texts:
        texts = ", ".join(f'"{name}"' for name in table.texts)
        database.execute(
            f'CREATE VIRTUAL TABLE "{table.name}_fts" USING fts5 ({texts}, content="{table.name}", '
            "tokenize='unicode61 remove_diacritics 2')"
        )
        database.execute(f'INSERT INTO "{table.name}_fts" ("{table.name}_fts") VALUES (?)', ("rebuild",))  # noqa: S608 - names are ours


def write_table(database_path: Path, table: Table, folder: Path) -> None:
    """Write a table of the database as CSV (RFC 4180) and Parquet."""
    with (
        closing(sqlite3.connect(f"{database_path.resolve().as_uri()}?mode=ro", uri=True)) as database,
        pa.csv.CSVWriter(folder / f"{table.name}.csv", table.schema) as as_csv,
        pa.parquet.ParquetWriter(folder / f"{table.name}.parquet", table.schema, compression="zstd") as as_parquet,
    ):
        rows = database.execute(f'SELECT * FROM "{table.name}" ORDER BY rowid')  # noqa: S608 - names are ours
        while some := rows.fetchmany(_ROWS):
            batch = _batch(table, some)
            as_csv.write(batch)
            as_parquet.write(batch)


def _batch(table: Table, rows: list[tuple[Cell, ...]]) -> pa.RecordBatch:
    columns = [
        pa.array(map(bool_or_none, cells) if column.type is Type.BOOLEAN else cells, column.arrow.type)
        for column, cells in zip(table.columns, zip(*rows, strict=True), strict=True)
    ]
    return pa.record_batch(columns, schema=table.schema)


def bool_or_none(cell: Cell) -> bool | None:
    """Read a truth value as SQLite keeps it."""
    return None if cell is None else bool(cell)
