"""The memberships of a treaty: each party, and from when to when it was bound."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bilateral.build.sources.manytreaties.codes import Codes
from bilateral.build.sources.manytreaties.periods import OPEN, Period, resolved
from bilateral.build.sources.manytreaties.titles import Row
from bilateral.build.sources.manytreaties.unstated import Unstated
from bilateral.build.world import World

_MANY: Final = 3
"""From so many parties on, an end on one day is doubted: the source has spread the end of one to others."""


@dataclass(frozen=True)
class Membership:
    """A party of a treaty; its name tells the memberships of the treaty apart."""

    party: str
    name: str
    ratified: str
    force: str
    end: str


class Memberships:
    """The making of memberships from the rows about parties, as far as the state of the source goes."""

    def __init__(self, world: World, codes: Codes, dates: Mapping[str, str], until: str, unstated: Unstated) -> None:
        self._parties = world.parties
        self._codes = codes
        self._dates = dates
        self._until = until
        self._unstated = unstated

    def of(self, treaty: str, end: str, rows: Iterable[Row]) -> tuple[Membership, ...]:
        """Give the memberships of a treaty, which may have an end."""
        made = self._undoubted(treaty, end, [*self._made(treaty, rows)])
        if not made:
            self._unstated.add(treaty, "no party is known to be bound")
        return made

    def _made(self, treaty: str, rows: Iterable[Row]) -> Iterator[Membership]:
        periods: dict[str, set[Period]] = defaultdict(set)
        unbound: set[str] = set()
        for row in rows:
            period = self._period(treaty, row)
            if not period.start:
                unbound.add(row["state"])
                continue
            for party, cut in self._codes.cut(treaty, row["state"], period):
                periods[party].add(cut)
        if unbound:
            self._unstated.add(treaty, "neither ratified nor in force: may have signed alone", *sorted(unbound))
        for party in sorted(periods):
            for number, period in enumerate(resolved(treaty, party, periods[party], self._unstated), 1):
                own = party if number == 1 else f"{party}-{number}"
                yield Membership(party, own, period.ratified, period.force, period.end.strip(OPEN))

    def _period(self, treaty: str, row: Row) -> Period:
        ratified, force, end = (
            self._dates.get(row[name], row[name]) for name in ("state_ratified", "state_force", "state_end")
        )
        if force > self._until:
            self._unstated.add(treaty, "in force only after the state of the source", row["state"], force)
            force = ""
        return Period(force, ratified, end or (OPEN if row["state_end"] else ""))

    def _undoubted(self, treaty: str, end: str, memberships: Sequence[Membership]) -> tuple[Membership, ...]:
        """Leave out ends that the source gives to several at once of a treaty that goes on: most are errors."""
        left = Counter(one.end for one in memberships if not self._parties[one.party].end)
        doubted = {day for day, count in left.items() if day not in {"", end} and count >= _MANY and left[""]}
        for one in memberships:
            if one.end in doubted:
                reason = f"{_MANY} parties or more end on one day, while the treaty goes on for others"
                self._unstated.add(treaty, reason, f"{one.party}={one.end}")
        return tuple(one for one in memberships if one.end not in doubted)
