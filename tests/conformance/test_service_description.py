"""SPARQL 1.1 Service Description: the three entries of the suite, which say in words what to test."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pyshacl
import pytest
from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.compare import isomorphic

from bilateral.formats import JSON_LD, RDF_XML, TURTLE, Format
from tests.conformance import suite
from tests.conformance.comparison import read
from tests.conformance.conftest import Endpoints
from tests.conformance.suite import Dataset

DATASET: Final = suite.protocol_dataset(suite.folder())
SCHEMA: Final = Path(__file__).parent / "service-description.ttl"
SD: Final = Namespace("http://www.w3.org/ns/sparql-service-description#")


def describe(endpoints: Endpoints, dataset: Dataset = DATASET, format_: Format = TURTLE) -> Graph:
    response = endpoints.of(dataset).get("/sparql", headers={"Accept": format_.media_type})
    assert response.status_code == 200
    assert response.headers["content-type"] == format_.content_type
    described = read(response.content, format_)
    assert isinstance(described, Graph)
    return described


@pytest.mark.parametrize("format_", [TURTLE, RDF_XML, JSON_LD], ids=lambda format_: format_.name)
def test_returns_rdf(endpoints: Endpoints, format_: Format) -> None:
    assert isomorphic(describe(endpoints, format_=format_), describe(endpoints))


def test_has_endpoint_triple(endpoints: Endpoints) -> None:
    described = describe(endpoints)
    address = URIRef(str(endpoints.of(DATASET).base_url.join("/sparql")))
    assert [*described.objects(None, SD.endpoint)] == [address]


def test_conforms_to_schema(endpoints: Endpoints) -> None:
    conforms, _, report = pyshacl.validate(describe(endpoints), shacl_graph=Graph().parse(SCHEMA))
    assert conforms, report


def test_names_the_graphs_that_there_are(endpoints: Endpoints) -> None:
    described = describe(endpoints)
    names = {str(described.value(graph, SD.name)) for graph in described.subjects(RDF.type, SD.NamedGraph)}
    assert names == {iri for iri, _ in DATASET.named}
