import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilateral.build.turtle import BlankNodeFound, write
from bilateral.terms import PREFIXES

RELATION = "<https://w3id.org/bilateral/id/relation/KOR-PER>"
IRIS = st.one_of(
    st.sampled_from([*PREFIXES.values()]).flatmap(lambda ns: st.text("ab.-_%/é1", max_size=5).map(lambda t: ns + t)),
    st.sampled_from(["http://example.com/", "urn:x:y"]),
).filter(lambda iri: "%" not in iri)
LITERALS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"])).map(ox.Literal),
    st.builds(
        lambda t, lang: ox.Literal(t, language=lang), st.text("ab\"'\\\n\r\t"), st.sampled_from(["en", "es-pe", "ko"])
    ),
    st.integers().map(ox.Literal),
    st.booleans().map(ox.Literal),
    st.sampled_from(["2011-08-01", "--12-17", "x"]).map(
        lambda t: ox.Literal(t, datatype=ox.NamedNode(PREFIXES["xsd"] + "date"))
    ),
)
TRIPLES = st.builds(
    ox.Triple, IRIS.map(ox.NamedNode), IRIS.map(ox.NamedNode), st.one_of(IRIS.map(ox.NamedNode), LITERALS)
)


def parse(text: str) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)}


@given(st.sets(TRIPLES))
def test_writing_and_reading_gives_the_same_graph(triples: set[ox.Triple]) -> None:
    assert parse(write(triples)) == triples


@given(st.sets(TRIPLES))
def test_canonical_turtle_is_a_fixed_point(triples: set[ox.Triple]) -> None:
    text = write(triples)
    assert write(parse(text)) == text


@given(st.lists(TRIPLES, unique=True))
def test_order_of_input_does_not_matter(triples: list[ox.Triple]) -> None:
    assert write(triples) == write(reversed(triples))


def test_one_more_fact_about_a_subject_is_one_more_line() -> None:
    before = f"{RELATION} a <http://x/C> ; <http://x/p> 1 . {RELATION.replace('PER>', 'PER/fta>')} a <http://x/D> ."
    after = before + f"{RELATION} <http://x/p> 2 ."
    old, new = write(parse(before)).splitlines(), write(parse(after)).splitlines()
    assert [line for line in new if line not in old] == ["    <http://x/p> 2 ;"]


def test_a_relations_file_has_a_prefix_for_its_facts() -> None:
    text = write(parse(f"{RELATION} a <http://x/C> . {RELATION.replace('PER>', 'PER/fta>')} a <http://x/D> ."))
    assert "@prefix fact: <https://w3id.org/bilateral/id/relation/KOR-PER/> ." in text
    assert "\nfact:fta\n    a <http://x/D> ;\n    .\n" in text


def test_decimals_are_written_as_the_store_keeps_them() -> None:
    assert '"1995"^^xsd:decimal' in write(parse("<http://x/a> <http://x/p> 1995.0 ."))
    assert '"7.1"^^xsd:decimal' in write(parse("<http://x/a> <http://x/p> 7.10 ."))


def test_a_blank_node_is_refused() -> None:
    with pytest.raises(BlankNodeFound, match="IRI"):
        write(parse("<http://x/a> <http://x/p> [] ."))
