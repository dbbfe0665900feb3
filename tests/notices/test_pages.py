"""The pages of notices: a member's choice, and the tenant's own words in its mails."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from core.agreements.signing import service as signing
from core.kernel.unit_of_work import unit_of_work
from core.notices import letters, own_words, rhythms
from core.notices.kinds import every_kind, gathered_kinds, kind_named
from core.notices.rhythms import Rhythm
from core.testing.drafts import acting, complete_draft
from core.testing.factories import MadeTenant, make_tenant, signed_in
from core.testing.letters import letters_to
from core.testing.pages import page_of
from core.web.languages import in_language


@pytest.fixture
def browser(app: Flask, tenant: MadeTenant) -> FlaskClient:
    client = signed_in(app, tenant.admin_email)
    client.set_cookie("language", "en")
    return client


def test_a_choice_is_kept_for_each_kind(app: Flask, tenant: MadeTenant, browser: FlaskClient) -> None:
    address = f"/t/{tenant.slug}/notices"
    keys = [kind.key for kind in gathered_kinds()]
    assert browser.post(address, data=dict.fromkeys(keys, "weekly")).status_code == 303
    assert browser.post(address, data={**dict.fromkeys(keys, "weekly"), keys[0]: "daily"}).status_code == 303
    with acting(app, tenant):
        assert rhythms.chosen() == {**dict.fromkeys(keys, Rhythm.WEEKLY), keys[0]: Rhythm.DAILY}


def test_a_rhythm_that_there_is_not_is_refused_beside_its_field(
    tenant: MadeTenant, browser: FlaskClient
) -> None:
    keys = [kind.key for kind in gathered_kinds()]
    answer = browser.post(
        f"/t/{tenant.slug}/notices", data={**dict.fromkeys(keys, "daily"), keys[0]: "never"}
    )
    assert answer.status_code == 422
    assert page_of(answer, 422)


def test_the_tenants_words_stand_around_the_mail_in_their_language_only(
    app: Flask, tenant: MadeTenant, browser: FlaskClient
) -> None:
    address = f"/t/{tenant.slug}/settings/mails/life/nb"
    words = {"opening": "Dette er fra oss.", "closing": "Ring oss på dagtid."}
    assert browser.post(address, data=words).status_code == 303
    assert "Dette er fra oss." in browser.get(address).text
    kind = kind_named("life")
    assert kind is not None
    for language in ("nb", "da"):
        with acting(app, tenant), in_language(language), unit_of_work():
            letters.write(kind, f"{language}@example.org", "Emne", ["Hei", "Om saken"])
    lines = [line for line in letters_to("nb@example.org")[0].body.splitlines() if line]
    assert lines[:4] == ["Hei", "Dette er fra oss.", "Om saken", "Ring oss på dagtid."]
    assert "Dette er fra oss." not in letters_to("da@example.org")[0].body


def test_another_tenant_has_its_own_words(app: Flask, tenant: MadeTenant) -> None:
    other = make_tenant("norway.municipality")
    with acting(app, tenant):
        own_words.save_text("life", "nb", opening="Fra oss", closing="")
    with acting(app, other):
        _kind, own = own_words.open_text("life", "nb")
        assert own is None
        assert all(card.languages == () for card in own_words.mails())


@pytest.mark.parametrize("path", ["life/xx", "nothing/nb"])
def test_a_mail_that_there_is_not_is_not_found(tenant: MadeTenant, browser: FlaskClient, path: str) -> None:
    assert browser.get(f"/t/{tenant.slug}/settings/mails/{path}").status_code == 404


def test_too_many_words_are_refused_and_kept(tenant: MadeTenant, browser: FlaskClient) -> None:
    answer = browser.post(
        f"/t/{tenant.slug}/settings/mails/life/nb", data={"opening": "ord " * 400, "closing": "Hilsen"}
    )
    assert answer.status_code == 422
    assert "ord ord" in answer.text
    assert "Hilsen" in answer.text


def test_every_kind_of_mail_is_listed_in_words(tenant: MadeTenant, browser: FlaskClient) -> None:
    page = browser.get(f"/t/{tenant.slug}/settings/mails").text
    for kind in every_kind():
        assert kind.title.en in page
        assert kind.when.en in page


def test_what_is_sent_to_sign_carries_the_tenants_words(app: Flask, tenant: MadeTenant) -> None:
    with acting(app, tenant):
        own_words.save_text("signing", "nb", opening="", closing="Vi svarer alle dager.")
        signing.send(complete_draft(type_key="no_work_training.intention_agreement"))
    assert "Vi svarer alle dager." in letters_to("employer@example.org")[0].body
