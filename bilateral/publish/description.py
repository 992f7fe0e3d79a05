"""A release in DCAT 3 and VoID: what there is, in which files, under which licence.

https://www.w3.org/TR/vocab-dcat-3/. The addresses of the files are relative to the document, so that it holds
wherever a release is put.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pyoxigraph as ox
from rdflib import DCAT, DCTERMS, FOAF, RDF, XSD, Graph, Literal, Namespace, URIRef
from rdflib.namespace import VOID

from bilateral import eventstream
from bilateral.formats import GZIP, media_type
from bilateral.publish import series
from bilateral.query import select
from bilateral.release import DESCRIPTION, Release, graph_file, sha256_of
from bilateral.snapshot import Manifest
from bilateral.terms import BASE, CC0, LANGUAGES
from bilateral.void import DATASET, describe_dataset
from bilateral.words import words

_DCAT_3: Final = Namespace(str(DCAT))
"""The terms that are new in DCAT 3."""
_SPDX: Final = Namespace("http://spdx.org/rdf/terms#")
_LANGUAGES: Final = "http://publications.europa.eu/resource/authority/language/"
_EU: Final = {"en": "ENG", "es": "SPA", "ko": "KOR"}
_MEDIA_TYPES: Final = "https://www.iana.org/assignments/media-types/"


def write(release: Release, manifest: Manifest, store: ox.Store) -> None:
    """Write the description of a release into its folder."""
    graph = Graph()
    for prefix, namespace in (("void", VOID), ("spdx", _SPDX)):
        graph.bind(prefix, namespace)
    _describe_release(graph, release, manifest)
    for path in sorted(release.folder.rglob("*.*")):
        name = path.relative_to(release.folder).as_posix()
        if path.is_file() and not name.startswith(("relations/", "graphs/", f"{eventstream.FOLDER}/")):
            _describe_file(graph, DATASET, name, path)
    _describe_graphs(graph, release, manifest, store)
    series.describe(graph)
    graph.serialize(release.folder / DESCRIPTION, format="turtle", encoding="utf-8")


def _describe_release(graph: Graph, release: Release, manifest: Manifest) -> None:
    describe_dataset(graph, DATASET, manifest)
    graph.add((DATASET, RDF.type, DCAT.Dataset))
    for language in LANGUAGES:
        spoken = words(language)
        title = spoken("Bilateral: the relations between countries")
        about = spoken("Open facts on the relations between countries, each dated and with its source.")
        rights = spoken(
            "What is written by hand is in the public domain (CC0). Imported data keep the licence of their source, "
            "each in a graph of its own."
        )
        graph.add((DATASET, DCTERMS.title, Literal(title, lang=language)))
        graph.add((DATASET, DCTERMS.description, Literal(about, lang=language)))
        graph.add((DATASET, DCTERMS.rights, Literal(rights, lang=language)))
        graph.add((DATASET, DCTERMS.language, URIRef(f"{_LANGUAGES}{_EU[language]}")))
    publisher = URIRef(f"{BASE}about")
    graph.add((DATASET, DCTERMS.publisher, publisher))
    graph.add((publisher, RDF.type, FOAF.Agent))
    graph.add((publisher, FOAF.name, Literal("The Bilateral project")))
    graph.add((DATASET, DCAT.landingPage, URIRef(BASE)))
    graph.add((DATASET, _DCAT_3.version, Literal(release.version)))
    graph.add((DATASET, DCTERMS.modified, Literal(release.modified, datatype=XSD.date)))
    if release.previous:
        graph.add((DATASET, _DCAT_3.previousVersion, URIRef(f"../{release.previous}/")))


def _describe_file(graph: Graph, dataset: URIRef, name: str, path: Path) -> None:
    """Describe a file: where it is, what it is, how large, and by which checksum it is known."""
    file = URIRef(name)
    checksum = URIRef(f"#sha256:{name}")
    graph.add((dataset, DCAT.distribution, file))
    graph.add((file, RDF.type, DCAT.Distribution))
    graph.add((file, DCTERMS.title, Literal(name)))
    for license_ in graph.objects(dataset, DCTERMS.license):
        graph.add((file, DCTERMS.license, license_))
    graph.add((file, DCAT.downloadURL, file))
    graph.add((file, DCAT.byteSize, Literal(path.stat().st_size, datatype=XSD.nonNegativeInteger)))
    graph.add((file, DCAT.mediaType, URIRef(_MEDIA_TYPES + media_type(name.removesuffix(".gz")))))
    if name.endswith(".gz"):
        graph.add((file, DCAT.compressFormat, URIRef(f"{_MEDIA_TYPES}{GZIP}")))
    graph.add((file, _SPDX.checksum, checksum))
    graph.add((checksum, RDF.type, _SPDX.Checksum))
    graph.add((checksum, _SPDX.algorithm, _SPDX.checksumAlgorithm_sha256))
    graph.add((checksum, _SPDX.checksumValue, Literal(sha256_of(path), datatype=XSD.hexBinary)))


def _describe_graphs(graph: Graph, release: Release, manifest: Manifest, store: ox.Store) -> None:
    """Describe each named graph as a part of its own: its licence, how to cite it, and its file."""
    said = {row["graph"].value: row for row in select(store, "home/datasets")}
    for iri, triples in release.graphs.items():
        part = URIRef(iri)
        graph.add((DATASET, DCTERMS.hasPart, part))
        graph.add((DATASET, VOID.subset, part))
        graph.add((part, RDF.type, DCAT.Dataset))
        graph.add((part, RDF.type, VOID.Dataset))
        graph.add((part, VOID.triples, Literal(triples)))
        row = said.get(iri)
        graph.add((part, DCTERMS.title, Literal(row["title"].value if row else iri.removeprefix(BASE))))
        graph.add((part, DCTERMS.license, URIRef(manifest.licenses.get(iri, CC0))))
        if row and row["citation"]:
            graph.add((part, DCTERMS.bibliographicCitation, Literal(row["citation"].value)))
        name = graph_file(iri)
        _describe_file(graph, part, name, release.folder / name)
