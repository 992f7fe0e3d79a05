"""Diplomatic missions of the world, as Wikidata had them on 16 November 2022."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from bilateral.build.source import Column, Raw, RawFile, Record, Row, Source, Table

_FILE: Final = "embassies/database_of_embassies.2022-11-16.csv.gz"
_USED: Final = (
    *("operatorQID", "countryQID", "jurisdictionQIDs", "city", "cityQID", "latitude", "longitude"),
    *("website", "typeQID", "creation", "QID"),
)
_IGNORED: Final = (
    *("operator", "country", "jurisdictions", "type", ""),  # names of what has an item
    *("address", "phone", "email", "facebook", "twitter", "youtube"),
    *("picture", "pictureAuthor", "pictureLicense", "pictureLicenseURL"),  # with licences of their own
)
_KINDS: Final = {
    "Q3917681": "embassy",
    "Q18414273": "high-commission",
    "Q19600600": "high-commission",
    "Q4824242": "high-commission",
    "Q113065939": "embassy",
    "Q620045": "nunciature",
    "Q2712647": "apostolic-delegation",
    "Q372690": "consulate-general",
    "Q108058047": "consulate-general",
    "Q112307194": "consulate-general",
    "Q7843791": "consulate",
    "Q10686185": "consulate",
    "Q24868622": "consular-office",
    "Q1783003": "consular-agency",
    "Q23891529": "honorary-consulate",
    "Q5244910": "de-facto-embassy",
    "Q61881945": "de-facto-consulate",
    "Q64779402": "liaison-office",
    "Q73088858": "assistant-high-commission",
    "Q94158456": "interests-section",
    "Q7314257": "representative-office",
    "Q579581": "representative-office",
    "Q4461020": "trade-office",
    "Q431071": "representative-office",
    "Q2360219": "permanent-mission",
    "Q213283": "diplomatic-mission",
    "Q73414365": "diplomatic-mission",
}
"""The kinds of missions by their Wikidata item; some missions have an item of their own as their type."""
_CREATION: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)T00:00:00Z")
_ENTITY: Final = "http://www.wikidata.org/entity/"


def _missions(raw: Raw) -> Iterator[Row]:
    records = [*raw.records(_FILE, used=_USED, ignored=_IGNORED, delimiter=";")]
    count = Counter(record["QID"] for record in records)
    for record in records:
        kind = _KINDS.get(_item(record, "typeQID"))
        if kind is None:
            record.fail(f"has a type that we do not know: {record['typeQID']}")
        yield (
            _item(record, "QID"),
            str(count[record["QID"]]),
            _item(record, "operatorQID"),
            _item(record, "countryQID"),
            kind,
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


SOURCE: Final = Source(
    name="embassies",
    title="Database of Embassies",
    publisher="The Database of Embassies project, from Wikidata",
    license="https://creativecommons.org/publicdomain/zero/1.0/",
    address="https://github.com/database-of-embassies/database-of-embassies",
    version="2022-11-16",
    files=(RawFile(_FILE, "9078b7566b58a746b0746510111637c2285cb995c5dc18650dc386d15e65d850"),),
    tables=(
        Table(
            "missions",
            "Every row of the source: sender, host, kind, place, opening and the countries served",
            (
                Column("item", "Wikidata item of the mission"),
                Column(
                    "rows",
                    "rows of the source that name this item; where there are two, they contradict each other",
                    "integer",
                ),
                Column("sender", "Wikidata item of the sender"),
                Column("host", "Wikidata item of the country where it is"),
                Column("kind", "kind of mission"),
                Column("city_item", "Wikidata item of the city"),
                Column("city", "English name of the city"),
                Column("latitude", "WGS 84", "decimal"),
                Column("longitude", "WGS 84", "decimal"),
                Column("website", "address of its website", "anyURI"),
                Column("opened", "year or day of its opening"),
                Column("jurisdictions", "Wikidata items of the countries that it serves, parted by spaces"),
                Column("line", "line of the source's file", "integer"),
            ),
            _missions,
            floor=9852,
            ceiling=9852,
        ),
    ),
)
