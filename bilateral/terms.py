"""The names: base IRI, prefixes, and the minting of every IRI of our own."""

from __future__ import annotations

from typing import Final

BASE: Final = "https://w3id.org/bilateral/"
ONTOLOGY: Final = f"{BASE}ontology"
BILAT: Final = f"{ONTOLOGY}#"
SHAPES: Final = f"{BASE}shapes"
GRAPH: Final = f"{BASE}graph/"
CC0: Final = "https://creativecommons.org/publicdomain/zero/1.0/"
"""The licence of what is written by hand."""
RELATION: Final = f"{BASE}id/relation/"
EXAMPLES: Final = f"{BASE}.well-known/sparql-examples"
WIKIDATA: Final = "http://www.wikidata.org/entity/"
WIKIDATA_ENDPOINT: Final = "https://query.wikidata.org/sparql"

KIND_SCHEMES: Final = (
    "actor",
    "agreement",
    "bound",
    "citation",
    "culture",
    "event",
    "level",
    "measure",
    "mission",
    "product",
    "reason",
    "source",
    "standing",
    "status",
    "tie",
    "transfer",
    "unit",
    "visa",
    "visit",
)
"""The concept schemes of ``ontology/kinds.ttl``; each is also a prefix."""

LANGUAGES: Final = ("en", "es", "ko")
"""Languages of every label, message and page, in the order in which they are offered."""

PREFIXES: Final[dict[str, str]] = {
    "bilat": BILAT,
    "bs": f"{SHAPES}#",
    "ev": f"{BASE}id/event/",
    "item": f"{BASE}id/item/",
    "kind": f"{BASE}kind/",
    "membership": f"{BASE}id/membership/",
    "organization": f"{BASE}id/organization/",
    "party": f"{BASE}id/party/",
    "person": f"{BASE}id/person/",
    "place": f"{BASE}id/place/",
    "rel": RELATION,
    "src": f"{BASE}id/source/",
    "treaty": f"{BASE}id/treaty/",
    **{scheme: f"{BASE}kind/{scheme}/" for scheme in KIND_SCHEMES},
    "cito": "http://purl.org/spar/cito/",
    "crm": "http://www.cidoc-crm.org/cidoc-crm/",
    "cur": "http://publications.europa.eu/resource/authority/currency/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "fabio": "http://purl.org/spar/fabio/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "formats": "http://www.w3.org/ns/formats/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "qb": "http://purl.org/linked-data/cube#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "sdmx-attribute": "http://purl.org/linked-data/sdmx/2009/attribute#",
    "sdmx-dimension": "http://purl.org/linked-data/sdmx/2009/dimension#",
    "sdmx-measure": "http://purl.org/linked-data/sdmx/2009/measure#",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vann": "http://purl.org/vocab/vann/",
    "void": "http://rdfs.org/ns/void#",
    "vs": "http://www.w3.org/2003/06/sw-vocab-status/ns#",
    "wd": WIKIDATA,
    "wdt": "http://www.wikidata.org/prop/direct/",
    "wikibase": "http://wikiba.se/ontology#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_NAMES: Final = {namespace: name for name, namespace in PREFIXES.items()}

NAMING: Final = ("rdf:type", "rdfs:label", "skos:prefLabel", "skos:notation", "skos:exactMatch", "dcterms:title")
"""What is said of things that are named and not described."""


def expand(name: str) -> str:
    """Give the IRI of a prefixed name.

    >>> expand("rel:KOR-PER")
    'https://w3id.org/bilateral/id/relation/KOR-PER'
    """
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def compact(iri: str) -> str:
    """Shorten an IRI to a prefixed name, for people; an IRI without prefix stays.

    >>> compact("https://w3id.org/bilateral/id/party/PER")
    'party:PER'
    """
    end = len(iri) - 1
    while (end := max(iri.rfind("/", 0, end), iri.rfind("#", 0, end))) > 0:
        name = _NAMES.get(iri[: end + 1])
        if name is not None:
            return f"{name}:{iri[end + 1 :]}"
    return iri


def relation_iri(code: str, other: str) -> str:
    """Mint the IRI of the relation of two parties, whatever their order.

    >>> relation_iri("PER", "KOR")
    'https://w3id.org/bilateral/id/relation/KOR-PER'
    """
    return RELATION + "-".join(sorted((code, other)))


def graph_iri(name: str) -> str:
    """Mint the IRI of the named graph of a curated file or a source.

    >>> graph_iri("relations/KOR-PER")
    'https://w3id.org/bilateral/graph/relations/KOR-PER'
    """
    return GRAPH + name


def path_of(iri: str) -> str | None:
    """Give the path under which a server answers for an IRI of ours, or None for others.

    >>> path_of("https://w3id.org/bilateral/id/party/PER")
    '/id/party/PER'
    """
    if not iri.startswith(BASE):
        return None
    return "/" + iri.removeprefix(BASE)
