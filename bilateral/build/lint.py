"""A linter over shapes: pySHACL passes in silence over what it does not understand.

A misspelt constraint, a target that nothing can have, or a query that does not parse would let
bad data through. Each is an error here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import rdflib
from rdflib import RDF, SH
from rdflib.term import Node

from bilateral.errors import ShapesError
from bilateral.terms import BASE, BILAT, LANGUAGES

_KINDS: Final = f"{BASE}kind/"
_TARGETS: Final = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
_REFERENCES: Final = (SH.property, SH.node, SH["not"], SH.qualifiedValueShape)
_LISTS: Final = (SH["or"], SH["and"], SH.xone)


def check_shapes(shapes: rdflib.Graph, ontology: Iterable[ox.Quad], path: Path) -> None:
    """Refuse shapes that would check less than they say.

    Raises:
        ShapesError: names every mistake found.
    """
    declared = {quad.subject.value for quad in ontology if isinstance(quad.subject, ox.NamedNode)}
    mistakes = [*_unknown_terms(shapes, declared), *_unnamed(shapes), *_unexplained(shapes)]
    mistakes += [*_unreached(shapes), *_broken_queries(shapes)]
    if mistakes:
        raise ShapesError("\n".join(f"{path}: {mistake}" for mistake in sorted(mistakes)))


def _unknown_terms(shapes: rdflib.Graph, declared: set[str]) -> Iterator[str]:
    """Find SHACL words that SHACL does not have, and terms that the ontology does not declare."""
    mentioned = {term for triple in shapes for term in triple if isinstance(term, rdflib.URIRef)}
    for term in mentioned:
        if term.startswith(str(SH)) and term not in SH:
            yield f"sh:{term.removeprefix(str(SH))} is not a term of SHACL: correct its spelling."
        elif str(term).startswith((BILAT, _KINDS)) and str(term) not in declared:
            yield f"<{term}> is not declared in ontology/: correct its spelling, or declare it."


def _unnamed(shapes: rdflib.Graph) -> Iterator[str]:
    """Find shapes and constraints without an IRI: a report could not name them."""
    for node in {*_shapes(shapes), *shapes.objects(None, SH.sparql)}:
        if isinstance(node, rdflib.BNode):
            of = next(iter(shapes.subject_predicates(node)), ("?", "?"))
            yield f"a shape or constraint under {of[0]} {of[1]} has no IRI: give it one."


def _unexplained(shapes: rdflib.Graph) -> Iterator[str]:
    """Find shapes that do not say what to do, in each language, or how bad it is."""
    for node in {*_shapes(shapes), *shapes.objects(None, SH.sparql)}:
        messages = [m for m in shapes.objects(node, SH.message) if isinstance(m, rdflib.Literal)]
        missing = [lang for lang in LANGUAGES if lang not in {message.language for message in messages}]
        if missing:
            yield f"<{node}> has no sh:message in {', '.join(missing)}: say there what a curator is to do."
        if shapes.value(node, SH.severity) is None and node in set(_shapes(shapes)):
            yield f"<{node}> has no sh:severity: say whether it blocks."
    for shape, constraint in shapes.subject_objects(SH.sparql):
        own = shapes.value(constraint, SH.severity)
        if own is not None and own != shapes.value(shape, SH.severity):
            yield f"<{constraint}> has another severity than its shape, which alone counts (SHACL, section 2.1.4)."


def _unreached(shapes: rdflib.Graph) -> Iterator[str]:
    """Find shapes that no focus node can come to."""
    used = {node for predicate in _REFERENCES for node in shapes.objects(None, predicate)}
    for predicate in _LISTS:
        for head in shapes.objects(None, predicate):
            used.update(shapes.items(head))
    for shape in set(_shapes(shapes)) - used:
        if not any((shape, target, None) in shapes for target in _TARGETS):
            yield f"<{shape}> has no target and no shape uses it: it checks nothing."


def _broken_queries(shapes: rdflib.Graph) -> Iterator[str]:
    """Find SPARQL constraints that do not parse, or that do not ask about the focus node."""
    empty = ox.Store()
    for constraint in set(shapes.objects(None, SH.sparql)):
        text = str(shapes.value(constraint, SH.select) or "")
        prefixes = dict(_declared_prefixes(shapes, constraint))
        try:
            empty.query(text, prefixes=prefixes)
        except SyntaxError as error:
            yield f"<{constraint}>: its sh:select does not parse: {error.msg or error}"
        if "$this" not in text:
            yield f"<{constraint}>: its sh:select does not mention $this."


def _declared_prefixes(shapes: rdflib.Graph, constraint: Node) -> Iterator[tuple[str, str]]:
    """Give the prefixes that a constraint's sh:prefixes declare (SHACL, section 5.2.1)."""
    for ontology in shapes.objects(constraint, SH.prefixes):
        for declaration in shapes.objects(ontology, SH.declare):
            yield str(shapes.value(declaration, SH.prefix)), str(shapes.value(declaration, SH.namespace))


def _shapes(shapes: rdflib.Graph) -> Iterator[Node]:
    """Give every node that acts as a shape (SHACL, section 2.1)."""
    yield from shapes.subjects(RDF.type, SH.NodeShape)
    yield from shapes.subjects(RDF.type, SH.PropertyShape)
    yield from shapes.objects(None, SH.property)
    yield from shapes.subjects(SH.path, None)
    for predicate in _LISTS:
        for head in shapes.objects(None, predicate):
            yield from shapes.items(head)
