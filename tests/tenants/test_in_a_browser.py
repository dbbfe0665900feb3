"""Sign-up, confirmation, settings and joining in a real browser, at both widths."""

import threading
from collections.abc import Callable, Iterator
from io import BytesIO

import pytest
from flask import Flask
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, sync_playwright
from werkzeug.serving import make_server

from core.app import create_app
from core.kernel.database_roles import drop_database
from core.kernel.migrations import upgrade
from core.lineages import all_lineages
from core.testing.browser import launch_options, violations
from core.testing.database import TestServer, settings_for

pytestmark = pytest.mark.browser
PASSWORD = "blåbær synger stille i fjellet"
NewPage = Callable[[], Page]


@pytest.fixture(scope="module")
def address(admin_url: str) -> Iterator[str]:
    """A server on a database of its own, with tokens in forms."""
    database = TestServer(admin_url).new_database()
    server = make_server("127.0.0.1", 0, Flask(__name__), threaded=True)
    public = f"http://localhost:{server.port}"
    settings = settings_for(admin_url, database, public_url=public)
    server.app = app = create_app(settings)
    with app.app_context():
        upgrade(settings.database_url_owner, all_lineages())
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield public
    server.shutdown()
    drop_database(admin_url, database)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright, playwright.chromium.launch(**launch_options()) as chromium:
        yield chromium


@pytest.fixture
def complaints() -> list[str]:
    return []


@pytest.fixture(params=[1280, 320], ids=["wide", "narrow"])
def new_page(
    request: pytest.FixtureRequest, browser: Browser, address: str, complaints: list[str]
) -> Iterator[NewPage]:
    """Opens a page for one more person, at the width of the test."""
    contexts = []

    def make() -> Page:
        screen = {"width": request.param, "height": 800}
        context = browser.new_context(viewport=screen, locale="en-GB", base_url=address)
        context.add_cookies([{"name": "language", "value": "en", "url": address}])
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console", lambda one: complaints.append(one.text) if "Content Security" in one.text else None
        )
        return page

    yield make
    for context in contexts:
        context.close()


def is_sound(page: Page) -> None:
    assert violations(page) == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


def follow(page: Page, pressed: Locator) -> None:
    """Press what leads on, and wait for the page that it leads to."""
    with page.expect_navigation():
        pressed.click()


def submit(page: Page) -> None:
    follow(page, page.locator("main form.form button[type=submit]"))
    is_sound(page)


def open_from_menu(page: Page, entry: str) -> None:
    """Follow an entry of the main menu, which is folded together on a narrow screen."""
    menu = page.get_by_role("navigation", name="Main menu")
    if not menu.get_by_role("link", name=entry, exact=True).is_visible():
        menu.get_by_role("button", name="Main menu").click()
        is_sound(page)
    follow(page, menu.get_by_role("link", name=entry, exact=True))


def open_newest_link(page: Page) -> None:
    page.goto("/mailbox")
    is_sound(page)
    for link in ("tbody a", "main p a"):
        follow(page, page.locator(link).first)
        is_sound(page)


def sign_up(page: Page, email: str) -> str:
    """Sign up the next free county, confirm the address, sign in; gives the address of the home page."""
    page.goto("/sign-up")
    is_sound(page)
    follow(page, page.get_by_role("link", name="County authority, Norway"))
    submit(page)
    page.wait_for_selector(".ds-error-summary:focus")
    page.get_by_label("County authority").select_option(index=len(email) % 15)
    page.get_by_label("Organisation number").fill("312 345 676")
    page.get_by_label("Your name").fill("Kari Prøve")
    page.get_by_label("Your e-mail at work").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("I may sign up this organisation on its behalf").check()
    submit(page)
    assert page.get_by_role("heading", level=1).text_content() == "Check your e-mail"
    open_newest_link(page)
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    follow(page, page.get_by_role("button", name="Sign in", exact=True))
    page.wait_for_url("**/t/*/")
    return page.url


def upload_logo(page: Page) -> None:
    logo = BytesIO()
    Image.new("RGB", (90, 30), (10, 90, 80)).save(logo, "PNG")
    file = {"name": "logo.png", "mimeType": "image/png", "buffer": logo.getvalue()}
    page.get_by_label("Choose a logo").set_input_files(file)
    follow(page, page.get_by_role("button", name="Save the logo"))
    shown = page.locator("main img")
    assert shown.evaluate("image => image.decode().then(() => image.naturalWidth)") == 90
    is_sound(page)


def test_from_sign_up_to_a_colleague_who_joins_and_leaves(new_page: NewPage, complaints: list[str]) -> None:
    page, guest = new_page(), new_page()
    width = page.viewport_size["width"] if page.viewport_size else 0
    home = sign_up(page, f"{'k' * (width // 320)}@fylket.example")
    page.goto(f"{home}settings")
    is_sound(page)
    upload_logo(page)
    page.goto(f"{home}people/invite")
    is_sound(page)
    page.get_by_label("Name").fill("Ola Prøve")
    page.get_by_label("E-mail").fill(f"ola{width}@fylket.example")
    page.locator("input[value='access.adviser']").check()
    submit(page)
    open_newest_link(guest)
    guest.get_by_label("password").fill(PASSWORD)
    follow(guest, guest.get_by_role("button", name="Join"))
    assert guest.url == home
    guest.goto("/account")
    is_sound(guest)
    open_from_menu(page, "People")
    follow(page, page.get_by_role("link", name="Ola Prøve", exact=True))
    is_sound(page)
    follow(page, page.get_by_role("link", name="End access"))
    is_sound(page)
    follow(page, page.get_by_role("button", name="End access"))
    is_sound(page)
    assert "Ola Prøve no longer has access." in page.locator("main").inner_text()
    assert complaints == []
