"""Candidates for a reconciliation query, and the score of each.

A score is 100 where the text has the words of a name of the thing, or is one of its identifiers, and less the
less alike they are. Properties, where a query has any, make up 30 of the 100. A candidate is a match by itself if
everything fits and nothing else fits as well.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from bilateral.serve.reconcile.batch import Expected, Given, Query
from bilateral.serve.reconcile.kinds import (
    CODES,
    PARTY,
    RELATION,
    TYPES,
    EntityType,
    Value,
    iri_of,
    property_named,
    types_of,
    with_narrower,
)
from bilateral.serve.reconcile.likeness import SAME, Like, Names
from bilateral.serve.reconcile.pairs import Pairs
from bilateral.serve.reconcile.values import Values
from bilateral.serve.site.graph import Graph
from bilateral.serve.site.search import SearchIndex, Thing, words_of
from bilateral.terms import WIKIDATA, expand

_ITEM: Final = re.compile(r"(?:https?://(?:www\.)?wikidata\.org/(?:entity|wiki)/)?(Q[1-9][0-9]*)")
_PROPERTIES: Final = 0.3
"""What properties count beside the name."""
_OFF_TYPE: Final = 0.5
"""What is left of the score of a thing that is not of a type that it should be of."""
_RELATION: Final = expand(RELATION)
_RELATION_PARTY: Final = "bilat:party"


@dataclass(frozen=True)
class Candidate:
    """A thing that a query may mean.

    ``likeness`` is that of the name, up to 100; ``agreement`` the share of the expected values that the thing has,
    None where it has no value to compare; ``fits`` whether it is of the types.
    """

    iri: str
    class_: str
    weight: int
    likeness: float | None
    agreement: float | None
    fits: bool | None
    is_match: bool = False

    @property
    def score(self) -> float:
        """How well it fits, up to 100."""
        of_name, of_properties = self.likeness, None if self.agreement is None else SAME * self.agreement
        if of_name is None or of_properties is None:
            score = of_name if of_name is not None else of_properties or 0.0
        else:
            score = (1 - _PROPERTIES) * of_name + _PROPERTIES * of_properties
        return round(score if self.fits is not False else _OFF_TYPE * score, 1)

    @property
    def is_whole(self) -> bool:
        """Whether everything that is asked for fits."""
        return self.score == SAME


class Matcher:
    """Finds candidates among parties, relations, people and organizations."""

    def __init__(self, graph: Graph, index: SearchIndex) -> None:
        self._graph = graph
        self._index = index

    @cached_property
    def values(self) -> Values:
        """The values that things have."""
        return Values(self._graph, self._index)

    def warm(self) -> None:
        """Read what the first query would else wait for."""
        _ = (self.values, self._names, self._pairs, self._identified)

    def thing(self, iri: str) -> Thing | None:
        """Give a thing that may be a candidate; None for anything else."""
        return self._known.get(iri)

    def match(self, query: Query) -> list[Candidate]:
        """Give the candidates of a query, the likeliest first."""
        classes = _classes(query)
        likes = self._likes(query, classes)
        judged = [self._judge(query, like) for like in likes.values()]
        ranked = sorted(judged, key=lambda each: (-each.score, -each.weight, each.iri))
        whole = [candidate for candidate in ranked if candidate.is_whole]
        if len(whole) == 1:
            ranked[0] = replace(ranked[0], is_match=True)
        return ranked[: query.limit]

    def _likes(self, query: Query, classes: frozenset[str]) -> Mapping[str, tuple[Thing, float | None]]:
        """Find what has a name, an identifier or an identifying property like those of the query."""
        found: dict[str, tuple[Thing, float | None]] = {}
        if query.text:
            for like in self._named(query, classes):
                found[like.thing.iri] = (like.thing, like.likeness)
        for thing in self._told_by(query.expected):
            if thing.class_ in classes:
                found.setdefault(thing.iri, (thing, 0.0 if query.text else None))
        return found

    def _named(self, query: Query, classes: frozenset[str]) -> Iterable[Like]:
        told = [thing for thing in self.identified(query.text) if thing.class_ in classes]
        if told:
            return [Like(thing, SAME) for thing in told]
        words = tuple(words_of(query.text))
        if not words:
            return []
        likes = [like for like in self._names.alike(words, 5 * query.limit) if like.thing.class_ in classes]
        is_settled = any(like.likeness == SAME and _fits(query, like.thing) is not False for like in likes)
        if _RELATION in classes and not is_settled:
            likes += self._pairs.alike(words, query.limit)
            likes += self._with_partners(words, query.expected)
        return sorted(likes, key=lambda like: like.likeness)

    def _with_partners(self, words: tuple[str, ...], expected: Iterable[Expected]) -> Iterator[Like]:
        """Give the relations of a party of that name with the one that a property names."""
        ones = self._parties.alike(words, 5)
        for given in _given(expected, _RELATION_PARTY):
            yield from self._pairs.joining(ones, [Like(thing, SAME) for thing in self._party_named(given)])

    def _party_named(self, given: Given) -> list[Thing]:
        told = self.identified(given.id or given.text)
        return [thing for thing in told if thing.class_ == expand(PARTY)] or self._parties.same(words_of(given.text))

    def _told_by(self, expected: tuple[Expected, ...]) -> Iterator[Thing]:
        """Give the things that a property's value belongs to alone, and the relation of two parties."""
        for each in expected:
            if each.property.value in (Value.CODE, Value.ITEM):
                for given in each.values:
                    yield from self._identified.get((each.property.id, _plain(given.id or given.text)), ())
        named = [[Like(thing, SAME) for thing in self._party_named(each)] for each in _given(expected, _RELATION_PARTY)]
        for i, ones in enumerate(named):
            for others in named[:i]:
                yield from (like.thing for like in self._pairs.joining(ones, others))

    def identified(self, text: str) -> list[Thing]:
        """Give the things whose identifier, IRI, item or code the text is; a code as it is written, in capitals."""
        known = self._known.get(iri_of(text))
        if known is not None:
            return [known]
        if item := _ITEM.fullmatch(text):
            return self._identified.get(("skos:exactMatch", item[1].casefold()), [])
        if text == text.upper():
            found = (self._identified.get((code, _plain(text)), []) for code in CODES)
            return next((things for things in found if things), [])
        return []

    def _judge(self, query: Query, like: tuple[Thing, float | None]) -> Candidate:
        thing, likeness = like
        agreement = self._agreement(thing, query.expected) if query.expected else None
        return Candidate(thing.iri, thing.class_, thing.weight, likeness, agreement, _fits(query, thing))

    def _agreement(self, thing: Thing, expected: tuple[Expected, ...]) -> float | None:
        """Give the share of the given values that a thing has; one that is unknown of it counts neither way."""
        values = self.values.of(thing.iri)
        types = {type_.id for type_ in types_of(thing.class_)}
        compared = [
            self.values.are(each.property, values.get(each.property.id, ()), given)
            for each in expected
            if each.property.id in values or types.isdisjoint(each.property.types)
            for given in each.values
        ]
        return sum(compared) / len(compared) if compared else None

    @cached_property
    def _parties(self) -> Names:
        return Names(thing for thing in self._index.things if thing.class_ == expand(PARTY))

    @cached_property
    def _names(self) -> Names:
        classes = {type_.iri for type_ in TYPES}
        return Names(thing for thing in self._index.things if thing.class_ in classes)

    @cached_property
    def _pairs(self) -> Pairs:
        return Pairs(self._parties, self._index.relations)

    @cached_property
    def _known(self) -> Mapping[str, Thing]:
        classes = {type_.iri for type_ in TYPES}
        named = {thing.iri: thing for thing in self._index.things if thing.class_ in classes}
        return named | {iri: Thing(iri, _RELATION, frozenset(), 0) for iri in self._index.relations}

    @cached_property
    def _identified(self) -> Mapping[tuple[str, str], list[Thing]]:
        """The things by the identifiers of properties and their values."""
        things: dict[tuple[str, str], list[Thing]] = defaultdict(list)
        for row in self._graph.rows("reconcile/identifiers"):
            property_ = property_named(row.text("property"))
            thing = self._known.get(row.text("thing"))
            if property_ is not None and thing is not None:
                things[property_.id, _plain(row.text("value"))].append(thing)
        return dict(things)


def _classes(query: Query) -> frozenset[str]:
    """Give the classes whose things may be candidates at all."""
    if not query.types or query.strictness == "should":
        return frozenset(type_.iri for type_ in TYPES)
    sets = [with_narrower(type_) for type_ in query.types]
    return frozenset.intersection(*sets) if query.strictness == "all" else frozenset.union(*sets)


def _fits(query: Query, thing: Thing) -> bool | None:
    """Whether a thing is of a type that the query names; None where it names none."""
    if not query.types:
        return None
    types: list[EntityType] = types_of(thing.class_)
    return any(type_ in types for type_ in query.types)


def _given(expected: Iterable[Expected], id_: str) -> Iterator[Given]:
    return (given for each in expected if each.property.id == id_ for given in each.values)


def _plain(value: str) -> str:
    """Write a code or an item in one way: "051" and "51" are one number, and so are Q419 and its IRI.

    >>> _plain("http://www.wikidata.org/entity/Q419")
    'q419'
    """
    return value.removeprefix(WIKIDATA).rpartition("/")[2].casefold().lstrip("0")
