"""The page of a country on a phone and on a desk: its hundreds of relations do not bury the rest."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

PERU = "/id/party/PER.html?lang=en"
SHIFTS = """new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((each) => (sum += each.value)))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 500);
})"""


def top_of(page: Page, heading: str) -> float:
    box = page.locator(f"h2#{heading}").bounding_box()
    assert box is not None
    return box["y"]


@pytest.mark.parametrize(("width", "screens"), [(360, 3), (1280, 2)])
def test_what_follows_the_relations_is_near(core_page: Page, width: int, screens: int) -> None:
    core_page.set_viewport_size({"width": width, "height": 900})
    core_page.goto(PERU)
    assert top_of(core_page, "missions") < screens * 900
    assert core_page.evaluate(SHIFTS) < 0.01


def test_the_other_relations_open_without_scripts(browser: Browser, core_server: str) -> None:
    with browser.new_context(base_url=core_server, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(PERU)
        hidden = page.get_by_role("link", name="Tuvalu", exact=True).first
        expect(hidden).to_be_hidden()
        page.locator(".relations summary").click()
        expect(hidden).to_be_visible()


def test_a_choice_shows_all_that_it_leaves(core_page: Page) -> None:
    core_page.goto(PERU)
    core_page.get_by_label("Embassy").select_option("mutual")
    core_page.get_by_role("button", name="Show").click()
    expect(core_page.locator(".relations tbody tr").last).to_be_visible()
    assert core_page.locator(".relations tbody tr").count() == 53


def test_the_columns_of_both_parts_of_a_table_stand_below_each_other(core_page: Page) -> None:
    core_page.goto(PERU)
    core_page.locator(".relations summary").click()
    first, others = (
        [round(each.bounding_box()["x"]) for each in table.locator("thead th").all()]  # type: ignore[index]
        for table in core_page.locator(".relations table").all()
    )
    assert first == others
