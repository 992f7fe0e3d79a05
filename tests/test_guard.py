import socket
from contextlib import suppress

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilateral.errors import QueryRefused, UpdateRefused
from bilateral.formats import ResultKind
from bilateral.serve.guard import inspect


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("SELECT * {}", ResultKind.SOLUTIONS),
        ("PREFIX ask: <http://x/ASK#> # DESCRIBE\nselect ?ask {}", ResultKind.SOLUTIONS),
        ("BASE <http://x/> ASK {}", ResultKind.BOOLEAN),
        ("CONSTRUCT WHERE { ?s ?p 'INSERT' }", ResultKind.GRAPH),
        ("DESCRIBE <http://x/SERVICE>", ResultKind.GRAPH),
        ("nonsense", None),
    ],
)
def test_the_form_of_a_query_is_its_first_such_keyword(text: str, kind: ResultKind | None) -> None:
    assert inspect(text).kind is kind


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://x/> { ?s ?p ?o } }",
        "SELECT * { service silent ?x { ?s ?p ?o } }",
        "PREFIX s: <http://x/> ASK { FILTER EXISTS { SERVICE s:a { ?s ?p ?o } } }",
        "SELECT * { ?a ?b 'x' . SERVICE#comment\n<http://x/> {} }",
        "SELECT * { FILTER(?a<?b)SERVICE<http://x/>{} }",
        "SELECT * { SERVICE:x { ?s ?p ?o } }",
        "SELECT * { {} SERVICESILENT<http://x/> { ?s ?p ?o } }",
        "SELECT * { ?a ?b true.SERVICE:x { ?s ?p ?o } }",
        "SELECT * { ?a ?b 1.0e1SERVICE<http://x/>{} }",
        'SELECT * { ?s ?p """a"b""" SERVICE <http://x/> {} }',
    ],
)
def test_service_is_refused_however_it_is_written(text: str) -> None:
    with pytest.raises(QueryRefused, match="SERVICE"):
        inspect(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?SERVICE ?p 'SERVICE <http://x/> {}' } # SERVICE",
        'PREFIX SERVICE: <http://x/SERVICE> SELECT * { SERVICE:a ?p """ SERVICE """@SERVICE }',
        "SELECT * { <http://x/#SERVICE> ?p ?o }",
        "SELECT $SERVICE { _:SERVICE a:SERVICE $SERVICE }",
    ],
)
def test_the_word_service_elsewhere_is_no_reason_to_refuse(text: str) -> None:
    assert inspect(text).kind is ResultKind.SOLUTIONS


@pytest.mark.parametrize(
    "text", ["LOAD <http://x/>", "PREFIX a: <b> INSERT DATA {}", "WITH <g> DELETE {} WHERE {}", "drop all"]
)
def test_updates_are_refused_as_what_they_are(text: str) -> None:
    with pytest.raises(UpdateRefused):
        inspect(text)


def test_from_is_seen_where_it_is_a_clause() -> None:
    assert inspect("SELECT * FROM <http://g> {}").names_dataset
    assert inspect("SELECT * FROM NAMED <http://g> {}").names_dataset
    assert not inspect("SELECT ?FROM { ?FROM ?p 'FROM <http://g>' }").names_dataset


PIECES = [
    *(
        "SERVICE",
        "service",
        "SILENT",
        "SERVICE:",
        "aSERVICE",
        "?SERVICE",
        "1",
        "1.",
        "e1",
        "true",
        "'",
        '"',
        "'''",
        '"""',
    ),
    *(
        "\\",
        "<",
        ">",
        "<?b",
        "# ",
        "\n",
        "@",
        "@en",
        "^^",
        ":",
        ".",
        ";",
        "_:",
        "%20",
        "\\-",
        "(",
        ")",
        "|",
        "/",
        "é",
        "\u2028",
    ),
]


@settings(max_examples=1000, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=8), st.sampled_from(["", " "]))
def test_what_the_guard_lets_through_asks_no_other_server(pieces: list[str], between: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0)
        iri = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        text = f"PREFIX : <{iri}> SELECT * {{ {between.join(pieces)}<{iri}> {{ ?s ?p ?o }} }}"
        with suppress(QueryRefused):
            inspect(text)
            evaluate(text)
        with pytest.raises(BlockingIOError):
            listener.accept()


def evaluate(text: str) -> None:
    with suppress(SyntaxError, RuntimeError):
        results = ox.Store().query(text)
        assert isinstance(results, ox.QuerySolutions)
        list(results)
