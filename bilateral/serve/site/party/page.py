"""The page of a party: its relations, its missions, and who stands in for it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from bilateral.serve.site.citing import citation_links
from bilateral.serve.site.data import data_links
from bilateral.serve.site.fold import Fold, Parted
from bilateral.serve.site.graph import Graph
from bilateral.serve.site.link import Link
from bilateral.serve.site.memberships import Memberships
from bilateral.serve.site.page import Pages
from bilateral.serve.site.party.belonging import read_organizations, read_treaties
from bilateral.serve.site.party.borders import read_neighbours
from bilateral.serve.site.party.history import read_visits, read_wars
from bilateral.serve.site.party.partners import Choice, read_partners
from bilateral.serve.site.party.profile import read_profile
from bilateral.serve.site.party.ranking import read_people, read_shares
from bilateral.serve.site.period import Held, Period
from bilateral.serve.site.reader import Reader

_SECTIONS: Final = ("treaties", "people", "shares", "visits")
"""The sections that a page shows whole only where it is asked to."""


@dataclass(frozen=True)
class Accreditation:
    """Whom somebody represents from elsewhere, and from where."""

    link: Link
    partner: Link | None
    seat: Link | None
    period: Period


class PartyPage:
    """Shows parties."""

    def __init__(self, graph: Graph, pages: Pages, memberships: Memberships) -> None:
        self._graph = graph
        self._pages = pages
        self._memberships = memberships

    def show(self, request: Request, iri: str) -> Response:
        """Show a party, with the relations that the address chooses; one long section whole, as ``?all=`` says.

        Raises:
            BadRequest: the choice has a value that there is not.
        """
        words = self._pages.words(request)
        today = self._pages.clock()
        reader = Reader(self._graph, iri, words)
        title = self._graph.link(iri, words.language).text
        choice = Choice.asked(request.query_params)
        fold = Fold.asked(_SECTIONS, request.query_params)
        partners = read_partners(reader, today)
        chosen = choice.of(partners)
        return self._pages.render(
            request,
            "party.html",
            title=title,
            iri=iri,
            formats=data_links(iri),
            table=reader.panel("party/relations"),
            reference=self._pages.reference(iri, title, words.language),
            citations=citation_links(iri, words.language),
            panel=reader.panel,
            profile=read_profile(reader),
            choice=choice,
            partners=Parted.of(chosen),
            chosen=len(chosen),
            count=len(partners),
            posts=[post for partner in partners for post in partner.sent],
            received=sum(len(partner.received) for partner in partners),
            fold=fold,
            treaties=read_treaties(self._memberships, reader, today, fold),
            organizations=read_organizations(self._memberships, reader, today),
            neighbours=read_neighbours(reader),
            people_elsewhere=read_people(reader, "party/people-elsewhere", fold),
            people_here=read_people(reader, "party/people-here", fold),
            exports=read_shares(reader, "party/export-shares", fold),
            imports=read_shares(reader, "party/import-shares", fold),
            wars=read_wars(reader),
            visits_paid=read_visits(reader, "party/visits-paid", fold),
            visits_received=read_visits(reader, "party/visits-received", fold),
            accredited_elsewhere=Parted.of(_accreditations(reader, "party/accredited-elsewhere", today)),
            accredited_here=Parted.of(_accreditations(reader, "party/accredited-here", today)),
        )


def _accreditations(reader: Reader, name: str, today: dt.date) -> list[Accreditation]:
    found = {}
    for row in reader.rows(name):
        period = Period.of(row)
        if period.held_on(today) is not Held.NO:
            seat = reader.link(row, "mission") or reader.link(row, "posted")
            found[row.text("fact")] = Accreditation(reader.fact(row), reader.link(row, "partner"), seat, period)
    return list(found.values())
