"""Pages: every word translated, every value escaped."""

import re
from collections.abc import Mapping
from decimal import Decimal
from importlib import resources
from pathlib import Path

import pyoxigraph as ox
import pytest
from babel.messages.extract import extract_from_dir
from starlette.requests import Request

from bilateral.errors import BilateralError
from bilateral.serve.limits import FederationLimits, Limits
from bilateral.serve.site.amount import written
from bilateral.serve.site.site import Site
from bilateral.snapshot import Manifest, Snapshot
from bilateral.terms import PREFIXES, expand
from bilateral.words import words

PACKAGE = str(resources.files("bilateral"))
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


MARKS = {"_": None, "words": None, "spoken": None, "ngettext": (1, 2), "count": (1, 2)}
"""How templates and modules mark words."""


def marked_messages() -> set[str]:
    """Extract what the templates and the modules of the site mark as words, and what errors say."""
    templates, site = ("serve/templates/**.html", "jinja2.ext.babel_extract"), ("serve/site/**.py", "python")
    pages = extracted([templates, site, ("publish/**.py", "python"), ("changes.py", "python")], MARKS)
    return pages | extracted([("serve/**.py", "python"), ("parameter.py", "python")], {"Message": None})


def extracted(methods: list[tuple[str, str]], keywords: Mapping[str, tuple[int, ...] | None]) -> set[str]:
    found = extract_from_dir(PACKAGE, methods, keywords=keywords, comment_tags=())
    return {text for _, _, ids, _, _ in found for text in ([ids] if isinstance(ids, str) else ids)}


def places(message: str) -> set[str]:
    return set(re.findall(r"{(\w+)}", message))


def subclasses(cls: type[BilateralError]) -> set[type[BilateralError]]:
    return {cls} | {sub for child in cls.__subclasses__() for sub in subclasses(child)}


@pytest.mark.parametrize("language", ["es", "ko"])
def test_every_word_of_the_pages_is_translated(language: str) -> None:
    wanted = marked_messages() | {"yes", "no", "claim"} | {error.title for error in subclasses(BilateralError)}
    assert {message for message in wanted if not words(language).knows(message)} == set()


@pytest.mark.parametrize("language", ["es", "ko"])
def test_a_translation_has_the_places_of_its_message(language: str) -> None:
    told = {message: words(language).messages.gettext(message) for message in marked_messages()}
    wrong = {message for message, text in told.items() if places(text) != places(message)}
    assert {message for message in wrong if "{number}" not in message} == set()


def test_the_names_of_other_vocabularies_terms_are_in_every_language() -> None:
    catalogues = [{m for m in words(language).known if re.fullmatch(r"\w+:\w+", m)} for language in ("en", "es", "ko")]
    assert catalogues[0] == catalogues[1] == catalogues[2] != set()


@pytest.fixture
def hostile() -> Site:
    """A graph in which every name and text is hostile."""
    store = ox.Store()
    triples = """
        party:AAA a bilat:Party ; bilat:partyCode "AAA" . party:BBB a bilat:Party ; bilat:partyCode "BBB" .
        rel:AAA-BBB a bilat:BilateralRelation ; bilat:party party:AAA, party:BBB .
        <https://w3id.org/bilateral/id/relation/AAA-BBB/mission> a bilat:DiplomaticMission ;
            bilat:ofRelation rel:AAA-BBB ;
            bilat:fromParty party:AAA ; bilat:toParty party:BBB ; schema:url <javascript:alert(1)> .
        person:x a schema:Person ."""
    store.update("".join(f"PREFIX {name}: <{iri}> " for name, iri in PREFIXES.items()) + f"INSERT DATA {{ {triples} }}")
    for subject in {quad.subject for quad in store}:
        for predicate in ("rdfs:label", "dcterms:description", "skos:editorialNote"):
            store.add(ox.Quad(subject, ox.NamedNode(expand(predicate)), ox.Literal(HOSTILE, language="en")))
    snapshot = Snapshot(Path(), Manifest("1", 2, {}, {}, {}))
    return Site(store, snapshot, (), Limits(), public_url="http://localhost", federated=FederationLimits())


@pytest.mark.parametrize("iri", ["party:AAA", "rel:AAA-BBB", "rel:AAA-BBB/mission", "person:x"])
def test_a_hostile_value_is_shown_and_not_run(hostile: Site, iri: str) -> None:
    text = bytes(hostile.show(request(), expand(iri)).body).decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert HOSTILE not in text
    assert 'href="javascript:' not in text


@pytest.mark.parametrize(
    ("lexical", "datatype", "shown"),
    [
        ("2011-08-01", "xsd:date", ["August 1, 2011", "1 de agosto de 2011", "2011년 8월 1일"]),
        ("1967-07", "xsd:gYearMonth", ["July 1967", "julio de 1967", "1967년 7월"]),
        ("1963", "xsd:gYear", ["1963", "1963", "1963년"]),
        ("--12-17", "xsd:gMonthDay", ["December 17", "17 de diciembre", "12월 17일"]),
        ("2780000000", "xsd:decimal", ["2,780,000,000", "2.780.000.000", "2,780,000,000"]),
        ("12.0526334017", "xsd:decimal", ["12.0526334017", "12,0526334017", "12.0526334017"]),
        ("2023-02-30", "xsd:date", ["2023-02-30"] * 3),
        ("true", "xsd:boolean", ["yes", "sí", "예"]),
    ],
)
def test_dates_and_numbers_are_written_as_each_language_does(lexical: str, datatype: str, shown: list[str]) -> None:
    assert [words(language).literal(lexical, expand(datatype)) for language in ("en", "es", "ko")] == shown


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        ("3.88", "unit:percent", ["3.88%", "3,88%", "3.88%"]),
        ("34", "unit:percent", ["34%", "34%", "34%"]),
        ("0.9133", "unit:share", ["91.33%", "91,33%", "91.33%"]),
        ("1234.5", "cur:USD", ["$1,234.50", "1.234,50\xa0US$", "US$1,234.50"]),
        ("0.1234", "cur:USD", ["$0.1234", "0,1234\xa0US$", "US$0.1234"]),
    ],
)
def test_an_amount_is_written_at_the_precision_that_its_source_gives(value: str, unit: str, shown: list[str]) -> None:
    assert [written(Decimal(value), expand(unit), "", words(each)) for each in ("en", "es", "ko")] == shown
