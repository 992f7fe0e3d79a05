"""The whole graph as files: N-Quads, TriG, Turtle and JSON-LD, each streamed and compressed."""

from __future__ import annotations

import gzip
import io
import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain, groupby
from operator import attrgetter
from pathlib import Path
from typing import IO, Final

import pyoxigraph as ox

from bilateral.publish.quads import read_quads, triples
from bilateral.terms import PREFIXES, compact, expand

_LEVEL: Final = 5
_TYPE: Final = ox.NamedNode(expand("rdf:type"))
_STRING: Final = ox.NamedNode(expand("xsd:string"))


@contextmanager
def compressed(path: Path) -> Iterator[IO[bytes]]:
    """Write a file with gzip, without name and time in it: the same content gives the same bytes."""
    with (
        path.open("wb") as file,
        gzip.GzipFile("", "wb", _LEVEL, file, mtime=0) as inner,
        io.BufferedWriter(inner, 1024 * 1024) as buffered,
    ):
        yield buffered


def write_n_quads(sorted_quads: Path, path: Path) -> None:
    """Write quads that are sorted already."""
    with sorted_quads.open("rb") as source, compressed(path) as file:
        shutil.copyfileobj(source, file, 1024 * 1024)


def write_trig(graphs: Mapping[str, Path], path: Path) -> None:
    """Write the named graphs one after the other."""
    quads = chain.from_iterable(read_quads(graph) for graph in graphs.values())
    with compressed(path) as file:
        ox.serialize(quads, file, ox.RdfFormat.TRIG, prefixes=PREFIXES)


def write_turtle(sorted_quads: Path, path: Path) -> None:
    """Write the union of the graphs."""
    with compressed(path) as file:
        ox.serialize(triples(sorted_quads), file, ox.RdfFormat.TURTLE, prefixes=PREFIXES)


def write_json_ld(sorted_quads: Path, path: Path) -> None:
    """Write the union of the graphs, one node a line, with the prefixes as context (JSON-LD 1.1, section 4.1.5)."""
    with compressed(path) as file:
        file.write(b'{"@context":' + _json(PREFIXES) + b',\n"@graph":[')
        separator = b"\n"
        for subject, statements in groupby(triples(sorted_quads), key=attrgetter("subject")):
            file.write(separator + _json(_node(subject, statements)))
            separator = b",\n"
        file.write(b"\n]}\n")


def _node(subject: ox.NamedNode, statements: Iterable[ox.Triple]) -> dict[str, object]:
    node: dict[str, object] = {"@id": compact(subject.value)}
    for predicate, group in groupby(statements, key=attrgetter("predicate")):
        if predicate == _TYPE:
            node["@type"] = [_name(each.object) for each in group]
        else:
            node[compact(predicate.value)] = [_value(each.object) for each in group]
    return node


def _name(term: object) -> str:
    assert isinstance(term, ox.NamedNode), "a class has an IRI"
    return compact(term.value)


def _value(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> object:
    if isinstance(term, ox.NamedNode):
        return {"@id": compact(term.value)}
    assert isinstance(term, ox.Literal), "our own data have no blank nodes"
    if term.language:
        return {"@value": term.value, "@language": term.language}
    return term.value if term.datatype == _STRING else {"@value": term.value, "@type": compact(term.datatype.value)}


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


WRITERS: Final[Mapping[str, Callable[[Path, Mapping[str, Path], Path], None]]] = {
    "nq": lambda quads, _graphs, path: write_n_quads(quads, path),
    "trig": lambda _quads, graphs, path: write_trig(graphs, path),
    "ttl": lambda quads, _graphs, path: write_turtle(quads, path),
    "jsonld": lambda quads, _graphs, path: write_json_ld(quads, path),
}
"""How the whole graph is written, by the ending of the file's name."""


def write_whole(extension: str, sorted_quads: Path, graphs: Mapping[str, Path], path: Path) -> None:
    """Write the whole graph in the format of an extension."""
    WRITERS[extension](sorted_quads, graphs, path)
