"""What a row is: a mission from one party to another, one to an organization, or neither."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bilateral.build import description, reasons
from bilateral.build.source import LeftOut
from bilateral.build.world import World

ABOUT: Final = description.read("embassies")
DIPLOMATIC: Final = {
    *("embassy", "high-commission", "nunciature", "apostolic-delegation", "de-facto-embassy"),
    *("liaison-office", "interests-section", "representative-office", "diplomatic-mission"),
}
"""The kinds that are sent to a party; the others are for a part of one, and there can be several."""
EARLIEST: Final = "1700"
"""Before this year an opening is that of the house; no party of today kept a mission then."""


@dataclass(frozen=True)
class Mission:
    """A row that becomes a mission: from one party to another, seated in a third where the other is not its host."""

    row: Mapping[str, str]
    sender: str
    receiver: str
    host: str
    served: tuple[str, ...]

    @property
    def pair(self) -> tuple[str, str]:
        """From whom to whom."""
        return (self.sender, self.receiver)

    @property
    def name(self) -> str:
        """The name of the fact within its relation."""
        return f"mission-{self.row['item']}"


def judged(world: World, row: Mapping[str, str]) -> Mission | str | None:
    """Tell what a row is: a mission, one to an organization (None), or why it is neither."""
    sender, host = (world.code_of_item.get(row[side], "") for side in ("sender", "host"))
    reason = reasons.first(
        (
            (row["rows"] != "1", "two rows name it, with different senders"),
            (not sender, f"its sender is no party: {row['sender']}"),
            (not host, f"its host is no party: {row['host']}"),
            (sender == host, "sender and host are the same party"),
        )
    )
    if reason:
        return reason
    return None if row["kind"] == "permanent-mission" else _bilateral(world, row, sender, host)


def _bilateral(world: World, row: Mapping[str, str], sender: str, host: str) -> Mission | str:
    """Tell to whom a mission is: its host, or the one party that it serves instead."""
    served = (world.code_of_item.get(item) for item in row["jurisdictions"].split())
    parties = tuple(dict.fromkeys(code for code in served if code))
    receiver = host
    if parties and host not in parties and row["kind"] in DIPLOMATIC:
        if len(parties) > 1:
            return "it serves several parties, but not its host"
        receiver = parties[0]
    if receiver == sender:
        return "sender and receiver are the same party"
    others = tuple(code for code in parties if code not in {receiver, sender})
    return Mission(row, sender, receiver, host, others)


def left_out(world: World) -> Iterator[LeftOut]:
    """List rows that are no missions, openings of houses, and those served that are no parties."""
    for row in world.rows(ABOUT.name, "missions"):
        mission = judged(world, row)
        if isinstance(mission, str):
            yield LeftOut("missions", row["item"], mission)
        elif "" < row["opened"] < EARLIEST:
            yield LeftOut("missions", f"{row['item']} {row['opened']}", "its opening is that of an old building")
        for item in row["jurisdictions"].split():
            if item not in world.code_of_item:
                yield LeftOut(
                    "missions", f"{row['item']} {item}", "it serves what is no party: a region or an organization"
                )
