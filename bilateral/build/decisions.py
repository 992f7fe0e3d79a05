"""What somebody had to decide where sources leave it open: tables in ``data/decisions``, read by their columns."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from bilateral.errors import InputError
from bilateral.project import Project


def path_of(name: str, project: Project | None = None) -> Path:
    """Give the file of a table of decisions; without a project, that of the installed one."""
    return (project or Project.installed()).root / "data" / "decisions" / f"{name}.csv"


def read(name: str, project: Project | None = None) -> Iterator[dict[str, str]]:
    """Read a table of decisions.

    Raises:
        InputError: there is no such table.
    """
    path = path_of(name, project)
    try:
        with path.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", path=path) from error
