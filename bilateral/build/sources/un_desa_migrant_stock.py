"""People born in one country who live in another, every five years, as the United Nations estimate them.

A pair that has no row is not one without migrants: the estimates rest on what the country of residence
counts, and many count few origins. South Korea gives 29, and Peru is not among them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from bilateral.build.fact import citation, directed, fact
from bilateral.build.source import Column, LeftOut, Raw, RawFile, Record, Row, Source, Table
from bilateral.build.thing import Texts, Thing, date, decimal, node, ref, texts
from bilateral.build.world import World
from bilateral.terms import BASE

_FILE: Final = "un-desa-migrant-stock/stocks_total.csv.gz"
_YEARS: Final = ("1990", "1995", "2000", "2005", "2010", "2015", "2020")
_REPORTER: Final = f"{BASE}id/organization/un-desa"
_NO_PARTIES: Final = {
    "CHI": "the Channel Islands, of which Guernsey and Jersey are parties each",
    "XXX": "other or unknown origins together",
}
_REPORTER_NAMES: Final = {
    "en": "United Nations Department of Economic and Social Affairs",
    "es": "Departamento de Asuntos Económicos y Sociales de las Naciones Unidas",
    "ko": "유엔 경제사회국",
}
_REPORTER_STATEMENT: Final = {
    "en": "Is an estimate of the Population Division of the Department of Economic and Social Affairs.",
    "es": "Es una estimación de la División de Población del Departamento de Asuntos Económicos y Sociales.",
    "ko": "경제사회국 인구 담당 부서가 추계한 자료이다.",
}


def _stocks(raw: Raw) -> Iterator[Row]:
    """Give a row for each pair, with the years beside each other."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for record in raw.records(_FILE, used=("origin_iso3", "destination_iso3", "year", "migrants")):
        pair = (_code(record, "origin_iso3"), _code(record, "destination_iso3"))
        years = found.setdefault(pair, {})
        if record["year"] not in _YEARS or record["year"] in years:
            record.fail(f"has a year that we do not know, or have already: {record['year']}")
        years[record["year"]] = _people(record)
    for pair, years in found.items():
        yield (*pair, *(years.get(year, "") for year in _YEARS))


def _code(record: Record, name: str) -> str:
    if not re.fullmatch("[A-Z]{3}", record[name]):
        record.fail(f"has what is no code of a country: {record[name]}")
    return record[name]


def _people(record: Record) -> str:
    if not re.fullmatch(r"[1-9][0-9]*\.0", record["migrants"]):
        record.fail(f"has what is no number of people: {record['migrants']}")
    return record["migrants"].removesuffix(".0")


def _facts(world: World) -> Iterator[Thing]:
    yield from _reporter()
    years = _YEARS if world.all_years else _YEARS[-1:]
    cited = {year: citation(SOURCE.iri, year, f"stocks_total: year {year}", _statement(year)) for year in years}
    yield from cited.values()
    for row in world.rows(SOURCE.name, "stocks"):
        if not {row["origin"], row["destination"]} & {*_NO_PARTIES}:
            for year in years:
                if row[year]:
                    yield _observation(row, year, cited[year])


def _reporter() -> Iterator[Thing]:
    """Describe whose estimates these are: curators have figures of others for the same year."""
    cited = citation(SOURCE.iri, "un-desa", "stocks_total", _REPORTER_STATEMENT)
    yield cited
    yield Thing(
        _REPORTER,
        (
            ("rdf:type", ref("org:Organization")),
            ("rdf:type", ref("prov:Agent")),
            ("bilat:citation", node(cited.iri)),
            ("bilat:kind", ref("actor:statistics-office")),
            *texts("rdfs:label", _REPORTER_NAMES),
        ),
    )


def _observation(row: Mapping[str, str], year: str, cited: Thing) -> Thing:
    pair = (row["origin"], row["destination"])
    properties = (
        *directed(*pair),
        ("bilat:measure", ref("measure:migrant-stock")),
        ("bilat:refPeriod", date(year)),
        ("bilat:reportedBy", node(_REPORTER)),
        ("bilat:unit", ref("unit:person")),
        ("bilat:value", decimal(row[year])),
    )
    return fact("bilat:MigrationStock", pair, f"un-desa-migrants-{row['origin']}-{year}", [cited.iri], properties)


def _statement(year: str) -> Texts:
    return {
        "en": f"Gives the people born in one who lived in the other in {year}, in the row of origin and destination.",
        "es": f"Da las personas nacidas en una que vivían en la otra en {year}, en la fila del origen y el destino.",
        "ko": f"{year}년에 한쪽에서 태어나 상대방에 살던 사람의 수가 출신국과 거주국의 행에 실려 있다.",
    }


def _left_out(world: World) -> Iterator[LeftOut]:
    """Count what is left out, by the code that is no party; each would be thousands of lines alike."""
    counts: Counter[str] = Counter()
    for row in world.rows(SOURCE.name, "stocks"):
        code = next((row[side] for side in ("origin", "destination") if row[side] in _NO_PARTIES), "")
        counts[code] += sum(row[year] != "" for year in _YEARS)
    for code, reason in _NO_PARTIES.items():
        yield LeftOut("stocks", f"{code}: {counts[code]} values", reason)


SOURCE: Final = Source(
    name="un-desa-migrant-stock",
    title="International Migrant Stock 2020",
    publisher="United Nations, Department of Economic and Social Affairs, Population Division; packaged as gdiviz",
    license="https://creativecommons.org/licenses/by/3.0/igo/",
    address="https://github.com/ksreyes/gdiviz",
    version="2020",
    files=(RawFile(_FILE, "db1638dee2eb16c94ee25cbcb9041aa4dec741e430ccdbf178ca1b3051463ee9"),),
    facts=_facts,
    left_out=_left_out,
    tables=(
        Table(
            "stocks",
            "People born in one country who live in another; an empty cell is unknown and not zero",
            (
                Column("origin", "country of birth, ISO 3166-1 alpha-3; CHI the Channel Islands, XXX other or unknown"),
                Column("destination", "country of residence, ISO 3166-1 alpha-3; CHI the Channel Islands"),
                *(Column(year, f"people in {year}", "integer") for year in _YEARS),
            ),
            _stocks,
            floor=11_000,
            ceiling=13_000,
        ),
    ),
)
