"""Rules of entry: what the nationals of each party need to enter the other."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bilateral.serve.site.link import Link
from bilateral.serve.site.period import Held, Period
from bilateral.serve.site.reader import Reader
from bilateral.serve.site.relation.overview import Overview, Party


@dataclass(frozen=True)
class Rule:
    """A rule, for how many days where the source says, and when it was seen."""

    link: Link
    nationals: str
    kind: Link | None
    days: str
    period: Period
    held: Held
    note: str

    @property
    def since(self) -> dt.date:
        """The day from which it is known."""
        seen = self.period.start or self.period.first_attested
        return seen.first if seen else dt.date.min


@dataclass(frozen=True)
class Direction:
    """The rules for the nationals of one party, in the order of time, and the one of the day."""

    nationals: Party
    destination: Party
    rules: tuple[Rule, ...]
    current: Rule | None


def read_directions(reader: Reader, overview: Overview, day: dt.date) -> tuple[Direction, ...]:
    """Read the rules of entry in both directions; a newer rule takes the place of an older one."""
    rules = [
        Rule(
            link=reader.fact(row),
            nationals=row.text("from"),
            kind=reader.link(row, "kind"),
            days=row.text("days"),
            period=(period := Period.of(row)),
            held=period.held_on(day),
            note=row.text("note"),
        )
        for row in reader.rows("relation/visa-rules")
    ]
    return tuple(_direction(party, overview, rules, day) for party in overview.parties)


def _direction(party: Party, overview: Overview, rules: list[Rule], day: dt.date) -> Direction:
    own = tuple(sorted((rule for rule in rules if rule.nationals == party.iri), key=lambda rule: rule.since))
    held = [rule for rule in own if rule.held is Held.YES]
    current = max(held, key=lambda rule: rule.period.precedence(day), default=None)
    return Direction(party, overview.other(party.iri), own, current)
