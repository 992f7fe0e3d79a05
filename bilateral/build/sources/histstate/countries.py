"""Which party a country of the source is, on which day, as decided by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bilateral.build import description, names
from bilateral.build.world import World

ABOUT: Final = description.read("histstate")
USA: Final = "USA"
"""The party on one side of everything here."""
_NOBODY: Final = "it names a country that was not looked at"


class Countries:
    """The parties that the countries of the source are, by day; and rows that are otherwise than the rest."""

    def __init__(self, world: World) -> None:
        self._spans: dict[str, list[Mapping[str, str]]] = {}
        for row in world.decisions("histstate-countries"):
            self._spans.setdefault(row["country"], []).append(row)
        self._rows = {(row["part"], row["id"]): row for row in world.decisions("histstate-rows")}

    def find(self, part: str, row: str, country: str, day: str) -> tuple[str, str]:
        """Give the code of the party, or none and the reason why."""
        decided = self._rows.get((part, row)) or self._on(country, day)
        return decided["party"], "" if decided["party"] else names.small(decided["reason"])

    def _on(self, country: str, day: str) -> Mapping[str, str]:
        spans = self._spans.get(country, ())
        return next(
            (span for span in spans if not span["before"] or day < span["before"]), {"party": "", "reason": _NOBODY}
        )
