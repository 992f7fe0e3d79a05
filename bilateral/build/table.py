"""Tables: what sources come to before they are triples, sorted and compact, each with its description.

The description is CSV on the Web (https://www.w3.org/TR/tabular-metadata/), so that other programs
read the tables as well.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Final

from bilateral.build.description import Description, Table
from bilateral.build.raw import Raw, Row
from bilateral.build.source import Source
from bilateral.errors import InputError

_LARGE: Final = 1024 * 1024
"""Bytes from which a table is compressed."""


def write(source: Source, raw: Path, tables: Path) -> dict[str, int]:
    """Make the tables of a source from its raw files; gives the number of rows of each.

    Nothing is written unless all of it is sound.

    Raises:
        InputError: a raw file is another edition, or is not what we know of it.
    """
    about = source.about
    files = Raw(about, raw)
    files.check()
    rows = {name: _checked(name, about.tables[name], made(files), raw) for name, made in source.rows.items()}
    folder = tables / source.name
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    files_of = {name: _write_rows(name, table, rows[name], folder) for name, table in about.tables.items()}
    counts = {name: len(found) for name, found in rows.items()}
    description = json.dumps(_describe(about, files_of, counts), ensure_ascii=False, indent=2)
    (folder / f"{source.name}.csv-metadata.json").write_text(description + "\n", encoding="utf-8")
    return counts


def _checked(name: str, table: Table, made: Iterable[Row], raw: Path) -> list[Row]:
    rows = sorted(made)
    if not table.floor <= len(rows) <= table.ceiling:
        raise InputError(
            f"{name} comes to {len(rows)} rows, and should have {table.floor} to {table.ceiling}", path=raw
        )
    twice = next((row for row, following in pairwise(rows) if row == following), None)
    if twice is not None:
        raise InputError(f"{name} has a row twice: {', '.join(twice)}", path=raw)
    assert all(len(row) == len(table.columns) for row in rows)
    return rows


def _write_rows(name: str, table: Table, rows: Iterable[Row], folder: Path) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([column.name for column in table.columns])
    writer.writerows(rows)
    content = text.getvalue().encode("utf-8")
    name += ".csv"
    if len(content) > _LARGE:
        name += ".gz"
        content = gzip.compress(content, mtime=0)
    (folder / name).write_bytes(content)
    return name


def _describe(about: Description, files_of: dict[str, str], counts: dict[str, int]) -> dict[str, object]:
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": about.title,
        "dc:publisher": about.publisher,
        "dc:license": {"@id": about.license},
        "dc:source": {"@id": about.address},
        "dc:issued": about.version,
        "dc:provenance": [f"{file.path}: sha256 {file.sha256}" for file in about.files.values()],
        "tables": [
            {
                "url": files_of[name],
                "dc:title": table.title,
                "dc:extent": f"{counts[name]} rows",
                "tableSchema": {
                    "columns": [
                        {"name": column.name, "datatype": column.datatype, "dc:description": column.description}
                        for column in table.columns
                    ]
                },
            }
            for name, table in about.tables.items()
        ],
    }
