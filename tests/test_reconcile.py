"""Tables are matched with the graph by the Reconciliation Service API 0.2, as OpenRefine speaks it.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

import json
import time
from typing import Any

import httpx
import pytest
from jsonschema import validate

from tests.reconciliation import EXTENSION, MANIFEST, RESULTS, SUGGESTIONS, Schema

ANSWERS: Schema = {
    "allOf": [
        RESULTS,
        {"additionalProperties": {"properties": {"result": {"items": {"$ref": "#/$defs/candidate"}}}}},
    ],
    "$defs": {
        "candidate": {
            "required": ["type", "match"],
            "properties": {
                "score": {"minimum": 0, "maximum": 100},
                "type": {"minItems": 1, "items": {"type": "object"}},
            },
        }
    },
}
"""Of what the standard leaves to a service, ours tells of every candidate its types and whether it is a match."""
OFFERED = {
    "allOf": [
        MANIFEST,
        {
            "required": ["defaultTypes", "view", "suggest", "preview", "extend"],
            "properties": {"versions": {"const": ["0.2"]}},
        },
    ]
}


def ask(client: httpx.Client, **queries: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    response = client.post("/reconcile", data={"queries": json.dumps(queries)})
    assert response.status_code == 200, response.text
    validate(response.json(), ANSWERS)
    return {name: answer["result"] for name, answer in response.json().items()}


def best(client: httpx.Client, text: str, **more: object) -> dict[str, Any]:
    return ask(client, q={"query": text, **more})["q"][0]


def test_the_manifest_says_what_the_service_can_do(core_client: httpx.Client, core_server: str) -> None:
    response = core_client.get("/reconcile", headers={"Origin": "https://example.org"})
    validate(response.json(), OFFERED)
    assert response.headers["access-control-allow-origin"] == "*"
    assert {each["id"] for each in response.json()["defaultTypes"]} >= {"bilat:Party", "bilat:BilateralRelation"}
    for service in response.json()["suggest"].values():
        assert core_client.get(service["service_url"].replace(core_server, "") + service["service_path"]).is_success


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("Peru", "party/PER"),
        ("el Perú", "party/PER"),
        ("페루", "party/PER"),
        ("PERU", "party/PER"),
        ("Corea del Sur", "party/KOR"),
        ("Korea, Republic of", "party/KOR"),
        ("대한민국", "party/KOR"),
        ("KOR", "party/KOR"),
        ("Q884", "party/KOR"),
        ("https://w3id.org/bilateral/id/party/KOR", "party/KOR"),
        ("KOR-PER", "relation/KOR-PER"),
        ("relations between Peru and South Korea", "relation/KOR-PER"),
        ("relaciones entre el Perú y Corea del Sur", "relation/KOR-PER"),
        ("페루 대한민국 관계", "relation/KOR-PER"),
        ("Fujimori Alberto", "person/alberto-fujimori"),
    ],
)
def test_a_name_or_an_identifier_is_matched_by_itself(core_client: httpx.Client, text: str, id_: str) -> None:
    found = best(core_client, text)
    assert [found["id"], found["match"], found["score"]] == [id_, True, 100]


@pytest.mark.parametrize(
    ("text", "ids"), [("Korea", {"party/KOR", "party/PRK"}), ("Congo", {"party/COD", "party/COG"})]
)
def test_what_may_mean_two_things_is_left_to_a_person(core_client: httpx.Client, text: str, ids: set[str]) -> None:
    first, second, *_ = ask(core_client, q={"query": text})["q"]
    assert {first["id"], second["id"]} == ids
    assert not first["match"]
    assert not second["match"]


def test_a_slip_of_the_pen_is_a_candidate_and_no_match(core_client: httpx.Client) -> None:
    found = best(core_client, "United Staes")
    assert [found["id"], found["match"]] == ["party/USA", False]
    assert ask(core_client, q={"query": "xyzzyq"})["q"] == []


def test_a_type_narrows_what_is_found(core_client: httpx.Client) -> None:
    asked = {"query": "Peru", "type": "bilat:BilateralRelation"}
    assert {each["type"][0]["id"] for each in ask(core_client, q=asked)["q"]} <= {"bilat:BilateralRelation"}
    should = best(core_client, "Peru", type="bilat:BilateralRelation", type_strict="should")
    assert [should["id"], should["match"]] == ["party/PER", False]


def test_a_property_decides_between_namesakes(core_client: httpx.Client) -> None:
    found = best(core_client, "Korea", properties=[{"pid": "wdt:P297", "v": "KP"}])
    assert found["id"] == "party/PRK"
    named = best(core_client, "", properties=[{"pid": "bilat:party", "v": ["Peru", {"id": "party/KOR", "name": "x"}]}])
    assert named["id"] == "relation/KOR-PER"


@pytest.mark.parametrize(
    "more",
    [
        {"type": ["bilat:Party", "bilat:BilateralRelation"]},
        {"type": ["bilat:Party"], "type_strict": "any"},
        {"type": ["bilat:Party"], "type_strict": "all"},
        {"type": ["bilat:Party"], "type_strict": "should"},
        {"limit": 5.0},
        {"properties": []},
        {"properties": [{"pid": "wdt:P2082", "v": 604}]},
        {"properties": [{"pid": "wdt:P2082", "v": 604.0}]},
        {"properties": [{"pid": "wdt:P297", "v": ["PE", "KR"]}]},
        {"properties": [{"pid": "wdt:P36", "v": {"id": "place/lima"}}]},
        {"properties": [{"pid": "wdt:P297", "v": True}]},
    ],
)
def test_every_form_of_a_query_that_the_specification_has_is_taken(
    core_client: httpx.Client, more: dict[str, object]
) -> None:
    assert best(core_client, "Perú", **more)["id"] == "party/PER"


def test_a_batch_is_answered_under_the_names_of_its_queries(core_client: httpx.Client) -> None:
    found = ask(core_client, one={"query": "Chile", "limit": 1}, other={"query": "Corea", "limit": 1})
    assert {name: [each["id"] for each in result][:1] for name, result in found.items()}["one"] == ["party/CHL"]
    assert all(len(result) == 1 for result in found.values())
    by_get = core_client.get("/reconcile", params={"queries": json.dumps({"one": {"query": "Chile", "limit": 1}})})
    assert by_get.json()["one"] == {"result": found["one"]}


def test_names_are_told_in_the_language_of_the_client(core_client: httpx.Client) -> None:
    queries = {"queries": json.dumps({"q": {"query": "Peru"}})}
    accepted = core_client.post("/reconcile", data=queries, headers={"Accept-Language": "ko"}).json()
    chosen = core_client.post("/reconcile/ko", data=queries).json()
    assert accepted["q"]["result"][0]["name"] == chosen["q"]["result"][0]["name"] == "페루"


@pytest.mark.parametrize(
    ("path", "first"),
    [
        ("entity?prefix=corea del", "party/KOR"),
        ("entity?prefix=페", "party/PER"),
        ("type?prefix=organi", "org:Organization"),
        ("property?prefix=iso", "wdt:P297"),
    ],
)
def test_words_that_begin_a_name_are_completed(core_client: httpx.Client, path: str, first: str) -> None:
    suggestions = core_client.get(f"/reconcile/suggest/{path}").json()
    validate(suggestions, SUGGESTIONS[path.partition("?")[0]])
    assert first in [each["id"] for each in suggestions["result"]][:2]


def test_suggestions_can_be_turned_over(core_client: httpx.Client) -> None:
    pages = [
        [each["id"] for each in core_client.get(f"/reconcile/suggest/entity?prefix=a&cursor={cursor}").json()["result"]]
        for cursor in (0, 20)
    ]
    assert not {*pages[0]} & {*pages[1]}
    assert all(pages)


def test_a_table_is_extended_by_what_is_known(core_client: httpx.Client) -> None:
    proposed = core_client.get("/reconcile/properties?type=bilat:Party").json()["properties"]
    properties = [{"id": each["id"]} for each in proposed]
    asked = {"ids": ["party/PER", "party/none"], "properties": properties}
    answer = core_client.post("/reconcile", data={"extend": json.dumps(asked)}).json()
    validate(answer, EXTENSION)
    assert [each["id"] for each in answer["meta"]] == [each["id"] for each in properties]
    peru, nothing = answer["rows"]["party/PER"], answer["rows"]["party/none"]
    assert peru["wdt:P297"] == [{"str": "PE"}]
    assert peru["wdt:P36"] == [{"id": "place/lima", "name": "Lima"}]
    assert set(map(str, nothing.values())) == {"[]"}


def test_a_preview_may_be_framed_and_loads_nothing_foreign(core_client: httpx.Client) -> None:
    response = core_client.get("/reconcile/preview?id=party/PER&lang=es")
    assert "<h1><a" in response.text
    policy = response.headers["content-security-policy"]
    assert "frame-ancestors *" in policy
    assert "default-src 'none'" in policy or "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in core_client.get("/").headers["content-security-policy"]


@pytest.mark.parametrize(
    ("queries", "status", "said"),
    [
        ("{", 400, "is not JSON"),
        ("[]", 400, "must be a JSON object"),
        ('{"q": {}}', 400, "query or properties"),
        ('{"q": {"query": 7}}', 400, "query must be a string"),
        ('{"q": {"query": "x", "props": []}}', 400, "There is: query, type, type_strict, limit, properties"),
        ('{"q": {"query": "x", "limit": 0}}', 400, "whole number above 0"),
        ('{"q": {"query": "x", "type": "nope"}}', 400, "There is: bilat:Party"),
        ('{"q": {"query": "x", "properties": [{"pid": "nope", "v": 1}]}}', 400, "There is: rdfs:label@en"),
        (json.dumps({str(n): {"query": "x"} for n in range(51)}), 413, "no more than 50"),
        ("[" * 50_000, 400, "is not JSON"),
        ('{"q": {"query": "x", "limit": ' + "9" * 5000 + "}}", 400, "more than 100 digits"),
        ('{"q": {"query": "' + "Corea " * 60_000 + '"}}', 413, "larger than"),
    ],
)
def test_what_is_no_batch_is_refused_with_what_to_send(
    core_client: httpx.Client, queries: str, status: int, said: str
) -> None:
    response = core_client.post("/reconcile", data={"queries": queries})
    assert response.status_code == response.json()["status"] == status
    assert said in response.json()["detail"]


def test_fifty_names_take_less_than_a_second(core_client: httpx.Client) -> None:
    batch = {str(n): {"query": f"República {n} de Corea"} for n in range(50)}
    ask(core_client, q={"query": "Peru"})
    before = time.monotonic()
    assert len(ask(core_client, **batch)) == 50
    assert time.monotonic() - before < 1


def test_a_long_name_keeps_nobody_waiting(core_client: httpx.Client) -> None:
    before = time.monotonic()
    ask(core_client, q={"query": " ".join(f"corea{n}" for n in range(5000))})
    assert time.monotonic() - before < 2
