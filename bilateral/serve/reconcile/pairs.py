"""Relations by the names of their two parties, in whatever order and language: "peru corea", "PER-KOR"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from bilateral.serve.reconcile.likeness import FRAMING, SAME, Like, Names, without
from bilateral.serve.site.search import Thing
from bilateral.terms import BILAT, relation_iri

_CLASS: Final = f"{BILAT}BilateralRelation"
_MOST_WORDS: Final = 12
"""Words that are divided between two parties: each more takes two more comparisons with all names."""
_EACH: Final = 4
"""Parties that either part of a text may mean."""


class Pairs:
    """The relations between parties."""

    def __init__(self, parties: Names, relations: frozenset[str]) -> None:
        self._parties = parties
        self._relations = relations

    def same(self, words: Sequence[str]) -> list[Thing]:
        """Give the relations whose parties are named by these words and no others."""
        for asked in (tuple(words), without(words, FRAMING)):
            divided = list(_divided(asked))
            for parts in (filter(_repeats_nothing, divided), divided):
                found = {
                    relation.iri: relation
                    for one, other in parts
                    for relation in self._between(self._parties.same(one), self._parties.same(other))
                }
                if found:
                    return list(found.values())
        return []

    def alike(self, words: Sequence[str], most: int) -> list[Like]:
        """Give the relations of parties with names like these; a relation is as alike as its parties on average."""
        asked = without(words, FRAMING)
        best: dict[Thing, float] = dict.fromkeys(self.same(words), SAME)
        for one, other in _divided(asked) if len(asked) <= _MOST_WORDS else ():
            for like in self.joining(self._parties.alike(one, _EACH), self._parties.alike(other, _EACH)):
                best[like.thing] = max(best.get(like.thing, 0.0), like.likeness)
        ranked = sorted(best.items(), key=lambda found: (-found[1], -found[0].weight, found[0].iri))
        return [Like(thing, likeness) for thing, likeness in ranked[:most]]

    def joining(self, ones: Iterable[Like], others: Sequence[Like]) -> Iterator[Like]:
        """Give the relations between either parties."""
        for one in ones:
            for other in others:
                for relation in self._between([one.thing], [other.thing]):
                    yield Like(relation, (one.likeness + other.likeness) / 2)

    def _between(self, ones: Sequence[Thing], others: Sequence[Thing]) -> Iterator[Thing]:
        for one in ones:
            for other in others:
                iri = relation_iri(one.code, other.code)
                if iri in self._relations:
                    yield Thing(iri, _CLASS, frozenset(), one.weight + other.weight)


def _divided(words: Sequence[str]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    for cut in range(1, len(words)):
        yield tuple(words[:cut]), tuple(words[cut:])


def _repeats_nothing(parts: tuple[tuple[str, ...], tuple[str, ...]]) -> bool:
    """Whether no part has a word twice, as "Corea del Norte y Corea" has, which leaves "Sur" to Suriname."""
    return all(len(set(part)) == len(part) for part in parts)
