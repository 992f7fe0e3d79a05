"""Linked data: every IRI under the base answers, in the form that the client likes best."""

import gzip
import re

import httpx
import pyoxigraph as ox
import pytest
from rdflib import Graph

from bilateral.formats import DOCUMENTS, HTML
from bilateral.terms import BASE, LANGUAGES, expand

RELATION = "/id/relation/KOR-PER"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def read(response: httpx.Response) -> set[ox.Triple]:
    media_type = response.headers["content-type"].partition(";")[0]
    return {quad.triple for quad in ox.parse(response.content, format=ox.RdfFormat.from_media_type(media_type))}


@pytest.mark.parametrize(
    ("accept", "extension"),
    [
        ("text/turtle", "ttl"),
        ("application/n-triples", "nt"),
        ("application/ld+json", "jsonld"),
        ("*/*", "ttl"),
        (BROWSER, "html"),
    ],
)
def test_a_thing_leads_to_its_document(client: httpx.Client, accept: str, extension: str) -> None:
    response = client.get(RELATION, headers={"accept": accept})
    assert response.status_code == 303
    assert response.headers["location"] == f"{RELATION}.{extension}"
    assert "Accept" in response.headers["vary"]


@pytest.mark.parametrize("format_", DOCUMENTS, ids=lambda f: f.name)
def test_a_suffix_always_wins(client: httpx.Client, format_: object) -> None:
    extension, content_type = getattr(format_, "extension", ""), getattr(format_, "content_type", "")
    response = client.get(f"{RELATION}.{extension}", headers={"accept": "image/png"})
    assert response.status_code == 200
    assert response.headers["content-type"] == content_type


def test_all_forms_of_a_document_say_the_same(client: httpx.Client) -> None:
    forms = [frozenset(read(client.get(f"{RELATION}.{f.extension}"))) for f in DOCUMENTS if f != HTML]
    assert len(set(forms)) == 1


def test_every_iri_of_the_graph_answers(client: httpx.Client, triples: ox.Store) -> None:
    terms = {term.value for quad in triples for term in quad if isinstance(term, ox.NamedNode)}
    ours = sorted(iri for iri in terms if iri.startswith(BASE) and "#" not in iri)
    statuses = {
        iri: client.head(f"/{iri.removeprefix(BASE)}", headers={"accept": "text/turtle"}).status_code for iri in ours
    }
    assert {iri: status for iri, status in statuses.items() if status not in (200, 303)} == {}
    assert len(ours) > 500


def test_a_relations_document_holds_its_facts_claims_citations_and_sources(
    client: httpx.Client, triples: ox.Store
) -> None:
    document = read(client.get(f"{RELATION}.nt"))
    graph = ox.NamedNode(f"{BASE}graph/relations/KOR-PER")
    assert {quad.triple for quad in triples.quads_for_pattern(None, None, None, graph)} <= document
    cited = {t.object for t in document if t.predicate.value == expand("dcterms:source")}
    titled = {t.subject for t in document if t.predicate.value == expand("bilat:kind")}
    assert cited <= titled


def test_a_relations_document_names_everything_that_it_mentions(client: httpx.Client, triples: ox.Store) -> None:
    document = read(client.get(f"{RELATION}.nt"))
    labels = {expand("rdfs:label"), expand("skos:prefLabel")}
    named = {t.subject for t in document if t.predicate.value in labels}
    mentioned = {t.object for t in document if isinstance(t.object, ox.NamedNode) and t.object.value.startswith(BASE)}
    known = {quad.subject for quad in triples if quad.predicate.value in labels}
    assert (mentioned & known) - named == set()


def test_a_document_is_not_sent_again_to_who_has_it(client: httpx.Client) -> None:
    first = client.get(f"{RELATION}.ttl")
    again = client.get(f"{RELATION}.ttl", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get(f"{RELATION}.nt", headers={"if-none-match": first.headers["etag"]})
    assert other.status_code == 200


def test_a_relation_named_in_the_other_order_leads_to_its_iri(client: httpx.Client) -> None:
    response = client.get("/id/relation/PER-KOR")
    assert (response.status_code, response.headers["location"]) == (308, RELATION)


@pytest.mark.parametrize("path", ["/ontology", "/shapes", "/ontology/0.3.0", "/ontology.ttl", "/shapes.jsonld"])
def test_ontology_and_shapes_are_documents(client: httpx.Client, path: str) -> None:
    response = client.get(path, headers={"accept": "application/rdf+xml"})
    assert response.status_code == 200
    assert len(read(response)) > 500


def test_the_context_of_json_ld_is_published(client: httpx.Client) -> None:
    assert "bilat" in client.get("/context.jsonld").json()["@context"]


@pytest.mark.parametrize("extension", ["ttl", "nt", "jsonld", "trig"])
def test_a_relation_can_be_downloaded(client: httpx.Client, extension: str) -> None:
    response = client.get(f"/download/KOR-PER.{extension}")
    assert response.status_code == 200
    assert len(read(response)) > 1000
    again = client.get(f"/download/KOR-PER.{extension}", headers={"if-none-match": response.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("extension", ["ttl", "nq", "jsonld"])
def test_the_whole_graph_can_be_downloaded_compressed(client: httpx.Client, extension: str) -> None:
    response = client.get(f"/download/bilateral.{extension}.gz")
    assert (response.status_code, response.headers["content-type"]) == (200, "application/gzip")
    assert len(gzip.decompress(response.content)) > 100_000


@pytest.mark.parametrize(
    "path", ["/download/../manifest.json", "/download/%2e%2e%2fmanifest.json", "/static/../app.py"]
)
def test_no_other_file_can_be_downloaded(client: httpx.Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "path",
    [
        f"{RELATION}.html",
        "/id/party/PER.html",
        "/kind/mission/embassy.html",
        "/id/source/fta-lip.html",
        "/",
        "/sparql",
        "/download/",
    ],
)
def test_pages_are_in_three_languages(client: httpx.Client, path: str, language: str) -> None:
    response = client.get(path, headers={"accept": BROWSER, "accept-language": language})
    assert response.headers["content-language"] == language
    assert f'<html lang="{language}">' in response.text
    assert "unsafe" not in response.headers["content-security-policy"]


def test_a_page_is_not_sent_again_to_who_has_it_in_that_language(client: httpx.Client) -> None:
    first = client.get("/id/party/PER.html", headers={"accept-language": "es"})
    assert first.headers["vary"].startswith("Accept, Accept-Encoding, Accept-Language")
    for language, status in (("es", 304), ("ko", 200)):
        headers = {"accept-language": language, "if-none-match": first.headers["etag"]}
        assert client.get("/id/party/PER.html", headers=headers).status_code == status


def test_the_language_in_the_address_beats_the_header(client: httpx.Client) -> None:
    response = client.get("/id/party/KOR.html?lang=ko", headers={"accept-language": "es"})
    assert "<h1>대한민국</h1>" in response.text


def test_a_relations_page_shows_a_contested_date_with_both_values(client: httpx.Client) -> None:
    text = client.get(f"{RELATION}.html", headers={"accept-language": "en"}).text
    assert "August 1, 2011" in text
    assert "March 1, 2013" in text
    assert "deprecated" in text


def test_every_link_of_a_page_leads_somewhere(client: httpx.Client) -> None:
    text = client.get(f"{RELATION}.html").text
    own = {href for href in re.findall(r'href="(/[^"#]*)', text) if not href.startswith("/sparql?")}
    broken = {
        href for href in own if client.get(href, headers={"accept": BROWSER}, follow_redirects=True).status_code != 200
    }
    assert broken == set()


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib's own reader uses it
def test_the_tree_of_a_relation_has_the_triples_of_its_turtle(client: httpx.Client) -> None:
    tree, turtle = (client.get(f"/id/relation/KOR-PER.{extension}").text for extension in ("jsonld", "ttl"))
    wanted = {*ox.parse(turtle, format=ox.RdfFormat.TURTLE)}
    assert {quad.triple for quad in ox.parse(tree, format=ox.RdfFormat.JSON_LD)} == {quad.triple for quad in wanted}
    assert len(Graph().parse(data=tree, format="json-ld")) == len(wanted)


def test_a_relation_is_a_tree_of_facts_claims_and_citations(client: httpx.Client) -> None:
    relation = client.get("/id/relation/KOR-PER.jsonld").json()
    facts = {fact["id"].rpartition("/")[2]: fact for fact in relation["facts"]}
    named = {thing["id"]: thing for thing in relation["mentioned"]}
    fta = facts["fta"]
    assert fta["label"]["ko"] == "한-페루 자유무역협정"
    assert fta["inForceDate"] == {"@value": "2011-08-01", "type": "xsd:date"}
    dates = {claim["object"]["@value"] for claim in fta["claims"] if claim["predicate"] == "bilat:inForceDate"}
    assert dates == {"2011-08-01", "2012", "2013-03-01"}
    assert all(named[citation["source"]]["type"] == "Source" for citation in fta["citation"])
    assert not any("ofRelation" in fact for fact in facts.values())
