"""Pages: every word translated, every value escaped."""

import re
from importlib import resources
from pathlib import Path

import pyoxigraph as ox
import pytest
from starlette.requests import Request

from bilateral.documents import describe
from bilateral.errors import BilateralError
from bilateral.serve.pages import Pages
from bilateral.serve.words import words
from bilateral.terms import expand

TEMPLATES = Path(str(resources.files("bilateral"))) / "serve" / "templates"
HOSTILE = "<script>alert(1)</script>"


def request(path: str = "/id/party/X.html", language: str = "en") -> Request:
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": b"",
        "headers": [(b"accept-language", language.encode())],
    }
    return Request(scope)


def marked_messages() -> set[str]:
    found = set()
    for path in TEMPLATES.glob("*.html"):
        found |= set(re.findall(r'_\("([^"]+)"\)', path.read_text(encoding="utf-8")))
    return found


def subclasses(cls: type[BilateralError]) -> set[type[BilateralError]]:
    return {cls} | {sub for child in cls.__subclasses__() for sub in subclasses(child)}


@pytest.mark.parametrize("language", ["es", "ko"])
def test_every_word_of_the_pages_is_translated(language: str) -> None:
    wanted = marked_messages() | {"yes", "no", "claim"} | {error.title for error in subclasses(BilateralError)}
    assert {message for message in wanted if message not in words(language).messages} == set()


def test_the_names_of_other_vocabularies_terms_are_in_every_language() -> None:
    catalogues = [
        {m for m in words(language).messages if re.fullmatch(r"\w+:\w+", m)} for language in ("en", "es", "ko")
    ]
    assert catalogues[0] == catalogues[1] == catalogues[2] != set()


@pytest.mark.parametrize("predicate", ["rdfs:label", "dcterms:description", "schema:url"])
def test_a_hostile_value_is_shown_and_not_run(predicate: str) -> None:
    iri = expand("party:X")
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode(iri), ox.NamedNode(expand(predicate)), ox.Literal(HOSTILE, language="en")))
    store.add(ox.Quad(ox.NamedNode(iri), ox.NamedNode(expand("schema:url")), ox.NamedNode("javascript:alert(1)")))
    document = describe(store, iri)
    assert document is not None
    text = bytes(Pages((), "1").document(request(), document, ()).body).decode()
    assert HOSTILE not in text
    assert 'href="javascript:' not in text


@pytest.mark.parametrize(
    ("lexical", "datatype", "shown"),
    [
        ("2011-08-01", "xsd:date", ["August 1, 2011", "1 de agosto de 2011", "2011년 8월 1일"]),
        ("1967-07", "xsd:gYearMonth", ["July 1967", "julio de 1967", "1967년 7월"]),
        ("1963", "xsd:gYear", ["1963", "1963", "1963"]),
        ("--12-17", "xsd:gMonthDay", ["December 17", "17 de diciembre", "12월 17일"]),
        ("2780000000", "xsd:decimal", ["2,780,000,000", "2.780.000.000", "2,780,000,000"]),
        ("2023-02-30", "xsd:date", ["2023-02-30"] * 3),
        ("true", "xsd:boolean", ["yes", "sí", "예"]),
    ],
)
def test_dates_and_numbers_are_written_as_each_language_does(lexical: str, datatype: str, shown: list[str]) -> None:
    assert [words(language).literal(lexical, expand(datatype)) for language in ("en", "es", "ko")] == shown
