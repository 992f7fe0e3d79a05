"""An error for every constraint, planted in one copy of the curated graph: each is found, and nothing else."""

import re
from collections import Counter
from itertools import product
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from bilateral.build import rdf
from bilateral.build.setwise import validate
from bilateral.terms import BASE
from tests.test_setwise import store_of
from tests.test_shapes import BAD, FOLDER, PROJECT, name_of, shapes

CODES = ["XAA", "XBB", "XCC", "XDD", "XZZ"]
OTHERS = ["".join(letters) for letters in product("QXZ", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")]
FILES = [path for path in BAD if path.parent.parent.name == "data"]


def planted(path: Path, number: int) -> list[ox.Quad]:
    """Give a bad file with its context, in a world of parties and things of its own."""
    own = dict(zip(CODES, OTHERS[5 * number :], strict=False))

    def renamed(text: str) -> str:
        text = re.sub("|".join(own), lambda match: own[match[0]], text)
        shared = re.match(f"{BASE}(id/(?!relation|party)|kind/.*/new$)", text)
        return f"{text}-{number}" if shared else text

    def term(node: Any) -> Any:
        if isinstance(node, ox.NamedNode):
            return ox.NamedNode(renamed(node.value))
        if isinstance(node, ox.Literal) and node.language:
            return ox.Literal(renamed(node.value), language=node.language)
        if isinstance(node, ox.Literal):
            return ox.Literal(renamed(node.value), datatype=node.datatype)
        return node

    quads = [*rdf.read_quads(FOLDER / "data" / "context.ttl"), *rdf.read_quads(path)]
    return [ox.Quad(term(quad.subject), quad.predicate, term(quad.object)) for quad in quads]


def test_every_planted_error_is_found_and_nothing_else() -> None:
    real = [quad for path in PROJECT.curated_files for quad in rdf.read_quads(path)]
    assert 5 * len(FILES) <= len(OTHERS)
    errors = [quad for number, path in enumerate(FILES) for quad in planted(path, number)]
    before = Counter(name_of(finding) for finding in validate(store_of(real), shapes("data")))
    found = Counter(name_of(finding) for finding in validate(store_of([*real, *errors]), shapes("data")))
    assert found - before == Counter(path.stem for path in FILES)
