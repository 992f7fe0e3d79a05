"""What two parties share, as of a day: treaties that bind both, and organizations."""

import datetime as dt

import pyoxigraph as ox
import pytest

from bilateral.errors import BadRequest
from bilateral.serve.site.fold import Fold
from bilateral.serve.site.graph import Graph
from bilateral.serve.site.memberships import Memberships
from bilateral.serve.site.relation.overview import read_overview
from bilateral.serve.site.relation.reader import RelationReader
from bilateral.serve.site.relation.shared import SharedTreaties, read_organizations, read_treaties
from bilateral.terms import PREFIXES, expand
from bilateral.words import words

TODAY = dt.date(2026, 11, 29)
TRIPLES = """
    rel:AAA-BBB bilat:party party:AAA, party:BBB . party:AAA bilat:partyCode "AAA" . party:BBB bilat:partyCode "BBB" .
    membership:a1 org:member party:AAA ; bilat:treaty treaty:1 ; bilat:inForceDate "1992-05-27"^^xsd:date .
    membership:b1 org:member party:BBB ; bilat:treaty treaty:1 ; bilat:inForceDate "1989-07-06"^^xsd:date ;
        bilat:endDate "2001"^^xsd:gYear .
    membership:a2 org:member party:AAA ; bilat:treaty treaty:2 ; bilat:inForceDate "1950"^^xsd:gYear .
    membership:b2 org:member party:BBB ; bilat:treaty treaty:2 .
    membership:a3 org:member party:AAA ; bilat:treaty treaty:3 .
    membership:a4 org:member party:AAA ; bilat:treaty treaty:4 ; bilat:inForceDate "1930"^^xsd:gYear .
    membership:b4 org:member party:BBB ; bilat:treaty treaty:4 ; bilat:inForceDate "1930"^^xsd:gYear ;
        bilat:endDate "1935-01-01"^^xsd:date .
    membership:b4-2 org:member party:BBB ; bilat:treaty treaty:4 ; bilat:inForceDate "1940-01-01"^^xsd:date ;
        bilat:endDate "1945-01-01"^^xsd:date .
    membership:ax org:member party:AAA ; org:organization organization:x ; bilat:kind standing:member ;
        bilat:lastAttested "2026-01-23"^^xsd:date .
    membership:bx org:member party:BBB ; org:organization organization:x ; bilat:kind standing:observer ;
        bilat:lastAttested "2026-01-23"^^xsd:date .
    membership:ay org:member party:AAA ; org:organization organization:y .
    membership:by org:member party:BBB ; org:organization organization:y ; bilat:endDate "1999"^^xsd:gYear ."""


@pytest.fixture
def reader() -> RelationReader:
    store = ox.Store()
    prefixes = "".join(f"PREFIX {name}: <{iri}> " for name, iri in PREFIXES.items())
    store.update(f"{prefixes} INSERT DATA {{ {TRIPLES} }}")
    return RelationReader(Graph(store), expand("rel:AAA-BBB"), words("en"))


def treaties(reader: RelationReader, day: str, whole: str = "treaties") -> SharedTreaties:
    fold = Fold(("treaties",), whole)
    return read_treaties(Memberships(reader.graph), reader, read_overview(reader), dt.date.fromisoformat(day), fold)


@pytest.mark.parametrize(
    ("day", "counts"),
    [
        ("1949-12-31", [0, 0, 1, 2]),
        ("1992-05-26", [0, 1, 1, 1]),
        ("1992-05-27", [1, 1, 1, 0]),
        ("2001-06-01", [0, 2, 1, 0]),
        ("2002-01-01", [0, 1, 2, 0]),
    ],
)
def test_a_treaty_binds_both_from_the_later_day_on_and_never_without_a_date(
    reader: RelationReader, day: str, counts: list[int]
) -> None:
    found = treaties(reader, day)
    assert [each.count for each in (found.both, found.undated, found.no_more, found.not_yet)] == counts


def test_it_says_since_when_for_both_and_of_each_where_its_receipt_is(reader: RelationReader) -> None:
    [line] = treaties(reader, "1995-01-01").both.shown
    assert line.since is not None
    assert line.since.lexical == "1992-05-27"
    assert [each.href for each in line.parties] == ["/id/membership/a1", "/id/membership/b1"]


def test_who_left_and_came_back_is_bound_by_the_membership_of_the_day(reader: RelationReader) -> None:
    sinces = {day: [line.since for line in treaties(reader, day).both.shown] for day in ("1932-01-01", "1942-01-01")}
    assert [[since and since.lexical for since in each] for each in sinces.values()] == [["1930"], ["1940-01-01"]]
    assert treaties(reader, "1937-01-01").both.count == 0


def test_those_that_do_not_bind_both_are_listed_only_where_all_is_asked_for(reader: RelationReader) -> None:
    assert treaties(reader, "1995-01-01", "").undated.shown == ()
    assert len(treaties(reader, "1995-01-01").undated.shown) == 1


def test_an_observer_is_not_a_member_and_who_left_is_neither(reader: RelationReader) -> None:
    found = read_organizations(Memberships(reader.graph), reader, read_overview(reader), TODAY, is_today=True)
    assert found.members == ()
    [other] = found.others
    assert [standing.kind.text if standing.kind else "" for standing in other.standings] == ["", "standing:observer"]


def test_who_was_seen_later_is_not_said_to_have_been_there_before(reader: RelationReader) -> None:
    day = dt.date(1970, 1, 1)
    found = read_organizations(Memberships(reader.graph), reader, read_overview(reader), day, is_today=False)
    assert (found.members, found.others, found.undated) == ((), (), 2)


def test_a_section_that_there_is_not_cannot_be_shown_whole() -> None:
    with pytest.raises(BadRequest, match="treaties"):
        Fold(("treaties",), "secrets")
