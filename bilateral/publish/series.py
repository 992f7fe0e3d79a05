"""The files of single relations in DCAT 3: a series of datasets, one a pair, in a file of its own.

https://www.w3.org/TR/vocab-dcat-3/, section 11. Twenty thousand distributions would make the description of a
release too large to be read at once: it names the series and where it is listed; the list is written and compressed
as it comes. Addresses are relative to the document, as in the description.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox
from rdflib import DCAT, DCTERMS, RDF, RDFS, Graph, Literal, Namespace, URIRef

from bilateral.formats import GZIP, media_type
from bilateral.publish.dumps import compressed
from bilateral.release import sha256_of
from bilateral.snapshot import Manifest
from bilateral.terms import CC0, LANGUAGES, RELATION
from bilateral.void import DATASET
from bilateral.words import words

FILE: Final = "relations.dcat.ttl.gz"
SERIES: Final = URIRef(f"{FILE}#relations")

_DCAT_3: Final = Namespace(str(DCAT))
_MEDIA_TYPES: Final = "https://www.iana.org/assignments/media-types/"
_PREFIXES: Final = {
    "dcat": str(DCAT),
    "dcterms": str(DCTERMS),
    "rdfs": str(RDFS),
    "rel": RELATION,
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


@dataclass(frozen=True)
class RelationFile:
    """What the file of a relation has: the names of the relation, by language, and of which graphs statements are."""

    pair: str
    names: Mapping[str, str]
    graphs: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name of the file in a release."""
        return f"relations/{self.pair}.trig.gz"


def describe(graph: Graph) -> None:
    """Say in the description of a release that there is the series, and where it is listed."""
    graph.add((SERIES, RDF.type, _DCAT_3.DatasetSeries))
    for language in LANGUAGES:
        title = words(language)("The relations between two countries, one file a relation")
        graph.add((SERIES, DCTERMS.title, Literal(title, lang=language)))
    graph.add((SERIES, DCTERMS.isPartOf, DATASET))
    graph.add((DATASET, RDFS.seeAlso, URIRef(FILE)))


def write(folder: Path, files: Iterable[RelationFile], manifest: Manifest) -> None:
    """List the files of relations in the folder of a release, with licence, size and checksum of each."""
    with compressed(folder / FILE) as file:
        for prefix, namespace in _PREFIXES.items():
            file.write(f"PREFIX {prefix}: <{namespace}>\n".encode())
        for each in files:
            file.write("".join(_dataset(each, folder / each.name, manifest)).encode())


def _dataset(file: RelationFile, path: Path, manifest: Manifest) -> Iterator[str]:
    """Give the dataset of a relation and its one distribution, in Turtle."""
    licenses = sorted({manifest.licenses.get(iri, CC0) for iri in file.graphs})
    titles = [str(ox.Literal(name, language=language)) for language, name in file.names.items()]
    yield f"\n<#{file.pair}> a dcat:Dataset ; dcat:inSeries <#relations> ;\n"
    yield f"    dcterms:title {', '.join(titles or [str(ox.Literal(file.pair))])} ;\n"
    yield f"    dcterms:subject rel:{file.pair} ; dcat:distribution <{file.name}> .\n"
    yield f"<{file.name}> a dcat:Distribution ; dcat:downloadURL <{file.name}> ;\n"
    yield f"    dcterms:license {', '.join(f'<{license_}>' for license_ in licenses)} ;\n"
    yield f"    dcat:mediaType <{_MEDIA_TYPES}{media_type('trig')}> ; dcat:compressFormat <{_MEDIA_TYPES}{GZIP}> ;\n"
    yield f'    dcat:byteSize "{path.stat().st_size}"^^xsd:nonNegativeInteger ;\n'
    yield f"    spdx:checksum <#sha256:{file.name}> .\n"
    yield f"<#sha256:{file.name}> a spdx:Checksum ; spdx:algorithm spdx:checksumAlgorithm_sha256 ;\n"
    yield f'    spdx:checksumValue "{sha256_of(path)}"^^xsd:hexBinary .\n'
