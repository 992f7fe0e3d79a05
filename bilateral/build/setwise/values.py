"""What a value node must be by itself, whatever else the graph says (SHACL, sections 4.1, 4.3, 4.4 and 4.8.3).

Literals have the values that rdflib gives them, as for pySHACL: both call the same literals ill-typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

import rdflib
from rdflib import RDF, SH, XSD
from rdflib.term import Node

from bilateral.errors import ShapesError

Test = Callable[[Node], bool]

_KINDS: Final[dict[Node, tuple[type, ...]]] = {
    SH.IRI: (rdflib.URIRef,),
    SH.BlankNode: (rdflib.BNode,),
    SH.Literal: (rdflib.Literal,),
    SH.BlankNodeOrIRI: (rdflib.BNode, rdflib.URIRef),
    SH.BlankNodeOrLiteral: (rdflib.BNode, rdflib.Literal),
    SH.IRIOrLiteral: (rdflib.URIRef, rdflib.Literal),
}


def node_kind(kind: Node) -> Test:
    """Sh:nodeKind (section 4.1.3)."""
    if kind not in _KINDS:
        raise ShapesError(f"{kind} is not a kind of nodes")
    return lambda value: isinstance(value, _KINDS[kind])


def datatype(iri: Node) -> Test:
    """Sh:datatype: has it, and is well-formed (section 4.1.2)."""
    if iri == RDF.langString:
        return lambda value: isinstance(value, rdflib.Literal) and bool(value.language)
    if iri == XSD.string:
        return lambda value: isinstance(value, rdflib.Literal) and _is_string(value)
    return lambda value: isinstance(value, rdflib.Literal) and value.datatype == iri and not value.ill_typed


def _is_string(value: rdflib.Literal) -> bool:
    return not value.language and value.datatype in (None, XSD.string)


def in_range(limit: Node, wanted: Callable[[int], bool]) -> Test:
    """Sh:minExclusive and its like (section 4.3): ``wanted`` is given -1, 0 or 1."""
    if not isinstance(limit, rdflib.Literal):
        raise ShapesError(f"{limit} is no literal, so nothing is more or less than it")

    def test(value: Node) -> bool:
        order = compare(value, limit) if isinstance(value, rdflib.Literal) else None
        return order is not None and wanted(order)

    return test


def compare(one: rdflib.Literal, other: rdflib.Literal) -> int | None:
    """Order two literals as SPARQL's ``<`` does; None where it cannot."""
    if one.ill_typed or other.ill_typed or one.value is None or other.value is None:
        return None
    if isinstance(one.value, str) != isinstance(other.value, str):
        return None
    try:
        return 0 if one.eq(other) or one.value == other.value else 1 if one.value > other.value else -1
    except (TypeError, NotImplementedError):
        return None


def _text(value: Node) -> str | None:
    return None if isinstance(value, rdflib.BNode) else str(value)


def pattern(expression: str, flags: str) -> Test:
    """Sh:pattern with sh:flags (section 4.4.3)."""
    known = {"i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL, "x": re.VERBOSE}
    try:
        compiled = re.compile(expression, sum(known[flag] for flag in set(flags)))
    except (re.error, KeyError) as error:
        raise ShapesError(f"{expression!r} with the flags {flags!r} is not a pattern: {error}") from error

    def test(value: Node) -> bool:
        text = _text(value)
        return text is not None and compiled.search(text) is not None

    return test


def length(wanted: Callable[[int], bool]) -> Test:
    """Sh:minLength and sh:maxLength (sections 4.4.1 and 4.4.2)."""

    def test(value: Node) -> bool:
        text = _text(value)
        return text is not None and wanted(len(text))

    return test


def language_in(ranges: frozenset[str]) -> Test:
    """Sh:languageIn: SPARQL's langMatches with any of the ranges (section 4.4.4)."""

    def test(value: Node) -> bool:
        language = (value.language or "").lower() if isinstance(value, rdflib.Literal) else ""
        return bool(language) and any(
            range_ in ("*", language) or language.startswith(f"{range_}-") for range_ in ranges
        )

    return test
