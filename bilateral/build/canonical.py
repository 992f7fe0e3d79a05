"""Curated files in canonical Turtle: what a file should read like, and writing it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from bilateral.build import rdf, turtle
from bilateral.build.positions import comment_line
from bilateral.errors import InputError


def of_file(path: Path) -> str:
    """Give the canonical text of a Turtle file.

    Raises:
        InputError: it does not parse, or holds what canonical Turtle cannot: comments, blank nodes.
    """
    quads = rdf.read_quads(path)
    line = comment_line(path.read_text(encoding="utf-8"))
    if line is not None:
        raise InputError("a comment would be lost: say it as skos:editorialNote", path=path, line=line)
    try:
        return turtle.write(quads)
    except turtle.BlankNodeFound as error:
        raise InputError(str(error), path=path) from error


def replace(path: Path, text: str) -> None:
    """Write a file in one step, so that a failure loses nothing."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    written = Path(name)
    written.chmod(path.stat().st_mode)
    written.replace(path)
