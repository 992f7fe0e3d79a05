"""Ties of every country with South and North Korea, and South Korean trade by partner and year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from bilateral.build import names
from bilateral.build.fact import citation, directed, fact
from bilateral.build.source import Column, LeftOut, Raw, RawFile, Record, Row, Source, Table
from bilateral.build.thing import Thing, date, decimal, ref, texts
from bilateral.build.world import World

_TIES: Final = "kdiplo/diplo_ties_data.csv.gz"
_TRADE: Final = "kdiplo/trade_data.csv.gz"
_SIDES: Final = {"South Korea": "KOR", "North Korea": "PRK"}
_NOTHING: Final = "NA"
_EVENTS: Final = {"established": "event:establishment", "cut": "event:severance", "restored": "event:restoration"}
_FLOWS: Final = {"exports": (True, "measure:exports"), "imports": (False, "measure:imports")}
_LATEST: Final = "2020"
"""The first of the latest years, of which trade is in every profile."""
_TIES_STATEMENT: Final = {
    "en": "Gives the years in which ties were established, cut and restored.",
    "es": "Da los años en que se establecieron, rompieron y restablecieron las relaciones.",
    "ko": "관계를 수립하고 끊고 복원한 연도가 실려 있다.",
}
_TRADE_STATEMENT: Final = {
    "en": "Gives the trade of a year with the partner, from Korean customs figures.",
    "es": "Da el comercio de un año con el socio, según las cifras de la aduana coreana.",
    "ko": "한국 관세 통계에 따른 상대국과의 연간 교역액이 실려 있다.",
}


def _ties(raw: Raw) -> Iterator[Row]:
    """Give one row for each pair; the file repeats it each year, and has empty ones for years before a country was."""
    found: dict[tuple[str, str], Row] = {}
    used = ("iso3c", "south_north", "date", "cut_date", "reestablish_date")
    ignored = ("iso2c", "country", "country_kr", "year", "diplomatic_ties", "updated_at")
    for record in raw.records(_TIES, used=used, ignored=ignored):
        if record["south_north"] not in _SIDES:
            record.fail(f"has a side that we do not know: {record['south_north']}")
        pair = (_SIDES[record["south_north"]], _code(record))
        row = (*pair, *(_year(record, name) for name in ("date", "cut_date", "reestablish_date")))
        if any(row[2:]) and found.setdefault(pair, row) != row:
            record.fail(f"contradicts an earlier row on {' and '.join(pair)}")
    yield from found.values()


def _trade(raw: Raw) -> Iterator[Row]:
    """Give the Korean customs figures; those of other origin may not be used."""
    used = ("iso3c", "year", "export_kosis", "import_kosis")
    ignored = (
        *("country", "export", "import", "total_export", "total_import", "export_cow", "import_cow"),
        *("export_cons_2015", "import_cons_2015", "total_export_cons_2015", "total_import_cons_2015", "updated_at"),
    )
    for record in raw.records(_TRADE, used=used, ignored=ignored):
        amounts = tuple(_amount(record, name) for name in ("export_kosis", "import_kosis"))
        if any(amounts):
            yield (_code(record), _year(record, "year"), *amounts)


def _code(record: Record) -> str:
    if not re.fullmatch("[A-Z]{3}", record["iso3c"]):
        record.fail(f"has what is no code of a country: {record['iso3c']}")
    return record["iso3c"]


def _year(record: Record, name: str) -> str:
    text = record[name]
    if text == _NOTHING:
        return ""
    if not re.fullmatch("(18|19|20)[0-9]{2}", text):
        record.fail(f"has a {name} that is no year: {text}")
    return text


def _amount(record: Record, name: str) -> str:
    text = record[name]
    if text == _NOTHING:
        return ""
    try:
        return str(int(float(text)))
    except ValueError:
        record.fail(f"has a {name} that is no amount: {text}")


def _facts(world: World) -> Iterator[Thing]:
    yield from _tie_facts(world)
    yield from _trade_facts(world)


def _tie_facts(world: World) -> Iterator[Thing]:
    cited = citation(SOURCE.iri, "ties", "diplo_ties_data", _TIES_STATEMENT)
    yield cited
    for row in world.rows(SOURCE.name, "ties"):
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


def _left_out(world: World) -> Iterator[LeftOut]:
    for row in world.rows(SOURCE.name, "trade"):
        if row["partner"] not in world.parties:
            reason = "ISO 3166 has withdrawn the code of the partner, and customs go on using it"
            yield LeftOut("trade", f"{row['partner']} {row['year']}", reason)


def _trade_facts(world: World) -> Iterator[Thing]:
    cited = citation(SOURCE.iri, "trade", "trade_data: export_kosis, import_kosis", _TRADE_STATEMENT)
    yield cited
    for row in world.rows(SOURCE.name, "trade"):
        if row["partner"] in world.parties and (world.all_years or row["year"] >= _LATEST):
            for measure, flow in _FLOWS.items():
                if row[measure]:
                    yield _observation(flow, row, measure, cited)


def _observation(flow: tuple[bool, str], row: Mapping[str, str], measure: str, cited: Thing) -> Thing:
    is_from_korea, kind = flow
    partner = row["partner"]
    properties = (
        *(directed("KOR", partner) if is_from_korea else directed(partner, "KOR")),
        ("bilat:measure", ref(kind)),
        ("bilat:refPeriod", date(row["year"])),
        ("bilat:reportedBy", ref("party:KOR")),
        ("bilat:unit", ref("cur:USD")),
        ("bilat:value", decimal(row[measure])),
    )
    return fact("bilat:TradeObservation", ("KOR", partner), f"kosis-{measure}-{row['year']}", [cited.iri], properties)


SOURCE: Final = Source(
    name="kdiplo",
    title="KDiplo: diplomatic ties and trade of the two Koreas",
    publisher="Kadir Jun Ayhan",
    license="https://spdx.org/licenses/MIT",
    address="https://github.com/kjayhan/kdiplo",
    version="2025-06-20",
    files=(
        RawFile(_TIES, "864f1c039aed4b3689d0363c9e318e0d89b70893a44965786619f4f22a370d02"),
        RawFile(_TRADE, "e0d11cab8498ecb7a5aef48259313f7a8df7e18315ca7750fbc826fc5e7dfaa9"),
    ),
    facts=_facts,
    left_out=_left_out,
    curated_as="est-kdiplo",
    tables=(
        Table(
            "ties",
            "Years in which ties were established, cut and restored",
            (
                Column("korea", "KOR or PRK"),
                Column("partner", "ISO 3166-1 alpha-3"),
                Column("established", "year", "gYear"),
                Column("cut", "year", "gYear"),
                Column("restored", "year", "gYear"),
            ),
            _ties,
            floor=330,
            ceiling=400,
        ),
        Table(
            "trade",
            "South Korean exports and imports by customs, current US dollars (KOSIS)",
            (
                Column("partner", "ISO 3166-1 alpha-3"),
                Column("year", "year", "gYear"),
                Column("exports", "from South Korea", "decimal"),
                Column("imports", "to South Korea", "decimal"),
            ),
            _trade,
            floor=11_000,
            ceiling=12_000,
        ),
    ),
)
