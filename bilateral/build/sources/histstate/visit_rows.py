"""The rows of journeys abroad, and of visits to the United States, each with its kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from bilateral.build import decisions
from bilateral.build.raw import Raw, Row

_UNSTATED: Final = "visit"


def travels(raw: Raw) -> Iterator[Row]:
    """Give the journeys of presidents and secretaries of state."""
    used = ("id", "role", "who", "name", "start_date", "end_date", "country_id", "country", "locale", "remarks")
    kind = _kinds()
    for record in raw.records("travels", used):
        who = (record["role"], record["who"], _plain(record["name"]))
        where = (record["country_id"], _plain(record["country"]), _plain(record["locale"]))
        yield (record["id"], *who, *where, record["start_date"], record["end_date"], kind(record["remarks"]))


def visits(raw: Raw) -> Iterator[Row]:
    """Give the visits of foreign leaders."""
    used = ("id", "start_date", "end_date", "visitor", "from_ids", "from", "description")
    kind = _kinds()
    for record in raw.records("visits", used):
        if record["start_date"] > record["end_date"]:
            record.fail("ends before it begins")
        visitor = _plain(record["visitor"]) or record.fail("has no visitor")
        dates = (record["start_date"], record["end_date"])
        yield (record["id"], visitor, record["from_ids"], _plain(record["from"]), *dates, kind(record["description"]))


def _plain(words: str) -> str:
    return " ".join(words.split())


def _kinds() -> Callable[[str], str]:
    """Give what tells the kind of a visit by the words with which a remark begins, as decided by hand."""
    kinds = [(re.compile(row["begins"], re.IGNORECASE), row["kind"]) for row in decisions.read("histstate-remarks")]
    return lambda remark: next((kind for begins, kind in kinds if begins.match(_plain(remark))), _UNSTATED)
