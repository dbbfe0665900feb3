"""One running product for all journeys, one Chromium for each module, and nobody's complaint left unheard."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from core.testing.browser import launch_options
from tests.journeys.site import PATIENCE, People, Site, running

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def site(admin_url: str) -> Iterator[Site]:
    with running(admin_url) as one:
        yield one


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright, playwright.chromium.launch(**launch_options()) as chromium:
        yield chromium


@pytest.fixture
def people(browser: Browser, site: Site) -> Iterator[People]:
    """People with browsers; the test fails when a console, the content policy or the server complained."""
    everybody = People(browser, site.address)
    yield everybody
    everybody.go()
    assert everybody.complaints == []
