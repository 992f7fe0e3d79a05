"""The page of a party: its relations ranked and filtered, its missions, and who stands in for it."""

import re

import httpx
import pytest

PATH = "/id/party/PER.html"
ENGLISH = {"accept-language": "en"}
QUESTION = """PREFIX bilat: <https://w3id.org/bilateral/ontology#> PREFIX party: <https://w3id.org/bilateral/id/party/>
SELECT (COUNT(DISTINCT ?mission) AS ?count) { ?mission a bilat:DiplomaticMission ; bilat:fromParty party:PER }"""


def relations(client: httpx.Client, **choice: str) -> set[str]:
    response = client.get(PATH, params=choice, headers=ENGLISH)
    assert response.status_code == 200, response.text
    table = response.text.partition('id="relations"')[2].partition("</section>")[0]
    return set(re.findall(r'<th scope="row"><a href="/id/relation/([A-Z-]+)"', table))


def test_every_choice_is_part_of_the_whole(core_client: httpx.Client) -> None:
    everything = relations(core_client)
    mutual, sent, received = (relations(core_client, embassy=way) for way in ("mutual", "sent", "received"))
    none = relations(core_client, embassy="none")
    assert mutual == sent & received != set()
    assert none == everything - sent - received != set()
    assert "KOR-PER" in mutual & relations(core_client, visa="abroad", trade="known")


def test_twelve_relations_are_in_sight_and_all_are_on_the_page(core_client: httpx.Client) -> None:
    text = core_client.get(PATH, headers=ENGLISH).text.partition('id="relations"')[2].partition("</section>")[0]
    first, _, others = text.partition("<details>")
    assert (first.count('<tr><th scope="row">'), others.count('<tr><th scope="row">')) == (12, 202)
    assert "<summary>202 more</summary>" in others
    assert "214 relations" in first


def test_ties_from_before_a_year_are_those_dated_so(core_client: httpx.Client) -> None:
    assert "KOR-PER" in relations(core_client, before="1964") - relations(core_client, before="1963")


def test_it_counts_the_missions_that_the_graph_has(core_client: httpx.Client) -> None:
    count = core_client.get("/sparql", params={"query": QUESTION, "format": "csv"}).text.split()[1]
    assert f"<dt>Missions elsewhere</dt><dd>{count}</dd>" in core_client.get(PATH, headers=ENGLISH).text


def test_who_stands_in_without_residing_is_there(core_client: httpx.Client) -> None:
    text = core_client.get("/id/party/TUV.html", headers=ENGLISH).text
    assert "Who represents itself here without residing" in text


def test_a_pandemic_ban_of_the_past_is_not_the_rule_of_today(core_client: httpx.Client) -> None:
    assert "pandemic ban" not in core_client.get(PATH, headers=ENGLISH).text


def test_a_state_of_the_past_has_its_end_and_successors(core_client: httpx.Client) -> None:
    text = core_client.get("/id/party/SUN.html", headers=ENGLISH).text
    assert '<dt>Ended</dt><dd><time datetime="1991">1991</time></dd>' in text
    assert 'href="/id/party/RUS"' in text


@pytest.mark.parametrize("choice", [{"embassy": "x"}, {"visa": "1"}, {"trade": "yes"}, {"before": "63"}, {"sort": "'"}])
def test_a_choice_that_there_is_not_is_refused(client: httpx.Client, choice: dict[str, str]) -> None:
    assert client.get(PATH, params=choice).status_code == 400


def test_home_has_every_party_and_says_how_fresh_it_is(core_client: httpx.Client) -> None:
    text = core_client.get("/", headers={**ENGLISH, "accept": "text/html"}).text
    listed = text.partition('id="parties"')[2]
    assert len(set(re.findall(r'href="/id/party/([A-Z]+)"', listed))) == 261
    assert "last looked at on November 23, 2026" in text
    assert "November 16, 2022" in text
