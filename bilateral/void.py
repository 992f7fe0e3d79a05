"""What the graph holds, in numbers: VoID, the Vocabulary of Interlinked Datasets.

https://www.w3.org/TR/void/
"""

from __future__ import annotations

from typing import Final

from rdflib import DCTERMS, RDF, SKOS, BNode, Graph, Literal, URIRef
from rdflib.namespace import VOID
from rdflib.term import Node

from bilateral.snapshot import Manifest
from bilateral.terms import BASE, ONTOLOGY, RELATION

DATASET: Final = URIRef(f"{BASE}dataset")
"""The dataset, whatever its release."""


def describe_dataset(graph: Graph, dataset: Node, manifest: Manifest) -> None:
    """Count triples, subjects, classes, properties and links (sections 4.4 to 5).

    The blank nodes have names by number, so that the same counts are written the same.
    """
    graph.add((dataset, RDF.type, VOID.Dataset))
    graph.add((dataset, VOID.triples, Literal(manifest.triples)))
    graph.add((dataset, VOID.distinctSubjects, Literal(manifest.entities)))
    graph.add((dataset, VOID.vocabulary, URIRef(f"{ONTOLOGY}#")))
    graph.add((dataset, VOID.uriSpace, Literal(BASE)))
    graph.add((dataset, VOID.exampleResource, URIRef(f"{RELATION}KOR-PER")))
    for license_ in manifest.all_licenses:
        graph.add((dataset, DCTERMS.license, URIRef(license_)))
    for number, (iri, count) in enumerate(manifest.classes.items()):
        partition = BNode(f"class{number}")
        graph.add((dataset, VOID.classPartition, partition))
        graph.add((partition, VOID["class"], URIRef(iri)))
        graph.add((partition, VOID.entities, Literal(count)))
    for number, (iri, count) in enumerate(manifest.properties.items()):
        partition = BNode(f"property{number}")
        graph.add((dataset, VOID.propertyPartition, partition))
        graph.add((partition, VOID.property, URIRef(iri)))
        graph.add((partition, VOID.triples, Literal(count)))
    for number, (namespace, count) in enumerate(manifest.links.items()):
        _describe_links(graph, dataset, namespace, count, BNode(f"links{number}"))


def _describe_links(graph: Graph, dataset: Node, namespace: str, count: int, links: BNode) -> None:
    """Describe the links into another dataset, which is told by the namespace of its IRIs (section 5)."""
    target = BNode(f"{links}-target")
    graph.add((dataset, VOID.subset, links))
    graph.add((links, RDF.type, VOID.Linkset))
    graph.add((links, VOID.linkPredicate, SKOS.exactMatch))
    graph.add((links, VOID.subjectsTarget, dataset))
    graph.add((links, VOID.objectsTarget, target))
    graph.add((links, VOID.triples, Literal(count)))
    graph.add((target, RDF.type, VOID.Dataset))
    graph.add((target, VOID.uriSpace, Literal(namespace)))
