"""Rankings: with which partners a party has most of something, in the last year that is known of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Final

from bilateral.serve.site.amount import amount
from bilateral.serve.site.fold import Fold, Folded
from bilateral.serve.site.graph import Row
from bilateral.serve.site.link import Link, address_of
from bilateral.serve.site.period import Moment
from bilateral.serve.site.reader import Reader
from bilateral.terms import expand

_MOST: Final = 5
"""Partners in people that a page shows by itself."""
_PERSON: Final = expand("unit:person")


@dataclass(frozen=True)
class Place:
    """A partner with the figure of a year."""

    partner: Link
    period: Moment | None
    figure: Link


@dataclass(frozen=True)
class Ranking:
    """What is measured, and the partners from the largest figure down."""

    measure: Link | None
    places: Folded[Place]


def read_people(reader: Reader, name: str, fold: Fold) -> tuple[Ranking, ...]:
    """Read the people that a named query gives, one ranking a measure; those with most partners first."""
    counts = (row for row in reader.rows(name) if row.text("unit") == _PERSON)
    groups = groupby(counts, key=lambda row: row.text("measure"))
    found = [(reader.graph.link(measure, reader.language), _places(reader, rows)) for measure, rows in groups]
    found.sort(key=lambda pair: -len(pair[1]))
    return tuple(Ranking(measure, fold.first("people", places, _MOST)) for measure, places in found)


def read_shares(reader: Reader, name: str, fold: Fold) -> Ranking:
    """Read the shares of trade that a named query gives: of the last year, in which a source lists the largest."""
    rows = reader.rows(name)
    latest = [row for row in rows if row.text("period") == rows[0].text("period")]
    return Ranking(None, fold.first("shares", _places(reader, latest)))


def _places(reader: Reader, rows: Iterable[Row]) -> list[Place]:
    latest = {}
    for row in sorted(rows, key=lambda row: row.text("period")):
        latest[row.text("partner")] = row
    ranked = sorted(latest.values(), key=lambda row: (-Decimal(row.text("value")), row.text("partner")))
    return [_place(reader, row) for row in ranked]


def _place(reader: Reader, row: Row) -> Place:
    figure = Link(amount(row, reader.words), address_of(row.text("fact")))
    partner = reader.graph.link(row.text("partner"), reader.language)
    return Place(partner, Moment.parse(row.text("period")), figure)
