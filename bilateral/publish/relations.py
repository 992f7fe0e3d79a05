"""One file a relation: its facts, the citations and sources that they rest on, and the names of all that they name.

The sorted quads have the statements of a relation side by side, so that all files are written in one
pass; what many relations mention (parties, kinds, places, sources) is small, and kept in memory.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from bilateral.publish.quads import pair_of, subject_of
from bilateral.publish.series import RelationFile
from bilateral.terms import LANGUAGES, NAMING, PREFIXES, RELATION, expand

_IRI: Final = re.compile(rb"<[^<>\s]+>")
_NAMING: Final = tuple(f"<{expand(name)}>".encode() for name in NAMING)
_MEMBERSHIP: Final = f"<{PREFIXES['membership']}".encode()
"""What no relation mentions begins with this: memberships are of one party, and half of all other things."""
_LABEL: Final = ox.NamedNode(expand("rdfs:label"))
_WHOLE: Final = tuple(f"<{expand(name)}>".encode() for name in ("bilat:Citation", "bilat:Source", "void:Dataset"))

Mentioned = dict[bytes, bytes]
"""Lines of N-Quads by their subject; in one piece, since there are a hundred thousand subjects."""


def write_relations(sorted_quads: Path, folder: Path) -> Iterator[RelationFile]:
    """Write ``<pair>.trig.gz`` for each relation, and tell what it has. The same quads give the same bytes."""
    mentioned = _mentioned(sorted_quads)
    with sorted_quads.open("rb") as lines:
        for pair, group in groupby(lines, key=pair_of):
            if pair:
                yield _write(pair, b"".join(group), mentioned, folder / f"{pair}.trig.gz")


def _mentioned(sorted_quads: Path) -> Mentioned:
    """Gather what relations may mention: citations and sources whole, of other things what names them."""
    with sorted_quads.open("rb") as file:
        mentioned = (line for line in file if not pair_of(line) and not line.startswith(_MEMBERSHIP))
        others = groupby(mentioned, key=subject_of)
        return {subject: b"".join(_kept(list(lines))) for subject, lines in others}


def _kept(lines: list[bytes]) -> Iterator[bytes]:
    is_whole = any(b" " + class_ + b" " in line for line in lines for class_ in _WHOLE)
    for line in lines:
        if is_whole or line.split(None, 2)[1] in _NAMING:
            yield line


def _write(pair: str, own: bytes, mentioned: Mentioned, path: Path) -> RelationFile:
    quads = ox.parse(b"".join([own, *_around(own, mentioned)]), format=ox.RdfFormat.N_QUADS)
    in_order = sorted(quads, key=lambda quad: str(quad.graph_name))
    content = ox.serialize(in_order, format=ox.RdfFormat.TRIG, prefixes=PREFIXES)
    assert content is not None
    path.write_bytes(gzip.compress(content, 6, mtime=0))
    graphs = {quad.graph_name.value for quad in in_order if isinstance(quad.graph_name, ox.NamedNode)}
    return RelationFile(pair, _names(pair, in_order), tuple(sorted(graphs)))


def _names(pair: str, quads: list[ox.Quad]) -> dict[str, str]:
    """Give the names of a relation in the languages of the project."""
    relation = ox.NamedNode(RELATION + pair)
    labels = (quad.object for quad in quads if quad.subject == relation and quad.predicate == _LABEL)
    names = {label.language: label.value for label in labels if isinstance(label, ox.Literal)}
    return {language: names[language] for language in LANGUAGES if language in names}


def _around(own: bytes, mentioned: Mentioned) -> Iterator[bytes]:
    """Give what is said of the things that the lines mention, and of the sources of the citations among these."""
    known: set[bytes] = set()
    waiting = [own]
    while waiting:
        found = {iri for lines in waiting for iri in _IRI.findall(lines)} & mentioned.keys()
        waiting = [mentioned[iri] for iri in sorted(found - known)]
        known |= found
        yield from waiting
