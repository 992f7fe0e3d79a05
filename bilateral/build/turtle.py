"""Canonical Turtle: the same graph gives the same bytes, and one more triple is one more line.

A file has the prefixes that it uses, then one block a subject in the order of the IRIs: the
subject alone on its line, one predicate and object a line, a full stop alone on the last. There
are no blank nodes, so that no canonicalisation is needed, and no comments: remarks are triples.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Final

import pyoxigraph as ox

from bilateral.terms import PREFIXES, RELATION, expand

_LOCAL: Final = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
# PN_LOCAL (Turtle 1.1, section 6.5), less the letters beyond ASCII, the colon and the escapes.

_TYPE: Final = expand("rdf:type")
_INTEGER: Final = expand("xsd:integer")
_BOOLEAN: Final = expand("xsd:boolean")
_STRING: Final = expand("xsd:string")
_DECIMAL: Final = expand("xsd:decimal")
_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def canonical_decimal(lexical: str) -> str:
    """Write a decimal as the store keeps it, so that files and dumps agree; else as it stands.

    >>> canonical_decimal("1995.0")
    '1995'
    """
    if not re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)", lexical):
        return lexical
    digits = f"{Decimal(lexical):f}"
    digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return "0" if digits in ("-0", "") else digits


class BlankNodeFound(ValueError):
    """A blank node has no stable place in a file; give the thing an IRI."""


def write(quads: Iterable[ox.Quad | ox.Triple]) -> str:
    """Write triples as canonical Turtle.

    Raises:
        BlankNodeFound: there is a blank node.
    """
    blocks: dict[str, set[tuple[ox.NamedNode, ox.NamedNode | ox.Literal]]] = defaultdict(set)
    for quad in quads:
        if not isinstance(quad.subject, ox.NamedNode) or isinstance(quad.object, ox.BlankNode):
            msg = f"Blank node in {quad.triple if isinstance(quad, ox.Quad) else quad}: give the thing an IRI."
            raise BlankNodeFound(msg)
        assert isinstance(quad.object, ox.NamedNode | ox.Literal)
        blocks[quad.subject.value].add((quad.predicate, quad.object))
    writer = _Writer({**PREFIXES, **_fact_prefix(blocks)})
    body = "\n".join(writer.block(subject, blocks[subject]) for subject in sorted(blocks))
    return writer.head() + "\n" + body


def _fact_prefix(subjects: Iterable[str]) -> dict[str, str]:
    """Give a relation's file the prefix ``fact:`` for what lies below the relation."""
    relations = {s for s in subjects if s.startswith(RELATION) and "/" not in s.removeprefix(RELATION)}
    return {"fact": f"{relations.pop()}/"} if len(relations) == 1 else {}


class _Writer:
    """Writes terms and remembers the prefixes used."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._prefixes = prefixes
        self._names = sorted(((iri, name) for name, iri in prefixes.items()), key=lambda n: -len(n[0]))
        self._used: set[str] = set()

    def head(self) -> str:
        return "".join(f"@prefix {name}: <{self._prefixes[name]}> .\n" for name in sorted(self._used))

    def block(self, subject: str, pairs: Iterable[tuple[ox.NamedNode, ox.NamedNode | ox.Literal]]) -> str:
        lines = sorted((p.value != _TYPE, self._predicate(p), self._object(o)) for p, o in pairs)
        return "\n".join([self._iri(subject), *(f"    {p} {o} ;" for _, p, o in lines), "    .\n"])

    def _predicate(self, predicate: ox.NamedNode) -> str:
        return "a" if predicate.value == _TYPE else self._iri(predicate.value)

    def _object(self, term: ox.NamedNode | ox.Literal) -> str:
        if isinstance(term, ox.NamedNode):
            return self._iri(term.value)
        text = '"' + "".join(_ESCAPES.get(character, character) for character in term.value) + '"'
        if term.language:
            return f"{text}@{term.language}"
        datatype = term.datatype.value
        if datatype == _STRING:
            return text
        if datatype == _DECIMAL:
            return f'"{canonical_decimal(term.value)}"^^{self._iri(datatype)}'
        if datatype in (_INTEGER, _BOOLEAN) and re.fullmatch(r"[+-]?\d+|true|false", term.value):
            return term.value
        return f"{text}^^{self._iri(datatype)}"

    def _iri(self, iri: str) -> str:
        for namespace, name in self._names:
            if iri.startswith(namespace) and _LOCAL.fullmatch(iri[len(namespace) :]):
                self._used.add(name)
                return f"{name}:{iri[len(namespace) :]}"
        return f"<{iri}>"
