"""Visits abroad of presidents and secretaries of state, and visits of foreign leaders: who visited whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bilateral.build import names
from bilateral.build.fact import directed, fact, moment
from bilateral.build.source import LeftOut
from bilateral.build.sources.histstate.countries import ABOUT, USA, Countries
from bilateral.build.sources.histstate.people import People
from bilateral.build.thing import Property, Texts, Thing, node, ref, texts
from bilateral.build.world import World


@dataclass(frozen=True)
class Visit:
    """A visit of one person: from one party to the other, with the place in the source."""

    part: str
    row: Mapping[str, str]
    name: str
    person: str
    called: str
    office: str
    sender: str
    receiver: str


class Visits:
    """All visits, judged: those that become facts, and what is left out."""

    def __init__(self, world: World) -> None:
        self.found: list[Visit] = []
        self.left_out: list[LeftOut] = []
        self._countries = Countries(world)
        self._visitors: dict[tuple[str, str], list[Mapping[str, str]]] = {}
        for decided in world.decisions("histstate-visitors"):
            self._visitors.setdefault((decided["country"], decided["visitor"]), []).append(decided)
        self._seen: dict[tuple[str, ...], str] = {}
        for row in world.rows(ABOUT.name, "travels"):
            self._judge("travels", row, [Visitor(row["person"], row["name"], row["role"])])
        for row in world.rows(ABOUT.name, "visits"):
            self._judge("visits", row, self._named(row))

    def _named(self, row: Mapping[str, str]) -> list[Visitor]:
        """Tell who a visitor is, on the day of the visit."""
        found: dict[str, Visitor] = {}
        for decided in self._visitors[row["country"], row["visitor"]]:
            if not decided["before"] or row["start"] < decided["before"]:
                # of two lines about one name the earlier one holds; two people in one row have two titles
                found.setdefault(decided["office"], Visitor(decided["person"], decided["name"], decided["office"]))
        return [*found.values()]

    def _judge(self, part: str, row: Mapping[str, str], visitors: list[Visitor]) -> None:
        party, reason = self._countries.find(part, row["id"], row["country"], row["start"])
        for number, visitor in enumerate(visitors, 1):
            key = (part, visitor.person, row["country"], row["start"], row["end"])
            again = f"it is listed as number {self._seen[key]} as well" if key in self._seen else ""
            unsaid = "" if visitor.office else "it does not say which office the visitor held"
            if reason or unsaid or again:
                self.left_out.append(LeftOut(part, row["id"], reason or unsaid or again))
                continue
            self._seen[key] = row["id"]
            pair = (USA, party) if part == "travels" else (party, USA)
            name = f"{part.removesuffix('s')}-histstate-{row['id']}" + (f"-{number}" if number > 1 else "")
            self.found.append(Visit(part, row, name, visitor.person, visitor.name, visitor.office, *pair))


@dataclass(frozen=True)
class Visitor:
    """Who visits: identifier, name, and the office as the table of offices has it."""

    person: str
    name: str
    office: str


def facts(world: World, people: People) -> Iterator[Thing]:
    """Describe all visits."""
    offices = {row["office"]: row for row in world.decisions("histstate-offices")}
    capitals = {row["code"]: row for row in world.rows("parties", "parties")}
    for visit in Visits(world).found:
        labels = names.visit(visit.called, world.parties[visit.receiver].names, visit.row["start"][:4])
        cited = ABOUT.cite(visit.name, f"{visit.part}, id {visit.row['id']}", "listed", fact=labels)
        yield cited
        properties = (
            *directed(visit.sender, visit.receiver),
            ("bilat:kind", ref(f"visit:{visit.row['kind']}")),
            ("bilat:visitor", node(people.meet(visit.part, visit.person, visit.called))),
            *moment(visit.row["start"], visit.row["end"]),
            *texts("bilat:office", _office(world, offices[visit.office], visit.sender)),
            *_place(world, visit.row.get("places", ""), capitals.get(visit.receiver)),
            *texts("rdfs:label", labels),
        )
        yield fact("bilat:OfficialVisit", (visit.sender, visit.receiver), visit.name, [cited.iri], properties)


def _office(world: World, office: Mapping[str, str], party: str) -> Texts:
    return names.office(office, world.parties[party].names) if office["of"] else office


def _place(world: World, places: str, party: Mapping[str, str] | None) -> Iterator[Property]:
    """Say where, if that is the capital alone: other places have no item here."""
    if party and party["capital_item"] and places == party["capital"]:
        yield ("schema:location", node(world.place_iri(party["capital_item"])))
