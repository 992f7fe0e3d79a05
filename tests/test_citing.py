"""Citing: references that reference managers read."""

import datetime as dt
import json
import warnings

import httpx
import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from citeproc.source.json import CiteProcJSON

from bilateral.serve.site.citing import Reference, bibtex, csl_json, ris

HOSTILE = r"100 % {braces} & back\slash_~^ $1 #2 <script>" + "\nTY  - JOUR"
TITLES = ["Embassy of Peru, Seoul", "Tratado de Libre Comercio Perú–Corea", "주페루 대한민국 대사관", HOSTILE]  # noqa: RUF001 - as labels have it


def reference(title: str) -> Reference:
    iri = "https://w3id.org/bilateral/id/relation/KOR-PER/fta"
    return Reference(iri, title, "abc123", dt.date(2026, 11, 23), "en", (title,))


@pytest.mark.parametrize("title", TITLES)
def test_bibtex_is_read_as_one_entry_with_its_title(title: str) -> None:
    library = parse_string(bibtex(reference(title)))
    (entry,) = library.entries
    assert (library.failed_blocks, entry.key) == ([], "relation-KOR-PER-fta")
    plain = entry["title"].replace(r"\textbackslash{}", "\\").replace(r"\textasciitilde{}", "~")
    for character in "{}%&_#$":
        plain = plain.replace(f"\\{character}", character)
    assert plain.replace(r"\textasciicircum{}", "^") == " ".join(title.split())


@pytest.mark.parametrize("title", TITLES)
def test_ris_is_read_as_one_record_with_its_title(title: str) -> None:
    (record,) = rispy.loads(ris(reference(title)))
    assert (record["type_of_reference"], record["title"]) == ("DATA", " ".join(title.split()))
    assert record["urls"] == ["https://w3id.org/bilateral/id/relation/KOR-PER/fta"]


@pytest.mark.parametrize("title", TITLES)
def test_csl_json_is_read_as_one_item_with_its_title(title: str) -> None:
    with warnings.catch_warnings(action="ignore"):  # it warns of variables newer than itself
        (item,) = CiteProcJSON(json.loads(csl_json(reference(title)))).values()
    assert item["type"] == "dataset"
    assert json.loads(csl_json(reference(title)))[0]["title"] == title


@pytest.mark.parametrize(
    ("extension", "media_type"),
    [
        ("bib", "application/x-bibtex; charset=utf-8"),
        ("ris", "application/x-research-info-systems; charset=utf-8"),
        ("csl", "application/vnd.citationstyles.csl+json"),
    ],
)
def test_every_thing_has_its_references(client: httpx.Client, extension: str, media_type: str) -> None:
    for path in ("/id/relation/KOR-PER/fta", "/id/relation/KOR-PER", "/id/party/PER"):
        response = client.get(f"{path}.{extension}")
        assert (response.status_code, response.headers["content-type"]) == (200, media_type)
        assert f"https://w3id.org/bilateral{path}" in response.text


def test_a_reference_speaks_the_readers_language(client: httpx.Client) -> None:
    assert "한-페루 자유무역협정" in client.get("/id/relation/KOR-PER/fta.bib?lang=ko").text
