"""The page of a fact: its receipt."""

import re

import httpx
import pytest

ENGLISH = {"accept-language": "en"}
TREATY = "/id/relation/KOR-PER/fta.html"


def text_of(client: httpx.Client, path: str) -> str:
    response = client.get(path, headers=ENGLISH)
    assert response.status_code == 200, response.text
    return " ".join(re.sub(r"<[^>]+>", " ", response.text).split())


def test_it_says_what_holds_on_whose_word_and_when_we_looked(client: httpx.Client) -> None:
    text = text_of(client, TREATY)
    assert "in-force date August 1, 2011" in text
    assert "Announces in July 2011 that free trade with Korea begins on 1 August." in text
    assert "Publisher Living in Peru Published July 2011" in text
    assert "Looked at November 23, 2026" in text


def test_it_shows_rivals_with_rank_and_reason(client: httpx.Client) -> None:
    assert "March 1, 2013 – deprecated : contradicted by better sources" in text_of(client, TREATY)  # noqa: RUF001 - a dash


def test_it_names_dataset_licence_version_and_shapes(client: httpx.Client) -> None:
    text = text_of(client, TREATY)
    assert "Licence creativecommons.org/publicdomain/zero/1.0/" in text
    assert "bs:Agreement , bs:Agreement-force" in text
    assert "relations/KOR-PER" in text


def test_it_can_be_cited(client: httpx.Client) -> None:
    hrefs = re.findall(r'href="([^"]+)" download', client.get(TREATY, headers=ENGLISH).text)
    assert [client.get(href).status_code for href in hrefs] == [200, 200, 200]
    assert "The Bilateral project. “Korea" in text_of(client, TREATY)


@pytest.mark.parametrize(
    ("path", "title", "licence"),
    [
        ("/id/relation/DEU-FRA/un-votes-2000s", "agreement in UN votes", "zero/1.0"),
        ("/id/relation/DEU-FRA/entry-DEU-visa-free-2019-11-23", "Nationals of Germany entering France", "licenses/MIT"),
        ("/id/relation/DEU-FRA/mission-Q15953187", "Embassy of Germany in France", "zero/1.0"),
    ],
)
def test_an_imported_fact_has_a_receipt_too(core_client: httpx.Client, path: str, title: str, licence: str) -> None:
    text = text_of(core_client, f"{path}.html")
    assert title in text
    assert licence in text
    assert "Where in it" in text


def test_a_claim_and_a_citation_have_pages(client: httpx.Client) -> None:
    for name in ("claim-fta-in-force-2013", "cite-fta-lip-in-force"):
        assert client.get(f"/id/relation/KOR-PER/{name}.html").status_code == 200
