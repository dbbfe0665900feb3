"""The browser of the tests starts here, and axe-core sees what is wrong on a page with a strict policy."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, sync_playwright

from core.testing import browser

ADDRESS = "http://localhost/"
POLICY = {"Content-Security-Policy": "default-src 'none'; script-src 'self'", "Content-Type": "text/html"}
GOOD = '<!doctype html><html lang="nb"><title>Avtale</title><main><h1>Avtale</h1><p>Tekst</p></main></html>'
BAD = GOOD.replace("<p>Tekst</p>", '<img src="logo.png"><input>')

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with sync_playwright() as playwright, playwright.chromium.launch(**browser.launch_options()) as chromium:
        yield chromium.new_page()


def show(page: Page, html: str) -> None:
    def answer(route: Route) -> None:
        route.fulfill(body=html, headers=POLICY)

    page.unroute_all()
    page.route("**/*", answer)
    page.goto(ADDRESS)


def test_nothing_is_found_on_a_sound_page(page: Page) -> None:
    show(page, GOOD)
    assert browser.violations(page) == []


def test_what_a_reader_cannot_hear_is_found(page: Page) -> None:
    show(page, BAD)
    found = "\n".join(browser.violations(page))
    assert "image-alt" in found
    assert "label" in found
