"""Chiefs of mission of the United States, since they presented their credentials."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from bilateral.build import names
from bilateral.build.fact import directed, fact
from bilateral.build.raw import Raw, Row
from bilateral.build.sources.histstate.chiefs import Chiefs
from bilateral.build.sources.histstate.countries import ABOUT, USA
from bilateral.build.sources.histstate.people import People, name_of
from bilateral.build.thing import Thing, date, given, node, ref, texts
from bilateral.build.world import World

_USED: Final = ("id", "territory_id", "person_id", "role", "appointed", "credentials", "ended", "note")
_DATE: Final = r"|\d{4}(?:-\d\d(?:-\d\d)?)?"
_UNSERVED: Final = "Appoint(?:ment|ed) terminated|Recess appointment expired|.* was absorbed into"
"""Notes on the end of an appointment, which tell nothing of service."""


def rows(raw: Raw) -> Iterator[Row]:
    """Give the chiefs of mission; the note on the end is left aside, but for what it says of service."""
    numbers: Counter[str] = Counter()
    for record in raw.records("missions", _USED):
        numbers[record["id"]] += 1
        dates = tuple(record[name] for name in ("appointed", "credentials", "ended"))
        if not all(re.fullmatch(_DATE, text) for text in dates):
            record.fail(f"has a date of another form: {', '.join(dates)}")
        unserved = "yes" if re.match(_UNSERVED, record["note"]) else ""
        who = (record["territory_id"], record["person_id"], record["role"])
        yield (record["id"], str(numbers[record["id"]]), *who, *dates, unserved)


def facts(world: World, people: People) -> Iterator[Thing]:
    """Describe the accreditations; their start is the presentation of credentials, or the day of taking charge."""
    sender = world.parties[USA].names
    for chief in Chiefs(world).found:
        row = chief.row
        called = name_of(row["person"])
        year = (row["credentials"] or row["ended"])[:4]
        labels = names.head_of_mission(called, sender, world.parties[chief.party].names, year)
        cited = ABOUT.cite(chief.name, f"pocom, id {row['id']}", "listed", fact=labels)
        yield cited
        properties = (
            *directed(USA, chief.party),
            ("bilat:accreditedAgent", node(people.meet("missions", row["person"], called))),
            ("bilat:level", ref(f"level:{chief.level}")),
            *given("bilat:startDate", date, row["credentials"]),
            *given("bilat:endDate", date, row["ended"]),
            *given("bilat:lastAttested", date, chief.last_attested),
            *texts("rdfs:label", labels),
        )
        yield fact("bilat:Accreditation", (USA, chief.party), chief.name, [cited.iri], properties)
