"""Every constraint of the shapes, tried: the smallest good file passes, the smallest bad one fails by it alone.

A file is named after shape and constraint component (``Claim-rank.In``), or after the SPARQL
constraint. The files about facts are checked together with ontology, kinds and ``context.ttl``.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib import RDF, SH

from bilateral.build import rdf
from bilateral.build.finding import Finding
from bilateral.build.gate import validate
from bilateral.project import Project

FOLDER = Path(__file__).with_name("shapes")
PROJECT = Project.installed()
SHAPES = {"data": PROJECT.data_shapes, "ontology": PROJECT.ontology_shapes}
BAD = sorted(FOLDER.glob("*/bad/*.ttl"))
GOOD = sorted(FOLDER.glob("*/good/*.ttl"))


@cache
def shapes(name: str) -> rdflib.Graph:
    return rdf.read_graph(SHAPES[name])


@cache
def context(name: str) -> tuple[ox.Quad, ...]:
    if name == "ontology":
        return ()
    return tuple(
        quad for path in [*PROJECT.ontology_files, FOLDER / "data" / "context.ttl"] for quad in rdf.read_quads(path)
    )


@cache
def findings(path: Path) -> list[Finding]:
    name = path.parent.parent.name
    return validate([*context(name), *rdf.read_quads(path)], shapes(name))


def name_of(finding: Finding) -> str:
    local = finding.rule.rpartition("#")[2]
    return local if finding.constraint else f"{local}.{finding.component.removesuffix('ConstraintComponent')}"


def constraints(graph: rdflib.Graph) -> Iterator[str]:
    """Name every constraint that the shapes make, as the files are named."""
    parameters = {
        SH.minCount: "MinCount",
        SH.maxCount: "MaxCount",
        SH.datatype: "Datatype",
        SH["class"]: "Class",
        SH.nodeKind: "NodeKind",
        SH.pattern: "Pattern",
        SH["in"]: "In",
        SH.hasValue: "HasValue",
        SH.node: "Node",
        SH["or"]: "Or",
        SH["not"]: "Not",
        SH["and"]: "And",
        SH.xone: "Xone",
        SH.uniqueLang: "UniqueLang",
        SH.languageIn: "LanguageIn",
        SH.minLength: "MinLength",
        SH.maxLength: "MaxLength",
        SH.disjoint: "Disjoint",
        SH.equals: "Equals",
        SH.lessThan: "LessThan",
        SH.lessThanOrEquals: "LessThanOrEquals",
        SH.closed: "Closed",
        SH.minInclusive: "MinInclusive",
        SH.maxInclusive: "MaxInclusive",
        SH.minExclusive: "MinExclusive",
        SH.maxExclusive: "MaxExclusive",
        SH.qualifiedMinCount: "QualifiedMinCount",
        SH.qualifiedMaxCount: "QualifiedMaxCount",
    }
    inner = {
        node for predicate in (SH.node, SH["not"], SH.qualifiedValueShape) for node in graph.objects(None, predicate)
    }
    for predicate in (SH["or"], SH["and"], SH.xone):
        inner |= {node for head in graph.objects(None, predicate) for node in graph.items(head)}
    off = rdflib.Literal("false", datatype=rdflib.XSD.boolean)
    for parameter, component in parameters.items():
        for shape, value in graph.subject_objects(parameter):
            if value != off and not is_inner(graph, shape, inner):
                yield f"{str(shape).rpartition('#')[2]}.{component}"
    for constraint in graph.objects(None, SH.sparql):
        yield str(constraint).rpartition("#")[2]


def is_inner(graph: rdflib.Graph, shape: rdflib.term.Node, inner: set[rdflib.term.Node]) -> bool:
    """Whether a shape is only ever used inside another's constraint, which reports in its stead."""
    if shape in inner:
        return True
    parents = set(graph.subjects(SH.property, shape))
    return bool(parents) and all(is_inner(graph, parent, inner) for parent in parents)


@pytest.mark.parametrize("path", BAD, ids=lambda path: f"{path.parent.parent.name}-{path.stem}")
def test_a_bad_file_fails_by_exactly_its_constraint(path: Path) -> None:
    assert [name_of(finding) for finding in findings(path)] == [path.stem]


@pytest.mark.parametrize("path", GOOD, ids=lambda path: f"{path.parent.parent.name}-{path.stem}")
def test_a_good_file_passes(path: Path) -> None:
    assert findings(path) == []


@pytest.mark.parametrize("name", SHAPES)
def test_every_constraint_has_a_good_and_a_bad_file(name: str) -> None:
    bad, good = ({path.stem for path in (FOLDER / name / kind).glob("*.ttl")} for kind in ("bad", "good"))
    wanted = set(constraints(shapes(name)))
    assert wanted - bad == set()
    assert bad - wanted == set(), "files of constraints that are no more"
    assert {stem for stem in wanted if stem not in good and stem.partition(".")[0] not in good} == set()


def test_every_shape_is_a_shape() -> None:
    for name in SHAPES:
        assert list(shapes(name).subjects(RDF.type, SH.NodeShape))
