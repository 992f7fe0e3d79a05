"""Ties of every country with South and North Korea, and South Korean trade by partner and year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bilateral.build.source import Column, Raw, RawFile, Record, Row, Source, Table

_TIES: Final = "kdiplo/diplo_ties_data.csv.gz"
_TRADE: Final = "kdiplo/trade_data.csv.gz"
_SIDES: Final = {"South Korea": "KOR", "North Korea": "PRK"}
_NOTHING: Final = "NA"


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
