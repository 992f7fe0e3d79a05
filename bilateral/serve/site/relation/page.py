"""The page of a relation: what two parties share, as of any day."""

from __future__ import annotations

import datetime as dt
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from bilateral.errors import BadRequest
from bilateral.message import Message
from bilateral.serve.site.citing import citation_links
from bilateral.serve.site.data import data_links
from bilateral.serve.site.fold import Fold
from bilateral.serve.site.graph import Graph
from bilateral.serve.site.markup import dataset_of
from bilateral.serve.site.memberships import Memberships
from bilateral.serve.site.page import Pages
from bilateral.serve.site.relation.agreements import read_agreements
from bilateral.serve.site.relation.contested import read_contests
from bilateral.serve.site.relation.coverage import read_coverage
from bilateral.serve.site.relation.entry import read_directions
from bilateral.serve.site.relation.happenings import read_happenings
from bilateral.serve.site.relation.neighbours import read_border
from bilateral.serve.site.relation.overview import read_overview
from bilateral.serve.site.relation.people import read_people
from bilateral.serve.site.relation.reader import RelationReader
from bilateral.serve.site.relation.representation import read_representation
from bilateral.serve.site.relation.series import read_measures, read_trade, read_votes
from bilateral.serve.site.relation.shared import read_organizations, read_treaties
from bilateral.serve.site.relation.shares import read_shares
from bilateral.serve.site.relation.ties import read_ties
from bilateral.serve.site.relation.timeline import read_timeline, turning_points
from bilateral.serve.site.relation.visits import read_visits
from bilateral.serve.site.relation.wars import read_wars

_EARLIEST: Final = dt.date(1500, 1, 1)
"""Before any fact of the graph."""
_SECTIONS: Final = ("treaties", "visits", "timeline")
"""The sections that a page shows whole only where it is asked to."""


class RelationPage:
    """Shows relations."""

    def __init__(self, graph: Graph, pages: Pages, memberships: Memberships) -> None:
        self._graph = graph
        self._pages = pages
        self._memberships = memberships

    def show(self, request: Request, iri: str) -> Response:
        """Show a relation as of the day in ``?asOf=``, or today; one long section whole, as ``?all=`` says.

        Raises:
            BadRequest: the day is none, or has not come yet; or there is no such section.
        """
        words = self._pages.words(request)
        today = self._pages.clock()
        day = as_of(request.query_params.get("asOf"), today)
        fold = Fold.asked(_SECTIONS, request.query_params)
        reader = RelationReader(self._graph, iri, words)
        overview = read_overview(reader)
        coverage = read_coverage(reader, self._pages.manifest.classes)
        ties = read_ties(reader, day)
        began = ties.establishment.date if ties.establishment else None
        timeline = read_timeline(reader, day, fold)
        trade, other_trade = read_trade(reader, day)
        contests = read_contests(reader)
        title = self._graph.link(iri, words.language).text
        return self._pages.render(
            request,
            "relation.html",
            title=title,
            markup=dataset_of(iri, title, words, self._pages.public_url, self._pages.manifest),
            iri=iri,
            formats=data_links(iri),
            table=reader.panel("relation/facts"),
            reference=self._pages.reference(iri, title, words.language),
            citations=citation_links(iri, words.language),
            panel=reader.panel,
            day=day,
            today=today,
            is_today=day == today,
            overview=overview,
            coverage=coverage,
            ties=ties,
            timeline=timeline,
            turning_points=turning_points(timeline),
            representation=read_representation(reader, overview, day, began),
            agreements=read_agreements(reader, day),
            fold=fold,
            treaties=read_treaties(self._memberships, reader, overview, day, fold),
            organizations=read_organizations(self._memberships, reader, overview, day, is_today=day == today),
            visits=read_visits(reader, overview, day, fold),
            trade=trade,
            other_trade=other_trade,
            entry=read_directions(reader, overview, day),
            votes=read_votes(reader, day),
            shares=read_shares(reader, day),
            people=read_people(reader, day),
            measures=read_measures(reader, day),
            border=read_border(reader, contests, day),
            wars=read_wars(reader, day),
            events=read_happenings(reader, "relation/events", day),
            culture=read_happenings(reader, "relation/culture", day),
            aid=read_happenings(reader, "relation/aid", day),
            defence=read_happenings(reader, "relation/defence", day),
            contests=contests,
        )


def as_of(asked: str | None, today: dt.date) -> dt.date:
    """Read the day for which a page is asked; today where none is.

    Raises:
        BadRequest: it is no day, or lies ahead.
    """
    if not asked:
        return today
    try:
        day = dt.date.fromisoformat(asked)
    except ValueError as error:
        raise BadRequest(Message("asOf must be a day as in ?asOf=1971-07-01, not {asked}.", asked=asked)) from error
    if not _EARLIEST <= day <= today:
        raise BadRequest(
            Message(
                "asOf must be a day from {earliest} to today, {today}; nobody knows what holds on {day}.",
                earliest=_EARLIEST,
                today=today,
                day=day,
            )
        )
    return day
