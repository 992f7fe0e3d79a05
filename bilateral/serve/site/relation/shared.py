"""What the parties share: the treaties that bind both, and the organizations to which both belong."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum
from typing import Final

from bilateral.serve.site.fold import Fold, Folded
from bilateral.serve.site.link import Link, address_of
from bilateral.serve.site.memberships import Membership, Memberships, that_counts
from bilateral.serve.site.period import Held, Moment, Period
from bilateral.serve.site.reader import Reader
from bilateral.serve.site.relation.overview import Overview

_MOST: Final = 10
"""Treaties that a page shows by itself."""


class Bond(Enum):
    """How a treaty stood between two parties on a day."""

    BOTH = "binds both"
    UNDATED = "both belong; since when is not known"
    NO_MORE = "no more"
    NOT_YET = "not yet"


@dataclass(frozen=True)
class SharedTreaty:
    """A treaty to which both parties belong.

    ``since`` is when it has bound both from, the later of two days, or None where that is not known of both;
    ``until`` the first day on which it bound one of them no more, where it has ended.
    """

    first: Membership
    second: Membership
    since: Moment | None
    until: Moment | None

    @classmethod
    def of(cls, first: Membership, second: Membership) -> SharedTreaty:
        """Put two memberships of one treaty together."""
        starts = [each.period.start for each in (first, second) if each.period.start]
        ends = [each.period.end for each in (first, second) if each.period.end]
        return cls(first, second, max(starts) if len(starts) == 2 else None, min(ends, default=None))

    def bond_on(self, day: dt.date) -> Bond:
        """Tell how it stood on a day; a treaty binds from a date on, never because nobody says otherwise."""
        if self.until is not None and day >= self.until.last:
            return Bond.NO_MORE
        if self.since is not None and day >= self.since.last:
            return Bond.BOTH if self.until is None or day < self.until.first else Bond.UNDATED
        starts = (self.first.period.start, self.second.period.start)
        return Bond.NOT_YET if any(start and day < start.first for start in starts) else Bond.UNDATED


@dataclass(frozen=True)
class TreatyLine:
    """A shared treaty as the page shows it; each party's membership has its address."""

    link: Link
    since: Moment | None
    until: Moment | None
    parties: tuple[Membership, ...]


@dataclass(frozen=True)
class SharedTreaties:
    """The treaties to which both belong, by how they stood on the day, those that bind both latest first.

    Of those that did not bind both, as far as is known, there are lines where the page shows all.
    """

    both: Folded[TreatyLine]
    undated: Folded[TreatyLine]
    no_more: Folded[TreatyLine]
    not_yet: Folded[TreatyLine]

    @property
    def count(self) -> int:
        """How many there are in all."""
        return self.both.count + self.undated.count + self.no_more.count + self.not_yet.count


@dataclass(frozen=True)
class Standing:
    """What a party is in an organization; ``kind`` where it is no full member."""

    party: Link
    href: str | None
    kind: Link | None


@dataclass(frozen=True)
class SharedOrganization:
    """An organization to which both parties belonged on the day."""

    link: Link
    standings: tuple[Standing, ...]

    @property
    def is_full(self) -> bool:
        """Whether both are full members."""
        return all(standing.kind is None for standing in self.standings)


@dataclass(frozen=True)
class SharedOrganizations:
    """The organizations to which both belonged on the day, and how many of which that is not known."""

    members: tuple[SharedOrganization, ...]
    others: tuple[SharedOrganization, ...]
    undated: int
    last_seen: Moment | None


def read_treaties(
    memberships: Memberships, reader: Reader, overview: Overview, day: dt.date, fold: Fold
) -> SharedTreaties:
    """Read the treaties to which both belong, as they stood on a day."""
    first, second = (memberships.of(party.iri).treaties for party in overview.parties)
    both = first.keys() & second.keys()
    shared = [SharedTreaty.of(that_counts(first[iri], day), that_counts(second[iri], day)) for iri in both]
    shared.sort(key=lambda each: (each.since.first if each.since else dt.date.min, each.first.group), reverse=True)
    by_bond: dict[Bond, list[SharedTreaty]] = {bond: [] for bond in Bond}
    for each in shared:
        by_bond[each.bond_on(day)].append(each)

    def lines(bond: Bond, most: int) -> Folded[TreatyLine]:
        folded = fold.first("treaties", by_bond[bond], most)
        return Folded(tuple(_line(reader, each) for each in folded.shown), folded.count, folded.href)

    return SharedTreaties(lines(Bond.BOTH, _MOST), *(lines(bond, 0) for bond in Bond if bond is not Bond.BOTH))


def _line(reader: Reader, shared: SharedTreaty) -> TreatyLine:
    link = reader.graph.link(shared.first.group, reader.language)
    return TreatyLine(link, shared.since, shared.until, (shared.first, shared.second))


def read_organizations(
    memberships: Memberships, reader: Reader, overview: Overview, day: dt.date, *, is_today: bool
) -> SharedOrganizations:
    """Read the organizations to which both belonged on a day, by name.

    Who was only seen as a member later may have been one on the day or not; whose membership has no date at all is
    one today.
    """
    held = [memberships.of(party.iri).organizations for party in overview.parties]
    both = [[that_counts(each[iri], day) for each in held] for iri in held[0] if iri in held[1]]
    states = [[_state(membership, day, is_today=is_today) for membership in pair] for pair in both]
    known = [pair for pair, state in zip(both, states, strict=True) if set(state) == {Held.YES}]
    shared = sorted(
        (_organization(reader, overview, pair) for pair in known), key=lambda each: each.link.text.casefold()
    )
    seen = [membership.period.last_attested for pair in known for membership in pair]
    return SharedOrganizations(
        members=tuple(each for each in shared if each.is_full),
        others=tuple(each for each in shared if not each.is_full),
        undated=sum(1 for state in states if Held.UNKNOWN in state and Held.NO not in state),
        last_seen=max((moment for moment in seen if moment), default=None),
    )


def _state(membership: Membership, day: dt.date, *, is_today: bool) -> Held:
    if membership.period == Period():
        return Held.YES if is_today else Held.UNKNOWN
    return membership.period.held_on(day)


def _organization(reader: Reader, overview: Overview, pair: list[Membership]) -> SharedOrganization:
    standings = tuple(
        Standing(
            party=party.link,
            href=address_of(membership.iri),
            kind=None if membership.is_full else reader.graph.link(membership.kind, reader.language),
        )
        for party, membership in zip(overview.parties, pair, strict=True)
    )
    return SharedOrganization(reader.graph.link(pair[0].group, reader.language), standings)
