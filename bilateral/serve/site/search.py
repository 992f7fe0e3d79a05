"""Search: things by any of their names, and pairs by the names of both, whatever accents, case and order."""

from __future__ import annotations

import csv
import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from itertools import combinations
from typing import Final

from bilateral.serve.site.graph import Graph
from bilateral.terms import BILAT, PREFIXES, relation_iri

_PARTY: Final = f"{BILAT}Party"
_AGREEMENT: Final = f"{BILAT}Agreement"
_VOCABULARIES: Final = (BILAT, PREFIXES["schema"], PREFIXES["org"])
_STATEMENTS: Final = frozenset(
    f"{BILAT}{name}" for name in ("BilateralRelation", "Citation", "Claim", "Membership", "Source")
)
_WORD: Final = re.compile(r"\w+")
_MOST_WORDS: Final = 24
"""Words of a question, or of a name, that are looked at: the longest name of a relation has 17."""
_LONGEST: Final = 200
"""Characters of a question that are looked at."""


@dataclass(frozen=True)
class Match:
    """Something found: ``class_`` is the IRI of its class."""

    iri: str
    class_: str


@dataclass(frozen=True)
class Thing:
    """A thing with its names, each as the set of its folded words.

    ``weight`` counts the missions that a party keeps: a measure of how often it is looked for.
    """

    iri: str
    class_: str
    names: frozenset[frozenset[str]]
    weight: int

    @property
    def code(self) -> str:
        """A party's code, which its IRI ends with."""
        return self.iri.rpartition("/")[2]


def fold(text: str) -> str:
    """Take accents and case away; Korean syllables come apart, so that half a syllable finds the whole.

    >>> fold("Perú") == fold("PERU")
    True
    >>> fold("페루").startswith(fold("페"))
    True
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if unicodedata.category(character) != "Mn")


def words_of(text: str) -> list[str]:
    """Split a text into folded words.

    >>> words_of("KOR-PER")
    ['kor', 'per']
    """
    return _WORD.findall(fold(text[:_LONGEST]))[:_MOST_WORDS]


class SearchIndex:
    """All names of a graph, in memory.

    ``classes`` gives the number of things of each class that the graph has, by its IRI.
    """

    def __init__(self, graph: Graph, classes: Mapping[str, int]) -> None:
        self._graph = graph
        self._classes = classes

    @cached_property
    def things(self) -> list[Thing]:
        """All things that have names; relations are found by those of their parties."""
        return list(_read_things(self._graph, named_classes(self._graph, self._classes)))

    @cached_property
    def relations(self) -> frozenset[str]:
        """The IRIs of all relations."""
        return frozenset(row.text("relation") for row in self._graph.rows("search/relations"))

    @cached_property
    def _words(self) -> list[tuple[str, int]]:
        return sorted({(word, i) for i, thing in enumerate(self.things) for name in thing.names for word in name})

    def warm(self) -> None:
        """Read all names."""
        _ = (self._words, self.relations)

    def find(self, text: str, most: int = 10) -> list[Match]:
        """Find what a text may mean, the likeliest first.

        Every word must begin a word of the thing's names; of a pair, each word one of either party's.
        """
        asked = words_of(text)
        if not asked:
            return []
        masks = self._masks(asked)
        whole = (1 << len(asked)) - 1
        singles = [self.things[i] for i, mask in masks.items() if mask == whole]
        exact = frozenset(asked)
        ranked = sorted(
            singles,
            key=lambda thing: (
                exact not in thing.names,
                thing.class_ != _PARTY,
                -thing.weight,
                _words_besides(thing, asked),
                thing.iri,
            ),
        )
        found = [Match(thing.iri, thing.class_) for thing in ranked]
        pairs = list(self._pairs(masks, whole)) if len(asked) > 1 else []
        is_named = bool(ranked) and exact in ranked[0].names
        return (found[:most] + pairs if is_named else pairs[: most - 1] + found)[:most] if pairs else found[:most]

    def _masks(self, asked: list[str]) -> Mapping[int, int]:
        """Tell of each thing which of the words begin one of its own."""
        masks: dict[int, int] = defaultdict(int)
        for position, word in enumerate(asked):
            start = bisect_left(self._words, (word, -1))
            for known, i in self._words[start:]:
                if not known.startswith(word):
                    break
                masks[i] |= 1 << position
        return masks

    def _pairs(self, masks: Mapping[int, int], whole: int) -> Iterator[Match]:
        """Give the relations of two parties of which each has a word that the other has not."""
        parties = [(self.things[i], mask) for i, mask in masks.items() if self.things[i].class_ == _PARTY]
        parties.sort(key=lambda pair: -pair[0].weight)
        found = [
            (one.weight + other.weight, relation)
            for (one, mask), (other, mask_of_other) in combinations(parties, 2)
            if mask | mask_of_other == whole and whole not in (mask, mask_of_other)
            if (relation := relation_iri(one.code, other.code)) in self.relations
        ]
        for _, relation in sorted(found, key=lambda pair: (-pair[0], pair[1])):
            yield Match(relation, f"{BILAT}BilateralRelation")


def _words_besides(thing: Thing, asked: list[str]) -> int:
    """Count the words that the name has beside those asked for, in the shortest that has all of them."""
    whole = (
        len(name)
        for name in thing.names
        if all(any(word.startswith(beginning) for word in name) for beginning in asked)
    )
    return min(whole, default=_MOST_WORDS)


def named_classes(graph: Graph, classes: Mapping[str, int]) -> list[str]:
    """Give the IRIs of the classes of what has a name of its own, the smallest first.

    They are all classes of the graph's own vocabularies, but for statements and what belongs to a relation: that is
    found by its parties. Agreements are facts of a relation, and have names as well.
    """
    facts = {row.text("class") for row in graph.rows("relation/classes")}
    own = {iri for iri in classes if iri.startswith(_VOCABULARIES)}
    return sorted((own - facts - _STATEMENTS) | (own & {_AGREEMENT}), key=lambda iri: (classes[iri], iri))


def _read_things(graph: Graph, classes: Iterable[str]) -> Iterator[Thing]:
    names: dict[str, set[frozenset[str]]] = defaultdict(set)
    class_of: dict[str, str] = {}
    for class_ in classes:
        for row in graph.unremembered("search/names", iri=class_):
            iri = row.text("thing")
            if class_of.setdefault(iri, class_) == class_:
                names[iri].add(frozenset(words_of(row.text("name"))))
    for code, alias in _aliases():
        if (party := f"{PREFIXES['party']}{code}") in names:
            names[party].add(frozenset(words_of(alias)))
    weights = {row.text("thing"): int(row.text("weight")) for row in graph.rows("search/weights")}
    for iri, known in names.items():
        yield Thing(iri, class_of[iri], frozenset(known), weights.get(iri, 0))


def _aliases() -> Iterator[tuple[str, str]]:
    """Give names under which people look for parties, and which no source of ours calls them by.

    They are short names, and those that the United Nations use in English and Spanish. Where one is the usual name
    of two parties, as Congo and Korea are, it stands for both.
    """
    path = resources.files("bilateral.serve.site").joinpath("aliases.csv")
    for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines()):
        yield row["code"], row["alias"]
