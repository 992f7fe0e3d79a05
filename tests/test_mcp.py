"""A language model uses the graph by the Model Context Protocol: the SDK's own client, and the real command."""

import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client, StdioServerParameters

from bilateral.project import Project
from tests.conftest import run


@asynccontextmanager
async def connected(store: Path) -> AsyncIterator[Client]:
    parameters = StdioServerParameters(command=sys.executable, args=["-m", "bilateral", "mcp", "--store", str(store)])
    async with Client(parameters) as client:
        yield client


def using(store: Path, test: Callable[[Client], Awaitable[None]]) -> None:
    """Run what a test does with a client of a server of its own."""

    async def connect() -> None:
        with anyio.fail_after(120):
            async with connected(store) as client:
                await test(client)

    anyio.run(connect)


async def answer(client: Client, tool: str, **arguments: object) -> dict[str, Any]:
    result = await client.call_tool(tool, arguments)
    assert not result.is_error, result.content
    assert result.structured_content is not None
    return dict(result.structured_content)


async def refusal(client: Client, tool: str, **arguments: object) -> str:
    result = await client.call_tool(tool, arguments)
    assert result.is_error
    return "".join(getattr(part, "text", "") for part in result.content)


def test_the_tools_say_what_they_take_and_give(store: Path) -> None:
    async def test(client: Client) -> None:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert {"search", "describe_relation", "query", "list_questions", "ask_question"} <= tools.keys()
        for tool in tools.values():
            assert tool.description
            assert tool.output_schema
            assert tool.annotations is not None
            assert tool.annotations.read_only_hint

    using(store, test)


@pytest.mark.parametrize("text", ["peru corea del sur", "한국 페루", "KOR-PER", "Peru South Korea"])
def test_a_pair_is_found_by_names_in_any_language(core: Path, text: str) -> None:
    async def test(client: Client) -> None:
        found = await answer(client, "search", text=text, language="ko")
        assert found["found"][0]["iri"].endswith("/relation/KOR-PER")
        assert found["found"][0]["name"] == "페루–대한민국 관계"  # noqa: RUF001 - the name has a dash

    using(core, test)


def test_a_relation_is_told_as_of_a_date_with_addresses_and_sources(store: Path) -> None:
    async def test(client: Client) -> None:
        then, later = [
            await answer(client, "describe_relation", relation="KOR-PER", as_of_date=day)
            for day in ("1970-07-01", "2012-01-01")
        ]
        lima = {fact["iri"].rpartition("/")[2]: fact for fact in then["representation"]}["embassy-kor-lima"]
        assert [lima["on_that_day"], lima["since"]] == ["no", "1971-08-01"]
        [fta] = [fact for fact in later["agreements"] if fact["iri"].endswith("/fta")]
        assert [fta["on_that_day"], fta["since"]] == ["in force", "2011-08-01"]
        assert all(source["title"] for source in fta["sources"])
        assert len(fta["sources"]) > 5

    using(store, test)


def test_what_is_contested_and_what_is_unknown_are_told(store: Path) -> None:
    async def test(client: Client) -> None:
        told = await answer(client, "describe_relation", relation="rel:KOR-PER", language="es")
        claims = [claim for each in told["contested"] for claim in each["claims"]]
        assert all(claim["sources"] for claim in claims)
        assert any("2013" in claim["value"] and claim["reason"] for claim in claims)
        assert told["unknown"] == []

    using(store, test)


def test_every_question_can_be_asked(core: Path) -> None:
    async def test(client: Client) -> None:
        listed = (await answer(client, "list_questions", language="es"))["questions"]
        assert [each["name"] for each in listed] == [question.name for question in Project.installed().questions()]
        assert all(each["question"].startswith("¿") for each in listed)
        for each in listed:
            assert (await answer(client, "ask_question", name=each["name"]))["rows"], each["name"]
        chile = await answer(client, "ask_question", name="45-embassies-not-returned", parameters={"party": "CHL"})
        assert ["Kuwait", ""] in chile["rows"]

    using(core, test)


def test_a_query_gives_rows_and_a_thing_its_document(store: Path) -> None:
    async def test(client: Client) -> None:
        found = await answer(client, "query", sparql="SELECT ?code { party:PER bilat:partyCode ?code }")
        assert [found["columns"], found["rows"]] == [["code"], [["PER"]]]
        asked = await answer(client, "query", sparql="ASK { party:PER a bilat:Party }")
        assert asked["rows"] == [["true"]]
        fact = await answer(client, "describe_thing", iri="https://w3id.org/bilateral/id/relation/KOR-PER/fta")
        assert "bilat:inForceDate" in fact["turtle"]
        assert fact["sources"]

    using(store, test)


def test_what_goes_wrong_is_told_and_the_server_goes_on(store: Path) -> None:
    async def test(client: Client) -> None:
        for arguments, said in (
            ({"sparql": "SELECT * { ?s ?p"}, "Line 1, column"),
            ({"sparql": "SELECT * { ?s ?p ?o }"}, "more than 500 rows"),
            ({"sparql": "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }"}, "SERVICE is refused"),
            ({"sparql": "DELETE WHERE { ?s ?p ?o }"}, "read-only"),
            ({"sparql": "CONSTRUCT WHERE { ?s ?p ?o }"}, "Ask SELECT or ASK"),
            ({"sparql": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"}, "seconds"),
        ):
            assert said in await refusal(client, "query", **arguments)
        assert "must be a day" in await refusal(client, "describe_relation", relation="KOR-PER", as_of_date="soon")
        assert "name two countries" in await refusal(client, "describe_relation", relation="Atlantis")
        assert "has no parameter" in await refusal(
            client, "ask_question", name="01-established", parameters={"pair": "KOR-PER"}
        )
        assert "There is no question" in await refusal(client, "ask_question", name="none")
        assert "less than or equal to 50" in await refusal(client, "search", text="x", limit=1000)
        assert (await answer(client, "query", sparql="ASK {}"))["rows"] == [["true"]]

    using(store, test)


def test_a_store_that_is_not_there_is_told_on_standard_error(tmp_path: Path) -> None:
    result = run("mcp", "--store", tmp_path / "none")
    assert [result.returncode, result.stdout] == [3, ""]
    assert "There is no store" in result.stderr
