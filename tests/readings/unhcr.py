"""Refugees and asylum-seekers beside the rows of the UNHCR."""

import sys
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from tests.conftest import ROOT
from tests.readings import Reading, drawn
from tests.readings.drawn import Fact, read

GRAPH = "unhcr-refugees"
PAGE = ROOT / "docs" / "readings" / f"{GRAPH}.csv"
FILE = "unhcr-refugees/population.csv.gz"
SHOWN = ("fromParty", "toParty", "measure", "refPeriod", "value")


def table(store: ox.Store, raw: Path) -> Reading:
    return drawn.table(store, raw, sys.modules[__name__])


def beside(fact: Fact, raw: Path) -> tuple[str, bool]:
    (origin,), (asylum,), (year,), (measure,) = (
        fact[name] for name in ("fromParty", "toParty", "refPeriod", "measure")
    )
    row = by_pair(raw)[origin, asylum, f"{year}.0"]
    column = measure.replace("-", "_")
    shown = f"{row['year']}: {row['coo_name']} in {row['coa_name']}: {column}={row[column]}"
    return shown, float(row[column]) == float(fact["value"][0]) > 0


@cache
def by_pair(raw: Path) -> dict[tuple[str, str, str], dict[str, str]]:
    rows = read(raw / FILE)
    return {(row["coo_iso"], row["coa_iso"], row["year"]): row for row in rows}
