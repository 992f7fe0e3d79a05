"""What Wikidata could have from us: rows of QuickStatements on the word of official sources, and what is left out."""

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from bilateral.publish.wikidata.quickstatements import row, write
from bilateral.publish.wikidata.statements import LeftOut, proposed
from bilateral.terms import PREFIXES, compact
from tests.conftest import ROOT, run

RELATION = "https://w3id.org/bilateral/id/relation/KOR-PER/"
PREFIXED = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())
FACT = f"PREFIX fact: <{RELATION}>\n"
CURATED = "<https://w3id.org/bilateral/graph/relations/KOR-PER>"
SOURCE = """
src:made-up a bilat:Source ; bilat:kind source:official ; rdfs:label "A made-up gazette"@en ;
    schema:url <https://gazette.example/año?a=1&b=2> .
fact:cite-made-up a bilat:Citation ; dcterms:source src:made-up ; fabio:hasAccessDate "2026-11-23"^^xsd:date .
"""
REFERENCE = ("S854", '"https://gazette.example/a%C3%B1o?a=1&b=2"', "S813", "+2026-11-23T00:00:00Z/11")

ITEM = r"Q[1-9]\d*"
TIME = (
    r"\+\d{4}-(?:00-00T00:00:00Z/9|(?:0[1-9]|1[0-2])-00T00:00:00Z/10"
    r"|(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T00:00:00Z/11)"
)
ADDRESS = r'"https?://[!#-~]+"'
CELLS = {"item": ITEM, "time": TIME, "address": ADDRESS}
TYPES = {
    **dict.fromkeys(("P530", "P137", "P1891", "S248"), "item"),
    **dict.fromkeys(("P580", "P582", "P571", "P576", "P585", "P7588", "S813"), "time"),
    "S854": "address",
}


def parsed(line: str) -> list[tuple[str, str]]:
    """Read a row as QuickStatements does: an item, then pairs of a property and a value of its type."""
    item, *cells = line.split("\t")
    assert re.fullmatch(ITEM, item)
    assert len(cells) % 2 == 0
    pairs = list(zip(cells[::2], cells[1::2], strict=True))
    for property_, value in pairs:
        assert re.fullmatch(CELLS[TYPES[property_]], value), line
    properties = [property_ for property_, _ in pairs]
    assert properties[0][0] == "P"
    assert properties == sorted(properties, key=lambda name: name[0])  # what is stated, then qualifiers, then sources
    return [(item, ""), *pairs]


Add = Callable[..., ox.Store]


@pytest.fixture
def add(triples: ox.Store) -> Add:
    """The curated data with made-up sources and facts in its graph, or in another one."""

    def added(turtle: str, graph: str = CURATED) -> ox.Store:
        store = ox.Store()
        store.extend(triples)
        text = f"{PREFIXED}{FACT}GRAPH {graph} {{ {SOURCE} {turtle} }}"
        store.load(text, format=ox.RdfFormat.TRIG)
        return store

    return added


def rows(store: ox.Store) -> list[str]:
    statements, _ = proposed(store)
    lines = [row(statement) for statement in statements]
    assert all(parsed(line) for line in lines)
    return lines


def lines(*starts: str) -> list[str]:
    return ["\t".join((*start.split(), *REFERENCE)) for start in starts]


def reasons(store: ox.Store, name: str) -> dict[str, tuple[str, str]]:
    _, left_out = proposed(store)
    return {one.property: (one.value, one.reason) for one in left_out if one.fact == RELATION + name}


def test_of_peru_and_south_korea_no_value_of_an_item_rests_on_an_official_source(store: Path, tmp_path: Path) -> None:
    result = run("quickstatements", "--store", store, "--to", tmp_path / "out")
    assert (result.returncode, (tmp_path / "out" / "quickstatements.tsv").read_text("utf-8")) == (0, "")
    with (tmp_path / "out" / "left-out.csv").open(encoding="utf-8", newline="") as file:
        left_out = [tuple(one.values())[:5] for one in csv.DictReader(file) if "accreditation" not in one["fact"]]
    found = [(fact.removeprefix(RELATION), *others) for fact, *others in left_out]
    secondary, nameless = "secondary: no official source says so", "no item: the agreement has none here"
    assert [one for one in found if one[4] == secondary] == [
        ("embassy-kor-lima", "Q55734544", "P137", "Q884", secondary),
        ("embassy-kor-lima", "Q55734544", "P571", "1971-08-01", secondary),
        ("embassy-per-seoul", "Q110647966", "P137", "Q419", secondary),
        ("embassy-per-seoul", "Q110647966", "P571", "1980-02", secondary),
        ("establishment", "Q884", "P530 P580", "1963-04-01", secondary),
    ]
    assert [one for one in found if one[0] == "fta"] == [
        ("fta", "", "P1891 P585", "2011-03-21", nameless),
        ("fta", "", "P7588", "2011-08-01", nameless),
    ]
    assert "5 secondary" in result.stderr


def test_ties_are_stated_of_both_parties(add: Add) -> None:
    assert rows(add("fact:establishment bilat:citation fact:cite-made-up .")) == lines(
        "Q419 P530 Q884 P580 +1963-04-01T00:00:00Z/11",
        "Q884 P530 Q419 P580 +1963-04-01T00:00:00Z/11",
    )


def test_missions_have_sender_and_opening_as_precise_as_it_is_known(add: Add) -> None:
    assert rows(add("fact:embassy-per-seoul bilat:citation fact:cite-made-up .")) == lines("Q110647966 P137 Q419")
    opened = "fact:claim-embassy-per-seoul-start-1980 bilat:citation fact:cite-made-up ."
    assert rows(add(opened)) == lines("Q110647966 P571 +1980-02-00T00:00:00Z/10")


SEVERANCE = "fact:severance a bilat:RelationEvent ; bilat:ofRelation rel:KOR-PER ; bilat:kind event:severance "


def test_ties_that_ended_have_their_end(add: Add) -> None:
    turtle = f"""fact:establishment bilat:citation fact:cite-made-up .
        {SEVERANCE} ; bilat:date "1999"^^xsd:gYear ; bilat:citation fact:cite-made-up ."""
    assert [one for one in rows(add(turtle)) if one.startswith("Q419")] == lines(
        "Q419 P530 Q884 P580 +1963-04-01T00:00:00Z/11",
        "Q419 P530 Q884 P582 +1999-00-00T00:00:00Z/9",
    )


def test_a_start_is_not_stated_where_the_end_cannot_be(add: Add) -> None:
    turtle = f"""fact:establishment bilat:citation fact:cite-made-up .
        {SEVERANCE} ; bilat:date "1999"^^xsd:gYear ; bilat:citation fact:cite-csp-and-establishment ."""
    store = add(turtle)
    assert rows(store) == []
    value, reason = reasons(store, "establishment")["P530 P580"]
    assert value == "1963-04-01"
    assert reason.startswith("its end cannot be stated, and a start alone would say that ties last: secondary")


def test_ties_that_were_resumed_are_left_out(add: Add) -> None:
    turtle = f"""fact:establishment bilat:citation fact:cite-made-up .
        {SEVERANCE} ; bilat:date "1999"^^xsd:gYear ; bilat:citation fact:cite-made-up .
        fact:restoration a bilat:RelationEvent ; bilat:ofRelation rel:KOR-PER ; bilat:kind event:restoration ;
            bilat:date "2001"^^xsd:gYear ; bilat:citation fact:cite-made-up ."""
    store = add(turtle)
    assert rows(store) == []
    assert reasons(store, "restoration")["P530 P580"][1].startswith("two spells")


def test_agreements_with_an_item_have_signatories_and_dates_on_the_word_of_the_claims(add: Add) -> None:
    turtle = "fact:fta skos:exactMatch wd:Q1 ; bilat:citation fact:cite-made-up ."
    store = add(turtle)
    assert rows(store) == []  # the day is claimed, and the made-up source is not among those that claim it
    assert reasons(store, "fta")["P1891 P585"] == ("2011-03-21", "secondary: no official source says so")
    store = add(f"{turtle} fact:claim-fta-in-force-2011 bilat:citation fact:cite-made-up .")
    assert rows(store) == lines("Q1 P7588 +2011-08-01T00:00:00Z/11")
    signed = "fact:climate-2024 skos:exactMatch wd:Q2 ; bilat:citation fact:cite-made-up ."
    assert rows(add(signed)) == lines(
        "Q2 P1891 Q419 P585 +2024-06-09T00:00:00Z/11",
        "Q2 P1891 Q884 P585 +2024-06-09T00:00:00Z/11",
    )


def test_a_claim_of_deprecated_rank_gives_no_row(add: Add) -> None:
    store = add("fact:fta skos:exactMatch wd:Q1 . fact:claim-fta-in-force-2013 bilat:citation fact:cite-made-up .")
    assert rows(store) == []


def test_a_contested_value_gives_no_row(add: Add) -> None:
    turtle = """
        fact:made-up-treaty a bilat:Agreement ; bilat:ofRelation rel:KOR-PER ; skos:exactMatch wd:Q3 ;
            bilat:citation fact:cite-made-up ; bilat:kind agreement:treaty .
        fact:claim-one a bilat:Claim ; rdf:subject fact:made-up-treaty ; rdf:predicate bilat:inForceDate ;
            rdf:object "2001"^^xsd:gYear ; bilat:rank wikibase:NormalRank ; bilat:citation fact:cite-made-up .
        fact:claim-two a bilat:Claim ; rdf:subject fact:made-up-treaty ; rdf:predicate bilat:inForceDate ;
            rdf:object "2002"^^xsd:gYear ; bilat:rank wikibase:NormalRank ; bilat:citation fact:cite-made-up ."""
    store = add(turtle)
    assert rows(store) == []
    contested = "contested: its sources contradict each other"
    assert reasons(store, "made-up-treaty") == {"P7588": ("2001 or 2002", contested)}


@pytest.mark.parametrize(
    ("turtle", "reason"),
    [
        ("fact:cite-made-up bilat:kind citation:derived .", "derived: its official source does not say so itself"),
        ("src:made-up bilat:kind source:news .", ""),
    ],
)
def test_a_source_has_to_say_so_itself(add: Add, turtle: str, reason: str) -> None:
    store = add(f"fact:establishment bilat:citation fact:cite-made-up . {turtle}")
    left_out = reasons(store, "establishment")
    assert left_out == ({"P530 P580": ("1963-04-01", reason)} if reason else {})


def test_a_source_without_address_is_no_reference_and_one_with_an_item_is(add: Add) -> None:
    gob = """fact:establishment bilat:citation fact:cite-other . fact:cite-other dcterms:source src:est-gob ;
        fabio:hasAccessDate "2026-11-23"^^xsd:date ."""
    reason = "no reference: its official source has neither an address nor an item here"
    assert reasons(add(gob), "establishment") == {"P530 P580": ("1963-04-01", reason)}
    found = rows(add(f"{gob} src:est-gob skos:exactMatch wd:Q5 ."))
    assert found[0].split("\t")[5:] == ["S248", "Q5", "S813", "+2026-11-23T00:00:00Z/11"]


@pytest.mark.parametrize(
    ("place", "address"),
    [
        ("rdcr, article korea-south, section 2", "https://history.state.gov/countries/korea-south"),
        ("rdcr, article ../x, section 2", "https://github.com/HistoryAtState"),
        ("pocom, id ks-1949-mucc-01", "https://github.com/HistoryAtState"),
    ],
)
def test_a_reference_has_the_page_of_the_article_where_its_publisher_has_a_rule(
    add: Add, place: str, address: str
) -> None:
    turtle = f"""fact:establishment bilat:citation fact:cite-made-up . fact:cite-article dcterms:source src:histstate ;
        schema:pagination "{place}" . fact:establishment bilat:citation fact:cite-article .
        src:histstate bilat:kind source:official ; schema:url <https://github.com/HistoryAtState> ."""
    assert f'S854\t"{address}"' in "\n".join(rows(add(turtle)))


def test_a_graph_that_is_not_in_the_public_domain_gives_no_row(add: Add) -> None:
    graph = "<https://w3id.org/bilateral/graph/imported>"
    turtle = f'{SEVERANCE} ; bilat:date "1999"^^xsd:gYear ; bilat:citation fact:cite-made-up .'
    for licence, expected in (
        ("<https://spdx.org/licenses/MIT>", "(https://spdx.org/licenses/MIT)"),
        ("", "(none)"),
    ):
        stated = f"{graph} dcterms:license {licence} ." if licence else ""
        value, reason = reasons(add(turtle + stated, graph), "severance")["P530 P582"]
        assert (value, reason) == (
            "1999",
            f"licence: the graph that states it is not in the public domain {expected}",
        )
    free = f"{graph} dcterms:license <https://creativecommons.org/publicdomain/zero/1.0/> ."
    assert len(rows(add(turtle + free, graph))) == 2


def test_a_citation_in_one_graph_supports_no_value_of_another(add: Add) -> None:
    graph = "<https://w3id.org/bilateral/graph/imported>"
    free = f"{graph} dcterms:license <https://creativecommons.org/publicdomain/zero/1.0/> ."
    turtle = f"fact:establishment bilat:citation fact:cite-made-up . {free}"
    assert rows(add(turtle, graph)) == []


@pytest.fixture(scope="module")
def of_the_world(core: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return written(core, tmp_path_factory.mktemp("world"))


def written(store: Path, folder: Path) -> dict[str, bytes]:
    assert run("quickstatements", "--store", store, "--to", folder).returncode == 0
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_world_gives_reasons_for_all_and_the_same_bytes_again(
    core: Path, of_the_world: dict[str, bytes], tmp_path: Path
) -> None:
    assert written(core, tmp_path) == of_the_world
    assert set(of_the_world) == {"quickstatements.tsv", "review.csv", "left-out.csv"}
    left_out = csv.DictReader(of_the_world["left-out.csv"].decode().splitlines())
    kinds = {one["reason"].partition(":")[0] for one in left_out}
    assert kinds >= {"circular", "licence", "no item", "no property", "secondary", "two spells"}


def test_ties_of_the_united_states_stand_on_the_word_of_its_office_of_the_historian(
    of_the_world: dict[str, bytes],
) -> None:
    lines = of_the_world["quickstatements.tsv"].decode().splitlines()
    rows = {line.rpartition("\tP580\t")[0]: parsed(line) for line in lines}
    assert len(lines) > 250
    assert ("P580", "+1960-00-00T00:00:00Z/9") in rows["Q30\tP530\tQ1000"]
    assert ("S854", '"https://history.state.gov/countries/gabon"') in rows["Q30\tP530\tQ1000"]


def test_each_row_is_in_the_table_to_review(add: Add, tmp_path: Path) -> None:
    statements, left_out = proposed(add("fact:establishment bilat:citation fact:cite-made-up ."))
    write(tmp_path, statements, left_out)
    head, first, *_ = (tmp_path / "review.csv").read_text("utf-8").splitlines()
    assert head == "item,property,value,qualifier,qualifier_value,source,source_item,address,retrieved,fact"
    stated, source = "Q419,P530,Q884,P580,1963-04-01", "A made-up gazette,,https://gazette.example/año?a=1&b=2"
    assert first == f"{stated},{source},2026-11-23,{RELATION}establishment"
    assert len((tmp_path / "quickstatements.tsv").read_text("utf-8").splitlines()) == 2
    assert all(isinstance(one, LeftOut) and compact(one.fact) for one in left_out)


def table(name: str) -> list[dict[str, str]]:
    text = (ROOT / "bilateral" / "publish" / "wikidata" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def test_every_kind_of_source_has_a_standing_and_every_row_of_the_tables_is_of_use(triples: ox.Store) -> None:
    query = "SELECT DISTINCT ?kind { ?kind <http://www.w3.org/2004/02/skos/core#inScheme> kind:source }"
    kinds = triples.query(query, prefixes=PREFIXES, use_default_graph_as_union=True)
    assert isinstance(kinds, ox.QuerySolutions)
    standings = [one["what"] for one in table("standing.csv")]
    assert {compact(kind["kind"].value) for kind in kinds} == {one for one in standings if one.startswith("source:")}
    assert len(set(standings)) == len(standings)
    assert {one["property"] for one in table("properties.csv")} == {f"P{name[1:]}" for name in TYPES}
