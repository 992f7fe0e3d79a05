"""The formats in which a page's data can be had."""

from __future__ import annotations

from typing import Final

from bilateral.formats import DOCUMENTS, HTML
from bilateral.serve.site.link import Link
from bilateral.terms import path_of

_NAMES: Final = {
    "turtle": "Turtle",
    "ntriples": "N-Triples",
    "jsonld": "JSON-LD",
    "rdfxml": "RDF/XML",
    "trig": "TriG",
    "nquads": "N-Quads",
}
"""The formats as their specifications write them."""


def data_links(iri: str) -> list[Link]:
    """Lead to a thing's document in each format but HTML.

    >>> [link.href for link in data_links("https://w3id.org/bilateral/id/party/PER")][0]
    '/id/party/PER.ttl'
    """
    return [
        Link(_NAMES[format_.name], f"{path_of(iri)}.{format_.extension}") for format_ in DOCUMENTS if format_ != HTML
    ]
