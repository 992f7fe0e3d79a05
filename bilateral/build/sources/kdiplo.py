"""Ties of every country with South and North Korea, and South Korean trade by partner and year."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bilateral.build import description, names
from bilateral.build.fact import directed, fact, observed
from bilateral.build.raw import Raw, Record, Row
from bilateral.build.source import LeftOut, Source
from bilateral.build.thing import Thing, date, ref, texts
from bilateral.build.world import World
from bilateral.terms import BASE

_ABOUT: Final = description.read("kdiplo")
_SIDES: Final = {"South Korea": "KOR", "North Korea": "PRK"}
_NOTHING: Final = "NA"
_EVENTS: Final = {"established": "event:establishment", "cut": "event:severance", "restored": "event:restoration"}
_LATEST: Final = "2020"
"""The first of the latest years, of which trade is in every profile."""


def _ties(raw: Raw) -> Iterator[Row]:
    """Give one row for each pair; the file repeats it each year, and has empty ones for years before a country was."""
    found: dict[tuple[str, str], Row] = {}
    dates = ("date", "cut_date", "reestablish_date")
    for record in raw.records("ties", ("iso3c", "south_north", *dates)):
        pair = (record.known("south_north", _SIDES, "a side"), record.code("iso3c"))
        row = (*pair, *(_year(record, name) for name in dates))
        if any(row[2:]) and found.setdefault(pair, row) != row:
            record.fail(f"contradicts an earlier row on {' and '.join(pair)}")
    yield from found.values()


def _trade(raw: Raw) -> Iterator[Row]:
    """Give the Korean customs figures; those of other origin may not be used."""
    for record in raw.records("trade", ("iso3c", "year", "export_kosis", "import_kosis")):
        amounts = tuple(_amount(record, name) for name in ("export_kosis", "import_kosis"))
        if any(amounts):
            yield (record.code("iso3c"), _year(record, "year"), *amounts)


def _year(record: Record, name: str) -> str:
    if record[name] == _NOTHING:
        return ""
    return record.matching(name, "(18|19|20)[0-9]{2}", f"a {name} that is no year")


def _amount(record: Record, name: str) -> str:
    if record[name] == _NOTHING:
        return ""
    try:
        return str(int(float(record[name])))
    except ValueError:
        record.fail(f"has a {name} that is no amount: {record[name]}")


def _facts(world: World) -> Iterator[Thing]:
    yield from _tie_facts(world)
    yield from _trade_facts(world)


def _tie_facts(world: World) -> Iterator[Thing]:
    cited = _ABOUT.cite("ties", "diplo_ties_data", "ties")
    yield cited
    for row in world.rows(_ABOUT.name, "ties"):
        pair = (row["korea"], row["partner"])
        one, other = (world.parties[code].names for code in pair)
        for column, kind in _EVENTS.items():
            if row[column]:
                properties = (
                    ("bilat:kind", ref(kind)),
                    ("bilat:date", date(row[column])),
                    *texts("rdfs:label", names.event(world.kinds[kind], row[column], one, other)),
                )
                yield fact("bilat:RelationEvent", pair, f"ties-{column}-{row[column]}", [cited.iri], properties)


def _trade_facts(world: World) -> Iterator[Thing]:
    cited = _ABOUT.cite("trade", "trade_data: export_kosis, import_kosis", "trade")
    yield cited
    for row in world.rows(_ABOUT.name, "trade"):
        partner, year = row["partner"], row["year"]
        if partner in world.parties and (world.all_years or year >= _LATEST):
            directions = {"exports": directed("KOR", partner), "imports": directed(partner, "KOR")}
            for flow, direction in directions.items():
                if row[flow]:
                    measured = observed(f"measure:{flow}", year, row[flow], "cur:USD", by=f"{BASE}id/party/KOR")
                    name = f"kosis-{flow}-{year}"
                    properties = (*direction, *measured)
                    yield fact("bilat:TradeObservation", ("KOR", partner), name, [cited.iri], properties)


def _left_out(world: World) -> Iterator[LeftOut]:
    for row in world.rows(_ABOUT.name, "trade"):
        if row["partner"] not in world.parties:
            reason = "ISO 3166 has withdrawn the code of the partner, and customs go on using it"
            yield LeftOut("trade", f"{row['partner']} {row['year']}", reason)


SOURCE: Final = Source(_ABOUT, {"ties": _ties, "trade": _trade}, _facts, _left_out)
