"""Refugees and asylum-seekers by country of origin and of asylum, at the end of each year since 1951.

Four things to know of the figures. Before 1960 no origin is known. Small numbers are rounded: none is
between 0 and 5. A zero fills the cell where a row has another figure, whether there was nobody, nobody was
counted, or too few to be told, so that it is no statement and makes no observation. And the last year is
not complete, so that the latest year, which is all that the small profile has, is the one before; with all
years the last one is there as well, and its citation says what it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from bilateral.build import description
from bilateral.build.fact import directed, fact, observed
from bilateral.build.raw import Raw, Record, Row
from bilateral.build.source import LeftOut, Source
from bilateral.build.thing import Thing
from bilateral.build.world import World

_ABOUT: Final = description.read("unhcr-refugees")
_FIRST: Final = 1951
_LATEST: Final = 2024
_PARTIAL: Final = 2025
_SIDES: Final = ("origin", "asylum")
_MEASURES: Final = {"refugees": "refugees", "asylum_seekers": "asylum-seekers"}
_NOBODY: Final = "0"
_NO_STATEMENT: Final = "a zero fills the cell beside another figure, and may stand for unknown as well as for nobody"


def _people(raw: Raw) -> Iterator[Row]:
    for record in raw.records("people", ("year", "coo_iso", "coa_iso", *_MEASURES)):
        numbers = tuple(record.whole(measure) for measure in _MEASURES)
        if {*numbers} != {_NOBODY}:
            yield (record.code("coo_iso"), record.code("coa_iso"), _year(record), *numbers)


def _year(record: Record) -> str:
    year = record.whole("year")
    if not _FIRST <= int(year) <= _PARTIAL:
        record.fail(f"has a year that we do not know: {year}")
    return year


def _facts(world: World) -> Iterator[Thing]:
    rows = [row for row, reason in _reasons(world) if not reason]
    years = sorted({row["year"] for row in rows} if world.all_years else {str(_LATEST)})
    cited = {year: _cited(year) for year in years}
    yield from cited.values()
    for row in rows:
        if row["year"] in cited:
            for column in _MEASURES:
                if row[column] != _NOBODY:
                    yield _observation(row, column, cited[row["year"]])


def _cited(year: str) -> Thing:
    words = "incomplete-year" if year == str(_PARTIAL) else "year"
    return _ABOUT.cite(year, f"population: year {year}", words, year=year)


def _reasons(world: World) -> Iterator[tuple[Mapping[str, str], str]]:
    """Give each row, and why it is about no pair of parties; nothing where it is."""
    no_parties = world.no_parties(_ABOUT.name)
    for row in world.rows(_ABOUT.name, "people"):
        sides = (f"{row[side]} as {side}: {no_parties[row[side]]}" for side in _SIDES if row[side] in no_parties)
        same = f"{row['origin']}: origin and asylum are the same" if row["origin"] == row["asylum"] else ""
        yield row, next(sides, same)


def _observation(row: Mapping[str, str], column: str, cited: Thing) -> Thing:
    pair, measure = (row["origin"], row["asylum"]), _MEASURES[column]
    properties = (*directed(*pair), *observed(f"measure:{measure}", row["year"], row[column], "unit:person"))
    name = f"unhcr-{measure}-{row['origin']}-{row['year']}"
    return fact("bilat:MigrationStock", pair, name, [cited.iri], properties)


def _left_out(world: World) -> Iterator[LeftOut]:
    """Count what is left out, by the reason; each would be thousands of lines alike."""
    rows: Counter[str] = Counter()
    zeros: Counter[str] = Counter()
    for row, reason in _reasons(world):
        rows[reason] += 1
        zeros.update(column for column in _MEASURES if not reason and row[column] == _NOBODY)
    for reason in sorted({*rows} - {""}):
        what, _, why = reason.partition(": ")
        yield LeftOut("people", f"{what}: {rows[reason]} rows", why)
    for column, count in sorted(zeros.items()):
        yield LeftOut("people", f"{column}: {count} zeros", _NO_STATEMENT)


SOURCE: Final = Source(_ABOUT, {"people": _people}, _facts, _left_out)
