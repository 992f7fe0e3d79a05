"""What the graph knows of each pair: kinds of facts, how many, from which graphs, and to which year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
import pyoxigraph as ox

from bilateral.query import select
from bilateral.terms import GRAPH, RELATION, expand

HERE = Path(__file__).parent
SHARED = {expand("bilat:treaty"): "treaties in common", expand("org:organization"): "organizations in common"}


@dataclass(frozen=True)
class Known:
    """The facts of one kind: how many, in which graphs, and the last year of any; empty where none has a date."""

    facts: int
    sources: frozenset[str]
    latest: str

    def __add__(self, other: Known) -> Known:
        return Known(self.facts + other.facts, self.sources | other.sources, max(self.latest, other.latest))


@dataclass(frozen=True)
class Knowledge:
    """By pair and kind what is known; ``names`` has those of parties in English, ``ended`` the codes of past ones."""

    pairs: Mapping[str, Mapping[str, Known]]
    names: Mapping[str, str]
    numbers: Mapping[str, str]
    ended: frozenset[str]

    @property
    def kinds(self) -> list[str]:
        """All kinds, those of most pairs first."""
        pairs: dict[str, int] = defaultdict(int)
        for known in self.pairs.values():
            for kind in known:
                pairs[kind] += 1
        return sorted(pairs, key=lambda kind: (-pairs[kind], kind))

    @property
    def present(self) -> list[str]:
        """The codes of the parties that have not ended."""
        return sorted(self.names.keys() - self.ended)


def read(store: ox.Store) -> Knowledge:
    """Read what a store knows."""
    pairs: dict[str, dict[str, Known]] = {row["relation"].value[len(RELATION) :]: {} for row in relations(store)}
    for pair, kind, known in (*facts(store), *shared(store)):
        if pair in pairs:
            pairs[pair][kind] = pairs[pair][kind] + known if kind in pairs[pair] else known
    parties = {row["party"].value.rpartition("/")[2]: row for row in select(store, "home/parties")}
    names = {code: name_of(store, expand(f"party:{code}")) for code in parties}
    numbers = {code: row["number"].value.zfill(3) if row["number"] else code for code, row in parties.items()}
    return Knowledge(pairs, names, numbers, frozenset(code for code, row in parties.items() if row["end"]))


def relations(store: ox.Store) -> ox.QuerySolutions:
    return select(store, "search/relations")


def facts(store: ox.Store) -> Iterator[tuple[str, str, Known]]:
    names: dict[str, str] = {}
    for row in rows(store, "facts"):
        kind = row["kind"].value
        names.setdefault(kind, name_of(store, kind))
        known = Known(int(row["facts"].value), frozenset({source(row)}), year(row))
        yield row["relation"].value[len(RELATION) :], names[kind], known


def shared(store: ox.Store) -> Iterator[tuple[str, str, Known]]:
    """Give for each pair the treaties and organizations to which both belong."""
    members: dict[str, dict[str, list[tuple[str, str, str]]]] = {property_: defaultdict(list) for property_ in SHARED}
    for row in rows(store, "memberships"):
        party = row["party"].value.rpartition("/")[2]
        members[row["property"].value][row["group"].value].append((party, source(row), year(row)))
    for property_, groups in members.items():
        yield from ((pair, SHARED[property_], known) for pair, known in in_common([*groups.values()]))


def in_common(groups: Sequence[Sequence[tuple[str, str, str]]]) -> Iterator[tuple[str, Known]]:
    """Count for each pair of parties the groups that both are in; a member has a party, a source and a year."""
    codes = sorted({party for group in groups for party, _, _ in group})
    place = {code: i for i, code in enumerate(codes)}
    counts, latest = (np.zeros((len(codes), len(codes)), dtype=int) for _ in range(2))
    sources: dict[str, set[str]] = defaultdict(set)
    for group in groups:
        years: dict[int, int] = {}
        for party, graph, last in group:
            years[place[party]] = max(years.get(place[party], 0), int(last or 0))
            sources[party].add(graph)
        at = np.ix_([*years], [*years])
        counts[at] += 1
        latest[at] = np.maximum(latest[at], np.maximum.outer([*years.values()], [*years.values()]))
    for one, other in combinations(codes, 2):
        i, j = place[one], place[other]
        if counts[i, j]:
            graphs = frozenset(sources[one] | sources[other])
            yield f"{one}-{other}", Known(int(counts[i, j]), graphs, str(latest[i, j] or ""))


def rows(store: ox.Store, name: str) -> ox.QuerySolutions:
    solutions = store.query((HERE / f"{name}.rq").read_text(encoding="utf-8"))
    assert isinstance(solutions, ox.QuerySolutions)
    return solutions


def source(row: ox.QuerySolution) -> str:
    """Name a graph; those of curated files are one."""
    name: str = row["graph"].value.removeprefix(GRAPH)
    return "curated" if name.startswith(("relations/", "reference/")) else name


def year(row: ox.QuerySolution) -> str:
    return row["latest"].value[:4] if row["latest"] else ""


def name_of(store: ox.Store, iri: str) -> str:
    """Give a name in English."""
    labels = (row for row in select(store, "thing/labels", iri=ox.NamedNode(iri)) if row["language"].value == "en")
    return next((row["label"].value for row in labels), iri)
