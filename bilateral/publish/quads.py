"""The whole graph as N-Quads in one fixed order, however large it is.

The order is that of the lines' bytes, so that the same graph has the same checksum, and two releases
can be compared line by line. Sorting goes by way of the disk: memory holds one run of lines at a time.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import groupby
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from bilateral.terms import RELATION

_RELATION: Final = re.compile(rb"<" + re.escape(RELATION).encode() + rb"([^/>]+)[/>]")
_RUN_BYTES: Final = 48 * 1024 * 1024
"""Bytes of lines that are sorted at a time."""


def write_sorted(triples_folder: Path, path: Path) -> None:
    """Write all quads of a store, one a line, sorted by bytes (RDF 1.1 N-Quads, section 2)."""
    unsorted = path.with_suffix(".unsorted")
    ox.Store.read_only(str(triples_folder)).dump(output=unsorted, format=ox.RdfFormat.N_QUADS)
    runs = list(_runs(unsorted, path.parent))
    unsorted.unlink()
    with ExitStack() as stack:
        files = [stack.enter_context(run.open("rb")) for run in runs]
        with path.open("wb") as file:
            file.writelines(heapq.merge(*files))
    for run in runs:
        run.unlink()


def _runs(unsorted: Path, folder: Path) -> Iterator[Path]:
    """Cut a file into sorted ones."""
    with unsorted.open("rb") as file:
        while lines := file.readlines(_RUN_BYTES):
            lines.sort()
            run = folder / f"run-{file.tell()}"
            run.write_bytes(b"".join(lines))
            yield run


def split_by_graph(sorted_quads: Path, folder: Path) -> dict[str, Path]:
    """Write the quads of each named graph to a file of their own, in the order that they have."""
    paths: dict[str, Path] = {}
    with ExitStack() as stack, sorted_quads.open("rb") as file:
        files = {}
        for line in file:
            name = graph_name(line)
            if name not in files:
                iri = name[1:-1].decode("utf-8")
                paths[iri] = folder / f"graph-{len(paths)}.nq"
                files[name] = stack.enter_context(paths[iri].open("wb"))
            files[name].write(line)
    return dict(sorted(paths.items()))


def graph_name(line: bytes) -> bytes:
    """Give the graph of a line of N-Quads, in its angle brackets.

    >>> graph_name(b'<s> <p> "a b" <g> .')
    b'<g>'
    """
    return line.rsplit(None, 2)[1]


def subject_of(line: bytes) -> bytes:
    """Give the subject of a line of N-Quads, in its angle brackets.

    >>> subject_of(b'<s> <p> "a b" <g> .')
    b'<s>'
    """
    return line[: line.index(b" ")]


def pair_of(line: bytes) -> str:
    """Give the pair whose relation, or whose fact, a line is about; nothing for other lines.

    >>> pair_of(b'<https://w3id.org/bilateral/id/relation/KOR-PER/fta> <p> <o> <g> .')
    'KOR-PER'
    """
    found = _RELATION.match(line)
    return found[1].decode() if found else ""


def read_quads(path: Path) -> Iterator[ox.Quad]:
    """Read a file of N-Quads."""
    return iter(ox.parse(path=path, format=ox.RdfFormat.N_QUADS))


def triples(path: Path) -> Iterator[ox.Triple]:
    """Read the triples of a sorted file of N-Quads, each once, whichever graphs have it."""
    for triple, _ in groupby(quad.triple for quad in read_quads(path)):
        yield triple
