"""Agreements: what was signed, and what held on a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum
from typing import Final

from bilateral.serve.site.graph import Row
from bilateral.serve.site.link import Link
from bilateral.serve.site.period import Held, Moment, Period
from bilateral.serve.site.reader import Reader
from bilateral.terms import expand

_IN_FORCE: Final = expand("status:in-force")


class Standing(Enum):
    """How an agreement stood on a day."""

    IN_FORCE = "in force"
    SIGNED = "signed"
    UNKNOWN = "unknown"
    ENDED = "ended"
    FUTURE = "not yet signed"


@dataclass(frozen=True)
class Agreement:
    """An agreement with its steps."""

    link: Link
    kind: Link | None
    signed: Moment | None
    in_force: Moment | None
    end: Moment | None
    status: Link | None
    standing: Standing
    note: str


def read_agreements(reader: Reader, day: dt.date) -> tuple[Agreement, ...]:
    """Read the agreements, as they stood on a day."""
    return tuple(_agreement(reader, row, day) for row in reader.rows("relation/agreements"))


def _agreement(reader: Reader, row: Row, day: dt.date) -> Agreement:
    signed, in_force, end = (Moment.parse(row.text(name)) for name in ("signed", "inForce", "end"))
    return Agreement(
        link=reader.fact(row),
        kind=reader.link(row, "kind"),
        signed=signed,
        in_force=in_force,
        end=end,
        status=reader.link(row, "status"),
        standing=_standing(signed, Period(in_force, end), day, says_in_force=row.text("status") == _IN_FORCE),
        note=row.text("note"),
    )


def _standing(signed: Moment | None, force: Period, day: dt.date, *, says_in_force: bool) -> Standing:
    """Tell how an agreement stood: in force needs a date, or a source that says so without one."""
    if force.end is not None and day >= force.end.last:
        return Standing.ENDED
    if force.start is not None and force.held_on(day) is Held.YES:
        return Standing.IN_FORCE
    if signed is None:
        return Standing.UNKNOWN
    if day < signed.first:
        return Standing.FUTURE
    return Standing.UNKNOWN if force.start is None and says_in_force else Standing.SIGNED
