"""The data: relations, missions, agreements and yearly observations, invented but shaped as ours.

Every value follows from the two codes of a pair, so that the same size gives the same file, on any
machine. Nothing in it is true; it is never published.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations, islice
from pathlib import Path
from typing import Final
from zlib import crc32

from bilateral.terms import expand, graph_iri, relation_iri

_CODES: Final = (
    "KOR PER AFG AGO ALB AND ARE ARG ARM ATG AUS AUT AZE BDI BEL BEN BFA BGD BGR BHR BHS BIH BLR BLZ BOL BRA BRB BRN "
    "BTN BWA CAF CAN CHE CHL CHN CIV CMR COD COG COL COM CPV CRI CUB CYP CZE DEU DJI DMA DNK DOM DZA ECU EGY ERI ESP "
    "EST ETH FIN FJI FRA FSM GAB GBR GEO GHA GIN GMB GNB GNQ GRC GRD GTM GUY HND HRV HTI HUN IDN IND IRL IRN IRQ ISL "
    "ISR ITA JAM JOR JPN KAZ KEN KGZ KHM KIR KNA KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAR MCO MDA MDG MDV "
    "MEX MHL MKD MLI MLT MMR MNE MNG MOZ MRT MUS MWI MYS NAM NER NGA NIC NLD NOR NPL NRU NZL OMN PAK PAN PHL PLW PNG "
    "POL PRK PRT PRY PSE QAT ROU RUS RWA SAU SDN SEN SGP SLB SLE SLV SMR SOM SRB SSD STP SUR SVK SVN SWE SWZ SYC SYR "
    "TCD TGO THA TJK TKM TLS TON TTO TUN TUR TUV TWN TZA UGA UKR URY USA UZB VAT VCT VEN VNM VUT WSM XKX YEM ZAF ZMB "
    "ZWE"
)
"""ISO 3166-1 alpha-3 codes, and XKX."""

_ASKED: Final = ("KOR", "PER")
"""The pair that the queries name."""

YEARS: Final = range(2000, 2025)
ORGANIZATIONS: Final = 20
LARGEST: Final = 10_900_000
"""Triples that all pairs come to, about."""

_AGREEMENTS: Final = ("free-trade-agreement", "air-services", "investment", "cooperation", "visa-waiver")


@dataclass(frozen=True)
class Thing:
    """What one graph says about one IRI: predicates as prefixed names, objects as N-Quads writes them."""

    iri: str
    graph: str
    statements: tuple[tuple[str, str], ...]

    def lines(self) -> list[str]:
        """Write it as N-Quads."""
        graph = _graph(self.graph)
        return [f"<{self.iri}> {name(predicate)} {value} {graph} .\n" for predicate, value in self.statements]


def version() -> str:
    """Identify what this module writes, so that no older file is taken for it."""
    return f"{crc32(Path(__file__).read_bytes()):08x}"


def write(path: Path, triples: int) -> None:
    """Write at least so many triples as N-Quads, unless the file is there already."""
    if path.exists():
        return
    partial = path.with_suffix(".partial")
    written = 0
    with partial.open("w", encoding="utf-8") as file:
        for block in blocks():
            lines = [line for thing in block for line in thing.lines()]
            file.writelines(lines)
            written += len(lines)
            if written >= triples:
                break
    partial.replace(path)


def blocks() -> Iterator[list[Thing]]:
    """Give pair after pair: its relation with all facts, and before it the parties that are new."""
    yield [_organization(number) for number in range(ORGANIZATIONS)]
    seen: set[str] = set()
    for pair in pairs():
        new = [code for code in pair if code not in seen]
        seen.update(new)
        yield [thing for code in new for thing in _party(code)] + _relation(*pair)


def pairs() -> list[tuple[str, str]]:
    """Give all pairs of codes, shuffled, always in the same way; first come those that queries name."""
    return sorted(combinations(sorted(_CODES.split()), 2), key=lambda pair: (_is_late(pair), _number(*pair), pair))


def _is_late(pair: tuple[str, str]) -> int:
    """Put KOR-PER first, then both with one party in ten, so that small data have partners in common."""
    others = [code for code in pair if code not in _ASKED]
    if not others:
        return 0
    return 1 if len(others) == 1 and _number(*others) % 10 == 0 else 2


def observations(triples: int, most: int = 20_000) -> list[str]:
    """Give observations that data of this size surely have, for point lookups."""
    first = pairs()[: max(1, triples // 700)]
    iris = (f"{relation_iri(*pair)}/exports-{code.lower()}-{year}" for year in YEARS for pair in first for code in pair)
    return list(islice(iris, most))


@cache
def name(prefixed: str) -> str:
    """Write a prefixed name as N-Quads does.

    >>> name("party:PER")
    '<https://w3id.org/bilateral/id/party/PER>'
    """
    return f"<{expand(prefixed)}>"


@cache
def _graph(graph: str) -> str:
    return f"<{graph_iri(f'bench/{graph}')}>"


@cache
def _year(year: int) -> str:
    return f'"{year}"^^{name("xsd:gYear")}'


def _date(number: int, first: int, last: int) -> str:
    year = first + number % (last - first + 1)
    return f'"{year}-{number // 7 % 12 + 1:02}-{number // 11 % 28 + 1:02}"^^{name("xsd:date")}'


def _labels(en: str, es: str, ko: str) -> tuple[tuple[str, str], ...]:
    return (("rdfs:label", f'"{en}"@en'), ("rdfs:label", f'"{es}"@es'), ("rdfs:label", f'"{ko}"@ko'))


def _number(*words: object) -> int:
    """Make a number of words, scattered, but always the same."""
    return crc32(" ".join(map(str, words)).encode())


def _organization(number: int) -> Thing:
    code = f"O{number:02}"
    statements = (
        ("rdf:type", name("bilat:InternationalOrganization")),
        *_labels(f"Organization {code}", f"Organización {code}", f"기구 {code}"),
    )
    return Thing(expand(f"organization:{code}"), "reference", statements)


def _party(code: str) -> Iterator[Thing]:
    statements = (
        ("rdf:type", name("bilat:Party")),
        ("bilat:partyCode", f'"{code}"'),
        *_labels(f"Country {code}", f"País {code}", f"나라 {code}"),
    )
    yield Thing(expand(f"party:{code}"), "reference", statements)
    for number in range(ORGANIZATIONS):
        if _number(code, "member", number) % 4 == 0:
            yield _membership(code, f"O{number:02}")


def _membership(code: str, organization: str) -> Thing:
    statements = (
        ("rdf:type", name("bilat:Membership")),
        ("org:member", name(f"party:{code}")),
        ("org:organization", name(f"organization:{organization}")),
        ("bilat:startDate", _date(_number(code, organization), 1950, 2020)),
    )
    return Thing(expand(f"membership:{code}-{organization}"), "reference", statements)


def _relation(one: str, two: str) -> list[Thing]:
    iri = relation_iri(one, two)
    statements = (
        ("rdf:type", name("bilat:BilateralRelation")),
        ("bilat:party", name(f"party:{one}")),
        ("bilat:party", name(f"party:{two}")),
        ("bilat:status", name("status:established")),
        ("bilat:citation", f"<{iri}/cite-register>"),
        *_labels(f"Relations of {one} and {two}", f"Relaciones entre {one} y {two}", f"{one}-{two} 관계"),
    )
    return [
        Thing(iri, "relations", statements),
        _citation(iri, "register"),
        _citation(iri, "trade"),
        _establishment(iri, one, two),
        *_missions(iri, one, two),
        *(_agreement(iri, one, two, number) for number in range(3)),
        *_observations(iri, one, two),
    ]


def _fact(iri: str, class_: str, kind: str) -> tuple[tuple[str, str], ...]:
    return (
        ("rdf:type", name(class_)),
        ("bilat:ofRelation", f"<{iri}>"),
        ("bilat:kind", name(kind)),
        ("bilat:citation", f"<{iri}/cite-register>"),
    )


def _citation(iri: str, source: str) -> Thing:
    statements = (
        ("rdf:type", name("bilat:Citation")),
        ("dcterms:source", name(f"src:{source}")),
        ("fabio:hasAccessDate", f'"2026-11-23"^^{name("xsd:date")}'),
        ("bilat:statement", '"The table has a line for this pair."@en'),
        ("bilat:statement", '"La tabla tiene una línea para este par."@es'),
        ("bilat:statement", '"표에 이 두 나라의 줄이 있다."@ko'),
    )
    return Thing(f"{iri}/cite-{source}", "relations", statements)


def _establishment(iri: str, one: str, two: str) -> Thing:
    statements = (
        *_fact(iri, "bilat:RelationEvent", "event:establishment"),
        *_labels(f"{one} and {two} establish relations", f"{one} y {two} se reconocen", f"{one}-{two} 수교"),
        ("bilat:date", _date(_number(one, two, "established"), 1900, 2010)),
    )
    return Thing(f"{iri}/establishment", "relations", statements)


def _missions(iri: str, one: str, two: str) -> Iterator[Thing]:
    """Give the missions that each party keeps with the other: two pairs in three have them, and the queries' own."""
    for sender, host in ((one, two), (two, one)):
        if (one, two) != _ASKED and _number(one, two, "missions") % 3 == 0:
            continue
        kind = "embassy" if _number(sender, host, "kind") % 4 else "consulate-general"
        statements = (
            *_fact(iri, "bilat:DiplomaticMission", f"mission:{kind}"),
            *_labels(f"Embassy of {sender} in {host}", f"Embajada de {sender} en {host}", f"주{host} {sender} 대사관"),
            ("bilat:fromParty", name(f"party:{sender}")),
            ("bilat:toParty", name(f"party:{host}")),
            ("bilat:status", name("status:open")),
            ("bilat:startDate", _date(_number(sender, host, "opened"), 1920, 2020)),
        )
        yield Thing(f"{iri}/mission-{sender.lower()}", "missions", statements)


def _agreement(iri: str, one: str, two: str, number: int) -> Thing:
    scattered = _number(one, two, "agreement", number)
    kind = _AGREEMENTS[scattered % len(_AGREEMENTS)]
    in_force = number < 2
    statements = (
        *_fact(iri, "bilat:Agreement", f"agreement:{kind}"),
        *_labels(f"Agreement {number} of {one} and {two}", f"Acuerdo {number} de {one} y {two}", f"{one}-{two} 협정"),
        ("bilat:signedDate", _date(scattered, 1960, 2015)),
        ("bilat:status", name("status:in-force" if in_force else "status:signed")),
        *((("bilat:inForceDate", _date(scattered, 2016, 2024)),) if in_force else ()),
    )
    return Thing(f"{iri}/agreement-{number}", "agreements", statements)


def _observations(iri: str, one: str, two: str) -> Iterator[Thing]:
    """Give the exports of each party to the other, year by year."""
    for sender, host in ((one, two), (two, one)):
        first = _number(sender, host, "exports") % 900_000
        for year in YEARS:
            statements = (
                ("rdf:type", name("bilat:TradeObservation")),
                ("bilat:ofRelation", f"<{iri}>"),
                ("bilat:measure", name("measure:exports")),
                ("bilat:fromParty", name(f"party:{sender}")),
                ("bilat:toParty", name(f"party:{host}")),
                ("bilat:value", f'"{(first + 7919 * year) * 1000}.0"^^{name("xsd:decimal")}'),
                ("bilat:unit", name("cur:USD")),
                ("bilat:refPeriod", _year(year)),
                ("bilat:reportedBy", name(f"party:{sender}")),
                ("bilat:citation", f"<{iri}/cite-trade>"),
            )
            yield Thing(f"{iri}/exports-{sender.lower()}-{year}", "observations", statements)
