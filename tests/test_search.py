"""Search: things by any name, pairs by the names of both."""

import httpx
import pytest

from bilateral.serve.site.search import fold, words_of


def suggested(client: httpx.Client, text: str, language: str = "en") -> list[str]:
    response = client.get("/search", params={"q": text, "lang": language}, headers={"accept": "application/json"})
    assert response.status_code == 200
    return [result["href"] for result in response.json()["results"]]


@pytest.mark.parametrize(
    "text",
    [
        "peru corea",
        "corea peru",
        "PERÚ Corea del Sur",
        "한국 페루",
        "페루 대한민국",
        "KOR-PER",
        "per kor",
        "south korea peru",
    ],
)
def test_a_pair_is_found_by_both_names_in_any_language_and_order(client: httpx.Client, text: str) -> None:
    assert suggested(client, text)[0] == "/id/relation/KOR-PER"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("corea", "/id/party/KOR"),
        ("페", "/id/party/PER"),
        ("한구", "/id/party/KOR"),
        ("북한", "/id/party/PRK"),
        ("Südkorea", "/id/party/KOR"),
        ("uk", "/id/party/GBR"),
        ("cote d'ivoire", "/id/party/CIV"),
        ("germany france", "/id/relation/DEU-FRA"),
        ("fujimori", "/id/person/alberto-fujimori"),
        ("naciones unidas", "/id/organization/un"),
    ],
)
def test_what_is_meant_comes_first(core_client: httpx.Client, text: str, first: str) -> None:
    assert suggested(core_client, text)[0] == first


def test_suggestions_speak_the_readers_language(client: httpx.Client) -> None:
    answer = client.get("/search?q=peru&lang=ko", headers={"accept": "application/json"}).json()["results"][0]
    assert answer == {"label": "페루", "note": "당사자", "href": "/id/party/PER"}


@pytest.mark.parametrize(
    "text", ["", " ", "xyzzy", "%00", "\x00\x1b", "<script>alert(1)</script>", "가" * 5000, '"; DROP']
)
def test_a_hostile_or_vain_search_is_answered_and_escaped(client: httpx.Client, text: str) -> None:
    response = client.get("/search", params={"q": text}, headers={"accept": "text/html"})
    assert response.status_code == 200
    assert "<script>alert" not in response.text


def test_without_scripts_the_form_leads_to_a_page_of_results(client: httpx.Client) -> None:
    response = client.get("/search?q=peru+corea", headers={"accept": "text/html", "accept-language": "es"})
    assert 'href="/id/relation/KOR-PER"' in response.text
    assert 'value="peru corea"' in response.text


def test_accents_case_and_half_syllables_do_not_matter() -> None:
    assert fold("Ñandú") == "nandu"
    assert fold("대한민국").startswith(fold("대하"))
    assert words_of("Peru–South Korea") == ["peru", "south", "korea"]  # noqa: RUF001 - as labels have it
