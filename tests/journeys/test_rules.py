"""The rules in a real browser: the slider keeps the focus, and what is folded is found and printed."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.desk import arrive, new_desk
from tests.journeys.site import People, Site

pytestmark = pytest.mark.browser
SET = "rules/no_introduction.regime"
ASKED = "?permitType=S34&permitDecisionDate=2022-03-11&as-of=2022-06-15"


@pytest.fixture
def page(site: Site, people: People) -> Page:
    desk = new_desk(site)
    return arrive(people.page("nb", 320), desk.adviser, f"{desk.home}{SET}{ASKED}")


def test_the_day_is_moved_by_keyboard_and_the_focus_stays(page: Page) -> None:
    slider = page.get_by_role("slider", name="Flytt mellom dagene da reglene endres")
    expect(slider).to_have_attribute("aria-valuetext", "15. juni 2022")
    slider.press("ArrowLeft")
    expect(page.locator("output")).to_have_text("1. januar 2021")
    page.wait_for_url("**as-of=2021-01-01&permitDecisionDate=2022-03-11&permitType=S34")
    expect(page.locator("#NO-REG-02")).to_contain_text("Gjelder ikke")
    expect(slider).to_be_focused()
    day = page.get_by_label("Dato for vedtaket om oppholdstillatelse", exact=True)
    day.fill("2022-03-12")
    day.press("Enter")
    page.wait_for_url("**permitDecisionDate=2022-03-12&permitType=S34")
    expect(day).to_be_focused()
    expect(page.locator("#law-said")).to_have_text("Svar: integreringsloven")
    page.get_by_role("button", name="Vis svaret").click()
    expect(page.locator("#answer")).to_be_focused()


def test_what_is_folded_is_found_by_its_link_and_printed(page: Page) -> None:
    address, first = page.url.partition("?")[0], "#case-REG-02-first-permit"
    page.goto(f"{address}/law")
    case, older = page.locator(first), page.locator("#NO-REG-02 .law-version").nth(1)
    expect(case).to_be_hidden()
    expect(older).to_be_hidden()
    page.emulate_media(media="print")
    expect(older).to_be_visible()
    expect(case).to_be_hidden()
    page.emulate_media(media="screen")
    page.goto(f"{address}/law{first}")
    expect(case).to_be_in_viewport()


def test_what_is_no_day_is_not_sent_as_an_empty_field(page: Page) -> None:
    """Half a day, in whatever order the browser asks for its parts, is to it what 31 February is."""
    day = page.get_by_label("Dato for vedtaket om oppholdstillatelse", exact=True)
    day.fill("")
    day.press_sequentially("02")
    assert day.evaluate("field => field.validity.badInput")
    asked = page.url
    page.get_by_role("button", name="Vis svaret").click()
    expect(day).to_be_focused()
    assert page.url == asked
    day.fill("2022-03-11")
    page.get_by_role("button", name="Vis svaret").click()
    expect(page.locator("#answer")).to_be_focused()


def test_an_answer_that_takes_the_place_of_another_breaks_no_rule_of_the_page(page: Page) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.get_by_role("button", name="Vis svaret").click()
    expect(page.locator("#answer")).to_be_focused()
    expect(page.get_by_role("button", name="Kopier lenken")).to_be_visible()
    assert [one for one in said if "Content Security Policy" in one or "inline style" in one] == []
