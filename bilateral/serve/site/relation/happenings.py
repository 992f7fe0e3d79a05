"""Happenings: visits, events, aid, defence goods and culture, each with its date and kind."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bilateral.serve.site.amount import amount
from bilateral.serve.site.graph import Row
from bilateral.serve.site.link import Link
from bilateral.serve.site.period import Period
from bilateral.serve.site.reader import Reader


@dataclass(frozen=True)
class Happening:
    """Something that happened or lasts between the parties."""

    link: Link
    kind: Link | None
    sender: Link | None
    receiver: Link | None
    visitors: tuple[Link, ...]
    office: str
    period: Period
    amount: str
    quantity: str
    status: Link | None
    description: str
    note: str

    @property
    def decade(self) -> int:
        """The first year of the decade in which it began; 0 where it has no date."""
        return self.period.start.first.year // 10 * 10 if self.period.start else 0


def read_happenings(reader: Reader, name: str, day: dt.date) -> tuple[Happening, ...]:
    """Read what a named query gives, up to a day; what has no date stays, at the end."""
    by_fact: dict[str, list[Row]] = {}
    for row in reader.rows(name):
        by_fact.setdefault(row.text("fact"), []).append(row)
    found = (_happening(reader, rows) for rows in by_fact.values())
    past = [each for each in found if each.period.start is None or each.period.start.first <= day]
    return tuple(sorted(past, key=lambda each: each.period.start.first if each.period.start else dt.date.max))


def _happening(reader: Reader, rows: list[Row]) -> Happening:
    row = rows[0]
    visitors = [reader.link(each, "visitor") for each in rows] if row.offers("visitor") else []
    return Happening(
        link=reader.fact(row),
        kind=reader.link(row, "kind"),
        sender=reader.link(row, "from"),
        receiver=reader.link(row, "to") if row.offers("to") else None,
        visitors=tuple(dict.fromkeys(visitor for visitor in visitors if visitor)),
        office=_text(row, "office"),
        period=Period.of(row, "date" if row.has("date") else "start"),
        amount=amount(row, reader.words) if row.offers("value") else "",
        quantity=_text(row, "quantity"),
        status=reader.link(row, "status") if row.offers("status") else None,
        description=_text(row, "description") or _text(row, "occasion"),
        note=row.text("note"),
    )


def _text(row: Row, variable: str) -> str:
    return row.text(variable) if row.offers(variable) else ""
