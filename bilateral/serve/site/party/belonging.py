"""What a party belongs to: the treaties that bind it today, and its organizations by its standing in each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from bilateral.serve.site.fold import Fold, Folded
from bilateral.serve.site.link import Link
from bilateral.serve.site.memberships import Membership, Memberships, that_counts
from bilateral.serve.site.period import Held, Period
from bilateral.serve.site.reader import Reader


@dataclass(frozen=True)
class Bond:
    """A treaty of the party, with the membership that says so."""

    link: Link
    membership: Membership


@dataclass(frozen=True)
class Bonds:
    """The treaties of a party: those in force for it today, the latest first, those that ended, and the others."""

    in_force: Folded[Bond]
    ended: Folded[Bond]
    undated: Folded[Bond]

    @property
    def count(self) -> int:
        """How many there are in all."""
        return self.in_force.count + self.ended.count + self.undated.count


@dataclass(frozen=True)
class Standing:
    """The organizations in which a party is the same: a member, an observer or otherwise."""

    kind: Link
    organizations: tuple[Bond, ...]


def read_treaties(memberships: Memberships, reader: Reader, today: dt.date, fold: Fold) -> Bonds:
    """Read the treaties of a party; one binds it from a date on, never because nobody says otherwise."""
    held = [that_counts(each, today) for each in memberships.of(reader.iri).treaties.values()]
    held.sort(key=lambda each: (each.starts, each.group), reverse=True)
    by_state: dict[Held, list[Membership]] = {state: [] for state in Held}
    for each in held:
        by_state[_state(each, today)].append(each)

    def bonds(state: Held, most: int) -> Folded[Bond]:
        folded = fold.first("treaties", by_state[state], most)
        return Folded(tuple(_bonds(reader, folded.shown)), folded.count, folded.href)

    return Bonds(bonds(Held.YES, 10), bonds(Held.NO, 0), bonds(Held.UNKNOWN, 0))


def read_organizations(memberships: Memberships, reader: Reader, today: dt.date) -> tuple[Standing, ...]:
    """Read the organizations of a party that it is not known to have left, by its standing; members first."""
    held = (that_counts(each, today) for each in memberships.of(reader.iri).organizations.values())
    current = [each for each in held if each.period.held_on(today) is not Held.NO]
    current.sort(key=lambda each: (not each.is_full, each.kind))
    standings = (
        Standing(reader.graph.link(kind, reader.language), tuple(_by_name(_bonds(reader, group))))
        for kind, group in groupby(current, key=lambda each: each.kind)
    )
    return tuple(standings)


def _state(membership: Membership, day: dt.date) -> Held:
    period = membership.period
    ended = Period(end=period.end).held_on(day) if period.end else Held.UNKNOWN
    if period.start is None:
        return Held.NO if ended is Held.NO else Held.UNKNOWN
    return period.held_on(day)


def _bonds(reader: Reader, memberships: Iterable[Membership]) -> Iterable[Bond]:
    return (Bond(reader.graph.link(each.group, reader.language), each) for each in memberships)


def _by_name(bonds: Iterable[Bond]) -> list[Bond]:
    return sorted(bonds, key=lambda bond: bond.link.text.casefold())
