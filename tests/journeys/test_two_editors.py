"""Two people write the same clause: no text is lost."""

from dataclasses import dataclass
from uuid import UUID

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from core.agreements import parts
from core.testing.browser import violations
from tests.journeys import steps
from tests.journeys.desk import Desk, arrive, new_desk
from tests.journeys.site import People, Site

pytestmark = pytest.mark.browser
CLAUSE, KEY = "#clause-purpose-together", "purpose.together"
# What a browser and htmx write in the console when the server refuses, and when a file is kept from them.
EXPECTED = ("409", "ERR_FAILED")


@dataclass(frozen=True)
class Table:
    """Two pages at the same clause of one draft."""

    desk: Desk
    url: str
    one: Page
    other: Page

    @property
    def stored(self) -> str:
        """What the agreement holds now."""
        with self.desk.inside():
            agreement_id = UUID(self.url.split("/agreements/")[1].split("/")[0])
            return parts.load(agreement_id).clauses[KEY].text

    def history(self) -> str:
        """Every text that the clause has had, as the page shows it."""
        self.other.goto(self.url.replace("compose/purpose", f"clauses/{KEY}/history"))
        return self.other.locator("main").inner_text()


@pytest.fixture(scope="module")
def desk(site: Site) -> Desk:
    return new_desk(site)


@pytest.fixture
def table(people: People, desk: Desk) -> Table:
    people.expected = EXPECTED
    url = f"{desk.agreement(desk.begun())}/compose/purpose"
    one, other = (arrive(people.page("nb"), who, url) for who in (desk.adviser, desk.colleague))
    return Table(desk, url, one, other)


def area(page: Page) -> Locator:
    return page.locator(f"{CLAUSE} textarea")


def saves(page: Page, text: str) -> None:
    """Replace the clause's text and wait until it has saved itself."""
    area(page).fill(text)
    steps.saved(page.locator(f"{CLAUSE} form"))


def meets_the_first(table: Table) -> Locator:
    """The second writer types, and the first one's text is there already."""
    saves(table.one, "Veras tekst")
    area(table.other).fill("Kais tekst")
    both = table.other.locator(f"{CLAUSE} .ds-alert")
    expect(both).to_contain_text("Veras tekst")
    expect(both).to_contain_text("Vera Skriver")
    expect(area(table.other)).to_have_value("Kais tekst")
    return both


def test_both_texts_are_on_screen_and_in_the_history(table: Table) -> None:
    meets_the_first(table)
    assert table.other.evaluate("document.activeElement.id") == area(table.other).get_attribute("id")
    assert violations(table.other) == []
    assert table.stored == "Veras tekst"
    history = table.history()
    assert "Veras tekst" in history
    assert "Kais tekst" in history


def test_both_texts_are_on_a_page_of_their_own_without_htmx(table: Table) -> None:
    table.other.route("**/htmx.js*", lambda route: route.abort())
    table.other.reload()
    saves(table.one, "Veras tekst")
    area(table.other).fill("Kais tekst")
    table.other.locator(f"{CLAUSE} button[type=submit]").first.click()
    expect(table.other.locator(f"{CLAUSE} .ds-alert")).to_contain_text("Veras tekst")
    expect(area(table.other)).to_have_value("Kais tekst")
    assert violations(table.other) == []
    table.other.locator(f"{CLAUSE} button[value=keep_mine]").click()
    table.other.wait_for_url("**/compose/purpose#clause-purpose-together")
    assert table.stored == "Kais tekst"


@pytest.mark.parametrize(("decision", "kept"), [("keep_mine", "Kais tekst"), ("keep_theirs", "Veras tekst")])
def test_the_second_writer_decides(table: Table, decision: str, kept: str) -> None:
    meets_the_first(table)
    table.other.locator(f"{CLAUSE} button[value={decision}]").click()
    expect(table.other.locator(f"{CLAUSE} .clause__theirs")).to_have_count(0)
    expect(area(table.other)).to_have_value(kept)
    steps.saved(table.other.locator(f"{CLAUSE} form"))
    assert table.stored == kept
    saves(table.other, f"{kept} igjen")
    assert table.stored == f"{kept} igjen"
    history = table.history()
    assert "Veras tekst" in history
    assert "Kais tekst" in history


def test_what_is_typed_while_the_other_text_arrives_is_kept(table: Table) -> None:
    saves(table.one, "Veras tekst")

    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    table.other.route("**/clauses/**", hold, times=1)
    with table.other.expect_request("**/clauses/**"):
        area(table.other).fill("Kais tekst")
    area(table.other).press_sequentially(" og mer")
    held[0].continue_()
    table.other.locator(f"{CLAUSE} .clause__theirs").wait_for()
    expect(area(table.other)).to_have_value("Kais tekst og mer")
