"""The page of a relation: what two parties share, as of any day."""

import re

import httpx
import pytest

PATH = "/id/relation/KOR-PER.html"


def page(client: httpx.Client, as_of: str = "", language: str = "en") -> str:
    response = client.get(PATH, params={"asOf": as_of} if as_of else {}, headers={"accept-language": language})
    assert response.status_code == 200, response.text
    return response.text


def state(text: str) -> str:
    """The paragraph on the state of the day, without its marks."""
    paragraph = re.search(r'<p class="lead">(.*?)</p>', text, re.DOTALL)
    assert paragraph is not None
    return " ".join(re.sub(r"<[^>]+>", "", paragraph[1]).split())


def test_it_says_when_relations_began(client: httpx.Client) -> None:
    assert "Diplomatic relations: since April 1, 1963." in state(page(client))


def test_as_of_1970_nobody_resided_and_it_says_who_stood_in(client: httpx.Client) -> None:
    then = state(page(client, "1970-07-01"))
    assert "South Korea in Peru: without a residence of its own; South Korean ambassador to Brazil" in then
    assert "Peru in South Korea: without a residence of its own; Non-resident representation" in then
    assert "Embassy" not in then


def test_the_day_on_which_an_embassy_opened_divides_the_states(client: httpx.Client) -> None:
    assert "Embassy of South Korea, Lima" not in state(page(client, "1971-07-31"))
    assert "Embassy of South Korea, Lima" in state(page(client, "1971-08-01"))


def test_before_the_ties_it_says_that_they_came_later(client: httpx.Client) -> None:
    assert "did not exist yet" in state(page(client, "1950-01-01"))


def test_an_agreement_is_in_force_from_its_day_on(client: httpx.Client) -> None:
    assert "Free Trade Agreement" not in state(page(client, "2011-07-31"))
    assert "the latest Korea–Peru Free Trade Agreement." in state(page(client, "2011-08-01"))  # noqa: RUF001 - its name


def test_both_dates_of_the_trade_agreement_are_there_with_rank_reason_and_source(client: httpx.Client) -> None:
    contested = page(client).partition('id="contested"')[2]
    contest = contested[contested.index("Peru Free Trade Agreement</strong>: in-force date") :].partition("</details>")[
        0
    ]
    assert re.findall(r"<strong>([^<]+)</strong> . <a[^>]*>([^<]+)</a>", contest)[:1] == [
        ("August 1, 2011", "preferred")
    ]
    assert "<s>March 1, 2013</s>" in contest
    assert "contradicted" in contest
    assert "A mix-up with one of them is possible, not shown." in contest


@pytest.mark.parametrize("day", ["yesterday", "1971-13-01", "2999-01-01", "0001-01-01", "1971-08-01T00:00", "<script>"])
def test_a_day_that_is_none_or_lies_ahead_is_refused(client: httpx.Client, day: str) -> None:
    assert client.get(PATH, params={"asOf": day}).status_code == 400


def test_the_day_survives_a_change_of_language(client: httpx.Client) -> None:
    links = re.findall(r'href="(\?[^"]*lang=ko)"', page(client, "1970-07-01"))
    assert links[0] == "?asOf=1970-07-01&amp;lang=ko"


def test_every_panel_leads_to_its_query_and_rows(client: httpx.Client) -> None:
    panels = set(re.findall(r'href="(/query/[^"]+)"', page(client)))
    assert len(panels) > 25
    for href in panels:
        address = href.replace("&amp;", "&")
        answer = client.get(address, headers={"accept": "text/csv"}, follow_redirects=True)
        assert (answer.status_code, answer.text.count("\n") > 1) == (200, True), address


def test_a_poor_relation_says_what_is_not_known(core_client: httpx.Client) -> None:
    text = core_client.get("/id/relation/BTN-PER.html", headers={"accept-language": "en"}).text
    assert "When diplomatic relations began is not in our sources." in state(text)
    unknown = text.partition('id="unknown"')[2].partition("</section>")[0]
    assert "missions of Bhutan in Peru" in unknown
    assert "agreement</a>" in unknown


def test_a_share_of_a_single_roll_call_is_not_told_by_itself(core_client: httpx.Client) -> None:
    text = page(core_client)
    assert "(1 roll call)" not in state(text)
    assert "Votes alike in the General Assembly" in state(text)


def test_even_a_rich_relation_says_what_is_not_known(client: httpx.Client) -> None:
    unknown = page(client).partition('id="unknown"')[2].partition("</section>")[0]
    assert "whether and when 14 agreements entered into force" in unknown


def test_an_observation_of_months_says_which(client: httpx.Client) -> None:
    rows = re.findall(r"Of the imports of.*?</tr>", page(client, language="en"), re.DOTALL)
    assert any("July 2011" in row for row in rows)


def test_all_facts_are_there_for_a_spreadsheet_with_their_sources(client: httpx.Client) -> None:
    href = re.search(r'href="([^"]+)" download="KOR-PER.csv"', page(client, language="es"))
    assert href is not None
    rows = client.get(href[1].replace("&amp;", "&"), follow_redirects=True).text.splitlines()
    assert rows[0] == "kind,name,property,value,sources,fact"
    (row,) = [row for row in rows if "fecha de entrada en vigor,2011-08-01" in row]
    assert "Tratado de Libre Comercio" in row
    assert "Living in Peru, July 2011" in row


def test_a_relation_is_cited_in_the_language_of_the_reader(client: httpx.Client) -> None:
    assert "«Relaciones entre el Perú y Corea del Sur». Bilateral: un grafo" in page(client, language="es")
    cited = client.get("/id/relation/KOR-PER.ris", params={"lang": "ko"}).text
    assert "T2  - Bilateral: 나라 사이의 관계를 담은 공개 지식 그래프" in cited


def test_as_of_a_day_nobody_is_listed_who_came_later(client: httpx.Client) -> None:
    envoys = page(client, "1970-07-01").partition("Envoys of South Korea to Peru")[2].partition("</section>")[0]
    assert "Jeon Sang-jin" not in envoys
    assert "Choi Jong-uk" not in envoys
    assert "16 that are only known from a later day are not shown." in envoys


def test_who_is_only_on_record_on_a_day_is_dated_by_it(client: httpx.Client) -> None:
    row = page(client).partition("Choi Jong-uk, ambassador")[2].partition("</tr>")[0]
    assert "seen in November 2023; since when is not known" in re.sub(r"<[^>]+>", "", row)


def test_a_name_takes_its_article_within_a_sentence(core_client: httpx.Client) -> None:
    text = core_client.get("/id/relation/CUB-USA.html", headers={"accept-language": "en"}).text
    assert "Cuba in the United States: " in state(text)
    assert "The United States in Cuba: " in state(text)


def test_spanish_has_its_articles_before_names_and_days(client: httpx.Client) -> None:
    text = page(client, "1970-07-01", "es")
    assert "Relaciones diplomáticas: desde el 1 de abril de 1963. Corea del Sur en el Perú: " in state(text)
    assert "Representantes del Perú ante Corea del Sur" in text


def test_a_claimed_amount_is_in_the_currency_of_the_claim(client: httpx.Client) -> None:
    contest = page(client).partition("Contract for four warships for the Peruvian navy</strong>: value")[2]
    assert contest.lstrip(" –").startswith("USD 434,500,000 · USD 462,000,000 · USD 463,000,000")  # noqa: RUF001


@pytest.mark.parametrize(
    ("language", "shown"),
    [("en", ("1,774 people", "no. 66")), ("es", ("1.774 personas", "n.º 66")), ("ko", ("1,774명", "66위"))],
)
def test_numbers_of_things_are_words_of_the_language(
    client: httpx.Client, language: str, shown: tuple[str, str]
) -> None:
    assert all(f">{words}</" in page(client, language=language) for words in shown)


def test_a_state_of_the_past_has_ended_and_leads_to_what_followed(core_client: httpx.Client) -> None:
    address = "/id/relation/CUB-SUN.html"
    now = core_client.get(address, headers={"accept-language": "en"}).text
    assert state(now).startswith("The Soviet Union ended in 1991. What followed: Cuba–Russia relations.")  # noqa: RUF001
    assert 'href="/id/relation/CUB-RUS">' in now
    then = core_client.get(address, params={"asOf": "1980-01-01"}, headers={"accept-language": "en"}).text
    assert "ended" not in state(then)
