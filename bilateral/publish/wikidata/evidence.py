"""Evidence: which sources support a value, and whether Wikidata can have it on their word."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from importlib import resources
from typing import Final

import pyoxigraph as ox

from bilateral.publish.wikidata.links import item_of, rows
from bilateral.terms import GRAPH, compact

_OPEN: Final = {
    "https://creativecommons.org/publicdomain/zero/1.0/",
    "https://creativecommons.org/publicdomain/mark/1.0/",
    "https://opendatacommons.org/licenses/pddl/1-0/",
}
"""The licences under which a graph may go to Wikidata, whose own is the first."""
_CURATED: Final = (f"{GRAPH}relations/", f"{GRAPH}reference/")
"""The graphs of curated files, which are in the public domain by LICENSE-DATA."""
_SAID_OTHERWISE: Final = {"citation:derived", "citation:inferred"}
"""Citations of what a source does not say itself."""
_BEST_FIRST: Final = ("wikibase:PreferredRank", "wikibase:NormalRank")
DATE: Final = "bilat:date"
KIND: Final = "bilat:kind"


class Standing(Enum):
    """What a source is to Wikidata."""

    OFFICIAL = "official"
    SECONDARY = "secondary"
    WIKIDATA = "wikidata"


@dataclass(frozen=True, order=True)
class Reference:
    """A source as Wikidata has it: its item, its address, and the day on which it was read."""

    item: str
    address: str
    retrieved: str
    label: str = ""


@dataclass(frozen=True)
class Page:
    """How the publisher of a source makes the address of a page: of parts of the place that is cited in it."""

    source: str
    place: re.Pattern[str]
    address: str

    def of(self, source: str, place: str) -> str:
        """Give the address of the page that has a place; nothing where the rule is of another source or place."""
        found = self.place.fullmatch(place) if source == self.source else None
        return self.address.format(**found.groupdict()) if found else ""


@dataclass(frozen=True)
class Citation:
    """A source that is cited, by whose word a value stands."""

    source: str
    standing: Standing
    says_so: bool
    reference: Reference


@dataclass(frozen=True)
class Support:
    """A value and the references that it can have; or why it can have none.

    ``value`` is empty where there is none to state. ``sources`` are those that say so, usable or not.
    """

    value: str = ""
    references: tuple[Reference, ...] = ()
    obstacle: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Stated:
    """A value that a graph states directly."""

    value: str
    graph: str
    licence: str

    @property
    def is_open(self) -> bool:
        return self.licence in _OPEN or (not self.licence and self.graph.startswith(_CURATED))


@dataclass(frozen=True)
class _Claimed:
    """A value that a source claims, with the rank of the claim."""

    claim: str
    value: str
    rank: str


@dataclass
class Evidence:
    """All that is stated and claimed of facts, and what it rests on."""

    _stated: dict[tuple[str, str], list[_Stated]] = field(default_factory=lambda: defaultdict(list))
    _claimed: dict[tuple[str, str], list[_Claimed]] = field(default_factory=lambda: defaultdict(list))
    _cited: dict[str, list[tuple[str, Citation]]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, store: ox.Store) -> Evidence:
        """Read the evidence of a store."""
        evidence = cls()
        standings, pages = _standings(), _pages()
        for row in rows(store, "values"):
            stated = _Stated(row["value"], row["graph"], row.get("licence", ""))
            evidence._stated[row["fact"], compact(row["property"])].append(stated)
        for row in rows(store, "rivals"):
            claimed = _Claimed(row["claim"], row["value"], compact(row["rank"]))
            evidence._claimed[row["fact"], compact(row["property"])].append(claimed)
        for row in rows(store, "evidence"):
            evidence._cited[row["fact"]].append((row["graph"], _citation(row, standings, pages)))
        return evidence

    def of_value(self, fact: str, property_: str) -> Support:
        """Give the value of a property with its support; without value and obstacle where nothing is said of it."""
        stated, claimed = self._stated.get((fact, property_), []), self._claimed.get((fact, property_), [])
        best = _most_precise({one.value for one in stated})
        if best is None:
            rivals = " or ".join(sorted({one.value for one in claimed}))
            return Support(rivals, obstacle="contested: its sources contradict each other") if claimed else Support()
        standing = [one for one in stated if one.value == best]
        return self._supported(best, standing, [*self._citations(fact, best, standing, claimed)])

    def _citations(
        self, fact: str, value: str, stated: Iterable[_Stated], claimed: Iterable[_Claimed]
    ) -> Iterator[Citation]:
        """Give the citations of a value: of its claims, or of the fact, in the graph that states the value."""
        claimed = list(claimed)
        for claim in claimed:
            if claim.value == value and claim.rank in _BEST_FIRST:
                yield from (citation for _, citation in self._cited[claim.claim])
        graphs = {one.graph for one in stated}
        if not claimed:
            yield from (citation for graph, citation in self._cited[fact] if graph in graphs)

    @staticmethod
    def _supported(value: str, stated: Iterable[_Stated], citations: list[Citation]) -> Support:
        sources = tuple(sorted({citation.source for citation in citations}))
        official = [citation for citation in citations if citation.standing is Standing.OFFICIAL]
        saying = [citation for citation in official if citation.says_so]
        found = {citation.reference for citation in saying if citation.reference.address or citation.reference.item}
        closed = sorted({compact(one.licence) or "none" for one in stated if not one.is_open})
        from_wikidata = bool(citations) and all(one.standing is Standing.WIKIDATA for one in citations)
        obstacles = (
            (closed, f"licence: the graph that states it is not in the public domain ({' '.join(closed)})"),
            (from_wikidata, "circular: it comes from Wikidata itself"),
            (not official, "secondary: no official source says so"),
            (not saying, "derived: its official source does not say so itself"),
            (not found, "no reference: its official source has neither an address nor an item here"),
        )
        obstacle = next((reason for holds, reason in obstacles if holds), "")
        return Support(value, () if obstacle else tuple(sorted(found)), obstacle, sources)


def _most_precise(values: Iterable[str]) -> str | None:
    """Give the one value of which all others are a less precise form; None where there is none.

    >>> _most_precise({"2011", "2011-03-21"})
    '2011-03-21'
    """
    ordered = sorted(values, key=len)
    return ordered[-1] if ordered and all(ordered[-1].startswith(value) for value in ordered) else None


def _citation(row: Mapping[str, str], standings: Mapping[str, Standing], pages: Iterable[Page]) -> Citation:
    source = compact(row["source"])
    kind = compact(row.get("kind", ""))
    place = row.get("place", "")
    address = next(filter(None, (page.of(source, place) for page in pages)), row.get("address", ""))
    reference = Reference(item_of(row.get("item", "")), address, row.get("accessed", ""), row.get("label", ""))
    standing = standings.get(source) or standings.get(kind) or Standing.SECONDARY
    return Citation(source, standing, compact(row.get("how", "")) not in _SAID_OTHERWISE, reference)


def _standings() -> dict[str, Standing]:
    """Read the table beside this module: the standing of sources, and of kinds of sources."""
    return {row["what"]: Standing(row["standing"]) for row in _table("standing.csv")}


def _pages() -> tuple[Page, ...]:
    """Read the table beside this module: by which documented rule a publisher makes addresses of pages."""
    return tuple(Page(row["source"], re.compile(row["place"]), row["address"]) for row in _table("addresses.csv"))


def _table(name: str) -> Iterator[dict[str, str]]:
    text = resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
    return iter(csv.DictReader(text.splitlines()))
