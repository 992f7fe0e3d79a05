"""Memberships: to which treaties and organizations each party belongs, in memory once they have been read.

Two parties share hundreds of treaties. The engine joins their memberships in tenths of a second or more, where two
tables in memory take microseconds.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from bilateral.serve.site.graph import Graph, Row
from bilateral.serve.site.link import address_of
from bilateral.serve.site.period import Held, Period
from bilateral.terms import expand

_MEMBER: Final = expand("standing:member")
_CERTAINTY: Final = {Held.NO: 0, Held.UNKNOWN: 1, Held.YES: 2}


@dataclass(frozen=True)
class Membership:
    """What a party is in a treaty or an organization.

    ``period`` is when the treaty bound the party, or when it belonged to the organization. ``kind`` is the IRI of its
    standing in an organization: a full member, an observer and so on.
    """

    iri: str
    group: str
    kind: str
    period: Period

    @property
    def href(self) -> str | None:
        """Where its receipt is."""
        return address_of(self.iri)

    @property
    def starts(self) -> dt.date:
        """The first day on which it may have begun; before all others where that is not known."""
        return self.period.start.first if self.period.start else dt.date.min

    @property
    def is_full(self) -> bool:
        """Whether the party is a full member, and not an observer or the like."""
        return self.kind == _MEMBER


@dataclass(frozen=True)
class Holdings:
    """The memberships of one party, by the IRI of the treaty or organization: several where it left and came back."""

    treaties: Mapping[str, tuple[Membership, ...]]
    organizations: Mapping[str, tuple[Membership, ...]]


class Memberships:
    """The memberships of all parties, each read when it is first asked for."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._held: dict[str, Holdings] = {}

    def of(self, party: str) -> Holdings:
        """Give the memberships of a party."""
        held = self._held.get(party)
        if held is None:
            treaties, organizations = (self._read(f"party/{kind}", party) for kind in ("treaties", "organizations"))
            held = self._held[party] = Holdings(treaties, organizations)
        return held

    def warm(self, is_enough: Callable[[], bool]) -> None:
        """Read those of all parties, until it is enough."""
        for row in self._graph.rows("home/parties"):
            if is_enough():
                return
            self.of(row.text("party"))

    def _read(self, name: str, party: str) -> Mapping[str, tuple[Membership, ...]]:
        groups: dict[str, tuple[Membership, ...]] = {}
        for row in self._graph.unremembered(name, iri=party):
            membership = _membership(row)
            groups[membership.group] = (*groups.get(membership.group, ()), membership)
        return groups


def that_counts(memberships: tuple[Membership, ...], day: dt.date) -> Membership:
    """Choose, of a party's memberships of one group, the one that tells how it stood on a day.

    It is the one that held then, else one of which that is not known, else the last.
    """
    if len(memberships) == 1:
        return memberships[0]
    return max(memberships, key=lambda each: (_CERTAINTY[each.period.held_on(day)], each.starts))


def _membership(row: Row) -> Membership:
    return Membership(
        iri=row.text("membership"),
        group=row.text("group"),
        kind=(row.text("kind") or _MEMBER) if row.offers("kind") else "",
        period=Period.of(row),
    )
