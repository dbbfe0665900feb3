"""The composer's pages for an agreement with a private person."""

from flask import Flask

from core.testing.factories import MadeTenant, make_member, signed_in
from tests.plugins.no_introduction.conftest import PLAN


def test_a_person_is_written_without_number_logo_and_position(app: Flask, tenant: MadeTenant) -> None:
    browser = signed_in(app, make_member(tenant, "access.adviser", "Vera Skriver"))
    browser.set_cookie("language", "en")
    new = f"/t/{tenant.slug}/agreements/new"
    assert "Language of the text" in browser.get(new).text
    begun = browser.post(new, data={"type_key": PLAN, "title": "Plan", "language": "en"}).location

    page = browser.get(begun).text
    participant = page.partition('id="party-programme_participant-title"')[2]

    assert "national identity number" in participant
    assert all(word not in participant for word in ("Logo", "Position", "Who signs"))
    person = {"name": "Yonas Øvelse", "email": "", "phone": ""}
    saved = browser.post(begun.replace("compose/parties", "contacts/participant"), data=person)
    assert saved.status_code in {200, 303}
    for key, value in (("drawn_up_on", "2026-02-02"), ("regime", "ordinary")):
        browser.post(begun.replace("compose/parties", f"values/{key}"), data={"value": value})
    check = browser.get(begun.replace("parties", "check")).text
    assert "Missing: long-term goal (integreringsloven § 15 tredje ledd, NO-PLN-01)" in check
    assert "Name a person: Participant" not in check


def test_a_type_without_text_in_the_language_is_refused_and_nothing_is_lost(
    app: Flask, tenant: MadeTenant
) -> None:
    browser = signed_in(app, make_member(tenant, "access.adviser", "Vera Skriver"))
    browser.set_cookie("language", "en")
    typed = {"type_key": "no_introduction.nav_cooperation", "title": "Samarbeid", "language": "en"}

    answer = browser.post(f"/t/{tenant.slug}/agreements/new", data=typed)

    assert answer.status_code == 422
    assert "This agreement has no text in the language that you have chosen." in answer.text
    assert 'value="Samarbeid"' in answer.text
