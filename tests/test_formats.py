import pytest

from bilateral.formats import (
    BY_KIND,
    GRAPHS,
    JSON,
    N_TRIPLES,
    RDF_XML,
    SOLUTIONS,
    TURTLE,
    XML,
    ResultKind,
    by_extension,
    by_name,
    negotiate,
    negotiate_language,
)


@pytest.mark.parametrize(
    ("accept", "name"),
    [
        (None, "json"),
        ("", "json"),
        ("*/*", "json"),
        ("application/*", "json"),
        ("text/*", "csv"),
        ("text/csv", "csv"),
        ("application/json", "json"),
        ("application/xml", "xml"),
        ("application/sparql-results+xml, */*", "xml"),
        ("text/csv;q=0.5, text/tab-separated-values;q=0.6", "tsv"),
        ("application/sparql-results+json;q=0, */*", "xml"),
        ("*/*;q=0.1, text/csv;q=0", "json"),
        ("TEXT/CSV", "csv"),
        ("text/csv;header=present", "csv"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "xml"),
    ],
)
def test_accept_header_chooses_the_format_that_the_client_likes_best(accept: str | None, name: str) -> None:
    chosen = negotiate(accept, SOLUTIONS)
    assert chosen is not None
    assert chosen.name == name


@pytest.mark.parametrize("accept", ["image/png", "*/*;q=0", "text/csv;q=0", "application/json;q=bad", "nonsense"])
def test_what_the_client_does_not_accept_is_not_chosen(accept: str) -> None:
    assert negotiate(accept, (SOLUTIONS[2],)) is None


def test_a_type_that_two_formats_answer_to_goes_to_the_kind_of_result() -> None:
    assert negotiate("application/xml", SOLUTIONS) is XML
    assert negotiate("application/xml", GRAPHS) is RDF_XML
    assert negotiate("text/plain", GRAPHS) is N_TRIPLES


def test_every_kind_of_result_has_formats_and_a_default() -> None:
    assert set(BY_KIND) == set(ResultKind)
    assert BY_KIND[ResultKind.SOLUTIONS][0] is JSON
    assert BY_KIND[ResultKind.GRAPH][0] is TURTLE


def test_formats_are_found_by_extension_name_and_media_type() -> None:
    assert by_extension("ttl") is TURTLE
    assert by_extension("exe") is None
    assert by_name("turtle", GRAPHS) is TURTLE
    assert by_name("text/turtle", GRAPHS) is TURTLE
    assert by_name("csv", GRAPHS) is None


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "en"),
        ("ko-KR,ko;q=0.9,en;q=0.8", "ko"),
        ("fr,es-PE;q=0.8", "es"),
        ("de", "en"),
        ("es;q=0,ko;q=0.1", "ko"),
    ],
)
def test_accept_language_chooses_among_three(header: str | None, language: str) -> None:
    assert negotiate_language(header, ("en", "es", "ko")) == language
