"""Describing a relation as of a day, by what its page is made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from bilateral.serve.mcp.answers import Claim, Contest, Fact, Relation, Source
from bilateral.serve.site.fold import Fold
from bilateral.serve.site.graph import Graph
from bilateral.serve.site.link import Link
from bilateral.serve.site.memberships import Memberships
from bilateral.serve.site.period import Moment, Period
from bilateral.serve.site.reader import Reader
from bilateral.serve.site.relation.agreements import read_agreements
from bilateral.serve.site.relation.contested import read_contests
from bilateral.serve.site.relation.coverage import read_coverage
from bilateral.serve.site.relation.entry import read_directions
from bilateral.serve.site.relation.happenings import read_happenings
from bilateral.serve.site.relation.neighbours import read_border
from bilateral.serve.site.relation.overview import Overview, read_overview
from bilateral.serve.site.relation.people import read_people
from bilateral.serve.site.relation.reader import RelationReader
from bilateral.serve.site.relation.representation import read_representation
from bilateral.serve.site.relation.series import read_trade, read_votes
from bilateral.serve.site.relation.shared import read_organizations, read_treaties
from bilateral.serve.site.relation.ties import read_ties
from bilateral.serve.site.relation.wars import read_wars
from bilateral.serve.site.thing.receipt import read_sources
from bilateral.snapshot import Manifest
from bilateral.terms import BASE
from bilateral.words import Words

_HAPPENINGS = ("events", "visits", "aid", "defence", "culture")
_MOST_EVENTS = 60
"""Events that are told, the latest; a query gives all."""


def describe(  # noqa: PLR0917 - what a page is made of
    graph: Graph, memberships: Memberships, manifest: Manifest, iri: str, day: dt.date, today: dt.date, words: Words
) -> Relation:
    """Describe a relation as of a day.

    Raises:
        NotFound: it has no two parties.
    """
    reader = RelationReader(graph, iri, words)
    overview = read_overview(reader)
    return Relation(
        iri=iri,
        name=graph.link(iri, words.language).text,
        as_of=day.isoformat(),
        representation=list(_representation(reader, overview, day)),
        agreements=list(_agreements(reader, day)),
        treaties=list(_treaties(reader, memberships, overview, day)),
        organizations=list(_organizations(reader, memberships, overview, day, is_today=day == today)),
        rules_of_entry=list(_rules(reader, overview, day)),
        events=sorted(_events(reader, day), key=lambda fact: fact.since or "")[-_MOST_EVENTS:],
        figures=list(_figures(reader, day)),
        contested=[*_contests(reader)],
        unknown=[known.kind.text for known in read_coverage(reader, manifest.classes).unknown],
        data_version=manifest.data_version,
    )


def sources_of(reader: Reader) -> list[Source]:
    """Give the sources of a thing, each place in one once."""
    return [
        Source(each.link.text, each.url.href if each.url else None, each.locator or None, each.accessed or None)
        for each in read_sources(reader)
    ]


def _representation(reader: Reader, overview: Overview, day: dt.date) -> Iterator[Fact]:
    ties = read_ties(reader, day)
    began = ties.establishment.date if ties.establishment else None
    for side in read_representation(reader, overview, day, began).sides:
        for mission in side.missions:
            kind = mission.kind.text if mission.kind else ""
            yield _fact(reader, mission.link, kind, mission.period, mission.held.value, mission.place)
        for post in side.accreditations:
            kind = post.level.text if post.level else ""
            yield _fact(reader, post.link, kind, post.period, post.held.value, post.agent, post.posted)


def _agreements(reader: Reader, day: dt.date) -> Iterator[Fact]:
    for each in read_agreements(reader, day):
        since = each.in_force or each.signed
        kind = each.kind.text if each.kind else ""
        yield _fact(reader, each.link, kind, Period(since, each.end), each.standing.value)


def _treaties(reader: Reader, memberships: Memberships, overview: Overview, day: dt.date) -> Iterator[Fact]:
    for line in read_treaties(memberships, reader, overview, day, Fold(("treaties",))).both.shown:
        yield _fact(reader, line.link, "", Period(line.since, line.until), "yes")


def _organizations(
    reader: Reader, memberships: Memberships, overview: Overview, day: dt.date, *, is_today: bool
) -> Iterator[Fact]:
    shared = read_organizations(memberships, reader, overview, day, is_today=is_today)
    for each in (*shared.members, *shared.others):
        others = (Link(f"{one.party.text}: {one.kind.text}") for one in each.standings if one.kind)
        yield _fact(reader, each.link, "", Period(), "yes", *others)


def _rules(reader: Reader, overview: Overview, day: dt.date) -> Iterator[Fact]:
    for direction in read_directions(reader, overview, day):
        rule = direction.current
        if rule is not None:
            who = Link(f"{direction.nationals.link.text} → {direction.destination.link.text}")
            days = Link(f"{rule.days} days") if rule.days else None
            yield _fact(reader, rule.link, rule.kind.text if rule.kind else "", rule.period, "yes", who, days)


def _events(reader: Reader, day: dt.date) -> Iterator[Fact]:
    for name in _HAPPENINGS:
        for each in read_happenings(reader, f"relation/{name}", day):
            details = (*each.visitors, Link(each.amount) if each.amount else None, each.status)
            yield _fact(reader, each.link, each.kind.text if each.kind else name, each.period, None, *details)
    for war in read_wars(reader, day):
        yield _fact(reader, war.link, "", war.period, war.held.value, war.war)


def _figures(reader: RelationReader, day: dt.date) -> Iterator[Fact]:
    people = read_people(reader, day)
    for figure in (read_trade(reader, day)[0], read_votes(reader, day), people.migrants, people.refugees):
        for name, line, cell in figure.latest:
            value = Link(cell.text)
            yield _fact(reader, Link(name, cell.href), name, Period(line.start, line.end), None, value)
    for each in read_border(reader, (), day).lengths:
        name = each.measure.text if each.measure else ""
        yield _fact(reader, Link(name, each.cell.href), name, each.period, None, Link(each.cell.text))


def _fact(reader: Reader, link: Link, kind: str, period: Period, held: str | None, *details: Link | None) -> Fact:
    iri = f"{BASE}{(link.href or '').lstrip('/')}"
    text = ", ".join([link.text, *(detail.text for detail in details if detail)])
    since = period.start or period.first_attested
    sources = sources_of(Reader(reader.graph, iri, reader.words))
    return Fact(iri, kind, text, _lexical(since), _lexical(period.end), held, sources)


def _lexical(moment: Moment | None) -> str | None:
    return moment.lexical if moment else None


def _contests(reader: Reader) -> Iterable[Contest]:
    for contest in read_contests(reader):
        claims = [
            Claim(
                value=claim.value.text,
                rank=claim.rank.text,
                reason=claim.reason.text if claim.reason else None,
                sources=[statement.source.text for statement in claim.statements],
            )
            for claim in contest.claims
        ]
        yield Contest(contest.fact.text, contest.property.text, claims)
