"""Who headed a mission of the United States, to whom, at which level, and until when the list tells of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bilateral.build import names
from bilateral.build.source import LeftOut
from bilateral.build.sources.histstate.countries import ABOUT, Countries
from bilateral.build.world import World

_NEVER: Final = "no presentation of credentials and no end: not commissioned, not gone, or not yet there"
_ENDED: Final = "the appointment ended, and no presentation of credentials is given"


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
        all_rows = [*world.rows(ABOUT.name, "missions")]
        closed = {_key(row) for row in all_rows if row["ended"]}
        attested = _Attested(all_rows)
        for row in all_rows:
            role, day = roles[row["role"]], row["credentials"] or row["ended"] or row["appointed"]
            party, reason = countries.find("missions", row["id"], row["country"], day)
            reason = reason or _unserved(row) or ("" if role["level"] else names.small(role["reason"]))
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
