"""How alike names are: the same words whatever their order, accents and case, or else letter by letter.

rapidfuzz counts the letters: in C++, over thousands of names in less than a millisecond.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz, process

from bilateral.serve.site.search import Thing, fold

LITTLE: Final = frozenset(("the", "of", "and", "a", "el", "la", "los", "las", "lo", "de", "del", "y", "e"))
"""Words that say nothing by themselves in names of countries: "Gambia, The", "el Perú"."""

FRAMING: Final = (
    LITTLE
    | {"relation", "relations", "relationship", "between", "bilateral"}
    | {*map(fold, ("relaciones", "relación", "entre", "bilaterales", "관계", "간", "양국"))}
)
"""Words around the names of two parties in the name of their relation."""

SAME: Final = 100.0
_NOT_QUITE: Final = 99.0
"""The most that names have in common that are not the same."""
_LEAST: Final = 70.0
"""Below this, names are not alike: "Congo" and "Mongolia" have 67, "Fujimori" and "Alberto Fujimori" 83."""
_SHORT: Final = 3
"""Letters of a word that may be a code: "DE-FR" is no "FR", although "de" is a little word in Spanish."""
_REMEMBERED: Final = 8192
"""Texts whose likes are remembered: a column has the same names again and again."""


@dataclass(frozen=True)
class Like:
    """A thing and how alike its likest name is, up to 100, which means the same words."""

    thing: Thing
    likeness: float


def without(words: Sequence[str], dropped: frozenset[str]) -> tuple[str, ...]:
    """Drop words that say nothing, unless what is left might be a code.

    >>> without(["republic", "of", "korea"], LITTLE)
    ('republic', 'korea')
    >>> without(["de", "fr"], LITTLE)
    ('de', 'fr')
    """
    rest = tuple(word for word in words if word not in dropped)
    return rest if any(len(word) > _SHORT for word in rest) else tuple(words)


class Names:
    """The names of some things, to be compared with texts, which are given as folded words."""

    def __init__(self, things: Iterable[Thing]) -> None:
        named = [(name, thing) for thing in things for name in sorted(thing.names, key=sorted) if name]
        self._owners = [thing for _, thing in named]
        self._names = [name for name, _ in named]
        self._spelled = [_spelled(name) for name in self._names]
        self._whole = _by_words((name, thing) for name, thing in named)
        self._bare = _by_words((frozenset(without(sorted(name), LITTLE)), thing) for name, thing in named)
        self._having = _by_word(self._names)
        self.alike = lru_cache(_REMEMBERED)(self._alike)

    def same(self, words: Sequence[str]) -> list[Thing]:
        """Give the things of which one name has these words and no others; little ones count only if they decide."""
        return self._whole.get(frozenset(words)) or self._bare.get(frozenset(without(words, LITTLE)), [])

    def _alike(self, words: tuple[str, ...], most: int) -> list[Like]:
        """Give the things with the likest names, the likest first, then those with the most missions."""
        asked = frozenset(words)
        best: dict[Thing, float] = dict.fromkeys(self.same(words), SAME)
        for i in {*self._near(_spelled(asked), 5 * most), *self._sharing(asked)}:
            thing = self._owners[i]
            best[thing] = max(best.get(thing, 0.0), self._likeness(asked, i))
        ranked = sorted(best.items(), key=lambda found: (-found[1], -found[0].weight, found[0].iri))
        return [Like(thing, likeness) for thing, likeness in ranked[:most] if likeness >= _LEAST]

    def _near(self, spelled: str, most: int) -> list[int]:
        found = process.extract(spelled, self._spelled, scorer=fuzz.ratio, score_cutoff=_LEAST, limit=most)
        return [i for _, _, i in found]

    def _sharing(self, asked: frozenset[str]) -> list[int]:
        """Give the names that have all words that are asked for, or whose words are all asked for."""
        counts: dict[int, int] = defaultdict(int)
        for word in asked:
            for i in self._having.get(word, ()):
                counts[i] += 1
        return [i for i, count in counts.items() if count in (len(asked), len(self._names[i]))]

    def _likeness(self, asked: frozenset[str], i: int) -> float:
        """Halve between how alike the whole names are, and how alike what they share."""
        whole = fuzz.ratio(_spelled(asked), self._spelled[i])
        shared = fuzz.token_set_ratio(_spelled(asked), self._spelled[i])
        return min((whole + shared) / 2, _NOT_QUITE)


def _spelled(words: Iterable[str]) -> str:
    return " ".join(sorted(words))


def _by_words(named: Iterable[tuple[frozenset[str], Thing]]) -> Mapping[frozenset[str], list[Thing]]:
    things: dict[frozenset[str], list[Thing]] = defaultdict(list)
    for name, thing in named:
        if thing not in things[name]:
            things[name].append(thing)
    return dict(things)


def _by_word(names: Iterable[frozenset[str]]) -> Mapping[str, list[int]]:
    having: dict[str, list[int]] = defaultdict(list)
    for i, name in enumerate(names):
        for word in name:
            having[word].append(i)
    return dict(having)
