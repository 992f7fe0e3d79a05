"""Refugees and asylum-seekers by country of origin and of asylum, at the end of each year since 1951.

Four things to know of the figures. Before 1960 no origin is known. Small numbers are rounded: none is
between 0 and 5. A zero fills the cell where a row has another figure, whether there was nobody, nobody was
counted, or too few to be told, so that it is no statement and makes no observation. And the last year is
not complete, so that the latest year, which is all that the small profile has, is the one before; with all
years the last one is there as well, and its citation says what it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from bilateral.build.fact import citation, directed, fact
from bilateral.build.source import Column, LeftOut, Raw, RawFile, Record, Row, Source, Table
from bilateral.build.thing import Texts, Thing, date, decimal, ref
from bilateral.build.world import World

_FILE: Final = "unhcr-refugees/population.csv.gz"
_FIRST: Final = 1951
_LATEST: Final = 2024
_PARTIAL: Final = 2025
_MEASURES: Final = {"refugees": "measure:refugees", "asylum_seekers": "measure:asylum-seekers"}
_NOBODY: Final = "0"
_NO_PARTIES: Final = {
    "TIB": "Tibetans, whom the source lists apart, and who have no party here",
    "UNK": "the country is unknown, or there were several",
    "XXA": "stateless people, who are of no party",
}
_NO_STATEMENT: Final = "a zero fills the cell beside another figure, and may stand for unknown as well as for nobody"


def _people(raw: Raw) -> Iterator[Row]:
    used = ("year", "coo_iso", "coa_iso", "refugees", "asylum_seekers")
    ignored = (
        *("coo_name", "coo", "coa_name", "coa", "returned_refugees", "idps", "returned_idps"),
        *("stateless", "ooc", "oip", "hst"),
    )
    for record in raw.records(_FILE, used=used, ignored=ignored):
        numbers = tuple(_number(record, measure) for measure in _MEASURES)
        if {*numbers} != {_NOBODY}:
            yield (_code(record, "coo_iso"), _code(record, "coa_iso"), _year(record), *numbers)


def _code(record: Record, name: str) -> str:
    if not re.fullmatch("[A-Z]{3}", record[name]):
        record.fail(f"has what is no code of a country: {record[name]}")
    return record[name]


def _year(record: Record) -> str:
    year = _number(record, "year")
    if not _FIRST <= int(year) <= _PARTIAL:
        record.fail(f"has a year that we do not know: {year}")
    return year


def _number(record: Record, name: str) -> str:
    if not re.fullmatch(r"[0-9]+\.0", record[name]):
        record.fail(f"has a {name} that is no whole number: {record[name]}")
    return record[name].removesuffix(".0")


def _facts(world: World) -> Iterator[Thing]:
    rows = [row for row in world.rows(SOURCE.name, "people") if not _reason(row)]
    years = {row["year"] for row in rows} if world.all_years else {str(_LATEST)}
    cited = {year: citation(SOURCE.iri, year, f"population: year {year}", _statement(year)) for year in sorted(years)}
    yield from cited.values()
    for row in rows:
        if row["year"] in cited:
            for column in _MEASURES:
                if row[column] != _NOBODY:
                    yield _observation(row, column, cited[row["year"]])


def _reason(row: Mapping[str, str]) -> str:
    """Tell why a row is about no pair of parties; nothing where it is."""
    for side in ("origin", "asylum"):
        if row[side] in _NO_PARTIES:
            return f"{row[side]} as {side}: {_NO_PARTIES[row[side]]}"
    return f"{row['origin']}: origin and asylum are the same" if row["origin"] == row["asylum"] else ""


def _observation(row: Mapping[str, str], column: str, cited: Thing) -> Thing:
    pair = (row["origin"], row["asylum"])
    properties = (
        *directed(*pair),
        ("bilat:measure", ref(_MEASURES[column])),
        ("bilat:refPeriod", date(row["year"])),
        ("bilat:unit", ref("unit:person")),
        ("bilat:value", decimal(row[column])),
    )
    name = f"unhcr-{_MEASURES[column].partition(':')[2]}-{row['origin']}-{row['year']}"
    return fact("bilat:MigrationStock", pair, name, [cited.iri], properties)


def _statement(year: str) -> Texts:
    partial = year == str(_PARTIAL)
    return {
        "en": f"Gives refugees and asylum-seekers in {year}, in the row of origin and asylum; small numbers are rounded"
        + ("; the figures of this year are not complete." if partial else "."),
        "es": f"Da los refugiados y solicitantes de asilo en {year}, en la fila del origen y el asilo; las cifras "
        + ("pequeñas están redondeadas; las de este año no están completas." if partial else "pequeñas, redondeadas."),
        "ko": f"{year}년의 난민과 난민 신청자 수가 출신국과 비호국의 행에 실려 있으며, 작은 수는 어림한 값이다."
        + (" 이 해의 수치는 아직 완전하지 않다." if partial else ""),
    }


def _left_out(world: World) -> Iterator[LeftOut]:
    """Count what is left out, by the reason; each would be thousands of lines alike."""
    rows: Counter[str] = Counter()
    zeros: Counter[str] = Counter()
    for row in world.rows(SOURCE.name, "people"):
        reason = _reason(row)
        rows[reason] += 1
        zeros.update(column for column in _MEASURES if not reason and row[column] == _NOBODY)
    for reason in sorted({*rows} - {""}):
        what, _, why = reason.partition(": ")
        yield LeftOut("people", f"{what}: {rows[reason]} rows", why)
    for column, count in sorted(zeros.items()):
        yield LeftOut("people", f"{column}: {count} zeros", _NO_STATEMENT)


SOURCE: Final = Source(
    name="unhcr-refugees",
    title="Refugee Population Statistics Database",
    publisher="Office of the United Nations High Commissioner for Refugees (UNHCR)",
    license="https://creativecommons.org/licenses/by/4.0/",
    address="https://github.com/PopulationStatistics/refugees",
    version="2026-06-25",
    files=(RawFile(_FILE, "35691fac31e178920edc90d2050415635b277af560d5b5e26b48e83d0c606ba9"),),
    facts=_facts,
    left_out=_left_out,
    tables=(
        Table(
            "people",
            "Refugees and asylum-seekers by country of origin and of asylum; small numbers are rounded",
            (
                Column("origin", "ISO 3166-1 alpha-3; UNK unknown, XXA stateless, TIB Tibetan"),
                Column("asylum", "ISO 3166-1 alpha-3; UNK unknown"),
                Column("year", "at its end; 2025 is not complete", "gYear"),
                Column("refugees", "people; 0 stands for unknown as well", "integer"),
                Column("asylum_seekers", "people; 0 stands for unknown as well", "integer"),
            ),
            _people,
            floor=130_000,
            ceiling=140_000,
        ),
    ),
)
