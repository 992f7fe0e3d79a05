"""Versions of relations are an event stream, as clients of LDES and TREE follow it.

https://w3id.org/ldes/specification, https://w3id.org/tree/specification
"""

import gzip
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urldefrag

import httpx
import pyoxigraph as ox
import pytest
from pyshacl import validate
from rdflib import DCAT, DCTERMS, RDF, SH, Graph, Namespace, URIRef

from bilateral.release import Release
from bilateral.terms import BASE, RELATION
from tests.conftest import run

AS = Namespace("https://www.w3.org/ns/activitystreams#")
LDES = Namespace("https://w3id.org/ldes#")
TREE = Namespace("https://w3id.org/tree#")


@dataclass(frozen=True)
class Member:
    """A member that a client emits: its address, of what it is a version, since when, what became of it, its file."""

    iri: str
    of: str
    created: str
    kind: str
    file: str


def fetched(client: httpx.Client, address: str) -> tuple[Graph, httpx.Headers]:
    response = client.get(address, headers={"Accept": "text/turtle"}, follow_redirects=True)
    assert response.headers["content-type"].startswith("text/turtle")
    return Graph().parse(response.content, format="turtle", publicID=str(response.url)), response.headers


def replicated(client: httpx.Client, address: str, since: str = "") -> Iterator[Member]:
    """Follow a stream as a client does: from its view along the relations, except to what is older than ``since``."""
    first, _ = fetched(client, address)
    stream = first.value(None, RDF.type, LDES.EventStream)
    time, of = first.value(stream, LDES.timestampPath), first.value(stream, LDES.versionOfPath)
    waiting, seen = [str(first.value(stream, TREE.view))], set[str]()
    while waiting:
        node = waiting.pop()
        seen.add(node)
        graph, _ = fetched(client, node)
        for iri in sorted(graph.objects(stream, TREE.member), key=str):
            values = (graph.value(iri, path) for path in (of, time, RDF.type, AS.url))
            yield Member(str(iri), *(str(value or "") for value in values))
        waiting.extend(next_nodes(graph, node, since) - seen - set(waiting))


def next_nodes(graph: Graph, node: str, since: str) -> set[str]:
    """Give the nodes that relations lead to; all relations to one node hold of its members at once (TREE)."""
    nodes, old = set(), set()
    for relation in graph.objects(URIRef(node), TREE.relation):
        target = str(graph.value(relation, TREE.node))
        nodes.add(target)
        is_last = graph.value(relation, RDF.type) == TREE.LessThanOrEqualToRelation
        if is_last and str(graph.value(relation, TREE.value)) < since:
            old.add(target)
    return nodes - old


def changes(members: list[Member]) -> list[tuple[str, str]]:
    return sorted((member.of.removeprefix(RELATION), member.kind.removeprefix(AS)) for member in members)


def test_a_client_finds_every_version_of_every_relation(released: httpx.Client, release: Release) -> None:
    members = list(replicated(released, f"{released.base_url}/ldes"))
    assert len({member.iri for member in members}) == len(members)
    created = [(pair, kind) for pair, kind in changes(members) if kind == "Create"]
    assert len(created) == release.relations + 1
    assert ("KOR-PER", "Update") in changes(members)
    assert {member.created[:10] for member in members} == {release.modified}


def test_a_member_leads_to_the_version_of_the_relation(released: httpx.Client) -> None:
    for member in replicated(released, f"{released.base_url}/ldes"):
        content = released.get(member.file).content
        store = ox.Store()
        store.bulk_load(gzip.decompress(content), format=ox.RdfFormat.TRIG)
        assert any(store.quads_for_pattern(ox.NamedNode(member.of), None, None, None))


def test_a_client_can_follow_one_party_alone(released: httpx.Client) -> None:
    whole = list(replicated(released, f"{released.base_url}/ldes"))
    of_peru = list(replicated(released, f"{released.base_url}/ldes?party=PER"))
    assert changes(of_peru) == changes([each for each in whole if "PER" in each.of.rpartition("/")[2].split("-")])
    assert {each.iri for each in of_peru} <= {each.iri for each in whole}


def test_what_is_older_than_a_client_has_is_passed_over(released: httpx.Client) -> None:
    assert list(replicated(released, f"{released.base_url}/ldes", since="2999-01-01T00:00:00Z")) == []


def test_pages_may_be_kept_for_ever_and_the_first_node_is_asked_again(released: httpx.Client) -> None:
    first, headers = fetched(released, f"{released.base_url}/ldes")
    assert "immutable" not in headers.get("cache-control", "")
    assert headers["etag"]
    for page in set(first.objects(None, TREE.node)):
        assert "immutable" in fetched(released, str(page))[1]["cache-control"]


def test_members_have_the_shape_that_the_stream_promises(released: httpx.Client) -> None:
    first, _ = fetched(released, f"{released.base_url}/ldes")
    [shape], members = first.objects(None, TREE.shape), Graph()
    for page in set(first.objects(None, TREE.node)):
        members += fetched(released, str(page))[0]
    for member in members.objects(None, TREE.member):
        first.add((shape, SH.targetNode, member))
    conforms, _, report = validate(members, shacl_graph=first)
    assert conforms, report


def test_a_relation_that_is_no_longer_there_has_a_last_version_without_file(
    dist: Path, store: Path, tmp_path: Path
) -> None:
    shutil.copytree(dist, tmp_path, symlinks=True, dirs_exist_ok=True)
    assert run("export", "--store", store, "--to", tmp_path, "--release", "2026.3").returncode == 0
    page = Graph().parse(tmp_path / "2026.3" / "ldes" / "all.ttl")
    gone = page.value(None, DCTERMS.isVersionOf, URIRef(f"{RELATION}CHL-KOR"))
    assert set(page.objects(gone, RDF.type)) == {AS.Delete}
    assert page.value(gone, AS.url) is None


def test_the_stream_is_found_from_the_description_of_the_dataset(released: httpx.Client) -> None:
    described, _ = fetched(released, f"{released.base_url}/.well-known/void")
    source = described.value(None, RDF.type, LDES.EventSource)
    assert (URIRef(f"{BASE}dataset"), DCAT.distribution, source) in described
    assert changes(list(replicated(released, str(source))))


# rdflib's reader of JSON-LD warns of what it uses itself.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize("accept", ["text/turtle", "application/ld+json", "application/n-triples"])
def test_the_first_node_is_where_the_view_says(released: httpx.Client, accept: str) -> None:
    response = released.get("/ldes?party=KOR", headers={"Accept": accept})
    graph = Graph().parse(response.content, format=accept)
    stream = graph.value(None, RDF.type, LDES.EventStream)
    assert str(graph.value(stream, TREE.view)) == urldefrag(str(stream)).url == str(response.url)
    assert graph.value(stream, LDES.versionOfPath) == DCTERMS.isVersionOf


@pytest.mark.parametrize(("query", "status"), [("party=ZZZ", 404), ("party=a+b", 400), ("format=xyz", 406)])
def test_a_stream_of_nothing_that_is_known_is_an_error(released: httpx.Client, query: str, status: int) -> None:
    assert released.get(f"/ldes?{query}").status_code == status


def test_without_releases_the_stream_has_no_pages(client: httpx.Client) -> None:
    assert list(replicated(client, f"{client.base_url}/ldes")) == []
