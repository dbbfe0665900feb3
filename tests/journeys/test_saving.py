"""Forms that save themselves: the network may go, a button may have the focus, and a link may be near."""

from dataclasses import dataclass
from uuid import UUID

import pytest
from playwright.sync_api import Dialog, Locator, Page, expect

from core.agreements import parts
from tests.journeys import steps
from tests.journeys.desk import Desk, arrive, new_desk
from tests.journeys.site import People, Site

pytestmark = pytest.mark.browser
CLAUSE, KEY = "#clause-purpose-together", "purpose.together"
# What a browser and htmx write in the console when the server refuses and when the network is gone.
EXPECTED = ("422", "ERR_INTERNET_DISCONNECTED", "htmx:sendError", "htmx:afterRequest")


@dataclass(frozen=True)
class Draft:
    """A draft on somebody's screen."""

    desk: Desk
    id: UUID
    page: Page

    @property
    def area(self) -> Locator:
        """Where the clause is written."""
        return self.page.locator(f"{CLAUSE} textarea")

    @property
    def form(self) -> Locator:
        """The form that saves the clause."""
        return self.page.locator(f"{CLAUSE} form")

    @property
    def stored(self) -> str:
        """What the agreement holds now."""
        with self.desk.inside():
            return parts.load(self.id).clauses[KEY].text


@pytest.fixture(scope="module")
def desk(site: Site) -> Desk:
    return new_desk(site)


@pytest.fixture
def draft(people: People, desk: Desk) -> Draft:
    people.expected = EXPECTED
    begun = desk.begun()
    page = arrive(people.page("nb"), desk.adviser, f"{desk.agreement(begun)}/compose/purpose")
    return Draft(desk, begun, page)


def test_a_button_that_only_has_the_focus_does_nothing(draft: Draft) -> None:
    draft.area.fill("Kort tekst")
    draft.page.locator(f"{CLAUSE} details summary").click()
    draft.page.locator(f"{CLAUSE} button[value='example:0']").focus()
    steps.saved(draft.form)
    assert draft.stored == "Kort tekst"


def test_text_survives_a_lost_network_and_is_saved_when_it_is_back(draft: Draft) -> None:
    draft.page.context.set_offline(True)
    draft.area.fill("Skrevet i tunnelen")
    state = draft.page.locator(f"{CLAUSE} [data-save-state]")
    expect(state).to_have_attribute("data-state", "failed")
    draft.page.locator("#messages [data-lost]").wait_for()
    draft.area.press_sequentially(" videre")
    expect(state).to_have_attribute("data-state", "failed")
    draft.page.context.set_offline(False)
    steps.saved(draft.form)
    expect(draft.page.locator("#messages [data-lost]")).to_have_count(0)
    assert draft.stored == "Skrevet i tunnelen videre"


def test_a_link_is_followed_when_what_was_typed_is_saved(draft: Draft) -> None:
    draft.area.fill("Rett før jeg går")
    draft.page.locator(".composer__page > .actions a[data-variant=primary]").click()
    draft.page.wait_for_url("**/compose/target_group")
    assert draft.stored == "Rett før jeg går"


def test_leaving_with_unsaved_text_asks_first(draft: Draft) -> None:
    draft.page.context.set_offline(True)
    draft.area.fill("Ikke lagret")
    draft.page.locator(f"{CLAUSE} button[type=submit]").first.click()
    expect(draft.page.locator(f"{CLAUSE} [data-save-state]")).to_have_attribute("data-state", "failed")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    draft.page.on("dialog", stay)
    draft.page.locator(".composer__page > .actions a[data-variant=primary]").click(no_wait_after=True)
    expect(draft.area).to_have_value("Ikke lagret")
    assert asked == ["beforeunload"]


def test_a_message_names_its_field_until_the_field_is_right(draft: Draft) -> None:
    draft.page.goto(draft.page.url.replace("purpose", "parties"))
    form = draft.page.locator("form#party-employer")
    number = form.locator("[name=number]")
    number.fill("123")
    message = form.locator(".ds-alert li")
    label = number.evaluate("control => control.labels[0].firstChild.textContent.trim()")
    expect(message).to_contain_text(f"{label}: ")
    assert number.get_attribute("aria-invalid") == "true"
    assert (message.get_attribute("id") or "-") in (number.get_attribute("aria-describedby") or "").split()
    number.fill(steps.NUMBERS["nb"])
    steps.saved(form)
    expect(message).to_have_count(0)
    expect(number).not_to_have_attribute("aria-invalid", "true")
