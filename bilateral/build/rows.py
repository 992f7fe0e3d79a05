"""The rows of a table that an import wrote."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterator
from pathlib import Path

from bilateral.errors import InputError


def read(folder: Path, name: str) -> Iterator[dict[str, str]]:
    """Read a table, by the name of its columns.

    Raises:
        InputError: there is no such table.
    """
    path = next((path for path in (folder / f"{name}.csv", folder / f"{name}.csv.gz") if path.is_file()), None)
    if path is None:
        raise InputError("there is no such table: bilateral import makes it", path=folder / f"{name}.csv")
    content = path.read_bytes()
    text = gzip.decompress(content) if path.suffix == ".gz" else content
    return csv.DictReader(io.StringIO(text.decode("utf-8"), newline=""))
