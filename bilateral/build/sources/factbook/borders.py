"""Land borders with their lengths; both sides list them, and now and then with different lengths."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from bilateral.build.fact import claim, fact
from bilateral.build.raw import Raw, Row
from bilateral.build.source import LeftOut
from bilateral.build.sources.factbook import crosswalk
from bilateral.build.sources.factbook.crosswalk import ABOUT, cite
from bilateral.build.thing import Property, Thing, date, decimal, node, ref
from bilateral.build.world import World

_LOCATOR: Final = "Land boundaries; land_borders.csv"
_YEAR: Final = ABOUT.version[:4]
_FACT: Final = f"land-border-{_YEAR}"
_DISPUTED: Final = ("wikibase:NormalRank", "reason:sources-disagree")
_MEASURED: Final[tuple[Property, ...]] = (
    ("bilat:measure", ref("measure:land-border-length")),
    ("bilat:refPeriod", date(_YEAR)),
    ("bilat:unit", ref("unit:kilometre")),
)
_Side = list[Mapping[str, str]]
"""The rows of one party about its border with another: one, or one for each part of the border."""


def rows(raw: Raw) -> Iterator[Row]:
    """Give the borders as each side lists them."""
    for record in raw.records("borders", ("gec_code", "neighbour", "km")):
        if Decimal(record["km"]) <= 0:
            record.fail(f"has what is no length: {record['km']}")
        yield (record["gec_code"], record["neighbour"], record["km"], str(record.line))


def things(world: World) -> Iterator[Thing]:
    """Give each border once, with the rows of both sides."""
    for pair, sides in _borders(world).items():
        cited = {side: [*_citations(rows)] for side, rows in sides.items()}
        for citations in cited.values():
            yield from citations
        lengths = {side: decimal(str(sum(Decimal(row["km"]) for row in rows))) for side, rows in sides.items()}
        yield from _described(pair, lengths, cited)


def _citations(rows: _Side) -> Iterator[Thing]:
    for row in rows:
        yield cite("border", row, _LOCATOR, "border")


def _described(pair: tuple[str, str], lengths: Mapping[str, str], cited: Mapping[str, list[Thing]]) -> Iterator[Thing]:
    """State the length; where the sides give different ones, each is a claim, and none is stated."""
    citations = [citation.iri for of_side in cited.values() for citation in of_side]
    values = {*lengths.values()}
    agreed = [("bilat:value", value) for value in values if len(values) == 1]
    border = fact("bilat:DyadicObservation", pair, _FACT, citations, (*_MEASURED, *agreed))
    yield border
    if not agreed:
        yield from _claims(border, lengths, cited)


def _claims(border: Thing, lengths: Mapping[str, str], cited: Mapping[str, list[Thing]]) -> Iterator[Thing]:
    """Claim the length that each of the two sides gives, against that of the other."""
    relation = border.iri.rpartition("/")[0]
    iris = {side: f"{relation}/claim-{_FACT}-{side}" for side in lengths}
    for side, other in (sorted(iris), sorted(iris, reverse=True)):
        citations = (node(citation.iri) for citation in cited[side])
        yield claim(iris[side], border.iri, ("bilat:value", lengths[side]), _DISPUTED, iris[other], cited=citations)


def left_out(world: World) -> Iterator[LeftOut]:
    """Give the rows about what is no border of two parties."""
    known = crosswalk.read(world)
    for row in world.rows(ABOUT.name, "borders"):
        reason = known.reason(row["gec"], row["neighbour"])
        if reason:
            yield LeftOut("borders", f"{row['gec']} {row['neighbour']} {row['line']}", reason)


def _borders(world: World) -> dict[tuple[str, str], dict[str, _Side]]:
    """Sort the rows by pair, and within it by the party whose list they are from."""
    known = crosswalk.read(world)
    borders: dict[tuple[str, str], dict[str, _Side]] = {}
    for row in world.rows(ABOUT.name, "borders"):
        pair = known.pair(row["gec"], row["neighbour"])
        if pair is not None:
            first, second = sorted(pair)
            borders.setdefault((first, second), {}).setdefault(pair[0], []).append(row)
    return dict(sorted(borders.items()))
