"""Pairs that a source speaks of, drawn at random, and what the graph says of them."""

import csv
import gzip
import io
import random
from functools import cache
from pathlib import Path
from types import ModuleType

import pyoxigraph as ox

from bilateral.terms import BASE, compact, expand, graph_iri
from tests.readings import SEED, Reading

Fact = dict[str, list[str]]
"""The values of a fact, by the local name of the property."""


def table(store: ox.Store, raw: Path, reading: ModuleType) -> Reading:
    """Give the facts of ten relations, each beside its row; the reading says what to show, and looks the row up."""
    facts = of_relations(store, reading.GRAPH)
    return [
        of_fact(store, raw, reading, iri)
        for relation in sorted(random.Random(SEED).sample(sorted(facts), 10))
        for iri in facts[relation]
    ]


def of_fact(store: ox.Store, raw: Path, reading: ModuleType, iri: str) -> tuple[str, ...]:
    fact = described(store, iri)
    shown, agrees = reading.beside(fact, raw)
    said = " ".join(f"{name}={value}" for name in reading.SHOWN for value in fact.get(name, ()))
    return (*iri.split("/")[-2:], said, reading.FILE, shown, "yes" if agrees else "NO")


def of_relations(store: ox.Store, graph: str) -> dict[str, list[str]]:
    """Give the facts of a graph, by relation."""
    found: dict[str, list[str]] = {}
    of_relation, named = ox.NamedNode(expand("bilat:ofRelation")), ox.NamedNode(graph_iri(graph))
    for quad in store.quads_for_pattern(None, of_relation, None, named):
        assert isinstance(quad.subject, ox.NamedNode)
        assert isinstance(quad.object, ox.NamedNode)
        found.setdefault(quad.object.value.rpartition("/")[2], []).append(quad.subject.value)
    return {relation: sorted(iris) for relation, iris in found.items()}


def described(store: ox.Store, iri: str) -> Fact:
    fact: Fact = {}
    for quad in store.quads_for_pattern(ox.NamedNode(iri), None, None, None):
        value = quad.object.value if isinstance(quad.object, ox.NamedNode | ox.Literal) else ""
        shown = value.rpartition("/")[2] if value.startswith(BASE) else value
        fact.setdefault(compact(quad.predicate.value).partition(":")[2], []).append(shown)
    return {name: sorted(values) for name, values in fact.items()}


@cache
def read(path: Path) -> list[dict[str, str]]:
    content = path.read_bytes()
    plain = gzip.decompress(content) if path.suffix == ".gz" else content
    return [*csv.DictReader(io.StringIO(plain.decode("utf-8"), newline=""))]
