"""In a real browser: nothing for axe to find, no overflow, and the keyboard always knows where it is."""

import threading
from collections.abc import Iterator
from types import ModuleType

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright
from werkzeug.serving import make_server

from core.testing.browser import launch_options, violations

pytestmark = pytest.mark.browser
PAGES = ("/", "/gallery", "/form-page", "/reading", "/problem/invalid", "/nowhere")


@pytest.fixture(scope="module")
def address(gallery: ModuleType) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, gallery.create_app(PROPAGATE_EXCEPTIONS=False), threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright, playwright.chromium.launch(**launch_options()) as chromium:
        yield chromium


@pytest.fixture
def complaints() -> list[str]:
    return []


@pytest.fixture(params=[1280, 320], ids=["wide", "narrow"])
def page(
    request: pytest.FixtureRequest, browser: Browser, address: str, complaints: list[str]
) -> Iterator[Page]:
    width = request.param
    context = browser.new_context(viewport={"width": width, "height": 800}, locale="nb-NO", base_url=address)
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if _is_policy(message) else None)
    yield page
    context.close()


def _is_policy(message: ConsoleMessage) -> bool:
    return "Content Security Policy" in message.text


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_sound_at_both_widths(page: Page, complaints: list[str], path: str) -> None:
    page.goto(path)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert complaints == []


def test_a_refused_form_moves_the_focus_to_its_summary(page: Page, complaints: list[str]) -> None:
    page.goto("/gallery")
    page.get_by_role("button", name="Send inn").click()
    page.wait_for_selector(".ds-error-summary:focus")
    page.get_by_role("link", name="Navn: Fyll ut dette feltet.").click()
    assert page.evaluate("document.activeElement.id") == "field-name"
    assert violations(page) == []
    assert complaints == []


def test_a_long_list_narrows_while_one_types(page: Page) -> None:
    page.goto("/gallery")
    page.get_by_role("searchbox").fill("sted 4")
    names = page.locator("#field-place option:not([value=''])").all_text_contents()
    assert names == ["Sted 3", "Sted 4", *(f"Sted {number}" for number in range(40, 50))]
    page.get_by_role("searchbox").press("Enter")
    assert page.locator("#field-place").input_value() == "0004"
    assert page.evaluate("document.activeElement.id") == "field-place"


def test_a_dialog_opens_and_closes_by_keyboard(page: Page, complaints: list[str]) -> None:
    page.goto("/gallery")
    opener = page.get_by_role("button", name="Annuller avtalen")
    opener.press("Enter")
    page.get_by_role("dialog", name="Vil du annullere avtalen?").wait_for()
    assert violations(page) == []
    page.keyboard.press("Escape")
    assert opener.evaluate("button => button === document.activeElement")
    assert complaints == []


def test_the_first_tab_leads_past_the_menu(page: Page) -> None:
    page.goto("/gallery")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_the_language_switch_works_by_keyboard(page: Page) -> None:
    page.goto("/gallery?page=2")
    page.locator("summary", has_text="Språk:").press("Enter")
    page.get_by_role("button", name="Dansk").press("Enter")
    page.wait_for_selector("html[lang=da]")
    assert page.url.endswith("/gallery?page=2")


def test_a_lost_connection_is_told(page: Page) -> None:
    page.goto("/gallery")
    page.context.set_offline(True)
    page.get_by_role("button", name="Send inn").click()
    page.get_by_text("Vi har ikke kontakt med tjeneren").wait_for()
    assert page.locator("[data-save-state]").text_content() == "Ikke lagret"


def test_leaving_unsaved_text_asks_first(page: Page) -> None:
    page.goto("/gallery")
    page.get_by_label("Navn").press_sequentially("x")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto("/reading")
    assert asked == ["beforeunload"]


def test_the_form_works_without_scripts(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, locale="nb-NO", base_url=address)
    page = context.new_page()
    page.goto("/gallery")
    page.get_by_role("button", name="Send inn").click()
    page.get_by_text("Rett dette før du går videre:").wait_for()
    context.close()
