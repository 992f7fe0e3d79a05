"""What the standard's own validator and test bench look at, looked at here: the whole list, by name.

The Reconciliation Service API 0.2 (https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/)
comes with documents that its schemas must take and others that they must refuse, and with a test bench that asks a
living service from a browser. Each has its case below, under the name that it has there, made of our own data.
"""

import json
from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any, Final, Literal
from urllib.parse import quote, urljoin, urlsplit

import httpx
import pytest
from jsonschema import Draft202012Validator, validate

from tests.reconciliation import EXTENSION, EXTENSION_QUERY, MANIFEST, PROPOSALS, QUERIES, RESULTS, SUGGESTIONS, Schema

Json = dict[str, Any]
Field = Literal["queries", "extend"]
ELSEWHERE: Final = {"Origin": "https://bench.example.org"}
"""The test bench is a page of another site."""

PERU: Final[Json] = {"query": "Perú", "type": "bilat:Party", "limit": 5, "type_strict": "should"}
CODE: Final[Json] = {"pid": "wdt:P297", "v": "PE"}
CAPITAL: Final[Json] = {"pid": "wdt:P36", "v": ["Lima", {"id": "place/lima", "name": "Lima"}]}
CODES: Final[Json] = {"id": "wdt:P297"}
CAPITALS: Final[Json] = {"id": "wdt:P36"}

Sent = tuple[Field, str, Any]
"""What a client sends: the field of the form; the section, the name of the case in the standard's examples, and the
rule; the content. Cases named ``schema`` have no example there: they are further rules of its schemas.
"""

TAKEN: Final[list[Sent]] = [
    # reconciliation-query-batch/valid
    ("queries", "4.1 example-min: a query needs a text alone", {"a": {"query": "Peru"}, "b": {"query": "대한민국"}}),
    ("queries", "4.1 example-full: a query may have every field", {"a": {**PERU, "properties": [CODE]}, "b": PERU}),
    ("queries", "4.1 multi-values: values may be many and mixed", {"a": {**PERU, "properties": [CAPITAL]}}),
    ("queries", "4.1 no-query-string: properties do without a text", {"a": {"properties": [CODE]}}),
    # data-extension-query/valid
    ("extend", "7.3 example-min: things and properties", {"ids": ["party/PER"], "properties": [CODES, CAPITALS]}),
    (
        "extend",
        "7.3 example-full: properties may come with settings",
        {"ids": ["party/PER", "party/KOR"], "properties": [{**CODES, "settings": {"limit": "5"}}, CAPITALS]},
    ),
]
REFUSED: Final[list[Sent]] = [
    # reconciliation-query-batch/invalid
    ("queries", "4.1 empty-query: neither text nor properties", {"a": {"limit": 1}}),
    ("queries", "4.1 empty-properties: a list of no properties", {"a": {"properties": []}}),
    ("queries", "4.1 misnamed-property: a field that there is not", {"a": {**PERU, "props": [CODE]}}),
    ("queries", "4.1 schema: a batch is an object", [{"query": "Peru"}]),
    ("queries", "4.1 schema: a query is an object", {"a": "Peru"}),
    ("queries", "4.1 schema: a text is a string", {"a": {"query": 51}}),
    ("queries", "4.1 schema: a type is a string, or a list", {"a": {**PERU, "type": {"id": "bilat:Party"}}}),
    ("queries", "4.1 schema: types are strings", {"a": {**PERU, "type": [51]}}),
    ("queries", "4.1 schema: a limit is a number", {"a": {**PERU, "limit": "5"}}),
    ("queries", "4.1 text: a limit is a positive whole number", {"a": {**PERU, "limit": 0}}),
    ("queries", "4.1 schema: a strictness is one of three", {"a": {**PERU, "type_strict": "very"}}),
    ("queries", "4.1 schema: properties are a list", {"a": {**PERU, "properties": CODE}}),
    ("queries", "4.1 schema: a property has a name", {"a": {**PERU, "properties": [{"v": "PE"}]}}),
    ("queries", "4.1 schema: a property has a value", {"a": {**PERU, "properties": [{"pid": "wdt:P297"}]}}),
    ("queries", "2.4 schema: an entity has an identifier", {"a": {"properties": [{**CODE, "v": {"name": "PE"}}]}}),
    ("queries", "2.4 schema: its name is a string", {"a": {"properties": [{**CODE, "v": {"id": "PE", "name": 1}}]}}),
    ("extend", "7.3 schema: things are named", {"properties": [CODES]}),
    ("extend", "7.3 schema: properties are named", {"ids": ["party/PER"]}),
    ("extend", "7.3 schema: things are named by strings", {"ids": [51], "properties": [CODES]}),
    ("extend", "7.3 schema: a property has an identifier", {"ids": ["party/PER"], "properties": [{}]}),
    ("extend", "7.1 schema: settings are an object", {"ids": ["party/PER"], "properties": [{**CODES, "settings": 5}]}),
]
REQUESTS: Final[Mapping[Field, Schema]] = {"queries": QUERIES, "extend": EXTENSION_QUERY}
ANSWERS: Final[Mapping[Field, Schema]] = {"queries": RESULTS, "extend": EXTENSION}


def cases(listed: list[tuple[Any, str, Any]]) -> pytest.MarkDecorator:
    """Give each case of a list to a test, under its name."""
    return pytest.mark.parametrize(
        ("kind", "content"), [pytest.param(kind, content, id=f"{kind} {name}") for kind, name, content in listed]
    )


@pytest.mark.parametrize("method", ["GET", "POST"])
@cases(TAKEN)
def test_what_is_valid_is_answered_and_the_answer_is_valid(
    core_client: httpx.Client, kind: Field, content: Json, method: str
) -> None:
    """By POST, as a service must, and by GET, as it should (0.2, sections 4.3 and 7.3)."""
    validate(content, REQUESTS[kind])
    response = send(core_client, method, kind, content)
    assert response.status_code == 200, response.text
    validate(response.json(), ANSWERS[kind])
    assert is_complete(kind, content, response.json())


@pytest.mark.parametrize("method", ["GET", "POST"])
@cases(REFUSED)
def test_what_is_not_valid_is_refused_with_the_reason(
    core_client: httpx.Client, kind: Field, content: object, method: str
) -> None:
    """By the status of HTTP for it, which other sites see too (0.2, sections 3.3 and 3.4)."""
    assert not Draft202012Validator(REQUESTS[kind]).is_valid(content)
    response = send(core_client, method, kind, content)
    assert response.status_code == response.json()["status"] == 400
    assert response.json()["detail"]
    assert response.headers["access-control-allow-origin"] == "*"


def send(client: httpx.Client, method: str, field: str, content: object, path: str = "/reconcile") -> httpx.Response:
    fields = {field: json.dumps(content)}
    if method == "POST":
        return client.post(path, data=fields, headers=ELSEWHERE)
    return client.get(path, params=fields, headers=ELSEWHERE)


def is_complete(field: Field, asked: Json, answer: Json) -> bool:
    """Whether every query is answered, or every thing has a cell list for every property (sections 4.2 and 7.4)."""
    if field == "queries":
        return list(answer) == list(asked)
    properties = [each["id"] for each in asked["properties"]]
    columns = [each["id"] for each in answer["meta"]]
    return columns == properties and all([*answer["rows"][id_]] == properties for id_ in asked["ids"])


def change(path: str, value: object) -> Callable[[Any], Any]:
    """Make a change of one value of a document, by the keys that lead to it; ``...`` takes it away."""

    def changed(document: Any) -> Any:
        *parents, last = [int(part) if part.isdigit() else part for part in path.split()]
        copy = place = deepcopy(document)
        for part in parents:
            place = place[part]
        if value is ...:
            del place[last]
        else:
            place[last] = value
        return copy

    return changed


def minimal(manifest: Json) -> Json:
    return {name: manifest[name] for name in ("versions", "name", "identifierSpace", "schemaSpace")}


SETTINGS: Final[list[Json]] = [
    {"name": "limit", "label": "Limit", "type": "number", "default": 0, "help_text": "at most so many values"},
    {"name": "of", "label": "Of", "type": "text", "default": "all"},
    {"name": "count", "label": "Count", "type": "checkbox", "default": False},
    {"name": "how", "label": "How", "type": "select", "default": "id", "choices": [{"value": "id", "name": "ID"}]},
]
LIMA: Final[Json] = {"id": "place/lima", "name": "Lima"}
CELL: Final = "rows party/PER wdt:P297 0"
KEY: Final = {"type": "apiKey", "name": "key", "in": "query"}
HERE: Final = "https://example.org"
FLYOUT: Final = "suggest entity flyout_service_path"

Document = Literal["manifest", "results", "extension", "entity", "type", "property"]
Changed = tuple[Document, str, Callable[[Any], Any]]
"""Which answer of ours is changed; section, name and rule as above; and how."""

STILL_VALID: Final[list[Changed]] = [
    # manifest/valid: what differs among the services that are given as examples
    ("manifest", "3.1 example-min: four fields are enough", minimal),
    ("manifest", "3.1 wikidata: of several versions, one is 0.2", change("versions", ["0.1", "0.2"])),
    ("manifest", "3.1 feature-view", change("feature_view url", f"{HERE}/{{{{id}}}}")),
    ("manifest", "3.1 codefork-viaf, fundref, geocollider-sinatra: without columns", change("extend", ...)),
    ("manifest", "3.1 findthatcharity, nomisma, ordnance-survey: with no types", change("defaultTypes", [])),
    ("manifest", "3.1 kerameikos, kew, occrp, vivo-cornell: without preview", change("preview", ...)),
    ("manifest", "3.5 authentication, security-scheme/api_key", change("authentication", KEY)),
    ("manifest", "3.5 security-scheme/http_basic_auth", change("authentication", {"type": "basic"})),
    ("manifest", "5.1 preview-metadata/example", change("preview width", 430)),
    ("manifest", "6.1 getty, suggest-metadata/example: with flyouts", change(FLYOUT, "/flyout?id=${id}")),
    ("manifest", "7.1 lobid-gnd, data-extension-metadata/example-full", change("extend property_settings", SETTINGS)),
    # reconciliation-result-batch/valid, reconciliation-candidate/valid
    ("results", "4.2 example-full, example: a description", change("a result 0 description", "a state")),
    ("results", "4.2 schema: types by their identifiers", change("a result 0 type", ["bilat:Party"])),
    ("results", "4.2 schema: a type need not be told", change("a result 0 type", ...)),
    # data-extension-response/valid
    ("extension", "7.4 example-full: no value", change(CELL, {})),
    ("extension", "7.4 example-full: an entity", change(CELL, {**LIMA, "description": "city"})),
    ("extension", "7.4 example-full: of another service", change("meta 0 service", f"{HERE}/reconcile")),
    ("extension", "7.4 schema: numbers", change("rows party/PER wdt:P297", [{"int": 5}, {"float": 5.5}])),
    ("extension", "7.4 schema: dates", change(CELL, {"date": "1963-04-01T00:00:00+00:00"})),
    # suggest-entities-response/valid, suggest-types-response/valid, suggest-properties-response/valid
    ("entity", "6.3 example: without notable types", change("result 0 notable", [])),
    ("type", "6.3 example: with a broader type", change("result 0 broader", [{"id": "a", "name": "A"}])),
    ("property", "6.3 example: with a description", change("result 0 description", "a code of two letters")),
]
NO_LONGER_VALID: Final[list[Changed]] = [
    # manifest/invalid
    ("manifest", "3.5 bad-authentication", change("authentication", {"foo": "bar"})),
    ("manifest", "3.1 feature-view: without the place of the identifier", change("feature_view url", f"{HERE}/f")),
    ("manifest", "2.5 godot-missing-identifierSpace", change("identifierSpace", ...)),
    ("manifest", "3.1 invalid-documentation: a number", change("documentation", 1234)),
    ("manifest", "3.1 missing-version", change("versions", ...)),
    ("manifest", "3.1 old-version: 0.1 alone", change("versions", ["0.1"])),
    ("manifest", "2.1 opencorporates, ror-invalid-view-pattern", change("view url", f"{HERE}/{{id}}")),
    ("manifest", "5.1 opencorporates: previews", change("preview url", f"{HERE}/{{id}}/preview")),
    ("manifest", "6.1 ror-invalid-view-pattern: flyouts", change(FLYOUT, "/flyout?id={id}")),
    (
        "manifest",
        "7.1 slub-invalid-property-setting: of no type",
        change("extend property_settings", [{**SETTINGS[1], "type": "string"}]),
    ),
    # reconciliation-result-batch/invalid
    ("results", "4.2 missing-id", change("a result 0 id", ...)),
    ("results", "4.2 no-result", change("a", {})),
    ("results", "4.2 root-array", lambda results: [results["a"]["result"]]),
    ("results", "4.2 schema: a score is a number", change("a result 0 score", "100")),
    # data-extension-response/invalid
    ("extension", "7.4 wrong-properties: a label beside a text", change(CELL, {"str": "PE", "label": "PE"})),
    ("extension", "7.4 wrong-properties: a label alone", change(CELL, {"label": "PE"})),
    ("extension", "7.4 wrong-properties: the type of an entity", change(CELL, {**LIMA, "type": "city"})),
    ("extension", "7.4 schema: a date without a time", change(CELL, {"date": "1963-04-01"})),
    ("entity", "6.3 schema: a name is given", change("result 0 name", ...)),
    ("type", "2.2 schema: broader types are objects", change("result 0 broader", ["org:Organization"])),
    ("property", "6.3 schema: a result is given", change("result", ...)),
]
SCHEMAS: Final[Mapping[Document, Schema]] = {
    "manifest": MANIFEST,
    "results": RESULTS,
    "extension": EXTENSION,
    "entity": SUGGESTIONS["entity"],
    "type": SUGGESTIONS["type"],
    "property": SUGGESTIONS["property"],
}


@pytest.fixture(scope="module")
def answers(core_client: httpx.Client) -> Mapping[Document, Any]:
    """What the service answers of each kind, all of it valid."""
    extend = {"ids": ["party/PER"], "properties": [{"id": "wdt:P297"}]}
    paths: Mapping[Document, tuple[str, Json]] = {
        "manifest": ("", {}),
        "results": ("", {"queries": json.dumps({"a": {"query": "Peru"}})}),
        "extension": ("", {"extend": json.dumps(extend)}),
        "entity": ("/suggest/entity", {"prefix": "Peru"}),
        "type": ("/suggest/type", {"prefix": "organi"}),
        "property": ("/suggest/property", {"prefix": "iso"}),
    }
    got = {name: core_client.get(f"/reconcile{path}", params=asked).json() for name, (path, asked) in paths.items()}
    for name, answer in got.items():
        validate(answer, SCHEMAS[name])
    return got


@cases(STILL_VALID)
def test_an_answer_that_differs_as_it_may_is_taken(
    answers: Mapping[Document, Any], kind: Document, content: Callable[[Any], Any]
) -> None:
    """The schemas of these tests take what the standard's take (0.2, appendix A)."""
    changed = content(answers[kind])
    assert changed != answers[kind]
    validate(changed, SCHEMAS[kind])


@cases(NO_LONGER_VALID)
def test_an_answer_with_one_thing_wrong_is_found_out(
    answers: Mapping[Document, Any], kind: Document, content: Callable[[Any], Any]
) -> None:
    """The schemas of these tests refuse what the standard's refuse (0.2, appendix A)."""
    assert not Draft202012Validator(SCHEMAS[kind]).is_valid(content(answers[kind]))


# What the test bench asks of a living service, in its order


def test_bench_the_manifest_is_read_from_another_site_and_tells_its_version(core_client: httpx.Client) -> None:
    """0.2, sections 3.1 and 3.3: by GET without parameters; the latest version whose schema it fits is 0.2."""
    response = core_client.get("/reconcile", headers=ELSEWHERE)
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.headers["content-type"].startswith("application/json")
    validate(response.json(), MANIFEST)
    assert "0.2" in response.json()["versions"]


@pytest.mark.parametrize(
    "path", ["", "/suggest/entity", "/suggest/type", "/suggest/property", "/properties", "/preview", "/es", "/nothing"]
)
def test_bench_every_address_answers_other_sites(core_client: httpx.Client, path: str) -> None:
    """0.2, section 3.3: uniformly at all addresses, after a question beforehand as well, and where there is nothing."""
    before = {**ELSEWHERE, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    asked = core_client.options(f"/reconcile{path}", headers=before)
    got = core_client.get(f"/reconcile{path}", headers=ELSEWHERE)
    assert {each.headers["access-control-allow-origin"] for each in (asked, got)} == {"*"}
    assert "POST" in asked.headers["access-control-allow-methods"]


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("language", ["en", "es", "ko"])
def test_bench_a_name_is_matched_with_each_type_that_is_offered(
    core_client: httpx.Client, language: str, method: str
) -> None:
    """0.2, sections 4.1 to 4.3: with the default types and those suggested, and a limit; the best comes first."""
    path = f"/reconcile/{language}"
    offered = core_client.get(path).json()["defaultTypes"]
    suggested = core_client.get(f"{path}/suggest/type?prefix=o").json()["result"]
    for type_ in [*offered, *suggested]:
        query = {"query": "Perú", "type": type_["id"], "limit": 3}
        answer = send(core_client, method, "queries", {"q0": query}, path).json()
        validate(answer, RESULTS)
        scores = [each["score"] for each in answer["q0"]["result"]]
        assert len(scores) <= 3
        assert scores == sorted(scores, reverse=True)


def test_bench_a_candidate_can_be_viewed(core_client: httpx.Client) -> None:
    """0.2, section 2.1: at the address that the template makes of its identifier, bare or encoded."""
    view = core_client.get("/reconcile").json()["view"]["url"]
    for id_ in ("party/PER", quote("party/PER", safe="")):
        address = view.replace("{{id}}", id_)
        assert core_client.get(urlsplit(address).path, follow_redirects=True).is_success, address


def test_bench_a_feature_can_be_looked_up(core_client: httpx.Client) -> None:
    """0.2, sections 2.1 and 4.2: features have names of their own, and each is explained."""
    manifest = core_client.get("/reconcile").json()
    answer = send(core_client, "POST", "queries", {"a": {**PERU, "properties": [CODE]}}).json()
    features = answer["a"]["result"][0]["features"]
    names = [each["id"] for each in features]
    assert len(names) == len({*names}) >= 3
    for name in names:
        address = urlsplit(manifest["feature_view"]["url"].replace("{{id}}", name))
        assert f'id="{address.fragment}"' in core_client.get(address.path).text


@pytest.mark.parametrize(
    ("kind", "prefix", "id_"),
    [
        ("entity", "Peru", "party/PER"),
        ("entity", "party/PER", "party/PER"),
        ("entity", "KOR-PER", "relation/KOR-PER"),
        ("type", "organi", "org:Organization"),
        ("type", "bilat:Party", "bilat:Party"),
        ("property", "capital", "wdt:P36"),
        ("property", "wdt:P297", "wdt:P297"),
    ],
)
def test_bench_a_name_or_an_identifier_is_suggested(
    core_client: httpx.Client, kind: str, prefix: str, id_: str
) -> None:
    """0.2, sections 6.1 to 6.4: at the address that the manifest puts together."""
    service = core_client.get("/reconcile").json()["suggest"][kind]
    path = urlsplit(service["service_url"] + service["service_path"]).path
    response = core_client.get(path, params={"prefix": prefix}, headers=ELSEWHERE)
    validate(response.json(), SUGGESTIONS[kind])
    assert id_ in [each["id"] for each in response.json()["result"]]


@pytest.mark.parametrize("language", ["", "/en", "/es", "/ko"])
def test_bench_a_preview_fits_into_a_frame(core_client: httpx.Client, language: str) -> None:
    """0.2, sections 5.1 and 5.2: HTML at the address with the identifier in it, encoded as a part of an address."""
    preview = core_client.get(f"/reconcile{language}").json()["preview"]
    assert preview["width"] > 0 < preview["height"]
    address = urlsplit(preview["url"].replace("{{id}}", quote("party/PER", safe="")))
    response = core_client.get(f"{address.path}?{address.query}")
    assert response.is_success
    assert response.headers["content-type"].startswith("text/html")
    assert "x-frame-options" not in response.headers


def test_bench_properties_are_proposed_and_fetched(core_client: httpx.Client) -> None:
    """0.2, sections 7.1 to 7.4: of each type, no more than asked for; then each by GET, for one entity."""
    manifest = core_client.get("/reconcile").json()
    service = manifest["extend"]["propose_properties"]
    path = urlsplit(urljoin(service["service_url"], service["service_path"])).path
    for type_ in manifest["defaultTypes"]:
        proposal = core_client.get(path, params={"type": type_["id"], "limit": 3}).json()
        validate(proposal, PROPOSALS)
        assert [proposal["type"], proposal["limit"], len(proposal["properties"])] == [type_["id"], 3, 3]
    for property_ in core_client.get(path, params={"type": "bilat:Party"}).json()["properties"]:
        extend = {"ids": ["party/PER"], "properties": [{"id": property_["id"]}]}
        answer = send(core_client, "GET", "extend", extend).json()
        validate(answer, EXTENSION)
        assert property_["id"] in answer["rows"]["party/PER"]


def test_bench_a_batch_that_is_too_large_is_refused_with_413(core_client: httpx.Client) -> None:
    """0.2, section 3.1: ``batchSize``; what is just as large as it says is answered."""
    size = core_client.get("/reconcile").json()["batchSize"]
    for count, status in ((size, 200), (size + 1, 413)):
        batch = {f"q{number}": {"query": "Peru", "limit": 1} for number in range(count)}
        assert send(core_client, "POST", "queries", batch).status_code == status


def test_bench_jsonp_is_not_offered(core_client: httpx.Client) -> None:
    """0.2, section 3.3: a service may; ours runs no code in the pages of others, and says JSON is JSON."""
    response = core_client.get("/reconcile?callback=run", headers=ELSEWHERE)
    assert response.headers["content-type"].startswith("application/json")
    validate(response.json(), MANIFEST)
