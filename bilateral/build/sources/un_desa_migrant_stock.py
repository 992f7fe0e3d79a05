"""People born in one country who live in another, every five years, as the United Nations estimate them.

A pair that has no row is not one without migrants: the estimates rest on what the country of residence
counts, and many count few origins. South Korea gives 29, and Peru is not among them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Final

from bilateral.build import description
from bilateral.build.fact import directed, fact, observed
from bilateral.build.raw import Raw, Row
from bilateral.build.source import LeftOut, Source
from bilateral.build.thing import Thing, node, ref, texts
from bilateral.build.world import World
from bilateral.terms import BASE

_ABOUT: Final = description.read("un-desa-migrant-stock")
_YEARS: Final = ("1990", "1995", "2000", "2005", "2010", "2015", "2020")
_REPORTER: Final = f"{BASE}id/organization/un-desa"


def _stocks(raw: Raw) -> Iterator[Row]:
    """Give a row for each pair, with the years beside each other."""
    found: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for record in raw.records("stocks", ("origin_iso3", "destination_iso3", "year", "migrants")):
        years = found[record.code("origin_iso3"), record.code("destination_iso3")]
        if record["year"] not in _YEARS or record["year"] in years:
            record.fail(f"has a year that we do not know, or have already: {record['year']}")
        years[record["year"]] = record.whole("migrants", r"[1-9][0-9]*\.0", "what is no number of people")
    for pair, years in found.items():
        yield (*pair, *(years.get(year, "") for year in _YEARS))


def _facts(world: World) -> Iterator[Thing]:
    yield from _reporter()
    years = _YEARS if world.all_years else _YEARS[-1:]
    cited = {year: _ABOUT.cite(year, f"stocks_total: year {year}", "year", year=year) for year in years}
    yield from cited.values()
    no_parties = {*world.no_parties(_ABOUT.name)}
    for row in world.rows(_ABOUT.name, "stocks"):
        pair = (row["origin"], row["destination"])
        for year in years:
            if row[year] and not {*pair} & no_parties:
                measured = observed("measure:migrant-stock", year, row[year], "unit:person", by=_REPORTER)
                name = f"un-desa-migrants-{row['origin']}-{year}"
                yield fact("bilat:MigrationStock", pair, name, [cited[year].iri], (*directed(*pair), *measured))


def _reporter() -> Iterator[Thing]:
    """Describe whose estimates these are: curators have figures of others for the same year."""
    cited = _ABOUT.cite("un-desa", "stocks_total", "reporter")
    yield cited
    yield Thing(
        _REPORTER,
        (
            ("rdf:type", ref("org:Organization")),
            ("rdf:type", ref("prov:Agent")),
            ("bilat:citation", node(cited.iri)),
            ("bilat:kind", ref("actor:statistics-office")),
            *texts("rdfs:label", _ABOUT.words["name-of-reporter"]),
        ),
    )


def _left_out(world: World) -> Iterator[LeftOut]:
    """Count what is left out, by the code that is no party; each would be thousands of lines alike."""
    no_parties = world.no_parties(_ABOUT.name)
    counts: Counter[str] = Counter()
    for row in world.rows(_ABOUT.name, "stocks"):
        code = next((row[side] for side in ("origin", "destination") if row[side] in no_parties), "")
        counts[code] += sum(row[year] != "" for year in _YEARS)
    for code, reason in no_parties.items():
        yield LeftOut("stocks", f"{code}: {counts[code]} values", reason)


SOURCE: Final = Source(_ABOUT, {"stocks": _stocks}, _facts, _left_out)
