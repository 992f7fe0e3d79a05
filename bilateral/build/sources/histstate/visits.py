"""Visits abroad of presidents and secretaries of state, and visits of foreign leaders."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bilateral.build import names
from bilateral.build.fact import citation, directed, fact
from bilateral.build.source import LeftOut, Raw, Record, Row
from bilateral.build.sources.histstate.decisions import USA, Countries
from bilateral.build.sources.histstate.people import People
from bilateral.build.sources.histstate.words import listed, moment
from bilateral.build.thing import Property, Texts, Thing, node, ref, texts
from bilateral.build.world import World

TRAVELS_FILE: Final = "histstate/travels/us_travels.csv.gz"
VISITS_FILE: Final = "histstate/visits/visits_to_us.csv.gz"
_BODIES: Final = (
    r"NATO|North Atlantic|APEC|Asia-Pacific|G-?[78]\b|G-?20|Group of|Economic Summit|ASEAN|East Asia Summit|OAS|"
    r"Organization of American States|Summit of the Americas|CENTO|SEATO|ANZUS|OSCE|CSCE|United Nations|UN\b|U\.N\.|"
    r"Nuclear Security|Africa Leaders|Peace Conference"
)
_KINDS: Final = {
    r"State visit": "state-visit",
    r"Offic?ial working visit": "official-working-visit",
    r"Offic?ial visit": "official-visit",
    r"Working visit": "working-visit",
    r"(?:Private|Unofficial) visit": "private-visit",
    r"Informal visit": "informal-visit",
    rf"Attended [^.;]*(?:{_BODIES})": "multilateral-attendance",
    r"Stopped (?:while )?en route|Stopped while|Overnight stop": "stopover",
}
"""The kinds of visit by the words with which a remark begins; the remark itself is left aside."""
_UNSTATED: Final = "visit"


def travel_rows(raw: Raw) -> Iterator[Row]:
    """Give the journeys of presidents and secretaries of state."""
    used = ("id", "role", "who", "name", "start_date", "end_date", "country_id", "country", "locale", "remarks")
    for record in raw.records(TRAVELS_FILE, used=used):
        who = (record["role"], record["who"], _plain(record["name"]))
        where = (record["country_id"], _plain(record["country"]), _plain(record["locale"]))
        yield (record["id"], *who, *where, record["start_date"], record["end_date"], _kind(record["remarks"]))


def visit_rows(raw: Raw) -> Iterator[Row]:
    """Give the visits of foreign leaders."""
    used = ("id", "start_date", "end_date", "visitor", "from_ids", "from", "description")
    for record in raw.records(VISITS_FILE, used=used):
        if record["start_date"] > record["end_date"]:
            record.fail("ends before it begins")
        yield (record["id"], _visitor(record), record["from_ids"], _plain(record["from"]), *_dates(record))


def _dates(record: Record) -> Row:
    return (record["start_date"], record["end_date"], _kind(record["description"]))


def _visitor(record: Record) -> str:
    return _plain(record["visitor"]) or record.fail("has no visitor")


def _plain(words: str) -> str:
    return " ".join(words.split())


def _kind(remark: str) -> str:
    found = (kind for words, kind in _KINDS.items() if re.match(words, _plain(remark), re.IGNORECASE))
    return next(found, _UNSTATED)


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
        for row in world.rows("histstate", "travels"):
            self._judge("travels", row, [Visitor(row["person"], row["name"], row["role"])])
        for row in world.rows("histstate", "visits"):
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


def visit_facts(world: World, source: str, people: People) -> Iterator[Thing]:
    """Describe all visits."""
    offices = {row["office"]: row for row in world.decisions("histstate-offices")}
    capitals = {row["code"]: row for row in world.rows("parties", "parties")}
    for visit in Visits(world).found:
        labels = names.visit(visit.called, world.parties[visit.receiver].names, visit.row["start"][:4])
        cited = citation(source, visit.name, f"{visit.part}, id {visit.row['id']}", listed(labels))
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
