"""Writing an agreement as its adviser does, with and without JavaScript."""

import re

import pytest
from flask import Flask

from core.agreements import parts
from core.agreements.content import fingerprint, resolved
from core.agreements.drafts.completeness import missing_in
from core.kernel.scope import tenant_scope
from core.testing.drafts import acting, complete_draft
from core.testing.factories import make_member, make_tenant, signed_in
from tests.agreements.drafts.conftest import INTENTION, Draft

HTMX = {"HX-Request": "true"}
PAGES = (
    "parties",
    "purpose",
    "target_group",
    "work",
    "organisation",
    "before_start",
    "interviews",
    "training",
    "follow_up",
    "afterwards",
    "privacy",
    "evaluation",
    "closing",
    "check",
)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_of_the_composer_opens(draft: Draft, page: str) -> None:
    answer = draft.writer.get(f"{draft.url}/compose/{page}")
    assert answer.status_code == 200
    assert len(re.findall(r"<h1", answer.text)) == 1


def test_a_page_that_the_type_does_not_have_is_not_found(draft: Draft) -> None:
    assert draft.writer.get(f"{draft.url}/compose/nothing").status_code == 404


def test_ids_on_a_page_are_unique(draft: Draft) -> None:
    for page in PAGES:
        ids = re.findall(r'\sid="([^"]+)"', draft.writer.get(f"{draft.url}/compose/{page}").text)
        assert len(ids) == len(set(ids)), page


def test_a_value_is_filled_once_and_used_everywhere(draft: Draft) -> None:
    assert draft.post("values/participants_per_year", value="12") == 303
    assert draft.post("parties/employer", name="Bakeri AS", signatory_key="employer_leader") == 303
    with tenant_scope(draft.tenant.id):
        text = str(resolved(parts.load(draft.id)))
    assert "Bakeri AS" in text
    assert "{employer_name}" not in text


def test_a_list_becomes_as_many_items_as_it_has_lines(draft: Draft) -> None:
    assert draft.post("values/work_areas", value="renhold\nkantine\n\nlager") == 303
    page = draft.writer.get(f"{draft.url}/compose/work").text
    assert all(f"<li>{area}</li>" in page for area in ("renhold", "kantine", "lager"))


def test_guidance_is_shown_while_writing_and_never_part_of_the_agreement(draft: Draft) -> None:
    with tenant_scope(draft.tenant.id):
        loaded = parts.load(draft.id)
        guidance = next(one.guidance for one in loaded.text.clauses if one.guidance).split("\n")[0]
        assert guidance not in str(resolved(loaded))
    pages = "".join(draft.writer.get(f"{draft.url}/compose/{page}").text for page in PAGES)
    assert guidance in pages


def test_an_example_is_added_to_what_was_just_typed(draft: Draft) -> None:
    data = {"text": "Min innledning.", "revision": 0, "action": "example:0"}
    answer = draft.writer.post(f"{draft.url}/clauses/purpose.together", data=data, headers=HTMX)
    assert answer.status_code == 200
    assert "Min innledning." in answer.text
    with tenant_scope(draft.tenant.id):
        loaded = parts.load(draft.id)
        kept = loaded.clauses["purpose.together"].text
    assert kept.startswith("Min innledning.\n\n")
    assert len(kept) > len("Min innledning.\n\n")


def test_a_clause_can_be_left_out_and_taken_in_again(draft: Draft) -> None:
    text = _text(draft, "target_group.language")
    for action, included in (("leave_out", False), ("include", True)):
        data = {"text": text, "revision": 0, "action": action}
        assert draft.writer.post(f"{draft.url}/clauses/target_group.language", data=data).status_code == 303
        with tenant_scope(draft.tenant.id):
            assert parts.load(draft.id).clauses["target_group.language"].included is included


def test_a_required_clause_cannot_be_left_out(draft: Draft) -> None:
    data = {"text": _text(draft, "purpose.goals"), "revision": 0, "action": "leave_out"}
    assert draft.writer.post(f"{draft.url}/clauses/purpose.goals", data=data).status_code == 403


def test_two_people_at_one_clause_lose_no_text(draft: Draft) -> None:
    url = f"{draft.url}/clauses/purpose.together"
    first = draft.colleague.post(url, data={"text": "Kais tekst", "revision": 0}, headers=HTMX)
    second = draft.writer.post(url, data={"text": "Veras tekst", "revision": 0}, headers=HTMX)
    assert (first.status_code, second.status_code) == (200, 409)
    assert "Kais tekst" in second.text
    assert "Veras tekst" in second.text
    assert "Kai Kollega" in second.text
    history = draft.writer.get(f"{url}/history").text
    assert "Kais tekst" in history
    assert "Veras tekst" in history


def test_the_second_writer_decides_and_the_first_text_stays_in_the_history(draft: Draft) -> None:
    url = f"{draft.url}/clauses/purpose.together"
    draft.colleague.post(url, data={"text": "Kais tekst", "revision": 0})
    assert draft.writer.post(url, data={"text": "Veras tekst", "revision": 0}).status_code == 409
    keep = {"text": "Veras tekst", "revision": 1, "action": "keep_mine"}
    assert draft.writer.post(url, data=keep).status_code == 303
    assert _text(draft, "purpose.together") == "Veras tekst"
    assert "Kais tekst" in draft.writer.get(f"{url}/history").text


def test_what_is_missing_leads_to_its_place(draft: Draft) -> None:
    with tenant_scope(draft.tenant.id), draft.writer.application.test_request_context():
        lacking = missing_in(parts.load(draft.id))
    assert lacking
    for one in lacking:
        page = draft.writer.get(f"{draft.url}/compose/{one.step}").text
        assert f'id="{one.anchor}"' in page, one


def test_the_same_draft_gives_the_same_fingerprint(draft: Draft) -> None:
    with tenant_scope(draft.tenant.id):
        one, two = resolved(parts.load(draft.id)), resolved(parts.load(draft.id))
    assert fingerprint(one) == fingerprint(two)
    assert fingerprint(one | {"title": "Annen"}) != fingerprint(one)


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("values/participants_per_year", {"value": "mange"}),
        ("values/participants_per_year", {"value": "0"}),
        ("values/participants_per_year", {"value": "9" * 400}),
        ("values/public_word", {"value": "noe annet"}),
        ("values/main_target_group", {"value": "x" * 501}),
        ("values/main_target_group", {"value": "a\0b"}),
        ("clauses/purpose.together", {"text": "x" * 20_001, "revision": "0"}),
        ("clauses/purpose.together", {"text": "a\0b", "revision": "0"}),
        ("clauses/purpose.together", {"text": "tekst", "revision": "første"}),
        ("clauses/purpose.together", {"text": "tekst"}),
        ("parties/employer", {"name": "Bakeri", "number": "123"}),
        ("parties/employer", {"name": "Bakeri", "signatory_key": "public_leader"}),
        ("parties/employer", {"name": "Bakeri", "sector": "statlig"}),
        ("contacts/employer_leader", {"name": "Per", "email": "ikke en adresse"}),
        (
            "goals/hire_share",
            {"included": "on", "target": "101", "period_months": "12", "counting_rule": "x"},
        ),
        ("goals/hire_share", {"included": "on", "target": "", "period_months": "12", "counting_rule": "x"}),
        ("meetings/steering_group", {"included": "on", "every_months": "0", "first_after_months": "1"}),
        ("duration", {"starts_on": "2027-01-01", "ends_on": "2026-01-01"}),
        ("duration", {"ends_on": "i morgen"}),
        ("title", {"title": ""}),
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_bad_input_is_refused_clearly_and_nothing_is_lost(
    draft: Draft,
    path: str,
    data: dict[str, str],
    headers: dict[str, str],
) -> None:
    with tenant_scope(draft.tenant.id):
        before = fingerprint(resolved(parts.load(draft.id)))
    answer = draft.writer.post(f"{draft.url}/{path}", data=data, headers=headers)
    assert answer.status_code == 422
    assert "field-" in answer.text or "Not saved" in answer.text or "Ikke lagret" in answer.text
    with tenant_scope(draft.tenant.id):
        assert fingerprint(resolved(parts.load(draft.id))) == before


@pytest.mark.parametrize(
    "path", ["clauses/no.such", "values/none", "parties/x", "contacts/x", "goals/x", "meetings/x"]
)
def test_a_part_that_the_type_does_not_have_is_not_found(draft: Draft, path: str) -> None:
    fields = {"text": "x", "revision": 0, "value": "x", "name": "x", "counting_rule": "x"}
    numbers = dict.fromkeys(("target", "period_months", "every_months", "first_after_months"), 1)
    assert draft.post(path, **fields, **numbers) == 404


def test_script_in_a_clause_is_text(draft: Draft) -> None:
    evil = "<script>alert(1)</script> <img src=x onerror=alert(1)>"
    assert draft.post("clauses/purpose.together", text=evil, revision=0) == 303
    page = draft.writer.get(f"{draft.url}/compose/purpose").text
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_a_reader_may_not_write(draft: Draft, app: Flask) -> None:
    reader = signed_in(app, make_member(draft.tenant, "access.reader"))
    assert reader.get(f"{draft.url}").status_code == 200
    assert reader.get(f"{draft.url}/compose/parties").status_code == 403
    assert reader.post(f"{draft.url}/title", data={"title": "Ny"}).status_code == 403


def test_a_type_of_a_module_that_is_off_is_not_offered(app: Flask) -> None:
    tenant = make_tenant("norway.county")
    adviser = signed_in(app, make_member(tenant, "access.adviser"))
    answer = adviser.post(f"/t/{tenant.slug}/agreements/new", data={"type_key": INTENTION, "title": "Avtale"})
    assert answer.status_code == 422


def _text(draft: Draft, key: str) -> str:
    with tenant_scope(draft.tenant.id):
        return parts.load(draft.id).clauses[key].text


def test_a_field_that_does_not_exist_keeps_the_agreement_from_being_sent(draft: Draft) -> None:
    assert draft.post("clauses/purpose.together", text="Sammen med {employer_nam}.", revision=0) == 303
    with tenant_scope(draft.tenant.id), draft.writer.application.test_request_context():
        lacking = missing_in(parts.load(draft.id))
    named = [one for one in lacking if "employer_nam" in one.message]
    assert [one.anchor for one in named] == ["clause-purpose-together"]


def test_what_is_filled_in_shows_at_once_in_the_texts_that_use_it(draft: Draft) -> None:
    url = f"{draft.url}/values/openings_per_year"
    answer = draft.writer.post(url, data={"value": "917"}, headers=HTMX)
    assert 'hx-swap-oob="true"' in answer.text
    assert "917" in answer.text.replace(",", "").replace("\xa0", "")


def test_a_complete_draft_can_be_sent_from_its_last_page(app: Flask) -> None:
    tenant = make_tenant("norway.municipality")
    with acting(app, tenant):
        agreement_id = complete_draft(type_key=INTENTION)
    client = signed_in(app, tenant.admin_email)
    page = client.get(f"/t/{tenant.slug}/agreements/{agreement_id}/compose/check").text
    assert f'action="/t/{tenant.slug}/agreements/{agreement_id}/signing/send"' in page
