"""The organisation's own sign-in, walked in a browser against a provider that is somebody else's program."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, Response, expect

from core.access.methods import service as methods
from core.access.methods import totp
from core.kernel import clock
from core.kernel.scope import tenant_scope
from core.tenancy import service as tenancy
from core.testing.browser import violations
from core.testing.drafts import acting
from core.testing.factories import PASSWORD, MadeTenant, make_member, make_tenant
from core.testing.processes import until
from tests.journeys import steps
from tests.journeys.desk import arrive
from tests.journeys.site import People, Site

pytestmark = pytest.mark.browser
BUTTON = "Logg inn med jobbkonto"
ADVISERS = "Flyktningtjenesten"


@contextmanager
def identity_provider(*people: dict[str, object]) -> Iterator[str]:
    """The provider as a process of its own on loopback, where these people work; gives its issuer."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    users = [f"--user-claims={json.dumps(one)}" for one in people]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", f"--port={port}", *users]
    log = subprocess.DEVNULL
    provider = subprocess.Popen(
        [*command, "--host=127.0.0.1", "--require-nonce=true"],
        env=os.environ | {"AUTHLIB_INSECURE_TRANSPORT": "1"},
        stdout=log,
        stderr=log,
        cwd=Path(__file__).parent,
        start_new_session=True,
    )
    try:
        until(lambda: _listens(port), "the identity provider listens")
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(provider.pid, signal.SIGKILL)
        provider.wait()


def _listens(port: int) -> bool:
    with socket.socket() as visitor:
        return visitor.connect_ex(("127.0.0.1", port)) == 0


def person(email: str, **claims: object) -> dict[str, object]:
    return {
        "sub": email,
        "email": email,
        "email_verified": True,
        "name": email.split("@", maxsplit=1)[0],
    } | claims


@pytest.fixture
def tenant(site: Site) -> MadeTenant:
    with site.app.app_context():
        return make_tenant("norway.municipality")


def url(tenant: MadeTenant, rest: str = "") -> str:
    return f"/t/{tenant.slug}/{rest}"


def visitor(people: People) -> Page:
    """A browser in which the provider does without the style sheet that it takes from elsewhere."""
    page = people.page()
    page.context.route("https://cdn.jsdelivr.net/**", lambda route: route.fulfill(content_type="text/css"))
    return page


def sound(page: Page) -> None:
    """The page has nothing that axe finds, one main heading, and is not wider than a narrow screen."""
    assert violations(page) == []
    assert page.locator("h1").count() == 1
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.set_viewport_size({"width": 1280, "height": 900})


def press(page: Page, address: str) -> None:
    """Press the button of the form that posts to an address."""
    page.locator(f'main form[action$="{address}"] button[type=submit]').click()
    page.wait_for_load_state()


def describe(page: Page, tenant: MadeTenant, issuer: str) -> None:
    """Fill in what the provider said."""
    page.goto(url(tenant, "settings/sign-in"))
    page.locator("[name=issuer]").fill(issuer)
    page.locator("[name=client_id]").fill("fotfeste")
    page.locator("[name=client_secret]").fill("et hemmelig ord")
    page.locator("[name=button_text]").fill(BUTTON)
    page.locator("[name=roles_claim]").fill("groups")
    page.locator("[name=value_0]").fill(ADVISERS)
    page.locator("[name=role_0]").select_option("access.adviser")
    press(page, "settings/sign-in")


def be(page: Page, who: str, issuer: str) -> None:
    """Sign in at the provider as one of its people."""
    page.wait_for_url(f"{issuer}/**")
    page.get_by_role("button", name=who, exact=True).click()


def set_up(page: Page, tenant: MadeTenant, issuer: str) -> None:
    """Describe, test, try and turn on, as the administrator."""
    arrive(page, tenant.admin_email, url(tenant))
    set_up_signed_in(page, tenant, issuer)


def set_up_signed_in(page: Page, tenant: MadeTenant, issuer: str) -> None:
    describe(page, tenant, issuer)
    press(page, "/check")
    expect(page.locator('.ds-alert[data-color="danger"]')).to_have_count(0)
    page.locator('main a[href$="/try"]').click()
    be(page, tenant.admin_email, issuer)
    page.wait_for_url("**/settings/sign-in")
    press(page, "/offer")


def with_second_factor(site: Site, tenant: MadeTenant) -> list[str]:
    """Give the administrator an authenticator app; the recovery codes come in handy."""
    with acting(site.app, tenant):
        secret = methods.secret_for_app(tenant.admin_id)
        code = totp.code_of(secret, totp.step_at(clock.now()))
        return methods.confirm_app(tenant.admin_id, code)


def state(site: Site, tenant: MadeTenant) -> str:
    with site.app.app_context(), tenant_scope(tenant.id):
        return tenancy.current_tenant().single_sign_on


def test_somebody_new_comes_in_by_the_button_of_the_organisation(
    people: People, site: Site, tenant: MadeTenant
) -> None:
    new = f"ny@{tenant.slug}.example"
    everybody = (person(tenant.admin_email), person(new, groups=[ADVISERS]), person("gjest@example.org"))
    with identity_provider(*everybody) as issuer:
        administrator = visitor(people)
        set_up(administrator, tenant, issuer)
        assert state(site, tenant) == "offered"
        sound(administrator)

        page = visitor(people)
        page.goto(url(tenant, "people"))
        sound(page)
        page.get_by_role("link", name=BUTTON).click()
        be(page, new, issuer)
        page.wait_for_url(f"**{url(tenant, 'people')}")
        expect(page.locator("main")).to_contain_text(new)

        page.locator("form[action$='/sign-out']").first.evaluate("form => form.requestSubmit()")
        page.wait_for_url("**/sso/signed-out")
        sound(page)
        expect(page.locator(f'main a[href^="{issuer}"]')).to_have_count(1)

        guest = visitor(people)
        guest.goto(url(tenant, "sso"))
        be(guest, "gjest@example.org", issuer)
        guest.wait_for_url("**/sso/connect**")
        sound(guest)


def test_where_it_is_required_everybody_is_led_to_it_and_one_may_pass_by(
    people: People, site: Site, tenant: MadeTenant
) -> None:
    with site.app.app_context():
        member = make_member(tenant, "access.adviser", "Vera Skriver")
    codes = with_second_factor(site, tenant)
    with identity_provider(person(tenant.admin_email), person(member, email_verified=False)) as issuer:
        administrator = visitor(people)
        administrator.goto("/sign-in")
        enter_with_code(administrator, tenant, codes.pop())
        administrator.goto(url(tenant))
        set_up_signed_in(administrator, tenant, issuer)
        administrator.locator("[name=membership_id]").select_option(index=1)
        press(administrator, "/break-glass")
        press(administrator, "/enforce")
        assert state(site, tenant) == "enforced"
        sound(administrator)

        page = visitor(people)
        arrive(page, member, url(tenant))
        assert "/sso/needed" in page.url
        sound(page)
        page.locator("main").get_by_role("link", name=BUTTON).click()
        be(page, member, issuer)
        page.wait_for_url("**/sso/connect**")
        expect(page.locator("main")).to_contain_text("Vera Skriver")
        sound(page)
        press(page, "/sso/connect")
        page.wait_for_url(f"**{url(tenant)}")

        again = visitor(people)
        again.goto(url(tenant))
        again.get_by_role("link", name=BUTTON).click()
        be(again, member, issuer)
        again.wait_for_url(f"**{url(tenant)}")

    down = visitor(people)
    down.goto("/sign-in")
    enter_with_code(down, tenant, codes.pop())
    answer: Response | None = down.goto(url(tenant, "settings/sign-in"))
    assert answer is not None
    assert answer.ok
    assert down.url.endswith("/settings/sign-in"), "the glass is broken"
    press(down, "/relax")
    assert state(site, tenant) == "offered"


def enter_with_code(page: Page, tenant: MadeTenant, code: str) -> None:
    """Sign in with a password and a recovery code."""
    steps.sign_in(page, tenant.admin_email, PASSWORD)
    page.wait_for_url("**/sign-in/second**")
    page.locator("[name=code]").fill(code)
    page.locator("main form:has([name=code]) button[type=submit]").first.click()
    page.wait_for_url(lambda address: "/sign-in" not in address)
