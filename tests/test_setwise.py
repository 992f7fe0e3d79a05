"""The set-wise runner and pySHACL are of one mind."""

from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib import XSD

from bilateral.build import gate, rdf
from bilateral.build.finding import Finding
from bilateral.build.setwise import validate
from bilateral.errors import ShapesError
from tests.test_shapes import BAD, GOOD, PROJECT, SHAPES, context, shapes

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


@pytest.mark.parametrize("path", [*BAD, *GOOD], ids=lambda path: f"{path.parent.parent.name}-{path.stem}")
def test_both_find_the_same_in_a_file_of_the_shapes(path: Path) -> None:
    name = path.parent.parent.name
    assert_agreement([*context(name), *rdf.read_quads(path)], shapes(name))


@pytest.mark.parametrize("name", SHAPES)
def test_both_find_the_same_in_the_whole_project(name: str) -> None:
    files = PROJECT.ontology_files if name == "ontology" else PROJECT.curated_files
    assert_agreement([quad for path in files for quad in rdf.read_quads(path)], shapes(name))
