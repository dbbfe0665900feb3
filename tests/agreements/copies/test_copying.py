"""A new draft that begins as a copy of an earlier agreement."""

from uuid import UUID

import pytest
from flask import Flask

from core.agreements import parts
from core.agreements.content import resolve
from core.agreements.copies import service
from core.agreements.drafts import clauses
from core.agreements.drafts import service as drafts
from core.kernel.errors import NotFound
from core.testing.drafts import acting, complete_draft
from core.testing.factories import MadeTenant, make_member, make_tenant, signed_in

TYPE = "no_work_training.intention_agreement"


@pytest.fixture
def tenant(app: Flask) -> MadeTenant:
    return make_tenant("norway.municipality")


@pytest.fixture
def earlier(app: Flask, tenant: MadeTenant) -> UUID:
    with acting(app, tenant):
        made = complete_draft("Avtale med Fjord Bakeri", type_key=TYPE)
        clauses.save_text(made, "purpose.together", "Vi baker sammen.", 0)
        return made


def test_a_copy_has_the_texts_and_values_but_not_the_other_party(
    app: Flask, tenant: MadeTenant, earlier: UUID
) -> None:
    with acting(app, tenant):
        old, new = parts.load(earlier), parts.load(service.copy(earlier, "Ny", with_others=False))
    assert new.agreement.title == "Ny"
    assert new.clauses["purpose.together"].text == "Vi baker sammen."
    assert {key: row.value for key, row in new.values.items()} == {
        key: row.value for key, row in old.values.items()
    }
    assert new.goals["hire_share"].target == old.goals["hire_share"].target
    assert (new.parties["employer"].name, new.parties["employer"].number) == ("", "")
    assert (new.contacts["employer_leader"].name, new.contacts["employer_leader"].email) == ("", "")
    assert new.contacts["public_leader"].name == old.contacts["public_leader"].name


def test_with_a_tick_everybody_goes_with_it(app: Flask, tenant: MadeTenant, earlier: UUID) -> None:
    with acting(app, tenant):
        old, new = resolve(earlier), resolve(service.copy(earlier, "Ny", with_others=True))
    assert {**new, "title": "", "duration": {}} == {**old, "title": "", "duration": {}}


def test_changing_the_copy_leaves_the_earlier_one_alone(
    app: Flask, tenant: MadeTenant, earlier: UUID
) -> None:
    with acting(app, tenant):
        made = service.copy(earlier, "Ny", with_others=True)
        clauses.save_text(made, "purpose.together", "Noe annet.", 0)
        drafts.save_value(made, "participants_per_year", "7")
        assert parts.load(earlier).clauses["purpose.together"].text == "Vi baker sammen."


def test_the_copy_is_begun_from_the_pages(app: Flask, tenant: MadeTenant, earlier: UUID) -> None:
    writer = signed_in(app, make_member(tenant, "access.adviser"))
    base = f"/t/{tenant.slug}/agreements"
    assert "Avtale med Fjord Bakeri" in writer.get(f"{base}/new/copy?q=bakeri").text
    assert "Avtale med Fjord Bakeri" not in writer.get(f"{base}/new/copy?q=hotell").text
    assert f"{base}/{earlier}/copy" in writer.get(f"{base}/{earlier}").text
    assert writer.post(f"{base}/{earlier}/copy", data={"title": ""}).status_code == 422
    answer = writer.post(f"{base}/{earlier}/copy", data={"title": "Avtale med Havgap"})
    assert answer.status_code == 303
    assert "Avtale med Havgap" in writer.get(answer.location).text


def test_what_one_may_not_read_cannot_be_copied(app: Flask, tenant: MadeTenant, earlier: UUID) -> None:
    other = make_tenant("norway.municipality")
    with acting(app, other), pytest.raises(NotFound):
        service.copy(earlier, "Ny", with_others=True)
