"""A participant's way in, in a real browser: registered, sent a link, let in by a code, seen and answered."""

import re

import pytest
from playwright.sync_api import Page, Response, expect

from core.testing.letters import letters_to
from tests.journeys.desk import Desk, arrive, new_desk
from tests.journeys.outsider import somebody_outside
from tests.journeys.site import People, Site
from tests.journeys.test_accessibility import faults

pytestmark = pytest.mark.browser
EMAIL = "yonas@example.org"


def newest(desk: Desk, pattern: str) -> str:
    """What the newest mail to the participant holds."""
    with desk.site.app.app_context():
        return [found[0] for one in letters_to(EMAIL) if (found := re.search(pattern, one.body))][-1]


def reader(people: People) -> Page:
    """A page of somebody who reads English, whatever the tenant speaks."""
    page = people.page("en")
    page.context.add_cookies([{"name": "language", "value": "en", "url": people.address}])
    return page


def sound(page: Page, answer: Response | None) -> None:
    size = page.viewport_size
    assert faults(page, answer, "en") == [], page.url
    page.set_viewport_size(size or {"width": 1280, "height": 900})


def test_a_participant_comes_in_and_asks(site: Site, people: People) -> None:
    desk = new_desk(site)
    adviser = arrive(reader(people), desk.adviser, f"{desk.home}persons")
    adviser.get_by_role("link", name="Register somebody").click()
    adviser.get_by_label("Participant").check()
    adviser.get_by_label("Name", exact=True).fill("Yonas Øvelse")
    adviser.get_by_label("E-mail").fill(EMAIL)
    adviser.get_by_label("National identity number").fill("548585 20072")
    adviser.get_by_role("button", name="Save").click()
    expect(adviser.get_by_role("heading", level=1)).to_have_text("Yonas Øvelse")
    expect(adviser.get_by_text("548585 *****")).to_be_visible()
    adviser.get_by_role("button", name="Send the link").click()
    expect(adviser.get_by_text("The link is on its way")).to_be_visible()

    guest = reader(people)
    sound(guest, guest.goto(newest(desk, r"http\S+/in/\S+")))
    guest.get_by_role("button", name="Send me a code").click()
    expect(guest.get_by_label("Code")).to_be_visible()
    guest.get_by_label("Code").fill(newest(desk, r"\b\d{6}\b"))
    guest.get_by_role("button", name="Come in").click()
    guest.wait_for_url(f"**{desk.home}mine")
    sound(guest, guest.reload())
    expect(guest.get_by_text("548585 *****")).to_be_visible()
    guest.get_by_label("Access to what is kept").check()
    guest.get_by_role("button", name="Send", exact=True).click()
    expect(guest.get_by_text("Waits for an answer")).to_be_visible()
    guest.get_by_role("button", name="Leave").click()
    expect(guest.get_by_role("heading", level=1)).to_have_text("You have left")


def test_every_page_about_people_outside_is_sound(site: Site, people: People) -> None:
    desk = new_desk(site)
    outsider = somebody_outside(desk)
    page = arrive(reader(people), desk.tenant.admin_email, desk.home)
    person = f"{desk.home}persons/{outsider.person_id}"
    paths = ["", "?ended=yes", "/new", "/shielded", "/requests"]
    about = [person + one for one in ("", "/change", "/end", "/health", "/history")]
    for path in (*(f"{desk.home}persons{one}" for one in paths), *about):
        page.set_viewport_size({"width": 1280, "height": 900})
        answer = page.goto(path)
        assert answer
        assert answer.ok, path
        sound(page, answer)
