"""The United States and every other country, by the Office of the Historian: visits, chiefs of mission, a timeline."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bilateral.build.source import Column, LeftOut, RawFile, Source, Table
from bilateral.build.sources.histstate import missions, timeline, visits
from bilateral.build.sources.histstate.people import People
from bilateral.build.thing import Thing
from bilateral.build.world import World
from bilateral.terms import CC0

_COUNTRY: Final = Column("country", "the source's name for a country, of today or of the past")
_DATES: Final = (Column("start", "first day", "date"), Column("end", "last day", "date"))
_KIND: Final = Column("kind", "kind of visit, where the remark begins with it; else visit")


def _facts(world: World) -> Iterator[Thing]:
    people = People(world, SOURCE.iri)
    yield from visits.visit_facts(world, SOURCE.iri, people)
    yield from missions.facts(world, SOURCE.iri, people)
    yield from timeline.facts(world, SOURCE.iri)
    yield from people.things()


def _left_out(world: World) -> Iterator[LeftOut]:
    yield from visits.Visits(world).left_out
    yield from missions.Chiefs(world).left_out
    yield from timeline.left_out(world)


SOURCE: Final = Source(
    name="histstate",
    title="Travels of the President and of the Secretary of State; Visits by Foreign Leaders; Principal Officers and "
    "Chiefs of Mission; Guide to Recognition, Diplomatic, and Consular Relations",
    publisher="Office of the Historian, U.S. Department of State",
    license=CC0,
    address="https://github.com/HistoryAtState",
    version="2026-07-24",
    files=(
        RawFile(visits.TRAVELS_FILE, "1f191d29b312a1d6de214dd7dddb59747c45eaedfbd7b341d94f627505734526"),
        RawFile(visits.VISITS_FILE, "8f89266f3492b76ff0e794caccd3de2f3f7e18773d738deb72dde772ad86fb45"),
        RawFile(missions.FILE, "7533d4602d12f1b5ecf306f28575077bc416ad6a8118515bf2abb8b246793fc4"),
        RawFile(timeline.FILE, "a8c2b50a0f4b59537a0912e841686e12c308a494002e52f6444045ec39fe521c"),
    ),
    facts=_facts,
    left_out=_left_out,
    tables=(
        Table(
            "travels",
            "Journeys abroad of presidents and secretaries of state of the United States",
            (
                Column("id", "number in the source"),
                Column("role", "president or secretary"),
                Column("person", "the source's identifier of the person"),
                Column("name", "name of the person"),
                _COUNTRY,
                Column("named", "the country as it is named there"),
                Column("places", "cities and other places, parted by commas"),
                *_DATES,
                _KIND,
            ),
            visits.travel_rows,
            floor=4271,
            ceiling=4271,
        ),
        Table(
            "visits",
            "Visits of foreign heads of state and government to the United States",
            (
                Column("id", "number in the source"),
                Column("visitor", "title and name of the visitor"),
                _COUNTRY,
                Column("named", "the country as it is named there"),
                *_DATES,
                _KIND,
            ),
            visits.visit_rows,
            floor=3264,
            ceiling=3264,
        ),
        Table(
            "missions",
            "Chiefs of mission of the United States",
            (
                Column("id", "identifier in the source"),
                Column("number", "which of the rows with this identifier it is", "integer"),
                _COUNTRY,
                Column("person", "the source's identifier of the person"),
                Column("role", "title"),
                Column("appointed", "day of appointment"),
                Column("credentials", "presentation of credentials, or taking charge: day or month"),
                Column("ended", "end of the mission: day, month or year"),
                Column("unserved", "yes where the note on the end speaks of the appointment alone"),
            ),
            missions.rows,
            floor=5743,
            ceiling=5743,
        ),
        Table(
            "timeline",
            "Headings of the articles on relations with each country",
            (
                Column("article", "the country's article"),
                Column("number", "place of the section in the article", "integer"),
                Column("type", "what the compilation took the section for, by keywords"),
                Column("heading", "heading of the section"),
                Column("date", "year or day, as the compilation has it"),
                Column("date_to", "end of an interval, as the compilation has it"),
            ),
            timeline.rows,
            floor=1211,
            ceiling=1211,
        ),
    ),
)
