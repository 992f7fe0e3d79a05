"""What is contested: the rival values of one property of one fact, with rank, reason and sources."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Final

import pyoxigraph as ox

from bilateral.query import Term
from bilateral.serve.site.amount import written
from bilateral.serve.site.graph import Row
from bilateral.serve.site.link import Link, address_of
from bilateral.serve.site.period import Moment
from bilateral.serve.site.reader import Reader
from bilateral.terms import PREFIXES, expand

_RANKS: Final = tuple(expand(f"wikibase:{name}Rank") for name in ("Preferred", "Normal", "Deprecated"))


@dataclass(frozen=True)
class Statement:
    """What one source says, in our words."""

    source: Link
    text: str


@dataclass(frozen=True)
class Claim:
    """One value that somebody claims."""

    link: Link
    value: Link
    rank: Link
    is_rejected: bool
    reason: Link | None
    note: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class Contest:
    """The claims about one property of one fact, the best first."""

    fact: Link
    property: Link
    claims: tuple[Claim, ...]


def read_contests(reader: Reader, query: str = "relation/claims") -> tuple[Contest, ...]:
    """Read the claims that differ about the same property of a fact, and those that are rejected."""
    contests = (
        _contest(reader, list(rows))
        for _, rows in groupby(reader.rows(query), key=lambda row: (row.text("fact"), row.text("property")))
    )
    return tuple(contest for contest in contests if len(contest.claims) > 1 or contest.claims[0].is_rejected)


def _contest(reader: Reader, rows: list[Row]) -> Contest:
    property_ = reader.link(rows[0], "property")
    assert property_ is not None, "every claim has its property"
    claims = [_claim(reader, list(group)) for _, group in groupby(rows, key=lambda row: row.text("claim"))]
    ranks = {row.text("claim"): _RANKS.index(row.text("rank")) for row in rows}
    order = sorted(zip(ranks.values(), claims, strict=True), key=lambda pair: pair[0])
    return Contest(_subject(reader, rows[0]), property_, tuple(claim for _, claim in order))


def _subject(reader: Reader, row: Row) -> Link:
    """Name the fact: an observation has no name, but what it measures and when."""
    measure = reader.link(row, "measure")
    if measure is None or row.has("factLabel"):
        return reader.fact(row)
    period = Moment.parse(row.text("period"))
    text = ", ".join([measure.text, *([reader.words.date(period.lexical)] if period else [])])
    return Link(text, address_of(row.text("fact")))


def _claim(reader: Reader, rows: list[Row]) -> Claim:
    row = rows[0]
    rank = reader.link(row, "rank")
    assert rank is not None, "every claim has its rank"
    return Claim(
        link=Link(reader.words("claim"), address_of(row.text("claim"))),
        value=_value(reader, row.get("value"), row),
        rank=rank,
        is_rejected=row.text("rank") == _RANKS[-1],
        reason=reader.link(row, "reason"),
        note=row.text("note"),
        statements=tuple(_statements(reader, rows)),
    )


def _value(reader: Reader, term: Term | None, row: Row) -> Link:
    if term is None:
        return Link("")
    if isinstance(term, ox.NamedNode):
        return reader.graph.link(term.value, reader.language)
    text = reader.words.literal(term.value, term.datatype.value)
    unit = row.text("unit")
    if unit and _is_in(unit, row.text("property")):
        return Link(written(Decimal(term.value), unit, row.text("unitLabel"), reader.words))
    return Link(text, None, term.language if term.language != reader.language else None)


def _is_in(unit: str, property_: str) -> bool:
    """Whether a property is measured in the unit of its fact: a quantity beside a value in money counts things."""
    if property_ == expand("bilat:quantity"):
        return not unit.startswith(PREFIXES["cur"])
    return property_ == expand("bilat:value")


def _statements(reader: Reader, rows: Iterable[Row]) -> Iterable[Statement]:
    for row in rows:
        source = reader.link(row, "source")
        if source is not None:
            yield Statement(source, row.text("statement"))
