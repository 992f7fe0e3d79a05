"""Whom the codes and names of the World Factbook stand for, as decided in ``data/decisions``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bilateral.build import description, names
from bilateral.build.thing import Thing
from bilateral.build.world import World

ABOUT: Final = description.read("factbook")


@dataclass(frozen=True)
class Crosswalk:
    """The parties by the publisher's code (GEC), and by the names that it gives to partners and neighbours.

    A code or name that stands for no party here has an empty one; another is an error of the decisions.
    """

    codes: Mapping[str, str]
    names: Mapping[str, str]
    reasons: Mapping[str, str]
    """Why a code or name stands for no party."""

    def pair(self, gec: str, name: str) -> tuple[str, str] | None:
        """Give the party of a code and that of a name; None where one of them is no party.

        Raises:
            KeyError: nobody has decided on the code or the name.
        """
        pair = (self.codes[gec], self.names[name])
        return pair if all(pair) else None

    def reason(self, gec: str, name: str = "") -> str:
        """Tell why a code, or a name beside it, stands for no party; empty where both do."""
        return names.small(self.reasons.get(gec) or self.reasons.get(name, ""))


def read(world: World) -> Crosswalk:
    """Read the decisions."""
    codes = [*world.decisions("gec")]
    named = [*codes, *world.decisions("partner_names")]
    return Crosswalk(
        {row["gec"]: row["party"] for row in codes},
        {row["name"]: row["party"] for row in named},
        {row.get("gec", row["name"]): row["reason"] for row in named if not row["party"]},
    )


def cite(kind: str, row: Mapping[str, str], locator: str, words: str) -> Thing:
    """Cite a row: the country and field in the publisher's work, the file, and the line there."""
    return ABOUT.cite(f"{kind}-{row['line']}", f"{row['gec']}, {locator}, line {row['line']}", words)
