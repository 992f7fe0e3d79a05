"""The files offered for download: the whole graph, and one set a relation."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import pyoxigraph as ox

from bilateral.documents import describe, select
from bilateral.graphs import json_ld
from bilateral.terms import PREFIXES, RELATION


def write(triples: ox.Store, folder: Path, context_file: Path) -> None:
    """Write all dumps; the same triples give the same bytes."""
    folder.mkdir()
    context = json.loads(context_file.read_text(encoding="utf-8"))["@context"]
    _write_quads(sorted(triples, key=str), folder, "bilateral", context)
    relations = {solution["relation"].value for solution in select(triples, "relations")}
    for iri in sorted(relations):
        document = describe(triples, iri)
        assert document is not None
        _write_quads(document.quads, folder, iri.removeprefix(RELATION), context)


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
