"""The SERVICE clauses of a query: each is found, or the query is refused, however it is written."""

from __future__ import annotations

import socket
from contextlib import suppress

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilateral.errors import QueryError, QueryRefused
from bilateral.serve import guard
from bilateral.serve.federation.clause import FederatedQuery
from bilateral.serve.federation.reading import read
from bilateral.serve.federation.solutions import Solutions
from bilateral.serve.federation.splicing import Replacement, splice
from tests.test_guard import PIECES

LISTED = ("https://query.example/sparql",)
HOSTILE = [*PIECES, "SERVICE <", ">{", "{", "}", "FILTER", "OPTIONAL"]
CLAUSE = f"SERVICE <{LISTED[0]}>"


def found(text: str, most: int = 4) -> FederatedQuery:
    return read(text, LISTED, most)


@pytest.mark.parametrize(
    "text",
    [
        f"SELECT * {{ {CLAUSE} {{ ?s ?p ?o }} }}",
        f"SELECT * {{ service<{LISTED[0]}>{{ ?s ?p ?o }}}}",
        f"SELECT * {{ SERVICE # <x:> {{ \n SILENT # }}\n<{LISTED[0]}> # '\n {{ ?s ?p ?o }} }}",
        f"SELECT * {{ ?s ?p 'SERVICE <http://x/> {{' , <http://x/SERVICE> . {CLAUSE} {{ ?s ?p '}}' # }}\n }} }}",
        f"PREFIX SERVICE: <http://x/> SELECT * {{ SERVICE:a ?SERVICE _:SERVICE {CLAUSE} {{ ?s ?p ?o }} }}",
        f"SELECT (EXISTS {{ ?a ?b ?c }} AS ?x) {{ {CLAUSE} {{ ?s ?p ?o }} }} VALUES ?s {{ <x:> }}",
    ],
)
def test_a_clause_is_found_however_it_is_written(text: str) -> None:
    query = found(text)
    (clause,) = query.clauses
    assert (clause.endpoint, {"s", "p"} <= set(clause.variables)) == (LISTED[0], True)
    solved = splice(text, [Replacement(clause.span, Solutions(("s",), (("<x:>",),)).as_group())])
    guard.inspect(solved)
    ox.Store().query(solved, prefixes={"a": "http://a/"})
    ox.Store().query(query.without_services)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("SELECT * { SERVICE ?x { ?s ?p ?o } }", r"takes a full IRI, not \?x"),
        ("PREFIX s: <https://query.example/> ASK { SERVICE s:sparql { ?s ?p ?o } }", "takes a full IRI, not s:sparql"),
        ("ASK { SERVICE:x { ?s ?p ?o } }", "takes a full IRI, not SERVICE:x"),
        ("ASK { SERVICE SILENT SILENT <https://query.example/sparql> { ?s ?p ?o } }", "takes a full IRI"),
        ("ASK { SERVICE <https://query.example/sparq> { ?s ?p ?o } }", "asks <https://query.example/sparql> and no"),
        ("BASE <https://query.example/> ASK { SERVICE <sparql> { ?s ?p ?o } }", "<sparql> is refused"),
        ("ASK { SERVICE <https://query.example/sp\\u0061rql> { ?s ?p ?o } }", "codepoint escapes"),
        ("ASK { SERVICESILENT <https://query.example/sparql> { ?s ?p ?o } }", "a word of its own"),
        ("ASK { aSERVICE <https://query.example/sparql> { ?s ?p ?o } }", "a word of its own"),
        ("ASK { 1e1SERVICE <https://query.example/sparql> { ?s ?p ?o } }", "a word of its own"),
        (f"ASK {{ {CLAUSE} {{ {CLAUSE} {{ ?s ?p ?o }} }} }}", "inside of SERVICE"),
        (f"ASK {{ {CLAUSE} {{ SERVICESILENT<x:> {{ }} }} }}", "inside of SERVICE"),
        (f"ASK {{ {CLAUSE} {{ SERVICE:x {{ }} }} }}", "takes a full IRI, not SERVICE:x"),
        (f"ASK {{ {f'{CLAUSE} {{ ?s ?p ?o }} ' * 5} }}", "more than 4 SERVICE clauses"),
    ],
)
def test_what_cannot_be_told_for_certain_is_refused(text: str, reason: str) -> None:
    with pytest.raises(QueryRefused, match=reason):
        found(text)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (f"ASK {{ {CLAUSE} {{ ?s ?p ?o ", "column 46: expected } to close this {"),
        (f"ASK {{ {CLAUSE} ?s ?p ?o }}", "column 15: expected { after the IRI"),
        ("ASK { ?s ?p ?o FILTER(?s > 1", "column 22: expected \\)"),
    ],
)
def test_a_bracket_that_is_not_closed_is_a_mistake_with_its_place(text: str, place: str) -> None:
    with pytest.raises(QueryError, match=place):
        found(text)


def test_what_a_clause_asks_can_stand_alone() -> None:
    query = found(f"PREFIX ex: <http://x/>\nSELECT ?s {{ ?s a ex:A . {CLAUSE} {{ ?s wdt:P31 ex:B }} }}")
    (clause,) = query.clauses
    assert query.request(clause, "VALUES (?s) {\n(<x:1>)\n}\n").splitlines() == [
        "BASE <https://w3id.org/bilateral/>",
        "PREFIX wdt: <http://www.wikidata.org/prop/direct/>",
        "PREFIX ex: <http://x/>",
        "SELECT * WHERE {",
        "VALUES (?s) {",
        "(<x:1>)",
        "}",
        " ?s wdt:P31 ex:B ",
        "}",
    ]


@pytest.mark.parametrize(
    ("where", "shared"),
    [
        (f"?s a ?t . {CLAUSE} {{ ?s ?p ?o }}", ("s",)),
        (f"{CLAUSE} {{ ?s ?p ?o }} ?s a ?t", ()),
        (f"?s a ?t OPTIONAL {{ ?o a ?t {CLAUSE} {{ ?s ?p ?o }} }}", ("s",)),
        (f"?s a ?t {{ {CLAUSE} {{ ?s ?p ?o }} }}", ()),
        (f"?s a ?t MINUS {{ {CLAUSE} {{ ?s ?p ?o }} }}", ()),
        (f"?s a ?t FILTER NOT EXISTS {{ {CLAUSE} {{ ?s ?p ?o }} }}", ()),
        (f"?s a ?t FILTER(?o > 1) {CLAUSE} {{ ?s ?p ?o }}", ("s",)),
        (f"{{ SELECT * {{ ?s a ?t {CLAUSE} {{ ?s ?p ?o }} }} }}", ()),
        (f"?s a ?t OPTIONAL {{ OPTIONAL {{ {CLAUSE} {{ ?s ?p ?o }} }} }}", ()),
    ],
)
def test_bindings_are_those_that_a_clause_is_joined_with(where: str, shared: tuple[str, ...]) -> None:
    query = found(f"SELECT * {{ {where} }}")
    (clause,) = query.clauses
    assert clause.shared == shared
    if shared:
        ox.Store().query(query.bindings(clause, [], 10))


@settings(max_examples=1000, deadline=None)
@given(
    st.lists(st.sampled_from([*PIECES, "SERVICE <", ">{", "{", "}", "FILTER"]), max_size=10), st.sampled_from(["", " "])
)
def test_what_is_left_of_a_federated_query_asks_no_other_server(pieces: list[str], between: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0)
        iri = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        text = f"PREFIX : <{iri}> SELECT * {{ {between.join(pieces)}<{iri}> {{ ?s ?p ?o }} }}"
        with suppress(QueryRefused, QueryError):
            query = read(text, (iri,), 4)
            solved = [Replacement(clause.span, Solutions(clause.variables, ()).as_group()) for clause in query.clauses]
            for left in (splice(text, solved), query.without_services):
                guard.inspect(left)
                evaluate(left)
        with pytest.raises(BlockingIOError):
            listener.accept()


def evaluate(text: str) -> None:
    with suppress(SyntaxError, RuntimeError):
        results = ox.Store().query(text)
        assert isinstance(results, ox.QuerySolutions)
        list(results)
