"""Two tables of countries set beside each other: what both have, and what somebody decided where they differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from bilateral.build import decisions
from bilateral.build.raw import Raw, Record, Row

_CODES_USED: Final = ("ISO3166-1-Alpha-3", "ISO3166-1-Alpha-2", "M49", "Geoname ID", "wikidata_id")
_CAPITAL: Final = ("capital", "capital_qid", "capital_geonameid", "capital_lat", "capital_lon")
_ITEMS_USED: Final = ("iso2", "iso3", "qid", "alt_qid", "status", "country_geonameid", "capital_sources", *_CAPITAL)
_CODE_OF: Final = {"UNK": "XKX"}
"""ISO 3166-1 has no code for Kosovo; XKX is of those that it leaves to its users, and the one in use."""
_STATUSES: Final = {
    "UN member": "member",
    "UN observer": "observer",
    "not UN member": "neither",
    "not UN member (associated state)": "neither",
    "territory/other": "territory",
}


def parties(raw: Raw) -> Iterator[Row]:
    """Give a row for each country or territory of the table of items, which has all of the table of codes."""
    decided = {row["code"]: row for row in decisions.read("parties")}
    codes = {record["ISO3166-1-Alpha-3"]: record for record in raw.records("codes", _CODES_USED)}
    for record in raw.records("items", _ITEMS_USED):
        code = _CODE_OF.get(record["iso3"], record["iso3"])
        official = codes.pop(record["iso3"], None)
        status = record.known("status", _STATUSES, "a status")
        yield (
            code,
            record["iso2"],
            official["M49"] if official else "",
            _item(code, record, official, decided.get(code)),
            record["country_geonameid"],
            status,
            *_capital(record),
        )
    for left in codes.values():
        left.fail("is a country that the table of items does not have")


def _item(code: str, record: Record, official: Record | None, decision: Mapping[str, str] | None) -> str:
    """Choose the Wikidata item; where the tables differ, somebody has to have decided."""
    named = {record["qid"], *record["alt_qid"].split("|")} - {""}
    if official and official["wikidata_id"]:
        named.add(official["wikidata_id"].rpartition("/")[2])
    if decision is not None:
        if not named <= {decision["item"], decision["rejected"]}:
            record.fail(f"names {', '.join(sorted(named))}, which the decision on {code} does not know")
        return decision["item"]
    if len(named) != 1:
        record.fail(f"names {', '.join(sorted(named))}: decide on {code} in data/decisions/parties.csv")
    return named.pop()


def _capital(record: Record) -> Row:
    """Give a capital that two tables name alike, with its place on earth; others are not stated."""
    is_agreed = "|" in record["capital_sources"]
    return tuple(record[name] if is_agreed else "" for name in _CAPITAL)
