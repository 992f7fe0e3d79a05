"""Migrants beside the rows of the International Migrant Stock."""

import sys
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from tests.conftest import ROOT
from tests.readings import Reading, drawn
from tests.readings.drawn import Fact, read

GRAPH = "un-desa-migrant-stock"
PAGE = ROOT / "docs" / "readings" / f"{GRAPH}.csv"
FILE = "un-desa-migrant-stock/stocks_total.csv.gz"
SHOWN = ("fromParty", "toParty", "measure", "refPeriod", "value")


def table(store: ox.Store, raw: Path) -> Reading:
    return drawn.table(store, raw, sys.modules[__name__])


def beside(fact: Fact, raw: Path) -> tuple[str, bool]:
    (origin,), (residence,), (year,) = fact["fromParty"], fact["toParty"], fact["refPeriod"]
    people = by_pair(raw)[origin, residence, year]
    return f"{origin},{residence},{year},{people}", fact["value"] == [str(int(float(people)))]


@cache
def by_pair(raw: Path) -> dict[tuple[str, str, str], str]:
    rows = read(raw / FILE)
    return {(row["origin_iso3"], row["destination_iso3"], row["year"]): row["migrants"] for row in rows}
