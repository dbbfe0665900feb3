"""Which annexes a draft has: those of its type, but for those that it leaves out."""

from flask import Flask

from core.agreements import parts
from core.agreements.content import resolved
from core.agreements.wheel import service as wheel
from core.kernel.scope import tenant_scope
from core.testing.drafts import acting
from tests.agreements.drafts.conftest import Draft


def annexes_of(draft: Draft) -> list[str]:
    with tenant_scope(draft.tenant.id):
        return [one["key"] for one in resolved(parts.load(draft.id)).get("annexes", ())]


def test_a_draft_has_the_annexes_of_its_type_until_some_are_left_out(draft: Draft) -> None:
    assert annexes_of(draft) == ["wheel", "contacts", "plan"]
    assert draft.post("annexes", annexes=["plan"]) == 303
    assert annexes_of(draft) == ["plan"]
    assert draft.post("annexes") == 303
    assert annexes_of(draft) == []


def test_an_annex_that_nobody_offers_is_refused(draft: Draft) -> None:
    assert draft.post("annexes", annexes=["budget"]) == 422
    assert len(annexes_of(draft)) == 3


def test_the_wheel_freezes_the_activities_of_its_agreement_and_no_others(app: Flask, draft: Draft) -> None:
    with acting(app, draft.tenant):
        wheel.make(wheel.Activity("Informasjonsmøte", 3, agreement_id=draft.id))
        wheel.make(wheel.Activity("Budsjett", 10))
        annex = resolved(parts.load(draft.id))["annexes"][0]
    assert [one["title"] for one in annex["activities"]] == ["Informasjonsmøte"]


def test_the_pages_show_what_is_kept(draft: Draft) -> None:
    draft.post("annexes", annexes=["contacts"])
    page = draft.writer.get(draft.url).text
    assert "annex-contacts" in page
    assert "annex-plan" not in page
