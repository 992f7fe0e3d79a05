"""The set-wise runner and pySHACL are of one mind."""

import random
from collections import Counter
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib import XSD

from bilateral.build import gate, rdf
from bilateral.build.finding import Finding
from bilateral.build.setwise import validate, validate_folder
from bilateral.errors import ShapesError
from tests.test_shapes import BAD, GOOD, PROJECT, SHAPES, context, findings, shapes

Key = tuple[object, ...]


def keys(findings: list[Finding]) -> Counter[Key]:
    return Counter(
        (f.focus_node, f.path, shown(f.value), f.component, f.rule, f.source_shape, f.severity, str(f.messages))
        for f in findings
    )


def shown(value: rdflib.term.Node | None) -> str:
    if isinstance(value, rdflib.Literal):
        return f"{value} {value.datatype or XSD.string} {value.language}"
    return str(value)


def store_of(quads: list[ox.Quad]) -> ox.Store:
    store = ox.Store()
    store.extend(quads)
    return store


def assert_agreement(quads: list[ox.Quad], graph: rdflib.Graph) -> Counter[Key]:
    found = keys(validate(store_of(quads), graph))
    assert found == keys(gate.validate(quads, graph))
    return found


@cache
def real() -> tuple[dict[str, list[ox.Quad]], dict[str, set[str]]]:
    """Give the curated data by subject, and for each subject those that it names."""
    by_subject: dict[str, list[ox.Quad]] = {}
    for path in PROJECT.data_files:
        for quad in rdf.read_quads(path):
            by_subject.setdefault(str(quad.subject), []).append(quad)
    names = {node: {str(quad.object) for quad in quads} & by_subject.keys() for node, quads in by_subject.items()}
    return by_subject, names


@cache
def ontology() -> tuple[ox.Quad, ...]:
    return tuple(quad for path in PROJECT.ontology_files for quad in rdf.read_quads(path))


def mutated(chance: random.Random) -> list[ox.Quad]:
    """Give a few subjects of the real data with all that they lead to, changed in one to four places."""
    by_subject, names = real()
    wanted: set[str] = set()
    new = set(chance.sample(sorted(by_subject), 3))
    while new:
        wanted |= new
        new = {named for node in new for named in names[node]} - wanted
    quads = [quad for node in sorted(wanted) for quad in by_subject[node]]
    for _ in range(chance.randint(1, 4)):
        change(chance, quads)
    return [*ontology(), *quads]


def change(chance: random.Random, quads: list[ox.Quad]) -> None:
    place = chance.randrange(len(quads))
    old, other = quads[place], chance.choice(quads)
    text = old.object.value if isinstance(old.object, ox.NamedNode | ox.Literal) else "x"
    objects = [
        other.object,
        old.subject,
        ox.Literal(text),
        ox.Literal(text, language=chance.choice(["en", "es", "ko", "de", "EN-gb"])),
        ox.Literal(text, datatype=ox.NamedNode(XSD + chance.choice(["date", "gYear", "integer", "decimal"]))),
        ox.Literal(chance.choice(["2021-02-29", "2020", "x", "-1", ""]), datatype=ox.NamedNode(XSD.date)),
        ox.Literal(chance.randint(-2, 3)),
        ox.Literal("x" * 501, language="en"),
        ox.NamedNode("https://w3id.org/bilateral/kind/mission/embassy"),
        ox.NamedNode("https://w3id.org/bilateral/kind/source/tertiary"),
        ox.BlankNode("b"),
    ]
    object_ = chance.choice(objects)
    match chance.randrange(6):
        case 0:
            del quads[place]
        case 1:
            quads.append(ox.Quad(old.subject, old.predicate, object_))
        case 2:
            quads.append(ox.Quad(old.subject, other.predicate, other.object))
        case 3:
            quads.append(ox.Quad(old.subject, ox.NamedNode("https://w3id.org/bilateral/ontology#unknown"), object_))
        case 4:
            quads[place] = ox.Quad(old.subject, other.predicate, old.object)
        case _:
            quads[place] = ox.Quad(old.subject, old.predicate, object_)


@cache
def found_in(path: Path) -> list[Finding]:
    name = path.parent.parent.name
    return validate(store_of([*context(name), *rdf.read_quads(path)]), shapes(name))


@pytest.mark.parametrize("path", [*BAD, *GOOD], ids=lambda path: f"{path.parent.parent.name}-{path.stem}")
def test_both_find_the_same_in_a_file_of_the_shapes(path: Path) -> None:
    assert keys(found_in(path)) == keys(findings(path))


@pytest.mark.parametrize("name", SHAPES)
def test_both_find_the_same_in_the_whole_project(name: str) -> None:
    files = PROJECT.ontology_files if name == "ontology" else PROJECT.curated_files
    assert_agreement([quad for path in files for quad in rdf.read_quads(path)], shapes(name))


@pytest.mark.parametrize("seed", range(40))
def test_both_find_the_same_after_a_random_change(seed: int) -> None:
    assert_agreement(mutated(random.Random(seed)), shapes("data"))


@pytest.mark.long
@pytest.mark.parametrize("start", range(1_000, 5_000, 100))
def test_both_find_the_same_after_thousands_of_changes(start: int) -> None:
    for seed in range(start, start + 100):
        assert_agreement(mutated(random.Random(seed)), shapes("data"))


@pytest.mark.parametrize(
    ("shape", "named"),
    [
        ("sh:property [ sh:path ex:p ; sh:minCont 1 ]", "sh:minCont"),
        ("sh:js [ sh:jsFunctionName 'f' ]", "sh:js"),
        ("sh:property [ sh:minCount 1 ]", "no sh:path"),
        ("sh:node ex:Absent", "nothing is said"),
        ("sh:node ex:S", "contains itself"),
        ("sh:sparql [ sh:ask 'ASK { $this ?p ?o }' ]", "sh:ask"),
        ("sh:sparql [ sh:select 'SELECT $this { BIND($this AS ?x) }' ]", "no triple has bound"),
        ("sh:sparql [ sh:select 'SELECT $this { $this ?p ?o { FILTER(isIRI($this)) } }' ]", "no triple has bound"),
        ("sh:sparql [ sh:select 'SELECT $this { $this ?p ?o MINUS { ?o ?q $this } }' ]", "MINUS"),
        ("sh:sparql [ sh:select 'SELECT (COUNT(*) AS ?value) { $this ?p ?o }' ]", "no triple has bound"),
        ("sh:sparql [ sh:select 'SELECT $this { $this ?p }' ]", "does not parse"),
    ],
)
def test_what_the_runner_does_not_know_is_refused(shape: str, named: str) -> None:
    prefixes = "@prefix ex: <http://example.com/> . @prefix sh: <http://www.w3.org/ns/shacl#> ."
    graph = rdflib.Graph().parse(data=f"{prefixes} ex:S a sh:NodeShape ; sh:targetNode ex:a ; {shape} .")
    with pytest.raises(ShapesError, match=named):
        validate(ox.Store(), graph)


def test_a_triple_that_two_graphs_share_counts_once() -> None:
    name = PROJECT.ontology_files[0]
    quads = [quad for path in PROJECT.curated_files for quad in rdf.read_quads(path)]
    twice = [ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(name.as_uri())) for quad in quads]
    assert keys(validate(store_of([*quads, *twice]), shapes("data"))) == keys(gate.validate(quads, shapes("data")))


def test_two_processes_find_what_one_finds(tmp_path: Path) -> None:
    quads = [*context("data"), *(quad for path in BAD[::10] for quad in rdf.read_quads(path))]
    store = ox.Store(tmp_path / "store")
    store.extend(quads)
    store.flush()
    del store
    found = keys(validate_folder(tmp_path / "store", PROJECT.data_shapes))
    assert len(found) > 10
    assert found == keys(validate(store_of(quads), shapes("data")))
