"""The rows of the source, one for each conflict and year."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import product
from typing import Final

from bilateral.build import decisions
from bilateral.build.raw import Raw, Record, Row

SIDES: Final = {"side_a": "gwno_a", "support_a": "gwno_a_2nd", "side_b": "gwno_b", "support_b": "gwno_b_2nd"}
"""The sides and those that support them, and the columns of the file."""
_ALIKE: Final = ("intensity_level", "start_date", "start_prec", "start_date2", "start_prec2", "ep_end", "ep_end_date")
_LENGTHS: Final = {"day": 10, "month": 7, "year": 4}
_LEVELS: Final = {"1.0": "minor", "2.0": "war"}
_ENDS: Final = {"0.0", "1.0"}


def years(raw: Raw) -> Iterator[Row]:
    """Give a row for each conflict and year; the file has one for each combination of those on the sides."""
    lengths = {row["precision"]: _LENGTHS[row["known"]] for row in decisions.read("date-precisions")}
    for (conflict, year), records in _by_year(raw).items():
        first = records[0]
        sides = [sorted({_number(record, name) for record in records}) for name in SIDES.values()]
        if len(records) != len([*product(*sides)]) or any(r[name] != first[name] for r in records for name in _ALIKE):
            first.fail(f"belongs to rows on {conflict} in {year} that do not fit together")
        yield (
            conflict,
            year,
            *(" ".join(side).strip() for side in sides),
            first.known("intensity_level", _LEVELS, "an intensity"),
            _date(first, "start_date", "start_prec", lengths),
            _date(first, "start_date2", "start_prec2", lengths),
            _end(first),
        )


def _by_year(raw: Raw) -> Mapping[tuple[str, str], list[Record]]:
    found: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for record in raw.records("years", ("conflict_id", "year", *SIDES.values(), *_ALIKE, "type_of_conflict")):
        if record["type_of_conflict"] != "interstate":
            record.fail(f"is no conflict between states: {record['type_of_conflict']}")
        found[_number(record, "conflict_id"), _number(record, "year")].append(record)
    return found


def _number(record: Record, name: str) -> str:
    return record.whole(name, r"([1-9][0-9]*\.0)?")


def _date(record: Record, name: str, precision: str, lengths: Mapping[str, int]) -> str:
    """Give as much of a date as the source knows."""
    if record[precision] not in lengths or not re.fullmatch(r"\d{4}-\d\d-\d\d", record[name]):
        record.fail(f"has a {name} that is no date of a known precision: {record[name]}")
    return record[name][: lengths[record[precision]]]


def _end(record: Record) -> str:
    """Give the day on which an episode ended; the last day of a year stands for some day of it."""
    end = record["ep_end_date"]
    if record["ep_end"] not in _ENDS or (record["ep_end"] == "1.0") != (end != ""):
        record.fail(f"has an end of the episode that we do not know: {end}")
    return end[:4] if end.endswith("-12-31") else end
