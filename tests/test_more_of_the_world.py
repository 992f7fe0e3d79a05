"""Treaties, memberships, borders, visits, people and conflicts on the pages, on real data of all pairs."""

import re

import httpx
import pytest

from bilateral.serve.site.search import words_of

ENGLISH = {"accept-language": "en", "accept": "text/html"}
LARGEST = 100_000
"""Compressed bytes of a page."""


def section(client: httpx.Client, path: str, name: str, **parameters: str) -> str:
    """Give a section of a page without its marks."""
    response = client.get(path, params={"lang": "en", **parameters}, headers=ENGLISH)
    assert response.status_code == 200, response.text
    text = response.text.partition(f'aria-labelledby="{name}"')[2].partition("</section>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def number_of(text: str, words: str) -> int:
    found = re.search(rf"([\d,]+) {words}", text)
    return int(found[1].replace(",", "")) if found else 0


def test_a_treaty_binds_both_since_the_later_of_two_days(core_client: httpx.Client) -> None:
    path = "/id/relation/KOR-PER.html"
    then = section(core_client, path, "treaties", asOf="1992-05-27", all="treaties")
    before = section(core_client, path, "treaties", asOf="1992-05-26")
    ozone = "since May 27, 1992 Convention For The Protection Of The Ozone Layer"
    assert re.search(rf"{ozone} \(1985\) South Korea: May 27, 1992 · Peru: July 6, 1989", then)
    assert number_of(then, "multilateral treat") > number_of(before, "multilateral treat") > 0


def test_the_panel_of_treaties_opens_with_a_query_that_finds_the_same(core_client: httpx.Client) -> None:
    query = "/query/relation/treaties?iri=rel:KOR-PER&format=csv"
    rows = core_client.get(query, follow_redirects=True, headers={"accept": "text/csv"}).text.splitlines()[1:]
    shown = section(core_client, "/id/relation/KOR-PER.html", "treaties")
    words = ("multilateral treaties bind both", "more both belong", "had ceased to bind", "came to bind")
    assert sum(number_of(shown, each) for each in words) == len(rows) == 182


def test_organizations_tell_members_from_observers(core_client: httpx.Client) -> None:
    text = section(core_client, "/id/relation/ECU-PER.html", "organizations")
    members, _, others = text.partition("Where one of them is an observer or the like")
    assert "United Nations" in members
    assert "Central American Integration System" in others
    assert "observer" in others


def test_on_a_past_day_nobody_is_said_to_be_a_member_who_was_only_seen_later(core_client: httpx.Client) -> None:
    text = section(core_client, "/id/relation/ECU-PER.html", "organizations", asOf="1970-01-01")
    assert "Both are members" not in text
    assert "whether on this day is not known" in text


def test_a_border_has_its_length_and_rival_lengths_are_both_there(core_client: httpx.Client) -> None:
    assert "2026 1,529 kilomet" in section(core_client, "/id/relation/ECU-PER.html", "border")
    assert "Sources differ: " in section(core_client, "/id/relation/DEU-POL.html", "border")


def test_people_are_counted_both_ways_and_by_what_they_are(core_client: httpx.Client) -> None:
    text = section(core_client, "/id/relation/COL-VEN.html", "people")
    for known in ("Venezuela → Colombia", "Colombia → Venezuela", "1,780,486", "19,173", "that is not zero"):
        assert known in text


def test_a_conflict_has_its_dates_and_sides(core_client: httpx.Client) -> None:
    text = section(core_client, "/id/relation/ECU-PER.html", "wars")
    assert "January 26, 1995" in text
    assert "Ecuador against Peru" in text
    assert section(core_client, "/id/relation/ECU-PER.html", "wars", asOf="1995-01-25") == ""


def test_shares_say_of_whose_trade_they_are(core_client: httpx.Client) -> None:
    text = section(core_client, "/id/relation/CHN-PER.html", "trade")
    assert re.search(r"Of the exports of Peru, to China 20\d\d 34%", text)


def test_hundreds_of_visits_are_folded_and_all_at_an_address(core_client: httpx.Client) -> None:
    folded = section(core_client, "/id/relation/GBR-USA.html", "visits")
    whole = section(core_client, "/id/relation/GBR-USA.html", "visits", all="visits")
    assert "The latest 25 of " in folded
    assert len(whole) > 3 * len(folded)
    assert "1910s" in whole


def test_envoys_of_other_times_are_folded(core_client: httpx.Client) -> None:
    text = section(core_client, "/id/relation/GBR-USA.html", "missions", asOf="1950-01-01")
    then, _, others = text.partition(" of other times")
    assert "Lewis" in then.partition("Envoys of")[2]
    assert "John Adams" in others


@pytest.mark.parametrize(
    "path",
    [
        "/id/relation/GBR-USA.html",
        "/id/relation/GBR-USA.html?all=visits",
        "/id/relation/GBR-USA.html?all=treaties",
        "/id/relation/FRA-USA.html?all=timeline",
        "/id/party/USA.html",
        "/id/party/USA.html?all=visits",
        "/id/party/FRA.html?all=treaties",
        "/id/party/DEU.html?all=people",
        "/id/organization/un.html",
        "/id/treaty/UNCLOS_1982A.1.html",
    ],
)
def test_no_page_is_larger_than_a_hundred_thousand_bytes(core_client: httpx.Client, path: str) -> None:
    with core_client.stream("GET", path, headers={**ENGLISH, "accept-encoding": "gzip"}) as response:
        assert response.status_code == 200
        assert sum(len(piece) for piece in response.iter_raw()) < LARGEST


def test_a_country_has_its_treaties_organizations_neighbours_people_and_partners(core_client: httpx.Client) -> None:
    path = "/id/party/PER.html"
    assert number_of(section(core_client, path, "treaties"), "multilateral treaties bind it") > 150
    assert "United Nations" in section(core_client, path, "organizations")
    assert "Ecuador 1,529 kilomet" in section(core_client, path, "borders")
    assert re.search(r"United States 2020 435,868", section(core_client, path, "people"))
    assert re.search(r"Share of its exports .* China 20\d\d 34%", section(core_client, path, "shares"))
    assert "Ecuador and Peru, 1995" in section(core_client, path, "wars")
    assert "United States" in section(core_client, path, "visits")


@pytest.mark.parametrize("path", ["/id/relation/KOR-PER.html", "/id/party/PER.html"])
def test_a_section_that_there_is_not_is_a_bad_request(client: httpx.Client, path: str) -> None:
    assert client.get(path, params={"all": "secrets"}).status_code == 400


def test_an_organization_lists_its_members_by_name_with_their_standing(core_client: httpx.Client) -> None:
    text = section(core_client, "/id/organization/un.html", "members")
    assert number_of(text, "parties") >= 193
    assert re.search(r"Peru member \w+ \d+, \d{4} Receipt", text)
    assert re.search(r"Palestine|European Union observer", text)


def test_a_treaty_lists_its_parties_with_their_dates(core_client: httpx.Client) -> None:
    text = section(core_client, "/id/treaty/VIENNA_1985A.html", "members")
    assert number_of(text, "parties") > 150
    assert re.search(r"Peru April 7, 1989 July 6, 1989", text)


def test_a_membership_is_named_by_both_its_ends(core_client: httpx.Client) -> None:
    [href] = set(
        re.findall(r'href="(/id/membership/VIENNA_1985A-PER)"', core_client.get("/id/party/PER.html?all=treaties").text)
    )
    text = core_client.get(f"{href}.html", headers=ENGLISH).text
    assert re.search(r"<h1>Peru .+Ozone Layer", text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [("protection ozone layer", "treaty/"), ("petroleum exporting", "organization/"), ("kissinger", "person/")],
)
def test_treaties_organizations_and_persons_are_found(core_client: httpx.Client, text: str, kind: str) -> None:
    answer = core_client.get("/search", params={"q": text}, headers={"accept": "application/json"}).json()
    assert any(f"/id/{kind}" in result["href"] for result in answer["results"]), words_of(text)


def test_home_counts_the_new_classes(core_client: httpx.Client) -> None:
    text = section(core_client, "/", "content")
    for known in ("treaty", "international organization", "person"):
        assert number_of(text.partition(f"{known} : ")[2], "") > 100, known
