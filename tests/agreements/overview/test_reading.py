"""What was sent can be read whatever has become of the plugin behind it; the list finds it again."""

from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from core.agreements import parts
from core.agreements.catalogue import MissingTypeError
from core.agreements.signing import service as signing
from core.testing.drafts import acting, complete_draft
from core.testing.factories import MadeTenant, make_tenant, signed_in

TITLE = "Avtale med Ærlige Brød 100 %"


@pytest.fixture
def tenant(app: Flask) -> MadeTenant:
    return make_tenant("norway.municipality")


@pytest.fixture
def draft(app: Flask, tenant: MadeTenant) -> UUID:
    with acting(app, tenant):
        return complete_draft(TITLE)


@pytest.fixture
def type_is_gone(monkeypatch: pytest.MonkeyPatch) -> Any:
    def gone(key: str, edition: str) -> None:
        raise MissingTypeError(f"{key} {edition}")

    return lambda: monkeypatch.setattr(parts, "type_of", gone)


def test_what_was_sent_can_be_read_without_its_plugin(
    app: Flask, tenant: MadeTenant, draft: UUID, type_is_gone: Any
) -> None:
    with acting(app, tenant):
        signing.send(draft)
    type_is_gone()
    page = signed_in(app, tenant.admin_email).get(f"/t/{tenant.slug}/agreements/{draft}")
    assert page.status_code == 200
    assert "verdi for sub_goals" in page.text


def test_a_draft_without_its_plugin_says_so_and_is_never_taken_for_complete(
    app: Flask, tenant: MadeTenant, draft: UUID, type_is_gone: Any
) -> None:
    type_is_gone()
    client = signed_in(app, tenant.admin_email)
    assert client.get(f"/t/{tenant.slug}/agreements/{draft}").status_code == 409
    assert client.post(f"/t/{tenant.slug}/agreements/{draft}/signing/send").status_code == 409


@pytest.mark.parametrize(
    ("words", "found"), [("ærlige", True), ("100 %", True), ("_", False), ("%%", False), ("\0", True)]
)
def test_the_list_searches_titles_as_they_are_written(
    app: Flask, tenant: MadeTenant, draft: UUID, words: str, found: bool
) -> None:
    page = signed_in(app, tenant.admin_email).get(f"/t/{tenant.slug}/agreements", query_string={"q": words})
    assert page.status_code == (400 if "\0" in words else 200)
    assert (str(draft) in page.text) is (found and "\0" not in words)


def test_the_list_filters_by_status(app: Flask, tenant: MadeTenant, draft: UUID) -> None:
    client = signed_in(app, tenant.admin_email)
    for status, found in (("draft", True), ("active", False), ("nonsense", True)):
        page = client.get(f"/t/{tenant.slug}/agreements", query_string={"status": status})
        assert (str(draft) in page.text) is found


def test_a_page_number_that_makes_no_sense_is_the_nearest_page(
    app: Flask, tenant: MadeTenant, draft: UUID
) -> None:
    client = signed_in(app, tenant.admin_email)
    for number in ("0", "-1", "99", "x", "9" * 40):
        page = client.get(f"/t/{tenant.slug}/agreements", query_string={"page": number})
        assert page.status_code == 200
        assert str(draft) in page.text


def test_a_draft_is_given_up_with_a_reason(app: Flask, tenant: MadeTenant, draft: UUID) -> None:
    client, url = signed_in(app, tenant.admin_email), f"/t/{tenant.slug}/agreements/{draft}"
    client.post(f"{url}/discard", data={"reason": " "})
    assert client.get(f"{url}/compose/parties").status_code == 200
    assert client.post(f"{url}/discard", data={"reason": "Bedriften flyttet."}).status_code == 303
    assert "Bedriften flyttet." in client.get(url).text
    assert client.get(f"{url}/compose/parties").status_code == 409
