"""Members: the parties of a treaty or an organization, with their dates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bilateral.serve.site.graph import Row
from bilateral.serve.site.link import Link, address_of
from bilateral.serve.site.period import Moment
from bilateral.serve.site.reader import Reader
from bilateral.terms import expand

BELONGING: Final = frozenset((expand("bilat:treaty"), expand("org:organization")))
"""The properties by which memberships point to what the party belongs to."""


@dataclass(frozen=True)
class Member:
    """A party that belongs; ``href`` is the receipt of its membership."""

    party: Link
    href: str | None
    kind: Link | None
    ratified: Moment | None
    start: Moment | None
    end: Moment | None
    last_attested: Moment | None


@dataclass(frozen=True)
class Members:
    """All parties that belong, by name, and which of the columns any of them fills."""

    members: tuple[Member, ...]

    @property
    def columns(self) -> frozenset[str]:
        """The attributes that are known of any."""
        names = ("kind", "ratified", "start", "end", "last_attested")
        return frozenset(name for name in names if any(getattr(member, name) for member in self.members))


def read_members(reader: Reader) -> Members:
    """Read who belongs to a treaty or an organization; of anything else nobody does."""
    rows = {row.text("membership"): row for row in reader.rows("thing/members")}
    members = (_member(reader, row) for row in rows.values())
    return Members(tuple(sorted(members, key=lambda member: member.party.text.casefold())))


def _member(reader: Reader, row: Row) -> Member:
    return Member(
        party=reader.graph.link(row.text("party"), reader.language),
        href=address_of(row.text("membership")),
        kind=reader.link(row, "kind"),
        ratified=Moment.parse(row.text("ratified")),
        start=Moment.parse(row.text("inForce") or row.text("start")),
        end=Moment.parse(row.text("end")),
        last_attested=Moment.parse(row.text("lastAttested")),
    )
