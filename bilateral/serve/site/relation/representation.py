"""Who represents whom: missions and accreditations, in both directions."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bilateral.serve.site.graph import Row
from bilateral.serve.site.link import Link
from bilateral.serve.site.period import Held, Moment, Period
from bilateral.serve.site.reader import Reader
from bilateral.serve.site.relation.overview import Overview, Party


@dataclass(frozen=True)
class Mission:
    """A mission; ``held`` tells whether it was there on the day of the page."""

    link: Link
    sender: str
    kind: Link | None
    place: Link | None
    latitude: str
    longitude: str
    period: Period
    held: Held
    website: str | None
    note: str


@dataclass(frozen=True)
class Accreditation:
    """A person or a mission that is accredited; ``posted`` is the party where a non-resident one sits.

    ``is_resident`` is None where no source says whether the post sits in the receiving party.
    """

    link: Link
    sender: str
    agent: Link | None
    level: Link | None
    is_resident: bool | None
    posted: Link | None
    mission: Link | None
    period: Period
    held: Held
    note: str


@dataclass(frozen=True)
class Side:
    """What one party keeps with the other; what held on the day stands first.

    ``later`` counts the accreditations that are only known from a later day.
    """

    sender: Party
    receiver: Party
    missions: tuple[Mission, ...]
    accreditations: tuple[Accreditation, ...]
    later: int

    @property
    def present(self) -> tuple[Mission, ...]:
        """The missions that were there on the day."""
        return tuple(mission for mission in self.missions if mission.held is Held.YES)

    @property
    def uncertain(self) -> tuple[Mission, ...]:
        """The missions of which nobody knows whether they were there on the day."""
        return tuple(mission for mission in self.missions if mission.held is Held.UNKNOWN)

    @property
    def ambassador(self) -> Accreditation | None:
        """Whoever took office last by the day, and is not known to have left."""
        known = [post for post in self.accreditations if post.agent and post.period.start and post.held is Held.YES]
        return max(known, key=lambda post: post.period.start.first, default=None)  # type: ignore[union-attr]

    @property
    def posts_then(self) -> tuple[Accreditation, ...]:
        """The accreditations that held on the day."""
        return tuple(post for post in self.accreditations if post.held is Held.YES)

    @property
    def posts_else(self) -> tuple[Accreditation, ...]:
        """The accreditations of other times, and those of which that is not known."""
        return tuple(post for post in self.accreditations if post.held is not Held.YES)

    @property
    def non_resident(self) -> tuple[Accreditation, ...]:
        """Who represented the sender on the day without residing."""
        return tuple(post for post in self.accreditations if post.is_resident is False and post.held is Held.YES)


@dataclass(frozen=True)
class Representation:
    """Both directions."""

    sides: tuple[Side, ...]

    @property
    def points(self) -> tuple[Mission, ...]:
        """The missions that a map can show on the day."""
        missions = (mission for side in self.sides for mission in (*side.present, *side.uncertain))
        return tuple(mission for mission in missions if mission.latitude and mission.longitude)


def read_representation(reader: Reader, overview: Overview, day: dt.date, not_before: Moment | None) -> Representation:
    """Read the missions and accreditations of both parties, as they stood on a day.

    ``not_before`` is when ties began: whatever has no start of its own was not there before.
    """
    missions = [_mission(reader, row, day, not_before) for row in _once(reader.rows("relation/missions"))]
    posts = [_accreditation(reader, row, day, not_before) for row in _once(reader.rows("relation/accreditations"))]
    return Representation(tuple(_side(party, overview, missions, posts, day) for party in overview.parties))


def _side(party: Party, overview: Overview, missions: list[Mission], posts: list[Accreditation], day: dt.date) -> Side:
    own = [post for post in posts if post.sender == party.iri]
    known = [post for post in own if not post.period.is_after(day)]
    return Side(
        sender=party,
        receiver=overview.other(party.iri),
        missions=tuple(sorted((mission for mission in missions if mission.sender == party.iri), key=_rank)),
        accreditations=tuple(sorted(known, key=_rank)),
        later=len(own) - len(known),
    )


def _once(rows: list[Row]) -> list[Row]:
    """Keep the first row of each fact: one with two places or websites has several."""
    return list({row.text("fact"): row for row in reversed(rows)}.values())[::-1]


def _rank(fact: Mission | Accreditation) -> tuple[int, str]:
    known = fact.period.start or fact.period.end or fact.period.first_attested
    return ((Held.YES, Held.UNKNOWN, Held.NO).index(fact.held), known.lexical if known else "9")


def _mission(reader: Reader, row: Row, day: dt.date, not_before: Moment | None) -> Mission:
    period = Period.of(row)
    site = row.text("site")
    return Mission(
        link=reader.fact(row),
        sender=row.text("from"),
        kind=reader.link(row, "kind"),
        place=reader.link(row, "place"),
        latitude=row.text("latitude"),
        longitude=row.text("longitude"),
        period=period,
        held=period.held_on(day, not_before=not_before),
        website=site if site.startswith(("https://", "http://")) else None,
        note=row.text("note"),
    )


def _accreditation(reader: Reader, row: Row, day: dt.date, not_before: Moment | None) -> Accreditation:
    period = Period.of(row)
    if period == Period():  # the date of a state of affairs is one on which it is on record
        period = Period(first_attested=Moment.parse(row.text("date")))
    return Accreditation(
        link=reader.fact(row),
        sender=row.text("from"),
        agent=reader.link(row, "agent"),
        level=reader.link(row, "level"),
        is_resident=row.text("resident") == "true" if row.has("resident") else None,
        posted=reader.link(row, "posted"),
        mission=reader.link(row, "mission"),
        period=period,
        held=period.held_on(day, not_before=not_before),
        note=row.text("note"),
    )
