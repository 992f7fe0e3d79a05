"""Releases and the dataset are described in the vocabularies that catalogues read."""

import gzip
import json
import re

import httpx
import pyoxigraph as ox
import pytest
from rdflib import DCTERMS, RDF, RDFS, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, VOID

from bilateral.project import Project
from bilateral.release import Release
from bilateral.terms import BASE, CC0, EXAMPLES, RELATION

SPDX = "http://spdx.org/rdf/terms#"
DCAT_3 = Namespace(str(DCAT))
"""The terms that are new in DCAT 3."""
DATASET = URIRef(f"{BASE}dataset")


@pytest.fixture(scope="module")
def described(release: Release) -> Graph:
    return Graph().parse(release.folder / "description.ttl", publicID="https://example.org/download/2026.1/")


def test_every_file_but_those_of_relations_and_the_event_stream_is_a_distribution_with_licence_and_checksum(
    described: Graph, release: Release
) -> None:
    found = {}
    for file in described.subjects(RDF.type, DCAT.Distribution):
        checksum = described.value(described.value(file, URIRef(f"{SPDX}checksum")), URIRef(f"{SPDX}checksumValue"))
        assert described.value(file, DCTERMS.license)
        found[str(file).removeprefix("https://example.org/download/2026.1/")] = str(checksum)
    wanted = {
        name: digest for name, digest in release.checksums.items() if not name.startswith(("relations/", "ldes/"))
    }
    del wanted["description.ttl"]
    assert found == wanted


def test_every_file_of_a_relation_is_found_by_following_the_description(
    released: httpx.Client, release: Release
) -> None:
    """DCAT 3, section 11: the description names a series, and the series is listed where it says."""
    base = f"{released.base_url}/download/2026.1/"
    main = Graph().parse(released.get(f"{base}description.ttl").content, format="turtle", publicID=base)
    listed = str(main.value(DATASET, RDFS.seeAlso))
    content = gzip.decompress(released.get(listed).content)
    found = Graph().parse(content, format="turtle", publicID=listed)
    [series] = set(found.objects(None, DCAT_3.inSeries))
    assert (series, RDF.type, DCAT_3.DatasetSeries) in main
    digests = {}
    for file in found.objects(None, DCAT.distribution):
        checksum = found.value(found.value(file, URIRef(f"{SPDX}checksum")), URIRef(f"{SPDX}checksumValue"))
        digests[str(found.value(file, DCAT.downloadURL)).removeprefix(base)] = str(checksum)
    assert digests == {name: digest for name, digest in release.checksums.items() if name.startswith("relations/")}


def test_a_file_of_a_relation_has_its_names_its_size_and_the_licences_of_its_graphs(release: Release) -> None:
    listed = gzip.decompress((release.folder / "relations.dcat.ttl.gz").read_bytes())
    found = Graph().parse(listed, format="turtle", publicID="https://example.org/relations.dcat.ttl.gz")
    [relation] = found.subjects(DCTERMS.subject, URIRef(f"{RELATION}KOR-PER"))
    assert {title.language for title in found.objects(relation, DCTERMS.title)} == {"en", "es", "ko"}  # type: ignore[attr-defined]
    file = found.value(relation, DCAT.distribution)
    path = release.folder / "relations" / "KOR-PER.trig.gz"
    assert int(str(found.value(file, DCAT.byteSize))) == path.stat().st_size
    assert {str(each) for each in found.objects(file, DCTERMS.license)} == {CC0}
    assert str(found.value(file, DCAT.mediaType)).endswith("/application/trig")


def test_each_source_is_a_dataset_of_its_own_with_its_licence_and_file(described: Graph, release: Release) -> None:
    parts = set(described.objects(DATASET, DCTERMS.hasPart))
    assert {str(part) for part in parts} == set(release.graphs)
    for part in parts:
        assert described.value(part, DCTERMS.license)
        assert described.value(part, VOID.triples) == Literal(release.graphs[str(part)])
        assert "/graphs/" in str(described.value(part, DCAT.distribution))


# rdflib's reader of JSON-LD warns of what it uses itself.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize("media_type", ["text/turtle", "application/ld+json", "application/rdf+xml"])
def test_the_dataset_is_described_where_void_says(released: httpx.Client, media_type: str, triples: ox.Store) -> None:
    response = released.get("/.well-known/void", headers={"Accept": media_type})
    assert response.headers["content-type"].startswith(media_type)
    graph = Graph().parse(response.content, format=media_type)
    assert graph.value(DATASET, VOID.sparqlEndpoint)
    assert (None, VOID.linkPredicate, None) in graph
    assert (None, VOID.objectsTarget, None) in graph
    assert len(set(graph.objects(DATASET, VOID.propertyPartition))) > 50
    assert int(str(graph.value(DATASET, VOID.triples))) > len(triples) / 2
    dumps = {str(dump).rpartition("/")[2] for dump in graph.objects(DATASET, VOID.dataDump)}
    assert {"bilateral.nq.gz", "bilateral.ttl.gz"} <= dumps


def test_the_addresses_in_the_description_are_those_of_the_files(released: httpx.Client) -> None:
    graph = Graph().parse(released.get("/.well-known/void").content, format="turtle")
    addresses = {str(address) for address in graph.objects(None, DCAT.downloadURL)}
    assert len(addresses) > 30
    assert {address for address in addresses if released.head(address).status_code != 200} == set()


def test_pages_say_what_they_describe_to_search_engines(released: httpx.Client) -> None:
    for path, name in (("/", "Bilateral"), ("/id/relation/KOR-PER", "Relaciones entre el Perú y Corea del Sur")):
        page = released.get(f"{path}?lang=es", headers={"Accept": "text/html"}, follow_redirects=True).text
        [markup] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
        dataset = json.loads(markup)
        assert dataset["@type"] == "Dataset"
        assert dataset["name"].startswith(name)
        assert "https://creativecommons.org/publicdomain/zero/1.0/" in dataset["license"]
        for file in dataset["distribution"]:
            assert released.head(file["contentUrl"]).status_code == 200


def test_every_question_is_an_example_in_the_graph(released: httpx.Client, project: Project) -> None:
    """As https://github.com/sib-swiss/sparql-examples has them."""
    query = """
        PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        SELECT ?example ?comment ?text FROM <%s> {
          ?example a sh:SPARQLExecutable ; rdfs:comment ?comment ; sh:select|sh:ask|sh:construct ?text .
          FILTER(LANG(?comment) = "ko") }"""
    response = released.get("/sparql", params={"query": query % EXAMPLES})
    rows = response.json()["results"]["bindings"]
    found = {row["example"]["value"].removeprefix(f"{EXAMPLES}/"): row for row in rows}
    assert {name: row["text"]["value"] for name, row in found.items()} == {
        question.name: question.text for question in project.questions()
    }
    assert all(row["comment"]["value"] for row in found.values())


def test_the_prefixes_of_the_examples_are_declared(released: httpx.Client) -> None:
    graph = Graph().parse(
        released.get("/.well-known/sparql-examples/prefixes.ttl").content,
        format="turtle",
    )
    response = released.get(
        "/sparql",
        params={
            "query": "PREFIX sh: <http://www.w3.org/ns/shacl#> SELECT ?prefix ?namespace "
            "{ ?o sh:declare ?d . ?d sh:prefix ?prefix ; sh:namespace ?namespace }"
        },
    )
    declared = {row["prefix"]["value"]: row["namespace"] for row in response.json()["results"]["bindings"]}
    assert declared["bilat"]["value"] == "https://w3id.org/bilateral/ontology#"
    assert {each["datatype"] for each in declared.values()} == {"http://www.w3.org/2001/XMLSchema#anyURI"}
    assert len(graph) > len(declared)
