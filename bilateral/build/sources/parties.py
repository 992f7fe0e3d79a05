"""Countries and territories: codes, capitals, and Wikidata items compared across tables."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from bilateral.build import names
from bilateral.build.fact import citation
from bilateral.build.names import Names
from bilateral.build.source import Column, Raw, RawFile, Record, Row, Source, Table
from bilateral.build.thing import Property, Texts, Thing, date, decimal, node, ref, string, text, texts
from bilateral.build.world import World
from bilateral.project import Project
from bilateral.terms import BASE

_CODES: Final = "country-codes/country-codes.csv"
_ITEMS: Final = "countries_qid.csv"

_CODES_USED: Final = ("ISO3166-1-Alpha-3", "ISO3166-1-Alpha-2", "M49", "Geoname ID", "wikidata_id")
_CODES_IGNORED: Final = (
    "FIFA Dial MARC is_independent ISO3166-1-numeric GAUL FIPS WMO ITU IOC DS|UNTERM Spanish Formal|Global Code|"
    "Intermediate Region Code|official_name_fr|UNTERM French Short|ISO4217-currency_name|UNTERM Russian Formal|"
    "UNTERM English Short|ISO4217-currency_alphabetic_code|Small Island Developing States (SIDS)|"
    "UNTERM Spanish Short|ISO4217-currency_numeric_code|UNTERM Chinese Formal|UNTERM French Formal|"
    "UNTERM Russian Short|Sub-region Code|Region Code|official_name_ar|ISO4217-currency_minor_unit|"
    "UNTERM Arabic Formal|UNTERM Chinese Short|Land Locked Developing Countries (LLDC)|Intermediate Region Name|"
    "official_name_es|UNTERM English Formal|official_name_cn|official_name_en|ISO4217-currency_country_name|"
    "Least Developed Countries (LDC)|Region Name|UNTERM Arabic Short|Sub-region Name|official_name_ru|Global Name|"
    "Capital|Continent|TLD|Languages|CLDR display name|EDGAR"
)
_ITEMS_USED: Final = (
    *("iso2", "iso3", "qid", "alt_qid", "status", "capital", "capital_qid", "capital_sources"),
    *("capital_lat", "capital_lon", "capital_geonameid", "country_geonameid"),
)
_ITEMS_IGNORED: Final = ("name", "sources_agreeing", "sources", "note")
_CODE_OF: Final = {"UNK": "XKX"}
"""ISO 3166-1 has no code for Kosovo; XKX is of those that it leaves to its users, and the one in use."""
_MEMBERS: Final = f"{BASE}id/source/un-members"
_MEMBERS_PAGE: Final = "https://en.wikipedia.org/wiki/Member_states_of_the_United_Nations?oldid=902280049"
_STATUSES: Final = {
    "UN member": "member",
    "UN observer": "observer",
    "not UN member": "neither",
    "not UN member (associated state)": "neither",
    "territory/other": "territory",
}


@dataclass(frozen=True)
class _Decision:
    """A choice by hand between two Wikidata items, and whether sources mean the party under the other as well."""

    item: str
    rejected: str
    is_same: bool


@cache
def _decisions() -> dict[str, _Decision]:
    path = Project.installed().root / "data" / "decisions" / "parties.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return {row["code"]: _Decision(row["item"], row["rejected"], row["same"] == "yes") for row in rows}


def _parties(raw: Raw) -> Iterator[Row]:
    codes = {
        record["ISO3166-1-Alpha-3"]: record
        for record in raw.records(_CODES, used=_CODES_USED, ignored=_ignored_codes())
    }
    for record in raw.records(_ITEMS, used=_ITEMS_USED, ignored=_ITEMS_IGNORED):
        code = _CODE_OF.get(record["iso3"], record["iso3"])
        official = codes.pop(record["iso3"], None)
        if record["status"] not in _STATUSES:
            record.fail(f"has a status that we do not know: {record['status']}")
        yield (
            code,
            record["iso2"],
            official["M49"] if official else "",
            _item(code, record, official),
            record["country_geonameid"],
            _STATUSES[record["status"]],
            *_capital(record),
        )
    for left in codes.values():
        left.fail("is a country that the table of items does not have")


def _ignored_codes() -> list[str]:
    first, *others = _CODES_IGNORED.split("|")
    return [*first.split(), *others]


def _item(code: str, record: Record, official: Record | None) -> str:
    """Choose the Wikidata item; where the tables differ, somebody has to have decided."""
    named = {record["qid"], *record["alt_qid"].split("|")} - {""}
    if official and official["wikidata_id"]:
        named.add(official["wikidata_id"].rpartition("/")[2])
    decision = _decisions().get(code)
    if decision is not None:
        if not named <= {decision.item, decision.rejected}:
            record.fail(f"names {', '.join(sorted(named))}, which the decision on {code} does not know")
        return decision.item
    if len(named) != 1:
        record.fail(f"names {', '.join(sorted(named))}: decide on {code} in data/decisions/parties.csv")
    return named.pop()


def _capital(record: Record) -> Row:
    """Give a capital that two tables name alike, with its place on earth; others are not stated."""
    if "|" not in record["capital_sources"]:
        return ("", "", "", "", "")
    names = ("capital", "capital_qid", "capital_geonameid", "capital_lat", "capital_lon")
    return tuple(record[name] for name in names)


def _facts(world: World) -> Iterator[Thing]:
    for row in world.rows("parties", "parties"):
        yield from _described(world, row)
    yield from _past(world)


def _described(world: World, row: Mapping[str, str]) -> Iterator[Thing]:
    code, names = row["code"], world.parties[row["code"]].names
    cited = citation(SOURCE.iri, code, code, _statement(names))
    yield cited
    yield Thing(
        world.parties[code].iri,
        (
            ("rdf:type", ref("bilat:Party")),
            ("bilat:citation", node(cited.iri)),
            ("bilat:partyCode", string(code)),
            ("wdt:P297", string(row["alpha2"])),
            ("skos:exactMatch", ref(f"wd:{row['item']}")),
            *_known(row, "geonames", "wdt:P1566", string),
            *_known(row, "m49", "wdt:P2082", lambda number: string(number.zfill(3))),
            *_known(row, "capital_item", "wdt:P36", lambda item: node(world.place_iri(item))),
        ),
    )
    if row["capital_item"]:
        yield _capital_place(world, row, cited)


def _capital_place(world: World, row: Mapping[str, str], cited: Thing) -> Thing:
    """Describe a capital, or add to what curators say of it."""
    iri = world.place_iri(row["capital_item"])
    own = (
        ("rdf:type", ref("schema:Place")),
        ("rdfs:label", text(row["capital"], "en")),
        ("dcterms:spatial", ref(f"party:{row['code']}")),
        ("skos:exactMatch", ref(f"wd:{row['capital_item']}")),
    )
    return Thing(
        iri,
        (
            *(() if world.is_curated(iri) else own),
            ("bilat:citation", node(cited.iri)),
            *_known(row, "capital_geonames", "wdt:P1566", string),
            *_known(row, "latitude", "schema:latitude", decimal),
            *_known(row, "longitude", "schema:longitude", decimal),
        ),
    )


def _past(world: World) -> Iterator[Thing]:
    """Describe states of the past, and unions, decided by hand; a page on members tells their ends, where they were."""
    yield Thing(
        _MEMBERS,
        (
            ("rdf:type", ref("bilat:Source")),
            ("bilat:kind", ref("source:tertiary")),
            ("dcterms:title", text("Member states of the United Nations", "en")),
            ("dcterms:language", string("en")),
            ("dcterms:publisher", string("en.wikipedia.org")),
            ("dcterms:issued", date("2019-06-17")),
            ("rdfs:label", text("en.wikipedia.org: Member states of the United Nations", "en")),
            ("schema:url", node(_MEMBERS_PAGE)),
        ),
    )
    for party in world.parties.values():
        if party.status in {"state", "union"}:
            source = _MEMBERS if party.end else SOURCE.iri
            if party.source:
                source = f"{BASE}id/source/{party.source}"
            cited = citation(source, party.code, party.names["en"].text, _statement(party.names))
            yield cited
            yield Thing(
                party.iri,
                (
                    ("rdf:type", ref("bilat:Party")),
                    ("bilat:citation", node(cited.iri)),
                    ("bilat:partyCode", string(party.code)),
                    *texts("rdfs:label", names.texts(party.names)),
                    *((("skos:exactMatch", ref(f"wd:{party.item}")),) if party.item else ()),
                    *((("bilat:endDate", date(party.end)),) if party.end else ()),
                    *(("dcterms:isReplacedBy", node(world.parties[code].iri)) for code in party.successors),
                ),
            )


def _known(row: Mapping[str, str], column: str, predicate: str, term: Callable[[str], str]) -> Iterator[Property]:
    if row[column]:
        yield (predicate, term(row[column]))


def _statement(of: Names) -> Texts:
    return {
        "en": f"Has a row on {of['en']}.",
        "es": f"Tiene una entrada sobre {of['es']}.",
        "ko": f"{of['ko'].text}에 관한 항목이 있다.",
    }


SOURCE: Final = Source(
    name="parties",
    title="Country codes, with capitals and Wikidata items compared across tables",
    publisher="Datopian; the comparison is the project's own",
    license="https://opendatacommons.org/licenses/pddl/1-0/",
    address="https://github.com/datasets/country-codes",
    version="2026-05-15",
    files=(
        RawFile(
            _CODES,
            "67b009b529330b0a6043551189f43faa785c9c3cc0011ad2bdb4eac876356c43",
            "https://raw.githubusercontent.com/datasets/country-codes/caa72d1e/data/country-codes.csv",
        ),
        RawFile(_ITEMS, "f4940327ef645dcb719ee33e103509e51eda5ef52c8b1c6c9a72e908db68b4fd"),
    ),
    facts=_facts,
    tables=(
        Table(
            "parties",
            "Codes, item and capital of each party",
            (
                Column("code", "ISO 3166-1 alpha-3; XKX is Kosovo"),
                Column("alpha2", "ISO 3166-1 alpha-2"),
                Column("m49", "UN M49"),
                Column("item", "Wikidata item"),
                Column("geonames", "GeoNames id"),
                Column("status", "in the United Nations: member, observer, neither; or territory"),
                Column("capital", "English name, where two tables agree"),
                Column("capital_item", "Wikidata item"),
                Column("capital_geonames", "GeoNames id"),
                Column("latitude", "of the capital, WGS 84", "decimal"),
                Column("longitude", "of the capital, WGS 84", "decimal"),
            ),
            _parties,
            floor=250,
            ceiling=260,
        ),
    ),
)
