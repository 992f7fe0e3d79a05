"""The editions, each read in its vocabulary."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from bilateral.build import decisions, description
from bilateral.build.raw import Raw, Record, Row
from bilateral.build.sources.passport_index.intervals import PASSING, Rule, joined

ABOUT: Final = description.read("passport-index")
_FREE: Final = "visa-free"
_OWN: Final = "-1"
"""A country's own nationals."""
_DAYS_SINCE: Final = "2020-01-01"
"""Before, a rule does not say whether days are limited."""
_WORDS_SINCE: Final = "2020-06"


def rules(raw: Raw) -> Iterator[Row]:
    """Give the rules of each pair, with the first and last edition that tell of them."""
    seen: dict[tuple[str, str], list[tuple[str, Rule]]] = defaultdict(list)
    for edition in ABOUT.files:
        meanings = _meanings(edition)
        for record in records(raw, edition):
            if record["Requirement"] != _OWN:
                seen[record["Passport"], record["Destination"]].append((edition, _read(record, edition, meanings)))
    for pair, observations in seen.items():
        for interval in joined(observations):
            yield (*pair, interval.rule.name, interval.rule.days or "", interval.first, interval.last)


def records(raw: Raw, edition: str) -> Iterator[Record]:
    """Give what an edition tells of each pair, as it tells it."""
    wanted = "Code" if edition < _WORDS_SINCE else "Requirement"
    for record in raw.records(edition, ("Passport", "Destination", wanted)):
        yield replace(record, fields={**record.fields, "Requirement": record[wanted]})


def _meanings(edition: str) -> Mapping[str, Rule]:
    """Give what words and codes mean in an edition, as decided by hand."""
    days = None if edition < _DAYS_SINCE else ""
    return {
        row["written"]: Rule(row["rule"], "" if row["rule"] in PASSING else days)
        for row in decisions.read("entry-rules")
        if row["since"] <= edition and (not row["before"] or edition < row["before"])
    }


def _read(record: Record, edition: str, meanings: Mapping[str, Rule]) -> Rule:
    """Read a rule: a word or code, or a number of days without visa."""
    if edition >= _DAYS_SINCE and re.fullmatch("[1-9][0-9]{0,2}", record["Requirement"]):
        return Rule(_FREE, record["Requirement"])
    return record.known("Requirement", meanings, "a requirement")
