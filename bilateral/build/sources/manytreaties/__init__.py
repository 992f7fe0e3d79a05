"""Treaties and their parties, as the observations of global governance (GGO) have them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bilateral.build import names
from bilateral.build.fact import citation, fact
from bilateral.build.source import Column, LeftOut, Raw, RawFile, Record, Row, Source, Table
from bilateral.build.sources.manytreaties.treaties import Instrument, Membership, Treaties
from bilateral.build.thing import Property, Texts, Thing, date, node, ref, text, texts
from bilateral.build.world import World
from bilateral.terms import BASE

_AGREEMENTS: Final = "manytreaties/ggo_agreements.csv.gz"
_PARTIES: Final = "manytreaties/ggo_parties.csv.gz"
_DATE: Final = re.compile(r"(\d{4}(-\d\d(-\d\d)?)?[?~]?|\d{4}-\d\d\.\.\d{4}-\d\d|)")
_KEY: Final = ("treatyID", "Title", "Begin")
_DATES: Final = ("Signature", "Force", "End", "StateRatification", "StateForce", "StateEnd")


def _agreements(raw: Raw) -> Iterator[Row]:
    """Give the field of each agreement; what else is there, the rows of the parties have as well."""
    used = (*_KEY, "TypeDomain", "TypeAmbit", "TypeSubject")
    ignored = (
        *("End", "Signature", "Force", "Term", "Grounds", "TypeAgree", "TypeGeo", "Location", "Depository"),
        *("Published", "Secretariat", "Website", "TitleAlt", "Language", "Languages", "Text", "TextURL"),
        *("Coder", "Comments", "Source"),
    )
    for record in raw.records(_AGREEMENTS, used=used, ignored=ignored):
        yield (*(record[name] for name in used), str(record.line))


def _parties(raw: Raw) -> Iterator[Row]:
    """Give each row once; the signatures of states are wrong in too many rows to be read."""
    seen: dict[Row, int] = {}
    ignored = ("StateSignature", "Term", "Coder", "Comments")
    for record in raw.records(_PARTIES, used=(*_KEY, "stateID", *_DATES), ignored=ignored):
        row = (*(record[name] for name in (*_KEY, "stateID")), *(_dated(record, name) for name in _DATES))
        seen.setdefault(row, record.line)
    for row, line in seen.items():
        yield (*row, str(line))


def _dated(record: Record, name: str) -> str:
    """Give a date as it is written; what the odd ones mean is decided by hand."""
    if not _DATE.fullmatch(record[name]):
        record.fail(f"has a date of another form: {record[name]}")
    return record[name]


def _facts(world: World) -> Iterator[Thing]:
    for instrument in Treaties(world, SOURCE.name, SOURCE.version).instruments:
        if instrument.pair:
            yield from _agreement(world, instrument, instrument.pair)
        elif instrument.memberships:
            yield from _treaty(world, instrument)


def _agreement(world: World, instrument: Instrument, pair: tuple[str, str]) -> Iterator[Thing]:
    """Describe an agreement of exactly two parties: a fact of their relation."""
    one, other = sorted((world.parties[code].names for code in pair), key=lambda each: each["en"].text)
    labels = names.event(world.kinds[instrument.kind], instrument.year, one, other)
    cited = citation(SOURCE.iri, instrument.name, instrument.locator, _agreement_statement(labels))
    yield cited
    properties = (("bilat:status", ref(f"status:{instrument.status}")), *_described(instrument), *_labels(labels))
    yield fact("bilat:Agreement", pair, f"agreement-{instrument.name}", [cited.iri], properties)


def _treaty(world: World, instrument: Instrument) -> Iterator[Thing]:
    """Describe a treaty of several parties, and the membership of each."""
    iri = f"{BASE}id/treaty/{instrument.name}"
    labels = names.treaty(world.kinds[instrument.kind], instrument.year, instrument.title)
    cited = citation(SOURCE.iri, instrument.name, instrument.locator, _treaty_statement(instrument.year))
    yield cited
    cites = ("bilat:citation", node(cited.iri))
    yield Thing(iri, (("rdf:type", ref("bilat:Treaty")), cites, *_described(instrument), *_labels(labels)))
    for membership in instrument.memberships:
        yield Thing(
            f"{BASE}id/membership/{instrument.name}-{membership.name}",
            (
                ("rdf:type", ref("bilat:Membership")),
                cites,
                ("bilat:treaty", node(iri)),
                ("org:member", ref(f"party:{membership.party}")),
                *_dates(membership),
            ),
        )


def _described(instrument: Instrument) -> Iterator[Property]:
    yield ("bilat:kind", ref(instrument.kind))
    yield ("dcterms:title", text(instrument.title, "en"))
    if instrument.signed:
        yield ("bilat:signedDate", date(instrument.signed))
    if instrument.force:
        yield ("bilat:inForceDate", date(instrument.force))
    if instrument.end:
        yield ("bilat:endDate", date(instrument.end))


def _dates(membership: Membership) -> Iterator[Property]:
    if membership.ratified:
        yield ("bilat:ratifiedDate", date(membership.ratified))
    if membership.force:
        yield ("bilat:inForceDate", date(membership.force))
    if membership.end:
        yield ("bilat:endDate", date(membership.end))


def _labels(labels: Texts) -> Iterator[Property]:
    return texts("rdfs:label", labels)


def _left_out(world: World) -> Iterator[LeftOut]:
    for table, row, reason in Treaties(world, SOURCE.name, SOURCE.version).left_out:
        yield LeftOut(table, row, reason)


def _agreement_statement(labels: Texts) -> Texts:
    return {
        "en": f"Has the {labels['en'][0].lower()}{labels['en'][1:]}, with its dates.",
        "es": f"Recoge el {labels['es'][0].lower()}{labels['es'][1:]}, con sus fechas.",
        "ko": f"{labels['ko']}과 그 날짜가 실려 있다.",
    }


def _treaty_statement(year: str) -> Texts:
    return {
        "en": f"Lists the parties of this treaty of {year}, and when each ratified it, was bound and left.",
        "es": f"Enumera las partes de este tratado de {year} y cuándo cada una lo ratificó, quedó obligada y salió.",
        "ko": f"{year}년 이 조약의 당사국과 각국의 비준, 발효, 탈퇴 날짜가 실려 있다.",
    }


_OF_TREATY: Final = (
    Column("treaty", "identifier in the source; several treaties can share one"),
    Column("title", "title, in English"),
    Column("begin", "day from which the source counts the treaty, mostly that of signature"),
)

SOURCE: Final = Source(
    name="manytreaties",
    title="Global governance observations on parties to international agreements",
    publisher="James Hollway and Jael Tan, Geneva Graduate Institute",
    license="https://creativecommons.org/licenses/by/4.0/",
    address="https://github.com/globalgov/manytreaties",
    version="2025-10-05",
    files=(
        RawFile(_AGREEMENTS, "f1cd37d4c255ed88a19d4686137618c1d38b6990e1284bd1b6f2d586fa822d86"),
        RawFile(_PARTIES, "037cc4ef9c847514a2dd82c66aeb8c4b4afe4efa273a0c659015431f96f68b80"),
    ),
    facts=_facts,
    left_out=_left_out,
    tables=(
        Table(
            "agreements",
            "Treaties, and their field",
            (
                *_OF_TREATY,
                Column("domain", "field: environment, trade, health, human rights, labour, security"),
                Column("ambit", "bilateral, multilateral, regional and the like"),
                Column("subject", "matter within the field"),
                Column("line", "line in the publisher's file", "integer"),
            ),
            _agreements,
            floor=4_532,
            ceiling=4_532,
        ),
        Table(
            "parties",
            "Parties of treaties, with dates as the source writes them; 9999-12-31 is none",
            (
                *_OF_TREATY,
                Column("state", "ISO 3166-1 alpha-3, and codes of former states and of organizations"),
                Column("signed", "day of signature of the treaty"),
                Column("force", "day of entry into force of the treaty"),
                Column("end", "day on which the treaty ended"),
                Column("state_ratified", "day on which the state ratified the treaty or acceded to it"),
                Column("state_force", "day from which the treaty binds the state"),
                Column("state_end", "day from which it does so no more"),
                Column("line", "first line in the publisher's file that says this", "integer"),
            ),
            _parties,
            floor=90_000,
            ceiling=98_320,
        ),
    ),
)
