"""The core of the journey by keyboard alone, with scripts and without; the focus is seen and never lost."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from core.testing.factories import PASSWORD
from core.testing.letters import letters_to
from tests.journeys.desk import INTENTION, Desk, new_desk
from tests.journeys.site import People, Site

pytestmark = pytest.mark.browser
FARTHEST = 150
CLAUSE = "#clause-purpose-together"
FOCUS = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return "the focus is lost";
  const lines = (one) => one ? getComputedStyle(one) : {outlineStyle: "none"};
  const isOutlined = (one) => lines(one).outlineStyle !== "none" && parseFloat(lines(one).outlineWidth) > 1;
  const box = element.getBoundingClientRect(), name = element.outerHTML.slice(0, 120);
  // A box to tick and its label are outlined together.
  const field = element.matches("[type=radio], [type=checkbox]") && element.closest(".ds-field");
  if (!isOutlined(element) && !isOutlined(field)) return `the focus is not seen on ${name}`;
  return box.width && box.height ? "" : `the focus is on something without size: ${name}`;
}"""


@dataclass
class Keyboard:
    """Somebody who has no mouse."""

    page: Page

    def to(self, selector: str) -> "Keyboard":
        """Press Tab until the focus is on the element; at every stop the focus can be seen."""
        for _time in range(FARTHEST):
            if self.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return self
            self.page.keyboard.press("Tab")
            assert self.page.evaluate(FOCUS) == ""
        raise AssertionError(f"the keyboard does not reach {selector}")

    def write(self, text: str) -> "Keyboard":
        """Replace what stands in the field."""
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.insert_text(text)
        return self

    def press(self, key: str = "Enter") -> "Keyboard":
        """Press a key where the focus is."""
        self.page.keyboard.press(key)
        return self

    def leads_to(self, address: str) -> None:
        """Press Enter and be on another page when it has come."""
        with self.page.expect_navigation(url=address):
            self.press()


@pytest.fixture(scope="module")
def desk(site: Site) -> Desk:
    return new_desk(site)


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_the_core_of_the_journey(people: People, desk: Desk, *, scripts: bool) -> None:
    keyboard = Keyboard(people.page("nb", java_script_enabled=scripts))
    sign_in(keyboard, desk)
    begin(keyboard)
    edit_a_clause(keyboard, scripts=scripts)
    ready = desk.complete("Klar til signering")
    send(keyboard, desk.agreement(ready))
    with desk.site.app.app_context():
        link = letters_to("employer@example.org")[-1].path
    guest = Keyboard(people.page("nb", java_script_enabled=scripts))
    sign(guest, link)


def sign_in(keyboard: Keyboard, desk: Desk) -> None:
    keyboard.page.goto("/")
    keyboard.to('a[href="/sign-in"]').leads_to("**/sign-in")
    keyboard.to("main input[name=email]").write(desk.adviser)
    keyboard.to("main input[name=password]").write(PASSWORD).leads_to("**/t/**")


def begin(keyboard: Keyboard) -> None:
    keyboard.to('nav a[href$="/agreements"]').leads_to("**/agreements")
    keyboard.to('a[href$="/agreements/new"]').leads_to("**/agreements/new")
    keyboard.to("input[name=type_key]")
    while not keyboard.page.locator(f'input[value="{INTENTION}"]').is_checked():
        keyboard.press("Space" if keyboard.page.locator("input[name=type_key]").count() == 1 else "ArrowDown")
    keyboard.to("input[name=title]").write("Skrevet med tastatur").leads_to("**/compose/parties")


def edit_a_clause(keyboard: Keyboard, *, scripts: bool) -> None:
    page = keyboard.page
    keyboard.to('a[href$="/compose/purpose"]').leads_to("**/compose/purpose")
    keyboard.to(f"{CLAUSE} textarea").write("Vi hjelper flere i arbeid.")
    if scripts:
        page.locator(f"{CLAUSE} [data-save-state][data-state=saved]").wait_for()
        assert page.evaluate(FOCUS) == ""
        add_an_example(keyboard)
    else:
        keyboard.to(f"{CLAUSE} button[type=submit]").leads_to("**/compose/purpose#clause-**")
    assert page.locator(f"{CLAUSE} textarea").input_value().startswith("Vi hjelper flere")
    keyboard.to(".composer__page > .actions a[data-variant=primary]").leads_to("**/compose/target_group")


def add_an_example(keyboard: Keyboard) -> None:
    """The clause is replaced on the page, and the focus stays with it."""
    example = f"{CLAUSE} button[value='example:0']"
    keyboard.to(f"{CLAUSE} summary").press()
    keyboard.page.locator(example).wait_for()
    keyboard.to(example).press()
    expect(keyboard.page.locator(f"{CLAUSE} textarea")).to_have_value(re.compile("arbeid\\.\n\n."))
    keyboard.page.locator(f"{CLAUSE}:focus, {CLAUSE} :focus").wait_for()
    assert keyboard.page.evaluate(FOCUS) == ""


def send(keyboard: Keyboard, address: str) -> None:
    keyboard.page.goto(f"{address}/compose/check")
    keyboard.to(f'main .actions a[href="{address}"]').leads_to(f"**{address}")
    keyboard.to('form[action$="/signing/send"] input[name=with_code]').press("Space")
    keyboard.to('form[action$="/signing/send"] button').leads_to("**/signing")


def sign(keyboard: Keyboard, link: str) -> None:
    page = keyboard.page
    page.goto(link)
    keyboard.to('a[href="#sign"]').press()
    keyboard.to("main input[name=name]").write("Ola Oppdiktet")
    keyboard.to("main input[name=agree]").press("Space")
    with page.expect_navigation():
        keyboard.to("form:has(input[name=sha256]) button").press()
    page.locator('.ds-alert[data-color="success"]').wait_for()
