"""Which focus nodes may break a shape, found by set-based SPARQL.

A screen may name too many nodes, which are judged one by one, but never too few. Where no screen is
known for a constraint, all its focus nodes are suspects.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final

import pyoxigraph as ox
from rdflib.term import Node

from bilateral.build.setwise import constraints as c
from bilateral.build.setwise.focus import Focus
from bilateral.build.setwise.judge import Judge
from bilateral.build.setwise.paths import Path, Predicate, is_plain
from bilateral.build.setwise.profile import Profile
from bilateral.build.setwise.shapes import Shape, Targets
from bilateral.build.setwise.triples import Term, Triples, to_oxigraph

_LONG: Final = 500
"""From so many bad values on, a query that lists them is slower than one that reads all values."""
_LANGUAGE_IN: Final = "LanguageInConstraintComponent"
_ORDERS: Final = {"LessThanConstraintComponent": "<", "LessThanOrEqualsConstraintComponent": "<="}


class Screen:
    """Finds suspects in a store."""

    def __init__(self, triples: Triples, shapes: Mapping[Node, Shape], profile: Profile, judge: Judge) -> None:
        self._triples = triples
        self._focus = Focus(triples)
        self._shapes = shapes
        self._profile = profile
        self._judge = judge

    def suspects(self, shape: Shape, targets: Targets) -> set[Term]:
        """Give the targets at which a shape's own constraints may be broken, and perhaps nodes that are none."""
        found = set(targets.nodes)
        targets = replace(targets, nodes=frozenset())
        if not targets:
            return found
        wanted = [constraint for constraint in shape.constraints if not isinstance(constraint, c.Sparql)]
        if shape.path is None:
            found.update(self._of_node_shape(wanted, targets))
        elif shape.properties or not is_plain(shape.path):
            found.update(self._focus.nodes(targets))
        else:
            found.update(self._of_property_shape(wanted, shape.path, targets))
        return found

    def _of_node_shape(self, wanted: Sequence[c.Constraint], targets: Targets) -> Iterator[Term]:
        for constraint in wanted:
            match constraint:
                case c.Closed():
                    yield from self._open(targets, constraint.allowed)
                case c.Logic() if constraint.component == "OrConstraintComponent":
                    needed = (self._needed(member) for member in constraint.members)
                    yield from self._without_all([path for path in needed if path], targets)
                case _:
                    yield from self._focus.nodes(targets)

    def _needed(self, member: Node) -> Path | None:
        """Give the path of a shape that asks for nothing but one value."""
        shape = self._shapes[member]
        match shape.constraints:
            case (c.Count(least=1),) if shape.path and is_plain(shape.path) and not shape.properties:
                return shape.path
        return None

    def _without_all(self, paths: Sequence[Path], targets: Targets) -> Iterator[Term]:
        """Give the targets that have a value of none of the paths."""
        if any(self._all_have(targets, path) for path in paths):
            return
        without = "".join(f" MINUS {{ ?this {path.sparql} ?value }}" for path in paths)
        yield from self._focus.find(self._focus.loose(targets) + without)

    def _all_have(self, targets: Targets, path: Path) -> bool:
        if not isinstance(path, Predicate) or targets.objects_of:
            return False
        if targets.subjects_of and targets.subjects_of != {path.iri}:
            return False
        return self._profile.all_have(self._focus.classes(targets), path.iri)

    def _none_has_two(self, targets: Targets, path: Path) -> bool:
        if not isinstance(path, Predicate) or targets.objects_of or targets.subjects_of:
            return False
        return self._profile.none_has_two(self._focus.classes(targets), path.iri)

    def _open(self, targets: Targets, allowed: frozenset[ox.NamedNode]) -> Iterator[Term]:
        """Give the targets that have a property beside those allowed."""
        for class_ in self._focus.classes(targets):
            for predicate in self._profile.predicates(class_) - allowed:
                yield from self._focus.find(f"?this a {class_} ; {predicate} ?any")
        yield from self._focus.nodes(replace(targets, classes=frozenset()))

    def _of_property_shape(self, wanted: Sequence[c.Constraint], path: Path, targets: Targets) -> Iterator[Term]:
        by_value = [one for one in wanted if isinstance(one, c.Value | c.Instance | c.Logic)]
        if by_value:
            yield from self._with_bad_value(by_value, path, targets)
        for constraint in wanted:
            match constraint:
                case c.Count():
                    yield from self._miscounted(constraint, path, targets)
                case c.UniqueLang():
                    if not self._none_has_two(targets, path):
                        repeated = "COUNT(DISTINCT LCASE(LANG(?value))) < COUNT(DISTINCT ?value)"
                        yield from self._grouped(path, targets, repeated)
                case c.HasValue():
                    yield from self._without_value(constraint.value, path, targets)
                case c.Pair():
                    yield from self._focus.find(self._paired(constraint, path))
                case c.Value() | c.Instance() | c.Logic():
                    pass
                case _:
                    yield from self._focus.nodes(targets)

    def _paired(self, constraint: c.Pair, path: Path) -> str:
        """Write which nodes' values may not stand to the other property's as they must."""
        both = f"?this {path.sparql} ?value ; {constraint.predicate}"
        if constraint.component == "DisjointConstraintComponent":
            return f"{both} ?value"
        if constraint.component in _ORDERS:
            return f"{both} ?other FILTER(!COALESCE(?value {_ORDERS[constraint.component]} ?other, false))"
        return f"{{ ?this {path.sparql} ?v }} UNION {{ ?this {constraint.predicate} ?v }}"

    def _miscounted(self, constraint: c.Count, path: Path, targets: Targets) -> Iterator[Term]:
        if constraint.least:
            yield from self._without_all([path], targets)
            if constraint.least > 1:
                yield from self._grouped(path, targets, f"COUNT(DISTINCT ?value) < {constraint.least}")
        if constraint.most is not None and not (constraint.most and self._none_has_two(targets, path)):
            yield from self._grouped(path, targets, f"COUNT(DISTINCT ?value) > {constraint.most}")

    def _grouped(self, path: Path, targets: Targets, having: str) -> Iterator[Term]:
        """Give the nodes whose values meet a condition; one without values is not among them."""
        query = "SELECT ?this WHERE {{ {} ?this {} ?value }} GROUP BY ?this HAVING ({})"
        return self._triples.column(query.format(self._narrowing(path, targets), path.sparql, having))

    def _narrowing(self, path: Path, targets: Targets) -> str:
        """Write the targets where that spares reading many values of other nodes; else nothing."""
        if targets.subjects_of or targets.objects_of:
            return "" if isinstance(path, Predicate) else self._focus.pattern(targets)
        if isinstance(path, Predicate):
            classes = self._focus.classes(targets)
            if 4 * self._profile.size(classes) > self._profile.rows(path.iri):
                return ""
        return self._focus.pattern(targets)

    def _without_value(self, value: Node, path: Path, targets: Targets) -> Iterator[Term]:
        term = to_oxigraph(value)
        if isinstance(term, ox.BlankNode):
            yield from self._focus.nodes(targets)
        else:
            yield from self._focus.find(f"{self._focus.pattern(targets)} MINUS {{ ?this {path.sparql} {term} }}")

    def _languages_pass(self, wanted: Sequence[c.Constraint], pattern: str) -> bool:
        """Whether all texts pass by their languages: each language is tried once, and not each text."""
        languages = self._triples.column(f"SELECT DISTINCT (LANG(?value) AS ?language) WHERE {{ {pattern} }}")
        # An IRI has no language to give, and a text without one passes nowhere.
        return all(
            isinstance(said, ox.Literal)
            and said.value
            and all(self._judge.passes(ox.Literal("", language=said.value), one) for one in wanted)
            for said in languages
        )

    def _with_bad_value(self, wanted: Sequence[c.Constraint], path: Path, targets: Targets) -> Iterator[Term]:
        """Give the nodes that have a value which does not pass: each distinct value is tried once."""
        pattern = f"{self._narrowing(path, targets)} ?this {path.sparql} ?value"
        if all(one.component == _LANGUAGE_IN for one in wanted) and self._languages_pass(wanted, pattern):
            return
        values = self._triples.column(f"SELECT DISTINCT ?value WHERE {{ {pattern} }}")
        bad = (value for value in values if not all(self._judge.passes(value, one) for one in wanted))
        first = list(islice(bad, _LONG))
        if len(first) < _LONG and not any(isinstance(value, ox.BlankNode | ox.Triple) for value in first):
            if first:
                listed = " ".join(map(str, first))
                yield from self._focus.find(f"VALUES ?value {{ {listed} }} {pattern}")
            return
        pairs = self._triples.select(
            f"SELECT DISTINCT ?this ?value WHERE {{ {self._focus.pattern(targets)} {pattern} }}"
        )
        for this, value in pairs:
            if not all(self._judge.passes(value, one) for one in wanted):
                yield this
