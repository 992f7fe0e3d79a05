"""Armed conflicts beside the rows of the UCDP: in which years were two states on opposite sides?"""

import sys
from itertools import count, takewhile
from pathlib import Path

import pyoxigraph as ox

from tests.conftest import ROOT
from tests.readings import Reading, drawn
from tests.readings.drawn import Fact, read

GRAPH = "ucdp"
PAGE = ROOT / "docs" / "readings" / f"{GRAPH}.csv"
FILE = "ucdp/interstate.csv"
SHOWN = ("superEvent", "startDate", "endDate")
DAYS = {10: {"1"}, 7: {"2", "3"}, 4: {"4", "5"}}
"""How precise a date can be, by its length."""


def table(store: ox.Store, raw: Path) -> Reading:
    return drawn.table(store, raw, sys.modules[__name__])


def beside(fact: Fact, raw: Path) -> tuple[str, bool]:
    rows = opposed(fact, raw)
    (start,), (end,) = fact["startDate"], fact.get("endDate", [""])
    first = int(start[:4])
    run = [*takewhile(lambda year: year in rows, count(first))]
    whole = dict(of_conflict(fact, raw))
    agrees = bool(run) and first - 1 not in rows
    agrees &= began(start, rows[first], is_joining=first - 1 in whole, is_first=first == min(whole))
    agrees &= ended(end, rows[run[-1]], is_leaving=run[-1] + 1 in whole)
    last = rows[run[-1]]
    sides = " ".join(f"{name}={last[name]}" for name in last if name.startswith("gwno") and last[name])
    shown = f"{run[0]} to {run[-1]}: {sides}; {last['start_date']} ({last['start_prec']}), {last['start_date2']}"
    return f"{shown} ({last['start_prec2']}), {last['ep_end_date'] or 'not ended'}", agrees


def of_conflict(fact: Fact, raw: Path) -> list[tuple[int, dict[str, str]]]:
    number = fact["superEvent"][0].removeprefix("ucdp-")
    rows = read(raw / FILE)
    return [(int(float(row["year"])), row) for row in rows if row["conflict_id"] == f"{number}.0"]


def opposed(fact: Fact, raw: Path) -> dict[int, dict[str, str]]:
    """Give a row for each year in which the two states of the relation are on opposite sides."""
    one, other = (numbers(code) for code in fact["ofRelation"][0].split("-"))
    found = {}
    for year, row in of_conflict(fact, raw):
        side_a, side_b = ({row[name], row[f"{name}_2nd"]} for name in ("gwno_a", "gwno_b"))
        if (side_a & one and side_b & other) or (side_a & other and side_b & one):
            found[year] = row
    return found


def numbers(code: str) -> set[str]:
    return {
        f"{row['number']}.0" for row in read(ROOT / "data" / "decisions" / "gleditsch_ward.csv") if row["party"] == code
    }


def began(start: str, row: dict[str, str], *, is_joining: bool, is_first: bool) -> bool:
    if is_joining:
        return start == row["year"].removesuffix(".0")
    in_first_year = is_first and row["start_date"][:4] == row["year"][:4]
    day, precision = ("start_date", "start_prec") if in_first_year else ("start_date2", "start_prec2")
    return row[day].startswith(start) and row[precision].removesuffix(".0") in DAYS[len(start)]


def ended(end: str, row: dict[str, str], *, is_leaving: bool) -> bool:
    if is_leaving:
        return end == row["year"].removesuffix(".0")
    if row["ep_end_date"].endswith("12-31"):
        return end == row["ep_end_date"][:4]
    return end == row["ep_end_date"]
