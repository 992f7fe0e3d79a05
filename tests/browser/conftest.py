"""A real browser on the real server: Debian's Chromium, which may ask no host but ours and break no policy."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start Chromium once a module: while it runs, no other test can have an event loop of its own."""
    executable = shutil.which("chromium")
    assert executable is not None, "The browser tests need Debian's chromium: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, server: str) -> Iterator[Page]:
    """Open a page of the curated server."""
    yield from watched(browser, server)


@pytest.fixture
def core_page(browser: Browser, core_server: str) -> Iterator[Page]:
    """Open a page of the server of all pairs."""
    yield from watched(browser, core_server)


def watched(browser: Browser, server: str) -> Iterator[Page]:
    """Open a page that must ask no other host, and whose console must stay free of errors."""
    context = browser.new_context(base_url=server, viewport={"width": 1280, "height": 900}, locale="en-GB")
    page = context.new_page()
    hosts: set[str] = set()
    complaints: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type == "error" and "status of 4" not in message.text:  # a refused query is an answer
            complaints.append(message.text)

    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.on("console", listen)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert hosts - {""} <= {urlsplit(server).netloc}
    assert complaints == []
