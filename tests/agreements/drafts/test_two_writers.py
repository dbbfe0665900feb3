"""Two people at one form of a draft: nothing is saved over something newer unasked, and nothing is lost."""

import re

import pytest
from flask.testing import FlaskClient

from core.agreements import parts
from core.agreements.parts import Parts
from core.kernel.scope import tenant_scope
from tests.agreements.drafts.conftest import Draft

HTMX = {"HX-Request": "true"}
GOAL = {"included": "on", "period_months": "12", "counting_rule": "Telles slik."}
FORMS = [
    ("title", "title", "parties", {"title": "Kais"}, {"title": "Veras"}),
    ("values/participants_per_year", "value-participants_per_year", "", {"value": "21"}, {"value": "22"}),
    ("parties/employer", "party-employer", "parties", {"name": "Kais AS"}, {"name": "Veras AS"}),
    ("contacts/employer_leader", "contact-employer_leader", "parties", {"name": "Kais"}, {"name": "Veras"}),
    ("goals/hire_share", "goal-hire_share", "", GOAL | {"target": "41"}, GOAL | {"target": "42"}),
    (
        "meetings/steering_group",
        "meeting-steering_group",
        "",
        {"included": "on", "every_months": "7", "first_after_months": "1"},
        {"included": "on", "every_months": "8", "first_after_months": "1"},
    ),
    ("duration", "duration", "", {"ends_on": "2031-01-01"}, {"ends_on": "2032-02-02"}),
]


def loaded(draft: Draft) -> Parts:
    with tenant_scope(draft.tenant.id):
        return parts.load(draft.id)


def step_of(draft: Draft, anchor: str, known: str) -> str:
    """The page of the composer on which a form stands."""
    if known:
        return known
    for section in loaded(draft).kind.sections:
        if f'id="{anchor}"' in draft.writer.get(f"{draft.url}/compose/{section.key}").text:
            return section.key
    raise LookupError(anchor)


def shown(browser: FlaskClient, page: str, anchor: str) -> str:
    """The fingerprint that a form carries."""
    found = re.search(rf'id="shown-{anchor}" value="(\w+)"', browser.get(page).text)
    assert found
    return found[1]


@pytest.mark.parametrize(("path", "anchor", "step", "theirs", "mine"), FORMS, ids=[one[1] for one in FORMS])
def test_the_second_writer_sees_both_and_decides(
    draft: Draft, path: str, anchor: str, step: str, theirs: dict[str, str], mine: dict[str, str]
) -> None:
    page, url = f"{draft.url}/compose/{step_of(draft, anchor, step)}", f"{draft.url}/{path}"
    before = shown(draft.writer, page, anchor)
    assert shown(draft.colleague, page, anchor) == before
    assert draft.colleague.post(url, data=theirs | {"shown": before}).status_code == 303
    name = next(name for name in theirs if theirs[name] != mine[name])
    met = draft.writer.post(url, data=mine | {"shown": before})
    assert met.status_code == 409
    assert theirs[name] in met.text
    assert mine[name] in met.text
    over = re.search(r'value="(keep_mine:\w+)"', met.text)
    assert over
    fragment = draft.writer.post(url, data=mine | {"shown": before}, headers=HTMX)
    assert (fragment.status_code, fragment.headers["HX-Reselect"]) == (409, f"#{anchor}")
    assert shown(draft.writer, page, anchor) != before
    assert draft.writer.post(url, data=mine | {"shown": before, "action": over[1]}).status_code == 303
    assert mine[name] in draft.writer.get(page).text


def test_keeping_what_stands_brings_the_form_anew(draft: Draft) -> None:
    url, page = f"{draft.url}/parties/employer", f"{draft.url}/compose/parties"
    before = shown(draft.writer, page, "party-employer")
    draft.colleague.post(url, data={"name": "Kais AS", "shown": before})
    keep = {"name": "Veras AS", "shown": before, "action": "keep_theirs"}
    answer = draft.writer.post(url, data=keep, headers=HTMX)
    assert answer.headers["HX-Retarget"] == "#party-employer"
    assert "Veras AS" not in answer.text
    assert draft.writer.post(url, data=keep).status_code == 303
    assert loaded(draft).parties["employer"].name == "Kais AS"


def test_a_decision_holds_only_for_what_was_seen(draft: Draft) -> None:
    url, page = f"{draft.url}/title", f"{draft.url}/compose/parties"
    before = shown(draft.writer, page, "title")
    draft.colleague.post(url, data={"title": "Første", "shown": before})
    met = draft.writer.post(url, data={"title": "Mitt", "shown": before}).text
    over = re.search(r'value="(keep_mine:\w+)"', met)
    assert over
    draft.colleague.post(url, data={"title": "Andre", "shown": shown(draft.colleague, page, "title")})
    again = draft.writer.post(url, data={"title": "Mitt", "shown": before, "action": over[1]})
    assert again.status_code == 409
    assert "Andre" in again.text


def test_one_writer_saves_on_and_on_as_one_types(draft: Draft) -> None:
    url = f"{draft.url}/contacts/employer_leader"
    fingerprint = shown(draft.writer, f"{draft.url}/compose/parties", "contact-employer_leader")
    for name in ("P", "Pe", "Per"):
        answer = draft.writer.post(url, data={"name": name, "shown": fingerprint}, headers=HTMX)
        assert answer.status_code == 200
        found = re.search(r'id="shown-contact-employer_leader" value="(\w+)"', answer.text)
        assert found
        fingerprint = found[1]


def test_two_who_write_the_same_are_not_asked(draft: Draft) -> None:
    page, url = f"{draft.url}/compose/parties", f"{draft.url}/title"
    before = shown(draft.writer, page, "title")
    for browser in (draft.colleague, draft.writer):
        assert browser.post(url, data={"title": "Samme", "shown": before}).status_code == 303
