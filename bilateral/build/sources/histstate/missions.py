"""Chiefs of mission of the United States, since they presented their credentials."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bilateral.build import names
from bilateral.build.fact import citation, directed, fact
from bilateral.build.source import LeftOut, Raw, Row
from bilateral.build.sources.histstate.decisions import USA, Countries
from bilateral.build.sources.histstate.people import People, name_of
from bilateral.build.sources.histstate.words import listed, within
from bilateral.build.thing import Thing, date, node, ref, texts
from bilateral.build.world import World

FILE: Final = "histstate/pocom/us_chiefs_of_mission.csv.gz"
_USED: Final = ("id", "territory_id", "person_id", "role", "appointed", "credentials", "ended", "note")
_IGNORED: Final = ("contemporary_territory_id",)  # the territory and the date tell as much
_DATE: Final = r"|\d{4}(?:-\d\d(?:-\d\d)?)?"
_UNSERVED: Final = "Appoint(?:ment|ed) terminated|Recess appointment expired|.* was absorbed into"
"""Notes on the end of an appointment, which tell nothing of service."""
_NEVER: Final = "no presentation of credentials and no end: not commissioned, not gone, or not yet there"
_ENDED: Final = "the appointment ended, and no presentation of credentials is given"


def rows(raw: Raw) -> Iterator[Row]:
    """Give the chiefs of mission; the note on the end is left aside, but for what it says of service."""
    numbers: Counter[str] = Counter()
    for record in raw.records(FILE, used=_USED, ignored=_IGNORED):
        numbers[record["id"]] += 1
        dates = tuple(record[name] for name in ("appointed", "credentials", "ended"))
        if not all(re.fullmatch(_DATE, text) for text in dates):
            record.fail(f"has a date of another form: {', '.join(dates)}")
        unserved = "yes" if re.match(_UNSERVED, record["note"]) else ""
        who = (record["territory_id"], record["person_id"], record["role"])
        yield (record["id"], str(numbers[record["id"]]), *who, *dates, unserved)


@dataclass(frozen=True)
class Chief:
    """Somebody who headed the mission to a party, at a level."""

    row: Mapping[str, str]
    party: str
    level: str
    last_attested: str
    """Where the list gives no end, the last day of which it tells that the person was there."""

    @property
    def name(self) -> str:
        """The name of the fact within its relation; an identifier that is used twice gets a number."""
        number = f"-{self.row['number']}" if self.row["number"] != "1" else ""
        return f"accreditation-histstate-{self.row['id']}{number}"


class Chiefs:
    """All chiefs of mission, judged: those that become facts, and what is left out."""

    def __init__(self, world: World) -> None:
        self.found: list[Chief] = []
        self.left_out: list[LeftOut] = []
        countries = Countries(world)
        roles = {row["role"]: row for row in world.decisions("histstate-roles")}
        all_rows = [*world.rows("histstate", "missions")]
        closed = {_key(row) for row in all_rows if row["ended"]}
        attested = _Attested(all_rows)
        for row in all_rows:
            role, day = roles[row["role"]], row["credentials"] or row["ended"] or row["appointed"]
            party, reason = countries.find("missions", row["id"], row["country"], day)
            reason = reason or _unserved(row) or ("" if role["level"] else within(role["reason"]))
            if not reason and row["credentials"] and not row["ended"] and _key(row) in closed:
                reason = "it is listed with its end as well"
            if reason:
                self.left_out.append(LeftOut("missions", f"{row['id']} {row['number']}", reason))
            else:
                self.found.append(Chief(row, party, role["level"], attested.of(row)))


class _Attested:
    """Until when the list tells of those whose end it lacks: its last day, or their first where others came later."""

    def __init__(self, all_rows: Sequence[Mapping[str, str]]) -> None:
        self._last = max(max(row["credentials"], row["ended"]) for row in all_rows)
        self._began: dict[str, str] = {}
        for row in all_rows:
            self._began[row["country"]] = max(self._began.get(row["country"], ""), row["credentials"])

    def of(self, row: Mapping[str, str]) -> str:
        """Give the day, or nothing where there is an end, or no day."""
        day = row["credentials"] if row["credentials"] < self._began[row["country"]] else self._last
        return "" if row["ended"] or len(day) < len(self._last) else day


def _key(row: Mapping[str, str]) -> tuple[str, ...]:
    return (row["country"], row["person"], row["role"], row["credentials"])


def _unserved(row: Mapping[str, str]) -> str:
    if row["credentials"]:
        return ""
    if not row["ended"]:
        return _NEVER
    return _ENDED if row["unserved"] else ""


def facts(world: World, source: str, people: People) -> Iterator[Thing]:
    """Describe the accreditations; their start is the presentation of credentials, or the day of taking charge."""
    sender = world.parties[USA].names
    for chief in Chiefs(world).found:
        row = chief.row
        called = name_of(row["person"])
        year = (row["credentials"] or row["ended"])[:4]
        labels = names.head_of_mission(called, sender, world.parties[chief.party].names, year)
        cited = citation(source, chief.name, f"pocom, id {row['id']}", listed(labels))
        yield cited
        properties = (
            *directed(USA, chief.party),
            ("bilat:accreditedAgent", node(people.meet("missions", row["person"], called))),
            ("bilat:level", ref(f"level:{chief.level}")),
            *((("bilat:startDate", date(row["credentials"])),) if row["credentials"] else ()),
            *((("bilat:endDate", date(row["ended"])),) if row["ended"] else ()),
            *((("bilat:lastAttested", date(chief.last_attested)),) if chief.last_attested else ()),
            *texts("rdfs:label", labels),
        )
        yield fact("bilat:Accreditation", (USA, chief.party), chief.name, [cited.iri], properties)
