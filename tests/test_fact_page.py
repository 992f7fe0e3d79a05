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
    assert "looked at on November 23, 2026" in text


def test_it_shows_rivals_with_rank_and_reason(client: httpx.Client) -> None:
    assert "March 1, 2013 – deprecated : contradicted by better sources" in text_of(client, TREATY)  # noqa: RUF001 - a dash


def test_it_names_dataset_licence_version_and_shapes(client: httpx.Client) -> None:
    text = text_of(client, TREATY)
    assert "Licence CC0 1.0" in text
    assert "bs:Agreement , bs:Agreement-force" in text
    assert "Dataset Peru–South Korea relations, written by hand" in text  # noqa: RUF001 - its name


def test_it_can_be_cited(client: httpx.Client) -> None:
    hrefs = re.findall(r'href="([^"]+)" download', client.get(TREATY, headers=ENGLISH).text)
    assert [client.get(href).status_code for href in hrefs] == [200, 200, 200]
    assert "The Bilateral project. “Korea" in text_of(client, TREATY)


@pytest.mark.parametrize(
    ("path", "title", "licence"),
    [
        (
            "/id/relation/DEU-FRA/un-votes-2000s",
            "agreement in UN votes, France",
            "CC0 1.0",
        ),
        ("/id/relation/DEU-FRA/entry-DEU-visa-free-2019-11-23", "Nationals of Germany entering France", "MIT"),
        ("/id/relation/DEU-FRA/mission-Q15953187", "Embassy of Germany in France", "CC0 1.0"),
    ],
)
def test_an_imported_fact_has_a_receipt_too(core_client: httpx.Client, path: str, title: str, licence: str) -> None:
    text = text_of(core_client, f"{path}.html")
    assert title in text
    assert licence in text
    assert "Where in it" in text


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("claim-fta-in-force-2013", "claim: Korea–Peru Free Trade Agreement, in-force date"),  # noqa: RUF001 - its name
        ("cite-fta-lip-in-force", "citation: Living in Peru, July 2011: Peru"),
        ("obs-trade-growth", "growth of trade, Peru–South Korea relations, August 1, 2011 – July 2012"),  # noqa: RUF001
    ],
)
def test_what_has_no_name_is_called_by_what_it_says(client: httpx.Client, name: str, title: str) -> None:
    assert title in text_of(client, f"/id/relation/KOR-PER/{name}.html")


def test_a_source_is_listed_once_with_all_that_it_says(client: httpx.Client) -> None:
    said = client.get(TREATY, headers=ENGLISH).text.partition('id="sources"')[2].partition("</section>")[0]
    assert len(re.findall(r"<p><a[^>]*>Living in Peru, July 2011", said)) == 1
    assert len(re.findall(r"Announces in July 2011|Gives 21 March 2011", said)) == 2


def test_each_claim_tells_a_source_once(client: httpx.Client) -> None:
    rivals = client.get(TREATY, headers=ENGLISH).text.partition('id="contested"')[2].partition("</section>")[0]
    assert rivals.count("calls the trade agreement in force since") == 1


@pytest.mark.parametrize(
    ("path", "value", "on_receipt"),
    [
        ("KOR-PER/obs-import-share-year-2", "3.88%", "value 3.88"),
        ("KOR-PER/obs-import-share-before", "3.64%", "value 3.64"),
        ("CHN-PER/export-share-PER-2023", "34%", "value 34"),
    ],
)
def test_a_value_is_shown_as_its_source_gives_it(
    core_client: httpx.Client, path: str, value: str, on_receipt: str
) -> None:
    relation = core_client.get(f"/id/relation/{path.partition('/')[0]}.html", headers=ENGLISH).text
    assert f'href="/id/relation/{path}">{value}</a>' in relation
    assert f"{on_receipt} Query" in text_of(core_client, f"/id/relation/{path}.html")
