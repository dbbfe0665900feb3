"""A tenant's own types of agreements: from the copy to an agreement that is sent."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from core.agreements import catalogue
from core.agreements import parts as agreement_parts
from core.agreements.catalogue import MissingTypeError, choice_of, type_of, types_on_offer
from core.agreements.content import resolved
from core.agreements.models import Agreement
from core.agreements.signing import service as signing
from core.agreements.types import AgreementType
from core.agreements.variants import changing, service
from core.kernel import clock
from core.kernel.database import db
from core.kernel.errors import Conflict, Invalid, NotFound, Refused
from core.testing.drafts import acting, complete_draft
from core.testing.factories import MadeTenant, make_member, make_tenant, signed_in
from core.testing.pages import page_of
from core.testing.statements import counted

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
INTENTION = "no_work_training.intention_agreement"
CLAUSE = "work.capacity"
TEXT = "Bedriften tar imot {participants_per_year} deltakere, og {own_1} står for opplæringen."


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def tenant(app: Flask) -> MadeTenant:
    return make_tenant("norway.municipality")


@pytest.fixture
def admin(app: Flask, tenant: MadeTenant) -> FlaskClient:
    return signed_in(app, tenant.admin_email)


def copied(name: str = "Vår intensjonsavtale") -> UUID:
    return service.copy(INTENTION, name)


def write(variant_id: UUID, text: str, key: str = CLAUSE) -> None:
    changing.save_clause(variant_id, key, {"nb": {"text": text, "guidance": ""}}, "included")


def own_choices() -> list[str]:
    return [choice_of(one) for one in types_on_offer() if choice_of(one) != one.key]


def text_of(agreement_id: UUID) -> str:
    return str(resolved(agreement_parts.load(agreement_id)))


def test_the_page_names_the_original_as_people_know_it(tenant: MadeTenant, admin: FlaskClient) -> None:
    url = admin.post(
        f"/t/{tenant.slug}/types/new", data={"type_key": INTENTION, "name": "Vår avtale"}
    ).location
    page = admin.get(url).text
    assert type_of(INTENTION, "2026-1").title.en in page
    assert INTENTION not in page


def test_a_goal_that_is_described_has_words_and_no_target(tenant: MadeTenant, admin: FlaskClient) -> None:
    described = next(one for one in type_of(INTENTION, "2026-1").goals if one.unit is None)
    url = admin.post(
        f"/t/{tenant.slug}/types/new", data={"type_key": INTENTION, "name": "Vår avtale"}
    ).location
    words = {"title_nb": "Norsk i jobben", "counting_rule_nb": "Vi noterer eksempler."}
    assert admin.post(f"{url}/goals/{described.key}", data=words).status_code == 303
    assert "Norsk i jobben" in admin.get(f"{url}/preview").text


def test_a_variant_is_copied_edited_published_and_an_agreement_of_it_is_sent(
    app: Flask, tenant: MadeTenant, admin: FlaskClient
) -> None:
    here = f"/t/{tenant.slug}/types"
    url = admin.post(f"{here}/new", data={"type_key": INTENTION, "name": "Vår avtale"}).location
    question = {"kind": "text", "label_nb": "Hvem står for opplæringen?", "required": "on"}
    assert admin.post(f"{url}/questions", data=question).status_code == 303
    clause = {"text_nb": TEXT, "guidance_nb": "Skriv et navn.", "presence": "included"}
    assert admin.post(f"{url}/clauses/{CLAUSE}", data=clause).status_code == 303
    goal = {"title_nb": "I jobb", "counting_rule_nb": "Telles hvert år.", "target": 60, "period_months": 12}
    assert admin.post(f"{url}/goals/hire_share", data=goal).status_code == 303
    assert "står for opplæringen" in admin.get(f"{url}/preview").text
    with acting(app, tenant):
        assert own_choices() == []
    assert admin.post(f"{url}/publish", data={"valid_from": ""}).status_code == 303
    with acting(app, tenant):
        (choice,) = own_choices()
        agreement_id = complete_draft(type_key=choice)
        parts = agreement_parts.load(agreement_id)
        assert (parts.kind.title.nb, parts.goals["hire_share"].target) == ("Vår avtale", 60)
        assert "verdi for own_1 står for opplæringen" in text_of(agreement_id)
        assert signing.send(agreement_id)
    assert "Vår avtale" in admin.get(f"/t/{tenant.slug}/agreements/{agreement_id}").text


def test_an_older_version_stays_when_a_newer_comes_and_when_it_is_retired(
    app: Flask, tenant: MadeTenant
) -> None:
    with acting(app, tenant):
        variant_id = copied()
        write(variant_id, "Den første teksten.")
        assert service.publish(variant_id, None) == 1
        first = complete_draft(type_key=own_choices()[0])
        write(variant_id, "Den andre teksten.")
        assert service.publish(variant_id, None) == 2
        second = complete_draft(type_key=own_choices()[0])
        service.retire(variant_id)
        assert own_choices() == []
        db.session.expire_all()
        assert "Den første teksten." in text_of(first)
        assert "Den andre teksten." in text_of(second)
        with pytest.raises(Conflict):
            write(variant_id, "En tredje.")
        service.resume(variant_id)
        assert len(own_choices()) == 1


def test_a_version_waits_for_its_day_and_the_one_before_is_used_until_then(
    app: Flask, tenant: MadeTenant
) -> None:
    with acting(app, tenant):
        variant_id = copied()
        service.publish(variant_id, None)
        (before,) = own_choices()
        write(variant_id, "Fra nyttår.")
        service.publish(variant_id, date(2027, 1, 1))
        assert own_choices() == [before]
        with clock.frozen(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)):
            assert own_choices() != [before]
        write(variant_id, "Enda senere.")
        with pytest.raises(Invalid):
            service.publish(variant_id, date(2026, 12, 1))
        with pytest.raises(Invalid):
            service.publish(variant_id, None)


def test_nothing_is_published_twice(app: Flask, tenant: MadeTenant) -> None:
    with acting(app, tenant):
        variant_id = copied()
        service.publish(variant_id, None)
        with pytest.raises(Conflict):
            service.publish(variant_id, None)


def test_another_tenant_never_sees_a_variant(app: Flask, tenant: MadeTenant) -> None:
    with acting(app, tenant):
        variant_id = copied()
        service.publish(variant_id, None)
        (choice,) = own_choices()
    other = make_tenant("norway.municipality")
    with acting(app, other):
        assert own_choices() == []
        with pytest.raises(MissingTypeError):
            type_of(INTENTION, choice)
        with pytest.raises(NotFound):
            service.opened(variant_id)
    neighbour = signed_in(app, other.admin_email)
    assert neighbour.get(f"/t/{other.slug}/types/{variant_id}").status_code == 404


def test_who_does_not_manage_the_tenant_has_no_business_here(app: Flask, tenant: MadeTenant) -> None:
    adviser = signed_in(app, make_member(tenant, "access.adviser"))
    assert adviser.get(f"/t/{tenant.slug}/types").status_code == 403


@pytest.mark.parametrize(
    ("path", "typed", "field", "told"),
    [
        (
            f"clauses/{CLAUSE}",
            {"text_nb": "Vi tar {ukjent} imot.", "presence": "included"},
            "text_nb",
            "{ukjent}",
        ),
        (
            f"clauses/{CLAUSE}",
            {"text_nb": "En *stjerne for lite.", "presence": "included"},
            "text_nb",
            "Line 1",
        ),
        (
            f"clauses/{CLAUSE}",
            {"text_nb": "Vi kan {work_areas}.", "presence": "included"},
            "text_nb",
            "hyphen",
        ),
        (
            f"clauses/{CLAUSE}",
            {"text_nb": "", "guidance_nb": "Råd", "presence": "included"},
            "guidance_nb",
            "Fill in",
        ),
        ("sections/work", {"title_nb": "Arbeid", "guidance_nb": "Om {work_areas}"}, "guidance_nb", "braces"),
        (
            "goals/hire_share",
            {"title_nb": "Mål", "counting_rule_nb": "Tell.", "target": "101", "period_months": "12"},
            "target",
            "at most 100",
        ),
        (
            "duration",
            {"months": "1", "reminder_days": "60", "notice_days": "0"},
            "reminder_days",
            "fewer days",
        ),
        ("questions", {"kind": "choice", "label_nb": "Hva nå?"}, "label_nb", "Choose one"),
        ("name", {"name": "", "about": "Kort", "heading_nb": "H"}, "about", "Fill in"),
        ("publish", {"valid_from": "i morgen"}, "valid_from", "date"),
    ],
)
def test_bad_input_is_refused_beside_its_field_and_nothing_typed_is_lost(
    app: Flask,
    tenant: MadeTenant,
    admin: FlaskClient,
    path: str,
    typed: dict[str, str],
    field: str,
    told: str,
) -> None:
    with acting(app, tenant):
        variant_id = copied()
        before = service.find(variant_id).content
    url = f"/t/{tenant.slug}/types/{variant_id}/{path}"
    answer = admin.post(url, data=typed, headers={"Cookie": "language=en"})
    page = page_of(answer, 422)
    assert not page.faults
    assert told in page.root.text
    kept = [
        one.attributes.get("value", one.text)
        for tag in ("input", "textarea")
        for one in page.root.all(tag, name=field)
    ]
    assert typed[field] in kept
    with acting(app, tenant):
        assert service.find(variant_id).content == before


def test_what_the_original_requires_stays_required(app: Flask, tenant: MadeTenant) -> None:
    with acting(app, tenant):
        variant_id = copied()
        with pytest.raises(Refused):
            write(variant_id, "Frivillig.", key="purpose.together")
        changing.save_clause(
            variant_id, "purpose.together", {"nb": {"text": "Sammen.", "guidance": ""}}, "required"
        )
        with pytest.raises(Refused):
            changing.remove_question(variant_id, "work_areas")


def test_a_question_that_a_clause_uses_is_not_removed(app: Flask, tenant: MadeTenant) -> None:
    with acting(app, tenant):
        variant_id = copied()
        changing.add_question(variant_id, "money", {"nb": {"label": "Tilskudd", "help": ""}}, required=True)
        write(variant_id, "Kommunen betaler {own_1}.")
        with pytest.raises(Invalid):
            changing.remove_question(variant_id, "own_1")
        assert service.opened(variant_id).kind.placeholder("own_1").currency == "NOK"
        write(variant_id, "Kommunen betaler ikke.")
        changing.remove_question(variant_id, "own_1")
        assert "own_1" not in str(service.find(variant_id).content)


def test_sections_and_clauses_change_places(app: Flask, tenant: MadeTenant, admin: FlaskClient) -> None:
    with acting(app, tenant):
        variant_id = copied()
        kind = service.opened(variant_id).kind
        first, second = [one.key for one in kind.sections[:2]]
        clauses = [one.key for one in kind.section("interviews").clauses]
        text = kind.texts[0].clause(clauses[0]).text
    url = f"/t/{tenant.slug}/types/{variant_id}"
    assert admin.post(f"{url}/sections/{second}/move", data={"step": "up"}).status_code == 303
    down = {"text_nb": text, "presence": "included", "action": "down"}
    assert admin.post(f"{url}/clauses/{clauses[0]}", data=down).status_code == 303
    with acting(app, tenant):
        kind = service.opened(variant_id).kind
        assert [one.key for one in kind.sections[:2]] == [second, first]
        assert [one.key for one in kind.section("interviews").clauses][:2] == clauses[1::-1]


def newer(kind: AgreementType) -> AgreementType:
    """The next edition: the text of one clause is another, and one clause is gone."""
    (text,) = kind.texts
    words = tuple(
        replace(one, text="Ny tekst om omfang.") if one.key == CLAUSE else one
        for one in text.clauses
        if one.key != "training.mismatch"
    )
    sections = tuple(
        replace(one, clauses=tuple(clause for clause in one.clauses if clause.key != "training.mismatch"))
        for one in kind.sections
    )
    return replace(
        kind,
        edition="2027-1",
        valid_from=date(2027, 1, 1),
        sections=sections,
        texts=(replace(text, clauses=words),),
    )


@pytest.fixture
def next_edition(app: Flask, monkeypatch: pytest.MonkeyPatch) -> AgreementType:
    with app.app_context():
        found = catalogue.all_types()
    kind = newer(next(one for one in found if one.key == INTENTION))
    for module in (catalogue, service):
        monkeypatch.setattr(module, "all_types", lambda: [*found, kind])
    return kind


def test_a_new_agreement_takes_the_edition_of_its_day_and_older_ones_keep_theirs(
    app: Flask, tenant: MadeTenant, next_edition: AgreementType
) -> None:
    with acting(app, tenant):
        before = complete_draft(type_key=INTENTION)
        with clock.frozen(datetime(2027, 1, 5, tzinfo=UTC)):
            after = complete_draft(type_key=INTENTION)
            assert db.session.get(Agreement, (tenant.id, before)).edition == "2026-1"
            assert "Ny tekst om omfang." not in text_of(before)
            assert "Ny tekst om omfang." in text_of(after)


def test_the_editions_of_a_type_are_compared_clause_by_clause(
    app: Flask, tenant: MadeTenant, admin: FlaskClient, next_edition: AgreementType
) -> None:
    text = page_of(admin.get(f"/t/{tenant.slug}/types/editions/{INTENTION}")).root.text
    assert "2027-1" in text
    assert "Ny tekst om omfang." in text
    assert admin.get(f"/t/{tenant.slug}/types/editions/{INTENTION}x").status_code == 404


def test_a_newer_edition_is_taken_in_as_the_tenant_decides(
    app: Flask, tenant: MadeTenant, admin: FlaskClient, next_edition: AgreementType
) -> None:
    with acting(app, tenant):
        variant_id = copied()
        write(variant_id, "Vår egen tekst om omfang.")
        service.publish(variant_id, None)
    url = f"/t/{tenant.slug}/types/{variant_id}/newer"
    assert admin.get(url).status_code == 409
    with clock.frozen(datetime(2027, 1, 5, tzinfo=UTC)):
        browser = signed_in(app, tenant.admin_email)
        text = page_of(browser.get(url)).root.text
        assert all(one in text for one in ("Ny tekst om omfang.", "Vår egen tekst om omfang."))
        both = {"change-clauses-work-capacity": "edit", "change-clauses-training-mismatch": "new"}
        wrong = browser.post(url, data=both | {"change-clauses-work-capacity-nb": "Om {ukjent}."})
        assert wrong.status_code == 422
        assert "Om {ukjent}." in wrong.text
        undecided = browser.post(url, data={"change-clauses-training-mismatch": "own"})
        assert undecided.status_code == 422
        assert (
            browser.post(url, data=both | {"change-clauses-work-capacity-nb": "Begge deler."}).status_code
            == 303
        )
        with acting(app, tenant):
            now = service.opened(variant_id)
            assert (now.newer, now.variant.base_edition, now.next_number) == (None, "2027-1", 2)
            assert now.kind.texts[0].clause(CLAUSE).text == "Begge deler."
            assert "training.mismatch" not in now.kind.clause_keys()
            assert service.publish(variant_id, None) == 2


def test_many_variants_cost_as_many_queries_as_one(app: Flask, tenant: MadeTenant) -> None:
    with acting(app, tenant):
        service.publish(copied("En"), None)
        complete_draft(type_key=own_choices()[0])
        with counted() as one:
            types_on_offer()
            service.variants()
        for name in ("To", "Tre", "Fire"):
            service.publish(copied(name), None)
        db.session.expire_all()
        with counted() as many:
            assert len(own_choices()) == 4
            service.variants()
        assert len(many) <= len(one) + 2
