"""The organizations to which a country belongs, and in what standing: a member is not an observer."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from typing import Final

from bilateral.build.fact import citation
from bilateral.build.source import Column, LeftOut, Raw, Row, Table
from bilateral.build.sources.factbook import crosswalk
from bilateral.build.sources.factbook.crosswalk import EDITION, IRI, NAME, cite
from bilateral.build.thing import Thing, date, node, ref, text
from bilateral.build.world import World
from bilateral.terms import LANGUAGES, expand

FILE: Final = "factbook/igo_membership.csv"
_FIELD: Final = "International organization participation"
_STATEMENT: Final = {
    "en": "Lists the organization among those in which the country takes part, with its standing there.",
    "es": "Incluye la organización entre aquellas en que el país participa, con su condición en ella.",
    "ko": "그 나라가 참여하는 기구 가운데 하나로, 그 안에서의 지위와 함께 실려 있다.",
}
_NAMES_STATEMENT: Final = {
    "en": "Lists the organization by its acronym or name.",
    "es": "Incluye la organización por su sigla o su nombre.",
    "ko": "기구가 약칭이나 이름으로 실려 있다.",
}


def _rows(raw: Raw) -> Iterator[Row]:
    for record in raw.records(FILE, used=("gec_code", "org", "qualifier"), ignored=("country",)):
        qualifier, _, _ = record["qualifier"].partition(",")  # a remark comes after the comma
        yield (record["gec_code"], _acronym(record["org"]), qualifier, str(record.line))


def _acronym(text: str) -> str:
    """Give the acronym without what stands before it: a remark with a colon, or spaces written as HTML."""
    return html.unescape(text).rpartition(":")[2].strip()


def things(world: World) -> Iterator[Thing]:
    """Give the organizations that curators have not described, and the memberships."""
    standings, _ = _judged(world)
    organizations = {organization for organization, _ in standings}
    yield from _organizations(world, organizations)
    for (organization, party), (standing, rows) in standings.items():
        citations = [cite("igo", row, "igo_membership.csv", _FIELD, _STATEMENT) for row in rows]
        yield from citations
        yield Thing(
            expand(f"membership:{organization}-{party}"),
            (
                ("rdf:type", ref("bilat:Membership")),
                *(("bilat:citation", node(cited.iri)) for cited in citations),
                ("bilat:kind", ref(f"standing:{standing}")),
                ("bilat:lastAttested", date(EDITION)),
                ("org:member", ref(f"party:{party}")),
                ("org:organization", ref(f"organization:{organization}")),
            ),
        )


def left_out(world: World) -> Iterator[LeftOut]:
    """Give the rows that no membership rests on."""
    return (
        LeftOut("memberships", f"{row['gec']} {row['organization']} {row['line']}", reason)
        for row, reason in _judged(world)[1]
    )


_TableRow = Mapping[str, str]
_Standings = dict[tuple[str, str], tuple[str, list[_TableRow]]]
"""The standing of a party in an organization, and the rows that give it."""


class _Decisions:
    """What was decided on countries, organizations and standings, as it bears on a row."""

    def __init__(self, world: World) -> None:
        self._known = crosswalk.read(world)
        self._organizations = {row["acronym"]: row for row in world.decisions("organizations")}
        named = [row for row in self._organizations.values() if row["unqualified"]]
        self._unqualified = {row["id"]: row["unqualified"] for row in named}
        self._standings = {row["qualifier"]: row["standing"] for row in world.decisions("standings")}

    def reason(self, row: _TableRow) -> str:
        """Tell why the row is left out; empty where it is not."""
        organization = self._organizations[row["organization"]]
        return self._known.reason(row["gec"]) or ("" if organization["id"] else crosswalk.lower(organization["reason"]))

    def key(self, row: _TableRow) -> tuple[str, str]:
        """Give the organization and the party."""
        return (self._organizations[row["organization"]]["id"], self._known.codes[row["gec"]])

    def standing(self, row: _TableRow) -> str:
        """Give the standing: that of the qualifier, or that of the organization's rows without one."""
        return self._standings[row["qualifier"]] if row["qualifier"] else self._unqualified[self.key(row)[0]]


def _judged(world: World) -> tuple[_Standings, list[tuple[_TableRow, str]]]:
    """Sort the rows by organization and party; and list those that are left out, with the reason."""
    decisions = _Decisions(world)
    rows: dict[tuple[str, str], list[_TableRow]] = {}
    left: list[tuple[_TableRow, str]] = []
    for row in world.rows(NAME, "memberships"):
        reason = decisions.reason(row)
        if reason:
            left.append((row, reason))
        else:
            rows.setdefault(decisions.key(row), []).append(row)
    found: _Standings = {}
    for key, given in sorted(rows.items()):
        standings = {decisions.standing(row) for row in given}
        if len(standings) == 1:
            found[key] = (standings.pop(), given)
        else:
            left += [(row, "two rows give it different standings") for row in given]
    return found, left


def _organizations(world: World, wanted: set[str]) -> Iterator[Thing]:
    cited = citation(IRI, "organizations", _FIELD, _NAMES_STATEMENT)
    yield cited
    for row in world.decisions("organizations"):
        iri = expand(f"organization:{row['id']}")
        if row["id"] in wanted and row["name_en"] and not world.is_curated(iri):
            names = ((row[f"name_{language}"], language) for language in LANGUAGES)
            yield Thing(
                iri,
                (
                    ("rdf:type", ref("bilat:InternationalOrganization")),
                    ("bilat:citation", node(cited.iri)),
                    *(("rdfs:label", text(name, language)) for name, language in names if name),
                ),
            )


TABLE: Final = Table(
    "memberships",
    "Organizations in which countries take part, with their standing",
    (
        Column("gec", "the publisher's code of the country (GEC)"),
        Column("organization", "acronym or name of the organization, as the publisher writes it"),
        Column("qualifier", "what the publisher adds in brackets; empty for a member"),
        Column("line", "line of the file", "integer"),
    ),
    _rows,
    floor=10_906,
    ceiling=10_906,
)
