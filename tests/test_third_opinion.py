"""A validator of other hands, in Rust, finds the same in SHACL Core as pySHACL and the set-wise runner.

It knows nothing of our code and of rdflib; a mistake that both share would show here.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
import shacl
from rdflib import SH

from bilateral.build import rdf
from tests.test_setwise import found_in, store_of
from tests.test_shapes import BAD, context, shapes


@cache
def core(name: str) -> shacl.Shapes:
    """Give the shapes without their constraints in SPARQL, of which this validator knows but a part."""
    graph = rdflib.Graph()
    for triple in shapes(name):
        if triple[1] != SH.sparql:
            graph.add(triple)
    return shacl.Shapes.from_turtle(graph.serialize(format="turtle"))


@pytest.mark.parametrize("path", BAD, ids=lambda path: f"{path.parent.parent.name}-{path.stem}")
def test_the_third_finds_the_same_in_a_bad_file(path: Path, tmp_path: Path) -> None:
    name = path.parent.parent.name
    store = store_of([*context(name), *rdf.read_quads(path)])
    file = tmp_path / "data.nt"
    store.dump(str(file), format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    ours = (found for found in found_in(path) if found.constraint is None)
    third = core(name).validate_file(str(file)).results
    assert Counter((f.focus_node, f.source_shape, f.component, f.severity) for f in ours) == Counter(
        (str(r.focus_node).strip("<>"), str(r.source_shape).strip("<>"), r.component, r.severity) for r in third
    )
