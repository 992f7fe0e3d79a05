"""The check: what Wikidata says beside what the graph says, and what to do where they disagree."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bilateral.publish.wikidata.asking import fits
from bilateral.publish.wikidata.entities import (
    ALPHA_2,
    ALPHA_3,
    COUNTRY,
    INSTANCE_OF,
    JURISDICTION,
    OPERATOR,
    PARTICIPANT,
    Answers,
    Entity,
)
from bilateral.publish.wikidata.links import Kinds, Link

_ACTIONS: Final = {
    "deleted": "Find out where it went, and state another item, or none",
    "redirect": "State the item that it leads to",
    "shared": "One of these things is another one: keep the item with the one that it is",
    "kind": "See whether it is the same thing; if it is, add its class to classes.csv or mend Wikidata",
    "name": "See whether it is the same thing; if it is, add the name here or there",
    "alpha-3": "See which code is right, and mend the other side",
    "alpha-2": "See which code is right, and mend the other side",
    "operator": "See whose mission it is, and mend the other side",
    "country": "See to which country the mission is, and mend the other side",
    "parties": "See whose relation it is, and mend the other side",
}
_OTHER_CHARACTERS: Final = re.compile(r"[^\w]+|_")
# whatever is neither letter nor digit


@dataclass(frozen=True)
class Disagreement:
    """One thing on which the graph and Wikidata disagree; ``ours`` and ``theirs`` are values as people read them."""

    subject: str
    class_: str
    item: str
    what: str
    ours: str
    theirs: str

    @property
    def action(self) -> str:
        """What a person should do."""
        return _ACTIONS[self.what]


@dataclass(frozen=True)
class Verdict:
    """What came of a check: how many links were looked at, which of them have no class to judge, what disagrees."""

    links: int
    unjudged: int
    disagreements: tuple[Disagreement, ...]

    @property
    def agreeing(self) -> int:
        """How many links agree in all."""
        return self.links - len({(one.subject, one.item) for one in self.disagreements})


Same = Mapping[str, Collection[str]]
"""Other items that a party's item stands for: the Kingdom of Denmark for Denmark."""


def read_same(path: Path) -> Same:
    """Read from the table of decisions on parties which items stand for another in sources."""
    same: dict[str, set[str]] = defaultdict(set)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["same"] == "yes":
                same[row["item"]].add(row["rejected"])
    return same


@dataclass(frozen=True)
class Check:
    """What links are checked against."""

    kinds: Kinds
    answers: Answers
    same: Same

    def verdict(self, links: Sequence[Link]) -> Verdict:
        """Compare every link."""
        found = [*self._shared(links), *(one for link in links for one in self._disagreements(link))]
        order = list(_ACTIONS)
        found.sort(key=lambda one: (order.index(one.what), int(one.item[1:]), one.subject))
        return Verdict(len(links), sum(not link.class_ for link in links), tuple(found))

    def _shared(self, links: Iterable[Link]) -> Iterator[Disagreement]:
        count = Counter(link.item for link in links)
        for link in links:
            if count[link.item] > 1:
                others = sorted(other.subject for other in links if other.item == link.item and other is not link)
                yield _disagreement(link, "shared", link.subject, " ".join(others))

    def _disagreements(self, link: Link) -> Iterator[Disagreement]:
        entity = self.answers[link.item]
        if not entity.target:
            yield _disagreement(link, "deleted", link.item, "")
            return
        if entity.target != link.item:
            yield _disagreement(link, "redirect", link.item, entity.target)
        if link.class_ and not fits(link, self.kinds, self.answers):
            yield _disagreement(link, "kind", link.class_, " ".join(entity.values(INSTANCE_OF)))
        yield from self._codes(link, entity)
        ends = [*self._ends(link, entity)]
        yield from (
            _disagreement(link, what, " ".join(ours), " ".join(theirs)) for what, ours, theirs in ends if theirs
        )
        is_told_by_its_ends = bool(link.parties or link.senders) and not ends
        if not is_told_by_its_ends and not _share_a_name(link.names, entity.names):
            yield _disagreement(link, "name", " | ".join(link.names), " | ".join(entity.names))

    @staticmethod
    def _codes(link: Link, entity: Entity) -> Iterator[Disagreement]:
        for what, ours, property_ in (("alpha-3", link.alpha3, ALPHA_3), ("alpha-2", link.alpha2, ALPHA_2)):
            theirs = entity.values(property_)
            is_iso = bool(link.alpha2)  # a party of the past, or one with a code of our own, may have none there
            if ours and ours not in theirs and (theirs or is_iso):
                yield _disagreement(link, what, ours, " ".join(theirs))

    def _ends(self, link: Link, entity: Entity) -> Iterator[tuple[str, Sequence[str], Sequence[str]]]:
        """Give the ends of a relation or a mission that are others there; or none there, without theirs."""
        if link.senders and not self._meet(link.senders, entity.values(OPERATOR)):
            yield "operator", link.senders, entity.values(OPERATOR)
        countries = (*entity.values(COUNTRY), *entity.values(JURISDICTION))
        if link.receivers and not self._meet(link.receivers, countries):
            yield "country", link.receivers, countries
        countries = (*entity.values(COUNTRY), *entity.values(PARTICIPANT))
        if link.parties and not all(self._meet([party], countries) for party in link.parties):
            yield "parties", link.parties, countries

    def _meet(self, ours: Iterable[str], theirs: Iterable[str]) -> bool:
        """Tell whether one of our items is one of theirs, or stands for it, or leads to it."""
        meant = {item for party in ours for item in (party, self.answers.target(party), *self.same.get(party, ()))}
        return not meant.isdisjoint(theirs)


def _disagreement(link: Link, what: str, ours: str, theirs: str) -> Disagreement:
    return Disagreement(link.subject, link.class_, link.item, what, ours, theirs)


def _share_a_name(ours: Iterable[str], theirs: Iterable[str]) -> bool:
    return not {normalised(name) for name in ours}.isdisjoint(normalised(name) for name in theirs)


def normalised(name: str) -> tuple[str, ...]:
    """Give a name's words without case, accents, marks and order.

    >>> normalised("Peru-South Korea relations") == normalised("South Korea/Perú Relations")
    True
    """
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    return tuple(sorted(_OTHER_CHARACTERS.sub(" ", plain).split()))
