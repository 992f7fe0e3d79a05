"""The organizations to which a country belongs, and in what standing: a member is not an observer."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import Final

from bilateral.build.raw import Raw, Row
from bilateral.build.source import LeftOut
from bilateral.build.sources.factbook.crosswalk import ABOUT, cite
from bilateral.build.sources.factbook.standings import judged
from bilateral.build.thing import Thing, date, node, ref, text
from bilateral.build.world import World
from bilateral.terms import LANGUAGES, expand

_FIELD: Final = "International organization participation"


def rows(raw: Raw) -> Iterator[Row]:
    """Give the organizations of each country, with what is said in brackets."""
    for record in raw.records("memberships", ("gec_code", "org", "qualifier")):
        qualifier, _, _ = record["qualifier"].partition(",")  # a remark comes after the comma
        yield (record["gec_code"], _acronym(record["org"]), qualifier, str(record.line))


def _acronym(text: str) -> str:
    """Give the acronym without what stands before it: a remark with a colon, or spaces written as HTML."""
    return html.unescape(text).rpartition(":")[2].strip()


def things(world: World) -> Iterator[Thing]:
    """Give the organizations that curators have not described, and the memberships."""
    standings, _ = judged(world)
    organizations = {organization for organization, _ in standings}
    yield from _organizations(world, organizations)
    for (organization, party), (standing, rows) in standings.items():
        citations = [cite("igo", row, f"{_FIELD}; igo_membership.csv", "membership") for row in rows]
        yield from citations
        yield Thing(
            expand(f"membership:{organization}-{party}"),
            (
                ("rdf:type", ref("bilat:Membership")),
                *(("bilat:citation", node(cited.iri)) for cited in citations),
                ("bilat:kind", ref(f"standing:{standing}")),
                ("bilat:lastAttested", date(ABOUT.version)),
                ("org:member", ref(f"party:{party}")),
                ("org:organization", ref(f"organization:{organization}")),
            ),
        )


def left_out(world: World) -> Iterator[LeftOut]:
    """Give the rows that no membership rests on."""
    return (
        LeftOut("memberships", f"{row['gec']} {row['organization']} {row['line']}", reason)
        for row, reason in judged(world)[1]
    )


def _organizations(world: World, wanted: set[str]) -> Iterator[Thing]:
    cited = ABOUT.cite("organizations", _FIELD, "organization")
    yield cited
    for row in world.decisions("organizations"):
        iri = expand(f"organization:{row['id']}")
        if row["id"] in wanted and row["name_en"] and not world.is_curated(iri):
            labels = ((row[f"name_{language}"], language) for language in LANGUAGES)
            yield Thing(
                iri,
                (
                    ("rdf:type", ref("bilat:InternationalOrganization")),
                    ("bilat:citation", node(cited.iri)),
                    *(("rdfs:label", text(name, language)) for name, language in labels if name),
                ),
            )
