"""A party asks for a revision, and the pages of amending show what changes."""

from collections.abc import Callable
from uuid import UUID

import pytest
from flask import Flask

from core.agreements.amending import revisions
from core.agreements.amending import service as amending
from core.agreements.drafts import service as drafts
from core.agreements.signing import service as signing
from core.kernel.errors import Conflict
from core.kernel.mail import OutgoingMail
from core.testing.drafts import complete_draft
from core.testing.factories import MadeTenant, signed_in
from tests.agreements.life.conftest import TYPE
from tests.agreements.life.steps import ENDS, sign_all
from tests.agreements.life.test_amending import new_phone, rhythm

Mails = Callable[[str], list[OutgoingMail]]


def test_a_party_asks_by_its_link_and_gets_an_answer(
    app: Flask, tenant: MadeTenant, inside: None, mails: Mails
) -> None:
    agreement_id = complete_draft(type_key=TYPE)
    drafts.save_duration(agreement_id, None, ENDS)
    links = signing.send(agreement_id)
    with pytest.raises(Conflict, match=r"agreement\.not_askable"):
        revisions.ask(signing.key_of_link(links[1].token), "For tidlig.")
    sign_all(links, agreement_id)
    url = f"/t/{tenant.slug}/sign/{links[1].token}"
    browser = app.test_client()
    assert f"{url}/revision" in browser.get(url).text
    assert browser.post(f"{url}/revision", data={"words": ""}).status_code == 422
    assert browser.post(f"{url}/revision", data={"words": "Flere deltakere, takk."}).status_code == 303
    assert browser.post(f"{url}/revision", data={"words": "Igjen."}).status_code == 409
    assert len(mails("En part ber om revisjon")) == 1
    reader, page = signed_in(app, tenant.admin_email), f"/t/{tenant.slug}/agreements/{agreement_id}"
    for place in (f"/t/{tenant.slug}/", page, f"{page}/revision", f"{page}/amend"):
        assert "Flere deltakere" in reader.get(place).text or place.endswith("/")
    (asked,) = revisions.waiting(5)
    assert asked.agreement_id == agreement_id
    (row,) = revisions.open_of(agreement_id)
    answer = f"{page}/revision/{row.id}/answer"
    assert reader.post(answer, data={"answer": ""}).status_code == 422
    assert reader.post(answer, data={"answer": "Ikke før neste år."}).status_code == 303
    assert (revisions.waiting(5), len(mails("Ønsket deres"))) == ((), 1)


def test_beginning_a_change_answers_a_request_that_was_written_down(agreement_id: UUID) -> None:
    revisions.write_down(agreement_id, "Part employer", "Ola Oppdiktet", "Færre møter.")
    amending.begin(agreement_id, "Bedriften ba om det.")
    (row,) = revisions.all_of(agreement_id)
    assert (revisions.open_of(agreement_id), row.answer, bool(row.answered_at)) == ([], "", True)


def test_the_pages_show_what_changes_and_lead_from_the_change_to_the_agreement(
    app: Flask, tenant: MadeTenant, agreement_id: UUID
) -> None:
    reader, agreements = signed_in(app, tenant.admin_email), f"/t/{tenant.slug}/agreements"
    page = f"{agreements}/{agreement_id}"
    assert reader.post(f"{page}/amend", data={"reason": ""}).status_code == 422
    begun = reader.post(f"{page}/amend", data={"reason": "Fordi", "origin": "Evaluering"})
    draft_id = UUID(begun.location.partition("/agreements/")[2].partition("/")[0])
    draft = f"{agreements}/{draft_id}"
    assert "<ins>" not in reader.get(f"{draft}/changes").text
    new_phone(draft_id)
    shown = reader.get(f"{draft}/changes").text
    assert "99887766" in shown
    assert "<ins>" in shown
    assert f"{draft}/changes/tell" in shown
    rhythm(draft_id, 5)
    assert f"{draft}/changes/tell" not in reader.get(f"{draft}/changes").text
    links = signing.send(draft_id)
    asked = app.test_client().get(f"/t/{tenant.slug}/sign/{links[0].token}").text
    assert "<ins>" in asked
    sign_all(links, draft_id)
    assert reader.get(draft).location.endswith(page)
    for place in ("", "/versions", "/versions/1", "/versions/2", "/versions/compare"):
        assert reader.get(f"{page}{place}").status_code == 200
    assert "99887766" not in reader.get(f"{page}/versions/1").text
    assert reader.get(f"{page}/versions/7").status_code == 404
    assert reader.get(agreements).text.count(f'href="{draft}"') == 0
