"""Diplomatic missions of the world, as Wikidata had them on 16 November 2022."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from bilateral.build import names
from bilateral.build.fact import citation, directed, fact
from bilateral.build.source import Column, LeftOut, Raw, RawFile, Record, Row, Source, Table
from bilateral.build.thing import Property, Texts, Thing, boolean, date, decimal, node, ref, text, texts
from bilateral.build.world import World
from bilateral.terms import BASE, relation_iri

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
_DIPLOMATIC: Final = {
    *("embassy", "high-commission", "nunciature", "apostolic-delegation", "de-facto-embassy"),
    *("liaison-office", "interests-section", "representative-office", "diplomatic-mission"),
}
"""The kinds that are sent to a party; the others are for a part of one, and there can be several."""
_EARLIEST: Final = "1700"
"""Before this year an opening is that of the house; no party of today kept a mission then."""
_CITIES_STATEMENT: Final = {
    "en": "Names the cities in which missions are, with their Wikidata items.",
    "es": "Nombra las ciudades donde están las misiones, con sus elementos de Wikidata.",
    "ko": "공관이 있는 도시의 이름이 위키데이터 항목과 함께 실려 있다.",
}
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


@dataclass(frozen=True)
class _Mission:
    """A row that becomes a mission: from one party to another, seated in a third where the other is not its host."""

    row: Mapping[str, str]
    sender: str
    receiver: str
    host: str
    served: tuple[str, ...]

    @property
    def pair(self) -> tuple[str, str]:
        return (self.sender, self.receiver)

    @property
    def name(self) -> str:
        return f"mission-{self.row['item']}"


def _facts(world: World) -> Iterator[Thing]:
    cities = _cities(world)
    for row in world.rows(SOURCE.name, "missions"):
        mission = _judged(world, row)
        if isinstance(mission, _Mission):
            yield from _described(world, mission, cities)
        elif mission is None:
            yield from _permanent(world, row)
    yield from _places(world, cities)


def _left_out(world: World) -> Iterator[LeftOut]:
    for row in world.rows(SOURCE.name, "missions"):
        mission = _judged(world, row)
        if isinstance(mission, str):
            yield LeftOut("missions", row["item"], mission)
        elif "" < row["opened"] < _EARLIEST:
            yield LeftOut("missions", f"{row['item']} {row['opened']}", "its opening is that of an old building")
        for item in row["jurisdictions"].split():
            if item not in world.code_of_item:
                yield LeftOut(
                    "missions", f"{row['item']} {item}", "it serves what is no party: a region or an organization"
                )


def _judged(world: World, row: Mapping[str, str]) -> _Mission | str | None:
    """Tell what a row is: a mission, one to an organization (None), or why it is neither."""
    sender, host = (world.code_of_item.get(row[side], "") for side in ("sender", "host"))
    reasons = (
        (row["rows"] != "1", "two rows name it, with different senders"),
        (not sender, f"its sender is no party: {row['sender']}"),
        (not host, f"its host is no party: {row['host']}"),
        (sender == host, "sender and host are the same party"),
    )
    reason = next((reason for holds, reason in reasons if holds), None)
    if reason or row["kind"] == "permanent-mission":
        return reason
    return _bilateral(world, row, sender, host)


def _bilateral(world: World, row: Mapping[str, str], sender: str, host: str) -> _Mission | str:
    """Tell to whom a mission is: its host, or the one party that it serves instead."""
    served = (world.code_of_item.get(item) for item in row["jurisdictions"].split())
    parties = tuple(dict.fromkeys(code for code in served if code))
    receiver = host
    if parties and host not in parties and row["kind"] in _DIPLOMATIC:
        if len(parties) > 1:
            return "it serves several parties, but not its host"
        receiver = parties[0]
    if receiver == sender:
        return "sender and receiver are the same party"
    others = tuple(code for code in parties if code not in {receiver, sender})
    return _Mission(row, sender, receiver, host, others)


def _described(world: World, mission: _Mission, cities: Mapping[str, str]) -> Iterator[Thing]:
    row, kind = mission.row, f"mission:{mission.row['kind']}"
    sender, receiver = (world.parties[code].names for code in mission.pair)
    city = "" if row["kind"] in _DIPLOMATIC else cities.get(row["city_item"], "")
    labels = names.mission(world.kinds[kind], sender, receiver, city)
    cited = citation(SOURCE.iri, row["item"], f"line {row['line']}, {row['item']}", _statement(labels))
    yield cited
    properties = (
        *directed(*mission.pair),
        ("bilat:kind", ref(kind)),
        *_seat(world, row),
        *texts("rdfs:label", labels),
    )
    yield fact("bilat:DiplomaticMission", mission.pair, mission.name, [cited.iri], properties)
    for other in mission.served:
        accredited = (
            *directed(mission.sender, other),
            ("bilat:resident", boolean(value=False)),
            ("bilat:postedIn", ref(f"party:{mission.host}")),
            ("bilat:viaMission", node(f"{relation_iri(*mission.pair)}/{mission.name}")),
            ("bilat:lastAttested", date(SOURCE.version)),
            *texts("rdfs:label", names.accreditation(labels, world.parties[other].names)),
        )
        name = f"accreditation-{row['item']}"
        yield fact("bilat:Accreditation", (mission.sender, other), name, [cited.iri], accredited)


def _permanent(world: World, row: Mapping[str, str]) -> Iterator[Thing]:
    """Describe a mission to an organization: it belongs to no relation of two parties."""
    sender, host = (world.parties[world.code_of_item[row[side]]].names for side in ("sender", "host"))
    labels = names.mission(world.kinds["mission:permanent-mission"], sender, host, row["city"])
    cited = citation(SOURCE.iri, row["item"], f"line {row['line']}, {row['item']}", _statement(labels))
    yield cited
    yield Thing(
        f"{BASE}id/organization/{row['item']}",
        (
            ("rdf:type", ref("bilat:PermanentMission")),
            ("bilat:citation", node(cited.iri)),
            ("bilat:fromParty", ref(f"party:{world.code_of_item[row['sender']]}")),
            ("bilat:kind", ref("mission:permanent-mission")),
            *_seat(world, row),
            *texts("rdfs:label", labels),
        ),
    )


def _seat(world: World, row: Mapping[str, str]) -> Iterator[Property]:
    """Say where a mission is, since when, and that it was there on the day of the data."""
    yield ("bilat:lastAttested", date(SOURCE.version))
    yield ("skos:exactMatch", ref(f"wd:{row['item']}"))
    if row["city_item"]:
        yield ("schema:location", node(world.place_iri(row["city_item"])))
    if row["latitude"]:
        yield ("schema:latitude", decimal(row["latitude"]))
        yield ("schema:longitude", decimal(row["longitude"]))
    if row["website"]:
        yield ("schema:url", node(quote(row["website"].strip("\u200b"), safe=":/?#[]@!$&'()*+,;=%~")))
    if row["opened"] >= _EARLIEST:
        yield ("bilat:startDate", date(row["opened"]))


def _cities(world: World) -> dict[str, str]:
    return {row["city_item"]: row["city"] for row in world.rows(SOURCE.name, "missions") if row["city_item"]}


def _places(world: World, cities: Mapping[str, str]) -> Iterator[Thing]:
    """Describe the cities that neither curators nor the table of parties describe."""
    capitals = {row["capital_item"] for row in world.rows("parties", "parties")}
    cited = citation(SOURCE.iri, "cities", "city, cityQID", _CITIES_STATEMENT)
    yield cited
    for item, name in cities.items():
        if item not in capitals and not world.is_curated(world.place_iri(item)):
            yield Thing(
                world.place_iri(item),
                (
                    ("rdf:type", ref("schema:Place")),
                    ("bilat:citation", node(cited.iri)),
                    ("rdfs:label", text(name, "en")),
                    ("skos:exactMatch", ref(f"wd:{item}")),
                ),
            )


def _statement(labels: Texts) -> Texts:
    return {
        "en": f"Has the {labels['en'][0].lower()}{labels['en'][1:]}, in its state of 16 November 2022.",
        "es": f"Tiene, en su estado del 16 de noviembre de 2022: {labels['es']}.",
        "ko": f"2022년 11월 16일 상태에 {labels['ko']}이(가) 실려 있다.",
    }


SOURCE: Final = Source(
    name="embassies",
    title="Database of Embassies",
    publisher="The Database of Embassies project, from Wikidata",
    license="https://creativecommons.org/publicdomain/zero/1.0/",
    address="https://github.com/database-of-embassies/database-of-embassies",
    version="2022-11-16",
    files=(RawFile(_FILE, "9078b7566b58a746b0746510111637c2285cb995c5dc18650dc386d15e65d850"),),
    facts=_facts,
    left_out=_left_out,
    curated_as="database-of-embassies",
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
