"""The pages of the ontology and of the shapes, and the page of a problem."""

import re

import httpx
import pytest
from rdflib import OWL, RDF, Graph

from bilateral.project import Project
from bilateral.terms import BILAT

BROWSER = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "accept-language": "en"}


def test_every_term_of_the_ontology_is_at_its_address(client: httpx.Client, project: Project) -> None:
    text = client.get("/ontology", headers=BROWSER).text
    graph = Graph().parse(project.root / "ontology" / "bilat.ttl")
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    named = {str(term) for kind in kinds for term in graph.subjects(RDF.type, kind)}
    terms = {iri.removeprefix(BILAT) for iri in named if iri.startswith(BILAT)}
    assert terms == set(re.findall(r'<h2 id="([^"]+)"', text))


def test_every_shape_that_a_receipt_names_is_at_its_address(client: httpx.Client) -> None:
    receipt = client.get("/id/relation/KOR-PER/fta.html").text
    anchors = set(re.findall(r'<h2 id="([^"]+)"', client.get("/shapes.html").text))
    assert set(re.findall(r'href="/shapes#([^"]+)"', receipt)) <= anchors != set()


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "agreed between the two parties"), ("es", "acordado entre las dos"), ("ko", "합의한")],
)
def test_terms_are_defined_in_the_readers_language(client: httpx.Client, language: str, words: str) -> None:
    assert words in client.get(f"/ontology?lang={language}", headers=BROWSER).text


@pytest.mark.parametrize("path", ["/nowhere", "/id/relation/XXX-YYY", "/id/party/PER.html?embassy=x", "/download/none"])
def test_a_browser_gets_a_problem_as_a_page_and_a_program_as_json(client: httpx.Client, path: str) -> None:
    page, body = client.get(path, headers=BROWSER), client.get(path, headers={"accept": "application/json"})
    assert page.status_code == body.status_code >= 400
    assert 'role="search"' in page.text
    assert body.headers["content-type"] == "application/problem+json"
    assert "etag" not in page.headers
