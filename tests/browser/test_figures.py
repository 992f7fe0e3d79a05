"""Charts and maps: drawn from the tables of their figures, without moving anything."""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

RELATION = "/id/relation/KOR-PER.html?lang=en"


@pytest.fixture(params=["Trade by year", "Migrants by year"])
def chart(page: Page, request: pytest.FixtureRequest) -> Locator:
    page.goto(RELATION)
    figure = page.locator("figure[data-chart=lines]").filter(has_text=request.param)
    figure.scroll_into_view_if_needed()
    expect(figure.locator("svg.chart")).to_have_attribute("aria-label", re.compile(request.param))
    return figure


def test_a_chart_has_a_line_for_each_column_of_its_table(chart: Locator) -> None:
    expect(chart.locator("svg.chart .line")).to_have_count(chart.locator("thead th").count() - 1)


def test_a_chart_has_a_mark_for_each_value_and_none_for_what_is_unknown(chart: Locator) -> None:
    expect(chart.locator("svg.chart .mark")).to_have_count(chart.locator("tbody data").count())


def test_a_map_marks_each_mission_and_both_parties(core_page: Page) -> None:
    core_page.goto(RELATION)
    figure = core_page.locator("figure[data-map]")
    figure.scroll_into_view_if_needed()
    expect(figure.locator("svg.map .point")).to_have_count(figure.locator("tbody tr").count())
    expect(figure.locator("svg.map path.focus")).to_have_count(2)


def test_a_map_of_two_parties_shows_both_large(core_page: Page) -> None:
    core_page.goto("/id/relation/DEU-FRA.html?lang=en")
    figure = core_page.locator("figure[data-map]")
    figure.scroll_into_view_if_needed()
    expect(figure.locator("svg.map path.focus")).to_have_count(2)
    places = [point.bounding_box() for point in figure.locator("svg.map .point").all()]
    across = [box["x"] for box in places if box]
    room = figure.locator("svg.map").bounding_box()
    assert room is not None
    assert max(across) - min(across) > room["width"] / 3  # Brest to Berlin: Guiana has no say in it


def test_a_share_of_few_votes_is_apart_from_the_line(core_page: Page) -> None:
    core_page.goto(RELATION)
    figure = core_page.locator("figure[data-chart=steps]")
    figure.scroll_into_view_if_needed()
    expect(figure.locator("svg.chart .mark.thin")).to_have_count(1)
    low = core_page.evaluate(
        "(() => { const svg = document.querySelector('figure[data-chart=steps] svg');"
        " return svg.querySelector('.line').getBBox().height / svg.viewBox.baseVal.height })()"
    )
    assert low < 0.2  # without the single roll call of 2020 the share hardly changes


def test_no_country_vanishes_from_the_map_however_small(core_page: Page) -> None:
    core_page.goto("/?lang=en")
    expect(core_page.locator("figure[data-map] svg.map")).to_be_visible()
    rows = set(core_page.eval_on_selector_all("figure tbody tr", "(rows) => rows.map((row) => row.dataset.party)"))
    drawn = set(
        core_page.eval_on_selector_all("svg.map .known, svg.map .point", "(all) => all.map((one) => one.dataset.code)")
    )
    beside = core_page.locator(".off-map li").all_inner_texts()
    assert len(rows - drawn) == len(beside)
    assert not {"Kosovo", "Taiwan", "Palestine", "Vatican City", "Tuvalu", "Nauru"} & set(beside)
    small = core_page.locator("svg.map circle.ring").count()
    assert small > 20


def test_nothing_moves_while_a_page_loads_and_is_read(page: Page) -> None:
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver((list) => list.getEntries().forEach((entry) => "
        "{ window.shift += entry.value })).observe({ type: 'layout-shift', buffered: true })"
    )
    page.goto(RELATION)
    for figure in page.locator("figure").all():
        figure.scroll_into_view_if_needed()
        expect(figure.locator("svg").first).to_be_visible()
    assert page.evaluate("window.shift") == 0


def test_without_scripts_the_tables_say_it_all(browser: Browser, server: str) -> None:
    with browser.new_context(java_script_enabled=False, base_url=server) as context:
        plain = context.new_page()
        plain.goto(RELATION)
        plain.locator("figure[data-chart] summary").first.click()
        expect(plain.locator("figure[data-chart]").get_by_text("USD 688,867,000")).to_be_visible()
        expect(plain.locator("figure .canvas").first).to_be_hidden()
