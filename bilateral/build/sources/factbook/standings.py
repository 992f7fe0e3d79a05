"""The standing of a party in an organization, out of the rows that give it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from bilateral.build import names
from bilateral.build.sources.factbook import crosswalk
from bilateral.build.world import World

Row = Mapping[str, str]
Standings = dict[tuple[str, str], tuple[str, list[Row]]]
"""The standing of a party in an organization, and the rows that give it."""


class _Decisions:
    """What was decided on countries, organizations and standings, as it bears on a row."""

    def __init__(self, world: World) -> None:
        self._known = crosswalk.read(world)
        self._organizations = {row["acronym"]: row for row in world.decisions("organizations")}
        named = [row for row in self._organizations.values() if row["unqualified"]]
        self._unqualified = {row["id"]: row["unqualified"] for row in named}
        self._standings = {row["qualifier"]: row["standing"] for row in world.decisions("standings")}

    def reason(self, row: Row) -> str:
        """Tell why the row is left out; empty where it is not."""
        organization = self._organizations[row["organization"]]
        return self._known.reason(row["gec"]) or ("" if organization["id"] else names.small(organization["reason"]))

    def key(self, row: Row) -> tuple[str, str]:
        """Give the organization and the party."""
        return (self._organizations[row["organization"]]["id"], self._known.codes[row["gec"]])

    def standing(self, row: Row) -> str:
        """Give the standing: that of the qualifier, or that of the organization's rows without one."""
        return self._standings[row["qualifier"]] if row["qualifier"] else self._unqualified[self.key(row)[0]]


def judged(world: World) -> tuple[Standings, list[tuple[Row, str]]]:
    """Sort the rows by organization and party; and list those that are left out, with the reason."""
    decisions = _Decisions(world)
    rows: dict[tuple[str, str], list[Row]] = defaultdict(list)
    left: list[tuple[Row, str]] = []
    for row in world.rows(crosswalk.ABOUT.name, "memberships"):
        reason = decisions.reason(row)
        if reason:
            left.append((row, reason))
        else:
            rows[decisions.key(row)].append(row)
    found: Standings = {}
    for key, given in sorted(rows.items()):
        standings = {decisions.standing(row) for row in given}
        if len(standings) == 1:
            found[key] = (standings.pop(), given)
        else:
            left += [(row, "two rows give it different standings") for row in given]
    return found, left
