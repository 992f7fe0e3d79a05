"""Accessibility: no violation of WCAG 2.2 AA that axe-core can find, on every kind of page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import ROOT

AXE = ROOT / "tests" / "clients" / "node_modules" / "axe-core" / "axe.min.js"
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
EDITOR = "#workbench"  # YASGUI's inside is others' work; docs/pages.md lists what axe-core finds in it

PAGES = {
    "home": "/",
    "search": "/search?q=corea",
    "search without results": "/search?q=xyzzy",
    "rich relation": "/id/relation/KOR-PER.html",
    "relation as of a day": "/id/relation/KOR-PER.html?asOf=1970-07-01",
    "poor relation": "/id/relation/BTN-PER.html",
    "relation with many visits": "/id/relation/GBR-USA.html?all=visits",
    "relation with all treaties": "/id/relation/ECU-PER.html?all=treaties",
    "country": "/id/party/PER.html",
    "country with visits and people": "/id/party/USA.html",
    "treaty": "/id/treaty/VIENNA_1985A.html",
    "membership": "/id/membership/VIENNA_1985A-PER.html",
    "fact": "/id/relation/KOR-PER/fta.html",
    "observation": "/id/relation/DEU-FRA/un-votes-2000s.html",
    "claim": "/id/relation/KOR-PER/claim-fta-in-force-2013.html",
    "source": "/id/source/fta-lip.html",
    "organization": "/id/organization/un.html",
    "person": "/id/person/alberto-fujimori.html",
    "place": "/id/place/lima.html",
    "kind": "/kind/mission/embassy.html",
    "graph": "/graph/embassies.html",
    "ontology": "/ontology.html",
    "shapes": "/shapes.html",
    "workbench": "/sparql",
    "downloads": "/download/",
    "about": "/about",
    "developers": "/developers",
    "problem": "/nowhere",
}


LOOKS = [
    pytest.param((360, "dark"), id="narrow and dark"),
    pytest.param((1280, "light"), id="wide and light"),
    pytest.param((360, "light"), id="narrow and light", marks=pytest.mark.long),
    pytest.param((1280, "dark"), id="wide and dark", marks=pytest.mark.long),
]
"""Screens and schemes; two of the four have each of both."""


@pytest.fixture(params=LOOKS)
def look(browser: Browser, core_server: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, scheme = request.param
    size = {"width": width, "height": 900}
    with browser.new_context(base_url=core_server, viewport=size, color_scheme=scheme, bypass_csp=True) as context:  # type: ignore[arg-type]
        yield context.new_page()


def violations(page: Page) -> list[str]:
    page.add_script_tag(path=AXE)  # the policy would refuse it: this page alone is without one
    options = json.dumps({"runOnly": LEVELS, "resultTypes": ["violations", "passes"]})
    result = page.evaluate(f"axe.run({{ exclude: ['{EDITOR}'] }}, {options})")
    assert len(result["passes"]) > 10, "axe-core has looked at nothing"
    found = result["violations"]
    return [f"{each['id']}: {node['html'][:150]}" for each in found for node in each["nodes"][:3]]


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES.keys())
def test_a_page_has_no_violation_and_fits_its_screen(look: Page, address: str) -> None:
    look.goto(address)
    look.wait_for_load_state("networkidle")
    assert violations(look) == []
    assert look.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_keyboard_reaches_search_and_content(page: Page) -> None:
    page.goto("/id/relation/KOR-PER.html?lang=en")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("combobox", name="Search")).to_be_focused()


@pytest.mark.parametrize("language", ["en", "es", "ko"])
def test_on_a_narrow_screen_no_date_or_number_of_a_table_is_broken(core_page: Page, language: str) -> None:
    core_page.set_viewport_size({"width": 360, "height": 900})
    for address in ("/id/relation/KOR-PER.html", "/id/party/PER.html", "/"):
        core_page.goto(f"{address}?lang={language}")
        broken = core_page.evaluate(
            "[...document.querySelectorAll('td time, td.number')].filter((one) => {"
            " const range = document.createRange(); range.selectNodeContents(one);"
            " return range.getBoundingClientRect().height > 32"  # more than a line
            " }).map((one) => one.textContent.trim())"
        )
        assert broken == [], address


def test_headings_leave_no_level_out(core_page: Page) -> None:
    for address in PAGES.values():
        core_page.goto(address)
        levels = core_page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map((h) => Number(h.tagName[1]))")
        assert levels.count(1) == 1, address
        assert all(after - before <= 1 for before, after in pairwise(levels)), address
