"""Reading RDF files, with the place of every error."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pyoxigraph as ox
import rdflib

from bilateral.errors import InputError
from bilateral.graphs import to_graph

FORMATS: Final = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
}
"""The formats that a build reads, by file name ending."""


def format_of(path: Path) -> ox.RdfFormat:
    """Tell a file's format by its name.

    Raises:
        InputError: the ending is none that we know.
    """
    try:
        return FORMATS[path.suffix.lower()]
    except KeyError:
        known = " ".join(sorted(FORMATS))
        raise InputError(f"its ending is not one of {known}; rename or convert it", path=path) from None


def read_quads(path: Path) -> list[ox.Quad]:
    """Parse a file whole.

    Raises:
        InputError: it cannot be opened, or does not parse; says where.
    """
    try:
        with path.open("rb") as file:
            return list(ox.parse(file, format=format_of(path), base_iri=path.absolute().as_uri()))
    except SyntaxError as error:
        raise InputError(error.msg, path=path, line=error.lineno, column=error.offset) from error
    except (OSError, ValueError) as error:
        raise InputError(f"cannot be read: {error}", path=path) from error


def read_graph(path: Path) -> rdflib.Graph:
    """Parse a file into an rdflib graph.

    Raises:
        InputError: as `read_quads`.
    """
    return to_graph(read_quads(path))
