"""The SPARQL workbench: write, run, look at and share a query."""

from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

BILAT = "PREFIX bilat: <https://w3id.org/bilateral/ontology#>"
TRADE = f"""{BILAT} PREFIX measure: <https://w3id.org/bilateral/kind/measure/>
SELECT ?year ?value {{ ?o bilat:measure measure:exports ; bilat:refPeriod ?year ; bilat:value ?value }}"""
PLACES = """PREFIX schema: <https://schema.org/>
SELECT * { VALUES (?thing ?latitude ?longitude) { ("Lima" -12.0 -77.0) ("Seoul" 37.5 127.0) } }"""


def opened(page: Page, query: str) -> None:
    page.goto(f"/sparql?query={quote(query)}")
    page.wait_for_function("window.yasgui !== undefined")


def test_a_shared_address_opens_the_query_and_runs_it(page: Page) -> None:
    opened(page, f"{BILAT} SELECT ?a {{ ?a a bilat:Agreement }} LIMIT 3")
    expect(page.locator(".yasr table.dataTable tbody tr")).to_have_count(3)


def test_running_a_query_gives_it_an_address(page: Page) -> None:
    opened(page, "ASK {}")
    page.evaluate("void window.yasgui.getTab().setQuery('SELECT (1 AS ?one) {}')")
    page.locator(".yasqe_queryButton").click()
    expect(page.locator(".yasr table.dataTable")).to_contain_text("1")
    assert "one" in page.url


def test_an_example_opens_in_the_editor(page: Page) -> None:
    page.goto("/sparql?lang=en")
    page.get_by_role("link", name="When did the two countries establish diplomatic relations").click()
    expect(page.locator(".yasr table.dataTable")).to_contain_text("1963-04-01")


def test_completion_offers_the_classes_of_the_graph(page: Page) -> None:
    opened(page, f"{BILAT} SELECT * {{ ?s a bilat:Agr }}")
    page.evaluate(
        "{ const yasqe = window.yasgui.getTab().getYasqe(); yasqe.focus();"
        " yasqe.setCursor({ line: 0, ch: yasqe.getValue().indexOf('Agr') + 3 }); yasqe.autocomplete(); void 0 }"
    )
    expect(page.locator(".CodeMirror-hints")).to_contain_text("bilat:Agreement")


def test_years_and_numbers_are_drawn_as_a_chart(page: Page) -> None:
    opened(page, TRADE)
    page.get_by_role("button", name="Chart").click()
    expect(page.locator(".yasr svg.chart .mark").first).to_be_visible()


def test_latitude_and_longitude_are_drawn_as_a_map(page: Page) -> None:
    opened(page, PLACES)
    page.get_by_role("button", name="Map").click()
    expect(page.locator(".yasr svg.map .point")).to_have_count(2)


def test_a_query_with_a_mistake_shows_where_it_is(page: Page) -> None:
    opened(page, "SELECT * { ?s ?p }")
    expect(page.get_by_role("alert")).to_contain_text("Line 1, column 19")


@pytest.mark.parametrize("name", ["CSV", "JSON"])
def test_the_rows_can_be_downloaded(page: Page, name: str) -> None:
    opened(page, "SELECT (1 AS ?one) {}")
    expect(page.locator(".yasr table.dataTable")).to_be_visible()
    href = page.get_by_role("link", name=name, exact=True).get_attribute("href")
    assert href is not None
    assert "one" in page.request.get(href).text()


def test_a_panel_opens_here_with_its_query(page: Page) -> None:
    page.goto("/id/relation/KOR-PER.html?lang=en")
    page.locator("section", has=page.locator("#agreements")).get_by_role("link", name="Query").click()
    expect(page.locator(".yasr table.dataTable")).to_contain_text("Air services agreement")


def test_a_mistake_is_explained_in_the_language_of_the_page(page: Page) -> None:
    page.goto("/sparql?lang=ko&query=SELECT+*+%7B+%3Fs+%3Fp+%7D")
    page.wait_for_function("window.yasgui !== undefined")
    page.evaluate("void window.yasgui.getTab().query().catch(() => null)")
    expect(page.locator(".problem")).to_contain_text("질의 구문 오류1행 19열:")
