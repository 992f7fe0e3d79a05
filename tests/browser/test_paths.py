"""The main paths: from home to a fact and its source, by whoever knows neither RDF nor the project."""

import re

from playwright.sync_api import Page, expect


def test_a_pair_is_found_from_home_by_a_suggestion(page: Page) -> None:
    page.goto("/?lang=en")
    page.get_by_role("combobox", name="Search").type("peru corea")
    page.get_by_role("option", name=re.compile("Peru.South Korea relations")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Peru.South Korea relations"))
    expect(page.locator(".lead")).to_contain_text("Diplomatic relations: since April 1, 1963.")


def test_a_suggestion_is_chosen_by_the_keyboard(page: Page) -> None:
    page.goto("/?lang=ko")
    box = page.get_by_role("combobox")
    box.type("한국 페루")
    expect(page.get_by_role("option").first).to_be_visible()
    box.press("ArrowDown")
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"/id/relation/KOR-PER.*lang=ko"))


def test_a_day_of_1970_shows_who_represented_whom(page: Page) -> None:
    page.goto("/id/relation/KOR-PER.html?lang=en")
    page.get_by_label("See it as of another day").fill("1970-07-01")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".lead")).to_contain_text("South Korean ambassador to Brazil, accredited to Peru")
    expect(page).to_have_url(re.compile("asOf=1970-07-01"))


def test_the_language_changes_and_page_and_day_stay(page: Page) -> None:
    page.goto("/id/relation/KOR-PER.html?asOf=1970-07-01&lang=en")
    page.get_by_role("link", name="Español").click()
    expect(page.locator("html")).to_have_attribute("lang", "es")
    expect(page.get_by_role("heading", level=1)).to_have_text("Relaciones entre el Perú y Corea del Sur")
    expect(page.get_by_role("heading", name="El estado el 1 de julio de 1970")).to_be_visible()


def test_a_language_that_was_chosen_stays_from_page_to_page(page: Page) -> None:
    page.goto("/?lang=es")
    page.get_by_role("searchbox").or_(page.get_by_role("combobox")).fill("peru corea")
    page.get_by_role("button", name="Buscar").click()
    page.locator(".results a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Relaciones entre el Perú y Corea del Sur")
    page.locator("#agreements ~ .table a").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "es")
    page.get_by_role("link", name="Acerca de").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Acerca de")


def test_why_two_dates_of_the_trade_agreement_circulate(page: Page) -> None:
    page.goto("/id/relation/KOR-PER.html?lang=en")
    page.get_by_role("table", name="").locator("a", has_text="Free Trade Agreement").first.click()
    contested = page.locator("section", has=page.locator("#contested"))
    expect(contested).to_contain_text("March 1, 2013")
    expect(contested).to_contain_text("Other agreements of Peru did take effect on a 1 March")


def test_a_fact_leads_to_its_source_and_is_cited(page: Page) -> None:
    page.goto("/id/relation/KOR-PER/fta.html?lang=en")
    expect(page.locator(".sources")).to_contain_text("Announces in July 2011")
    with page.expect_download() as download:
        page.get_by_role("link", name="BibTeX").click()
    assert "Free Trade Agreement" in download.value.path().read_text(encoding="utf-8")
    page.locator(".sources a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Living in Peru, July 2011")


def test_the_facts_of_a_pair_can_be_downloaded(page: Page) -> None:
    page.goto("/id/relation/KOR-PER.html?lang=en")
    href = page.get_by_role("link", name="Turtle").get_attribute("href")
    assert href is not None
    assert "bilat:inForceDate" in page.request.get(href).text() or "inForceDate" in page.request.get(href).text()


def test_another_pair_that_little_is_known_of_has_an_honest_page(core_page: Page) -> None:
    core_page.goto("/?lang=en")
    core_page.get_by_role("combobox", name="Search").type("bhutan peru")
    core_page.get_by_role("option").first.click()
    expect(core_page.locator(".lead")).to_contain_text("When diplomatic relations began is not in our sources.")
    expect(core_page.get_by_role("heading", name="What is not known")).to_be_visible()


def test_a_page_prints_with_its_content(page: Page) -> None:
    page.goto("/id/relation/KOR-PER.html?lang=en")
    assert len(page.pdf()) > 50_000
    page.emulate_media(media="print")
    assert not page.locator("form:visible, nav:visible").count()
    assert page.locator("h2 .on-paper").is_visible()
