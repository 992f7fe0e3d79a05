"""The rows of the source, each with its kind, and with items where the file has their addresses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from bilateral.build import decisions
from bilateral.build.raw import Raw, Record, Row

_USED: Final = (
    *("operatorQID", "countryQID", "jurisdictionQIDs", "city", "cityQID", "latitude", "longitude"),
    *("website", "typeQID", "creation", "QID"),
)
_CREATION: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)T00:00:00Z")
_ENTITY: Final = "http://www.wikidata.org/entity/"


def missions(raw: Raw) -> Iterator[Row]:
    """Give every row of the source."""
    kinds = {_ENTITY + row["item"]: row["kind"] for row in decisions.read("mission-kinds")}
    records = [*raw.records("missions", _USED)]
    count = Counter(record["QID"] for record in records)
    for record in records:
        yield (
            _item(record, "QID"),
            str(count[record["QID"]]),
            _item(record, "operatorQID"),
            _item(record, "countryQID"),
            record.known("typeQID", kinds, "a type"),
            _item(record, "cityQID") if record["cityQID"] else "",
            record["city"],
            record["latitude"],
            record["longitude"],
            record["website"],
            _opened(record),
            " ".join(_entity(record, iri) for iri in record["jurisdictionQIDs"].split("|") if iri),
            str(record.line),
        )


def _item(record: Record, name: str) -> str:
    return _entity(record, record[name])


def _entity(record: Record, iri: str) -> str:
    if not re.fullmatch(rf"{re.escape(_ENTITY)}Q\d+", iri):
        record.fail(f"has what is no Wikidata item: {iri}")
    return iri.removeprefix(_ENTITY)


def _opened(record: Record) -> str:
    """Give the date of opening; the first of January stands for a year of which no day is known."""
    text = record["creation"]
    if not text:
        return ""
    date = _CREATION.fullmatch(text)
    if date is None:
        record.fail(f"has a date of another form: {text}")
    year, month, day = date.groups()
    return year if (month, day) == ("01", "01") else f"{year}-{month}-{day}"
