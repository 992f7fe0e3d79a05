"""Shares of the top partners in the exports and imports of a country, by year; one not listed is not known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from bilateral.build import reasons
from bilateral.build.fact import directed, fact, observed
from bilateral.build.raw import Raw, Row
from bilateral.build.source import LeftOut
from bilateral.build.sources.factbook import crosswalk
from bilateral.build.sources.factbook.crosswalk import ABOUT, cite
from bilateral.build.thing import Thing
from bilateral.build.world import World

_FLOWS: Final = {"export": "Exports - partners", "import": "Imports - partners"}


def rows(raw: Raw) -> Iterator[Row]:
    """Give the partners with their shares, by year and by edition of the work."""
    used = ("gec_code", "flow", "partner", "share_pct", "year", "last_snapshot")
    for record in raw.records("partners", used):
        record.known("flow", _FLOWS, "a flow")
        record.matching("year", r"(20\d\d)?", "what is no year")
        if float(record.matching("share_pct", r"\d{1,3}(\.\d)?", "what is no share")) > 100:
            record.fail(f"has what is no share: {record['share_pct']}")
        yield (*(record[name] for name in used), str(record.line))


_Key = tuple[str, str, str, str]
"""Reporter, partner, flow, year."""


def things(world: World) -> Iterator[Thing]:
    """Give the shares of the latest year of each country and flow; with all years, those of each year."""
    shares, _ = _judged(world)
    latest: dict[tuple[str, str], str] = {}
    for reporter, _partner, flow, year in shares:
        latest[reporter, flow] = max(year, latest.get((reporter, flow), ""))
    for key, rows in shares.items():
        reporter, _partner, flow, year = key
        if world.all_years or year == latest[reporter, flow]:
            yield from _observed(key, rows)


def _observed(key: _Key, rows: list[Mapping[str, str]]) -> Iterator[Thing]:
    reporter, partner, flow, year = key
    locator = f"{_FLOWS[flow]}; partners_history.csv.gz"
    citations = [cite("share", row, locator, flow) for row in rows]
    yield from citations
    properties = (
        *(directed(reporter, partner) if flow == "export" else directed(partner, reporter)),
        *observed(f"measure:{flow}-share", year, rows[0]["share"], "unit:percent"),
    )
    name = f"{flow}-share-{reporter}-{year}"
    yield fact("bilat:TradeObservation", (reporter, partner), name, (cited.iri for cited in citations), properties)


def left_out(world: World) -> Iterator[LeftOut]:
    """Give the rows that no share rests on."""
    for row, reason in _judged(world)[1]:
        yield LeftOut("partners", f"{row['gec']} {row['flow']} {row['partner']} {row['year']}".strip(), reason)


def _judged(world: World) -> tuple[dict[_Key, list[Mapping[str, str]]], list[tuple[Mapping[str, str], str]]]:
    """Sort the rows by what they are about; and list those that are left out, with the reason."""
    known = crosswalk.read(world)
    rows = [*world.rows(ABOUT.name, "partners")]
    editions: dict[tuple[str, str, str], str] = {}
    for row in rows:
        list_ = (row["gec"], row["flow"], row["year"])
        editions[list_] = max(row["edition"], editions.get(list_, ""))
    shares: dict[_Key, list[Mapping[str, str]]] = {}
    left: list[tuple[Mapping[str, str], str]] = []
    for row in rows:
        pair = known.pair(row["gec"], row["partner"])
        is_last = row["edition"] == editions[row["gec"], row["flow"], row["year"]]
        is_own = pair is not None and pair[0] == pair[1]
        reason = known.reason(row["gec"], row["partner"]) or _reason(row, is_last=is_last, is_own=is_own)
        if pair is None or reason:
            left.append((row, reason))
            continue
        same = shares.setdefault((*pair, row["flow"], row["year"]), [])
        if same and same[0]["share"] != row["share"]:
            left.append((row, "another row gives the same share otherwise"))
        else:
            same.append(row)
    return dict(sorted(shares.items())), left


def _reason(row: Mapping[str, str], *, is_last: bool, is_own: bool) -> str:
    """Tell why a row is left out; empty where it is not."""
    return reasons.first(
        (
            (not row["year"], "it has no year"),
            (is_own, "the country is listed as a partner of its own"),
            (not is_last, "a later edition has another list of partners for the year"),
            (float(row["share"]) == 0, "a share of zero for a partner in the list: rounded, or lost by the publisher"),
        )
    )
