"""SPARQL 1.1 Protocol, section 2.1: what each request asks for."""

import pytest

from bilateral.errors import BadRequest, UnsupportedMediaType, UpdateRefused
from bilateral.serve.protocol import FORM_TYPE, QUERY_TYPE, Query, parse


def test_get_has_its_query_in_the_address() -> None:
    assert parse("GET", b"query=ASK%20%7B%7D", None, b"") == Query("ASK {}")


def test_post_of_a_form_has_its_query_in_the_body() -> None:
    assert parse("POST", b"", FORM_TYPE, b"query=ASK+%7B%7D") == Query("ASK {}")


def test_post_of_a_query_is_its_body() -> None:
    assert parse("POST", b"", QUERY_TYPE, b"ASK {}") == Query("ASK {}")


def test_a_form_is_decoded_once() -> None:
    query = parse("POST", b"", FORM_TYPE, b"query=ASK+%7B+%3Fs+%3Fp+%22a%252Fb%22+%7D")
    assert query == Query('ASK { ?s ?p "a%2Fb" }')


def test_the_dataset_is_named_by_the_request() -> None:
    query = parse(
        "GET", b"query=ASK{}&default-graph-uri=http://a&default-graph-uri=http://b&named-graph-uri=http://c", None, b""
    )
    assert query == Query("ASK{}", ("http://a", "http://b"), ("http://c",))
    assert query.names_dataset


def test_post_of_a_query_has_its_dataset_in_the_address() -> None:
    assert parse("POST", b"default-graph-uri=http://a", QUERY_TYPE, b"ASK {}") == Query("ASK {}", ("http://a",))


def test_a_request_without_query_asks_for_the_description() -> None:
    assert parse("GET", b"", None, b"") is None
    assert parse("POST", b"", None, b"") is None


def test_charset_and_byte_order_mark_are_understood() -> None:
    assert parse("POST", b"", f"{QUERY_TYPE}; charset=UTF-8", b"\xef\xbb\xbfASK {}") == Query("ASK {}")


@pytest.mark.parametrize(
    ("query_string", "content_type", "body"),
    [
        (b"query=ASK{}&query=ASK{}", None, b""),
        (b"query=ASK{}", QUERY_TYPE, b"ASK {}"),
        (b"query=%FF", None, b""),
        (b"", QUERY_TYPE, b"ASK { \xff }"),
        (b"query=\xff", None, b""),
        (b"&".join([b"a=1"] * 2000), None, b""),
    ],
)
def test_what_is_no_query_operation_is_a_bad_request(
    query_string: bytes, content_type: str | None, body: bytes
) -> None:
    with pytest.raises(BadRequest):
        parse("POST" if content_type else "GET", query_string, content_type, body)


@pytest.mark.parametrize(
    ("query_string", "content_type", "body"),
    [
        (b"update=CLEAR%20ALL", None, b""),
        (b"", FORM_TYPE, b"update=CLEAR+ALL"),
        (b"", "application/sparql-update", b"CLEAR ALL"),
    ],
)
def test_updates_are_refused_in_every_form(query_string: bytes, content_type: str | None, body: bytes) -> None:
    with pytest.raises(UpdateRefused):
        parse("POST" if content_type else "GET", query_string, content_type, body)


@pytest.mark.parametrize("content_type", ["text/plain", "application/json", None, f"{QUERY_TYPE}; charset=latin-1"])
def test_other_bodies_are_an_unsupported_media_type(content_type: str | None) -> None:
    with pytest.raises(UnsupportedMediaType):
        parse("POST", b"", content_type, b"ASK {}")
