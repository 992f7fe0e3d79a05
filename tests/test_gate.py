"""The gate as curators meet it: bad input of each kind, and what they are told."""

import json
from pathlib import Path

import pytest
import rdflib
from rdflib import SH

from tests.conftest import ROOT, run

FACT = """
@prefix bilat: <https://w3id.org/bilateral/ontology#> .
@prefix fact: <https://w3id.org/bilateral/id/relation/KOR-PER/> .
@prefix event: <https://w3id.org/bilateral/kind/event/> .
@prefix rel: <https://w3id.org/bilateral/id/relation/> .
@prefix party: <https://w3id.org/bilateral/id/party/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
fact:test a bilat:RelationEvent ;
    bilat:ofRelation rel:KOR-PER ;
    bilat:kind event:meeting ;
    bilat:date "2020-02-29"^^xsd:date ;
    rdfs:label "A meeting"@en , "Una reunión"@es , "회담"@ko ;
    bilat:citation CITATION .
"""


@pytest.fixture(scope="module")
def fact() -> str:
    citation = next(
        line.split()[0]
        for line in (ROOT / "data" / "relations" / "KOR-PER.ttl").read_text(encoding="utf-8").splitlines()
        if line.startswith("fact:cite-")
    )
    return FACT.replace("CITATION", citation)


def check(folder: Path, text: str, *options: str) -> tuple[int, str]:
    path = folder / "new.ttl"
    path.write_text(text, encoding="utf-8")
    result = run("check", path, *options)
    return result.returncode, result.stdout + result.stderr


def test_a_good_fact_passes(tmp_path: Path, fact: str) -> None:
    code, output = check(tmp_path, fact)
    assert (code, "0 violations" in output) == (0, True), output


@pytest.mark.parametrize(
    ("change", "line", "said"),
    [
        (("2020-02-29", "2021-02-29"), 12, "date"),
        (("event:meeting", "event:meting"), 11, "kind"),
        (("event:meeting", "<https://w3id.org/bilateral/kind/mission/embassy>"), 11, "kind"),
        (("rel:KOR-PER ;", "rel:KOR-PER ; bilat:fromParty party:XXX ;"), 10, "part"),
        (("bilat:date", "bilat:dat"), 12, "ontology"),
        ((', "회담"@ko', ""), 13, "label"),
    ],
)
def test_a_bad_fact_fails_at_its_line(tmp_path: Path, fact: str, change: tuple[str, str], line: int, said: str) -> None:
    code, output = check(tmp_path, fact.replace(*change))
    assert code == 1
    assert f"new.ttl:{line}: violation: " in output, output
    assert said in output.lower()


def test_a_fact_without_citation_fails(tmp_path: Path, fact: str) -> None:
    code, output = check(tmp_path, fact[: fact.rindex("    bilat:citation")].rstrip()[:-1] + ".")
    assert code == 1
    assert "citation" in output


def test_broken_turtle_has_its_line_and_column(tmp_path: Path, fact: str) -> None:
    code, output = check(tmp_path, fact.replace("event:meeting ;", "event:meeting"))
    assert code == 2
    assert "new.ttl:12:" in output


def test_a_missing_file_cannot_be_checked() -> None:
    result = run("check", "/nowhere/at/all.ttl")
    assert (result.returncode, "cannot be read" in result.stderr) == (2, True)


@pytest.mark.parametrize(("language", "said"), [("en", "citation"), ("es", "cita"), ("ko", "인용")])
def test_messages_are_in_three_languages(tmp_path: Path, fact: str, language: str, said: str) -> None:
    _, output = check(tmp_path, fact[: fact.rindex("    bilat:citation")].rstrip()[:-1] + ".", "--language", language)
    assert said in output


def test_the_report_as_json_has_everything(tmp_path: Path, fact: str) -> None:
    _, output = check(tmp_path, fact.replace("2020-02-29", "2021-02-29"), "--format", "json")
    report = json.loads(output)
    finding = report["findings"][0]
    assert (report["conforms"], finding["line"], finding["value"]) == (False, 12, "2021-02-29")
    assert set(finding["messages"]) == {"en", "es", "ko"}
    assert finding["source_shape"].startswith("https://w3id.org/bilateral/shapes#")


def test_the_report_as_sarif_places_each_finding(tmp_path: Path, fact: str) -> None:
    _, output = check(tmp_path, fact.replace("2020-02-29", "2021-02-29"), "--format", "sarif")
    result = json.loads(output)["runs"][0]["results"][0]
    assert result["level"] == "error"
    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 12}


def test_the_report_as_turtle_is_a_shacl_report(tmp_path: Path, fact: str) -> None:
    _, output = check(tmp_path, fact.replace("2020-02-29", "2021-02-29"), "--format", "turtle")
    graph = rdflib.Graph().parse(data=output, format="turtle")
    assert [str(conforms) for conforms in graph.objects(None, SH.conforms)] == ["false"]
    assert (None, SH.focusNode, rdflib.URIRef("https://w3id.org/bilateral/id/relation/KOR-PER/test")) in graph


def test_a_file_that_says_nothing_that_we_check_is_not_passed_in_silence(tmp_path: Path) -> None:
    code, output = check(tmp_path, "<http://example.com/a> <http://example.com/p> 1 .")
    assert code == 2
    assert "nothing" in output.lower()
