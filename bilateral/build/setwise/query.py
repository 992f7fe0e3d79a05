"""SPARQL constraints (SHACL, section 5), asked about all focus nodes at once.

A constraint is defined by the query with $this bound beforehand. Without that binding the query gives
the same rows for all nodes together only where every use of $this sees a $this that triples have
bound. What is not surely so is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import pyoxigraph as ox
import rdflib
from pyparsing import ParseException
from rdflib import OWL, SH
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Node

from bilateral.build.setwise.paths import read_path
from bilateral.errors import ShapesError

_THIS: Final = rdflib.Variable("this")
_BRACES: Final = re.compile(
    r"""\"\"\".*?\"\"\"|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|<[^<>\s]*>|\#[^\n]*|[{}]""", re.DOTALL
)
"""Braces, and what may hold braces that are none."""
_REFUSED: Final = {
    "Minus": "MINUS",
    "values": "VALUES",
    "ServiceGraphPattern": "SERVICE",
}
"""What section 5.2.1 forbids, by its name in rdflib's algebra."""


@dataclass(frozen=True)
class Query:
    """A SPARQL constraint that means the same for one node and for all nodes at once."""

    node: Node
    text: str
    prefixes: Mapping[str, str]
    messages: dict[str, str]

    @property
    def set_text(self) -> str:
        """The query for all nodes at once, which means the same as the text.

        A group of its own becomes a query of its own. The engine then reads each once and joins them by
        their values, where it would look up one for each row of the other.
        """
        return _fence(self.text)


def _fence(text: str) -> str:
    """Make each group that no keyword governs a query of its own; one within EXISTS may mean another thing."""
    braces = [found for found in _BRACES.finditer(text) if found[0] in "{}"]
    written, done, depth, start = "", 0, 0, 0
    for brace in braces:
        depth += 1 if brace[0] == "{" else -1
        if brace[0] == "{" and depth == 1:
            start = brace.start()
        elif depth == 0:
            before, inner, after = text[done:start], text[start + 1 : brace.start()], text[brace.end() :]
            written += before + _group((written + before).rstrip(), inner, after)
            done = brace.end()
    return written + text[done:]


def _group(before: str, inner: str, after: str) -> str:
    if before.upper().endswith("EXISTS"):
        return f"{{{inner}}}"
    group = f"{{{_fence(inner)}}}"
    alone = before.endswith((".", "}")) or not before
    if (
        alone
        and not re.match(r"\s*SELECT\b", inner, re.IGNORECASE)
        and not re.match(r"\s*UNION\b", after, re.IGNORECASE)
    ):
        return f"{{ SELECT * WHERE {group} }}"
    return group


def read_query(graph: rdflib.Graph, shape: Node, constraint: Node, messages: dict[str, str]) -> Query:
    """Read a constraint.

    Raises:
        ShapesError: it is no SELECT query that SHACL allows and the runner knows.
    """
    text = graph.value(constraint, SH.select)
    if text is None:
        raise ShapesError(f"{constraint} has no sh:select: the set-wise runner knows no other constraint in SPARQL")
    if re.search(r"[$?](shapesGraph|currentShape|failure)\b", str(text)):
        raise ShapesError(f"{constraint} uses a variable that the set-wise runner does not bind: check with pySHACL")
    path = graph.value(shape, SH.path)
    said = str(text) if path is None else re.sub(r"[$?]PATH\b", f" {read_path(graph, path).sparql} ", str(text))
    prefixes = dict(_prefixes(graph, constraint))
    try:
        mistake = _mistake(said, tuple(prefixes.items()))
    except (SyntaxError, ParseException) as error:
        raise ShapesError(f"{constraint}: its sh:select does not parse: {error}") from error
    if mistake:
        raise ShapesError(f"{constraint}: {mistake}")
    return Query(constraint, said, prefixes, messages)


@lru_cache
def _mistake(text: str, prefixes: tuple[tuple[str, str], ...]) -> str | None:
    """Tell why a query cannot be a constraint here; remembered, as reading one takes milliseconds."""
    ox.Store().query(text, prefixes=dict(prefixes))
    declared = "".join(f"PREFIX {name}: <{namespace}>\n" for name, namespace in prefixes)
    algebra = translateQuery(parseQuery(declared + text)).algebra
    for part in _parts(algebra.p.p):
        if part.name in _REFUSED:
            return f"{_REFUSED[part.name]} is forbidden by SHACL, section 5.2.1"
        if part.name == "Project" and _THIS not in part.PV:
            return "a query within must select $this, says SHACL, section 5.2.1"
    if not (_is_sound(algebra.p) and _binds(algebra.p)):
        return "$this is used where no triple has bound it; the set-wise runner does not know such a query"
    return None


def _prefixes(graph: rdflib.Graph, constraint: Node) -> Iterator[tuple[str, str]]:
    """Give the prefixes that are declared for a constraint, imports included (section 5.2.1)."""
    for named in graph.objects(constraint, SH.prefixes):
        for ontology in graph.transitive_objects(named, OWL.imports):
            for declaration in graph.objects(ontology, SH.declare):
                yield str(graph.value(declaration, SH.prefix)), str(graph.value(declaration, SH.namespace))


def _parts(value: object) -> Iterator[CompValue]:
    """Give all the nodes of an algebra tree."""
    if isinstance(value, CompValue):
        yield value
        for inner in value.values():
            yield from _parts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _parts(inner)


def _mentions(value: object) -> bool:
    """Whether $this stands anywhere in part of a tree."""
    if isinstance(value, CompValue):
        return any(_mentions(inner) for key, inner in value.items() if key != "_vars")
    if isinstance(value, list | tuple):
        return any(_mentions(inner) for inner in value)
    return value == _THIS


def _binds(part: CompValue) -> bool:
    """Whether all rows of a pattern have $this, bound by triples."""
    bound = False
    match part.name:
        case "BGP":
            bound = any(_THIS in (triple[0], triple[2]) for triple in part.triples)
        case "Join":
            bound = _binds(part.p1) or _binds(part.p2)
        case "Union":
            bound = _binds(part.p1) and _binds(part.p2)
        case "LeftJoin":
            bound = _binds(part.p1)
        case "Project":
            bound = _THIS in part.PV and _binds(part.p)
        case "AggregateJoin":
            bound = _THIS in (part.p.expr or ()) and _binds(part.p.p)
        case "Filter" | "Extend" | "Distinct" | "Reduced" | "OrderBy" | "ToMultiSet":
            bound = _binds(part.p)
    return bound


def _is_sound(part: CompValue) -> bool:
    """Whether a pattern gives the same rows with $this bound before or after."""
    if not _mentions(part):
        return True
    sound = False
    match part.name:
        case "BGP":
            sound = True
        case "Join" | "Union":
            sound = _is_sound(part.p1) and _is_sound(part.p2)
        case "LeftJoin":
            sound = _is_sound(part.p1) and _is_sound(part.p2) and _binds(part.p1) and _is_plain(part.expr)
        case "Filter" | "Extend":
            sound = _is_sound(part.p) and (not _mentions(part.expr) or (_binds(part.p) and _is_plain(part.expr)))
        case "Distinct" | "Reduced":
            sound = _is_sound(part.p)
        case "Project" | "ToMultiSet":
            sound = _binds(part) and _is_sound(part.p)
        case "AggregateJoin":
            sound = _binds(part) and _is_sound(part.p.p)
    return sound


def _is_plain(expression: object) -> bool:
    """Whether an expression holds no query: within EXISTS a query of its own does not see the row's $this."""
    return not any(part.name in ("SubSelect", "ToMultiSet") for part in _parts(expression))
