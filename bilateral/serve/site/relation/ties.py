"""Ties: when two parties took them up, broke them off and resumed them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from bilateral.serve.site.link import Link
from bilateral.serve.site.period import Moment
from bilateral.serve.site.reader import Reader
from bilateral.terms import expand

_ESTABLISHMENT: Final = expand("event:establishment")
_SEVERANCE: Final = expand("event:severance")


@dataclass(frozen=True)
class Turn:
    """One event in the history of the ties."""

    link: Link
    kind: str
    kind_link: Link | None
    date: Moment | None
    note: str

    @property
    def is_break(self) -> bool:
        """Whether the ties were broken off."""
        return self.kind == _SEVERANCE


@dataclass(frozen=True)
class Ties:
    """The history of the ties, and how they stood on a day."""

    turns: tuple[Turn, ...]
    day: dt.date

    @property
    def establishment(self) -> Turn | None:
        """When ties were first taken up, where a source says so."""
        dated = [turn for turn in self.turns if turn.kind == _ESTABLISHMENT and turn.date]
        return dated[0] if dated else None

    @property
    def latest(self) -> Turn | None:
        """The last turn by the day: a break, or what took the ties up."""
        past = [turn for turn in self.turns if turn.date and turn.date.first <= self.day]
        turns = [turn for turn in past if turn.kind != expand("event:upgrade")]
        return turns[-1] if turns else None


def read_ties(reader: Reader, day: dt.date) -> Ties:
    """Read the history of the ties, in the order of time."""
    turns = (
        Turn(
            link=reader.fact(row),
            kind=row.text("kind"),
            kind_link=reader.link(row, "kind"),
            date=Moment.parse(row.text("date")),
            note=row.text("note"),
        )
        for row in reader.rows("relation/ties")
    )
    return Ties(tuple(sorted(turns, key=lambda turn: turn.date.first if turn.date else dt.date.max)), day)
