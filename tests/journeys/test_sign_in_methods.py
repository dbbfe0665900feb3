"""Signing in by app, recovery code and passkey, in a real browser with a device that keeps passkeys."""

import pytest
from playwright.sync_api import Page, expect

from core.access.methods import totp
from core.kernel import clock
from core.testing.browser import violations
from core.testing.factories import PASSWORD
from tests.journeys import steps
from tests.journeys.desk import Desk, arrive, new_desk
from tests.journeys.site import People, Site

pytestmark = pytest.mark.browser
NARROW = {"width": 320, "height": 700}
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
}


@pytest.fixture
def desk(site: Site) -> Desk:
    return new_desk(site)


def reader(people: People, language: str) -> Page:
    page = people.page(language)
    page.context.add_cookies([{"name": "language", "value": language, "url": people.address}])
    return page


def with_device(page: Page) -> Page:
    """Give the browser a device that keeps passkeys and whose owner is always at hand."""
    protocol = page.context.new_cdp_session(page)
    protocol.send("WebAuthn.enable")
    protocol.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return page


def is_sound(page: Page, language: str) -> None:
    """For axe, in its language, with one main heading, and on a narrow screen."""
    assert violations(page) == []
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("h1")).to_have_count(1)
    before = page.viewport_size
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.set_viewport_size(before or NARROW)  # type: ignore[arg-type]


def sign_out(page: Page) -> None:
    page.locator("details:has(form[action='/sign-out']) > summary").click()
    page.locator("form[action='/sign-out'] button").click()
    page.wait_for_url("**/")


def sign_in(page: Page, email: str) -> None:
    page.goto("/sign-in")
    steps.sign_in(page, email, PASSWORD)


def code_of(secret: str, later: int = 0) -> str:
    return totp.code_of(secret, totp.step_at(clock.now()) + later)


def set_up_app(page: Page, language: str) -> tuple[str, list[str]]:
    """Set the app up; gives its secret and the recovery codes."""
    page.goto("/account")
    page.locator("main a[href='/account/authenticator']").click()
    expect(page.locator("main img")).to_be_visible()
    is_sound(page, language)
    secret = page.locator("main dd").first.inner_text().replace(" ", "")
    page.locator("input[name=code]").fill("000000")
    steps.submit(page)
    expect(page.locator("input[name=code]")).to_have_attribute("aria-invalid", "true")
    page.locator("input[name=code]").fill(code_of(secret, later=-1))
    steps.submit(page)
    expect(page.locator("#codes li")).to_have_count(10)
    is_sound(page, language)
    return secret, page.locator("#codes code").all_inner_texts()


@pytest.mark.parametrize("language", ["nb", "da"])
def test_an_app_and_its_recovery_codes(people: People, desk: Desk, language: str) -> None:
    people.expected = ("Failed to load resource",)
    page = arrive(reader(people, language), desk.adviser, "/account")
    is_sound(page, language)
    secret, codes = set_up_app(page, language)
    page.locator("main .actions a").click()
    page.wait_for_url("**/account")
    is_sound(page, language)
    sign_out(page)
    sign_in(page, desk.adviser)
    page.wait_for_url("**/sign-in/second**")
    is_sound(page, language)
    page.locator("input[name=code]").fill(code_of(secret))
    steps.submit(page)
    page.wait_for_url(f"**{desk.home}")
    sign_out(page)
    sign_in(page, desk.adviser)
    page.locator("input[name=code]").fill(codes[0])
    steps.submit(page)
    page.wait_for_url(f"**{desk.home}")


@pytest.mark.parametrize("language", ["nb", "da"])
def test_a_passkey_alone_and_after_a_password(people: People, desk: Desk, language: str) -> None:
    page = arrive(with_device(reader(people, language)), desk.colleague, "/account")
    page.locator("main a[href='/account/passkeys']").click()
    page.locator("input[name=name]").fill("Min mobil")
    is_sound(page, language)
    steps.submit(page)
    expect(page.locator("#codes li")).to_have_count(10)
    page.locator("main .actions a").click()
    expect(page.locator("main")).to_contain_text("Min mobil")
    is_sound(page, language)
    sign_out(page)
    page.goto("/sign-in")
    is_sound(page, language)
    page.locator("form[data-passkey] button").click()
    page.wait_for_url(f"**{desk.home}")
    sign_out(page)
    sign_in(page, desk.colleague)
    page.wait_for_url("**/sign-in/second**")
    is_sound(page, language)
    page.locator("form[data-passkey] button").click()
    page.wait_for_url(f"**{desk.home}")
    page.goto("/account")
    page.locator("form[action$='/remove'] button").click()
    expect(page.locator("main")).not_to_contain_text("Min mobil,")
    sign_out(page)
    sign_in(page, desk.colleague)
    page.wait_for_url(f"**{desk.home}")


def test_a_device_without_the_passkey_says_so_and_leaves_the_other_ways_open(
    people: People, desk: Desk
) -> None:
    page = with_device(reader(people, "nb"))
    page.goto("/sign-in")
    page.locator("form[data-passkey] button").click()
    expect(page.locator("[data-passkey-state]")).not_to_be_empty()
    sign_in(page, desk.adviser)
    page.wait_for_url(f"**{desk.home}")


def test_without_scripts_the_way_by_passkey_is_not_offered(people: People, desk: Desk) -> None:
    page = people.page("nb", java_script_enabled=False)
    page.goto("/sign-in")
    expect(page.locator("form[data-passkey]")).to_be_hidden()
    steps.sign_in(page, desk.adviser, PASSWORD)
    page.wait_for_url(f"**{desk.home}")


def test_a_workplace_that_asks_for_more_leads_to_it(people: People, desk: Desk) -> None:
    administrator = arrive(reader(people, "nb"), desk.tenant.admin_email, f"{desk.home}settings")
    administrator.locator("input[name=second_factor][value=everybody]").check()
    administrator.locator("form[action$='/second-factor'] button").click()
    administrator.wait_for_url("**/account/second-factor**")
    page = with_device(arrive(reader(people, "da"), desk.adviser, desk.home))
    page.wait_for_url("**/account/second-factor**")
    is_sound(page, "da")
    page.locator("main a[href^='/account/passkeys']").click()
    page.locator("input[name=name]").fill("Min telefon")
    steps.submit(page)
    page.locator("main .actions a").click()
    page.wait_for_url(f"**{desk.home}")
