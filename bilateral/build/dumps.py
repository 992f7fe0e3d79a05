"""The files offered for download: the whole graph, and one set for each relation that curators have written."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

import pyoxigraph as ox

from bilateral.build.part import Part
from bilateral.documents import describe
from bilateral.graphs import json_ld
from bilateral.terms import PREFIXES, RELATION

_WHOLE: Final = {
    "nq": ox.RdfFormat.N_QUADS,
    "ttl": ox.RdfFormat.TURTLE,
    "jsonld": ox.RdfFormat.JSON_LD,
}
"""The formats of the whole graph, all of them streamed and compressed."""


def write_whole(parts: Sequence[Part], folder: Path) -> None:
    """Write the whole graph in each format; the same parts give the same bytes."""
    for extension, rdf_format in _WHOLE.items():
        quads = (quad for part in parts for quad in part.quads())
        with _compressed(folder / f"bilateral.{extension}.gz") as file:
            if rdf_format == ox.RdfFormat.TURTLE:
                ox.serialize((quad.triple for quad in quads), file, rdf_format, prefixes=PREFIXES)
            else:
                ox.serialize(quads, file, rdf_format)


def write_relations(triples: ox.Store, relations: Iterable[str], folder: Path, context_file: Path) -> None:
    """Write the document of each relation in each format; the same triples give the same bytes."""
    context = json.loads(context_file.read_text(encoding="utf-8"))["@context"]
    for iri in sorted(relations):
        document = describe(triples, iri)
        assert document is not None
        _write_quads(document.quads, folder, iri.removeprefix(RELATION), context)


@contextmanager
def _compressed(path: Path) -> Iterator[IO[bytes]]:
    """Write a file with gzip, without name and time in it: the same content gives the same bytes."""
    with (
        path.open("wb") as file,
        gzip.GzipFile("", "wb", 1, file, mtime=0) as compressed,
        io.BufferedWriter(compressed, 1024 * 1024) as buffered,
    ):
        yield buffered


def _write_quads(quads: Sequence[ox.Quad], folder: Path, name: str, context: object) -> None:
    triples = sorted({quad.triple for quad in quads}, key=str)
    _serialize(quads, folder / f"{name}.trig", ox.RdfFormat.TRIG)
    _serialize(quads, folder / f"{name}.nq", ox.RdfFormat.N_QUADS)
    _serialize(triples, folder / f"{name}.ttl", ox.RdfFormat.TURTLE)
    _serialize(triples, folder / f"{name}.nt", ox.RdfFormat.N_TRIPLES)
    (folder / f"{name}.jsonld").write_text(json_ld(quads, context), encoding="utf-8")


def _serialize(items: Iterable[ox.Quad] | Iterable[ox.Triple], path: Path, rdf_format: ox.RdfFormat) -> None:
    prefixes = PREFIXES if rdf_format in (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG) else None
    ox.serialize(items, output=path, format=rdf_format, prefixes=prefixes)
