"""Agreements that nothing is heard of, and those without an end."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from core.agreements.drafts import service as drafts
from core.agreements.life import service
from core.agreements.life.horizon import look_ahead_in_tenant
from core.agreements.life.quiet import quiet
from core.agreements.signing import service as signing
from core.kernel import clock
from core.kernel.database import db
from core.obligations import service as obligations
from core.obligations.models import Obligation
from core.testing.drafts import complete_draft
from core.testing.statements import counted
from tests.agreements.life.steps import TODAY, noon, sign_all


def quiet_after(days: int) -> list[UUID]:
    with clock.frozen(noon(TODAY + timedelta(days=days))):
        return [one.agreement_id for one in quiet(10)]


def test_an_agreement_is_quiet_after_three_months_without_anything(agreement_id: UUID) -> None:
    assert quiet_after(89) == []
    assert quiet_after(91) == [agreement_id]


def test_a_kept_promise_or_a_change_is_activity(agreement_id: UUID) -> None:
    promise = db.session.scalars(select(Obligation).order_by(Obligation.due_on)).first()
    assert promise is not None
    with clock.frozen(noon(TODAY + timedelta(days=60))):
        obligations.mark_done(promise.id)
    assert quiet_after(120) == []
    with clock.frozen(noon(TODAY + timedelta(days=160))):
        service.extend(agreement_id, date(2029, 11, 30), "Fordi.")
    assert quiet_after(240) == []
    assert quiet_after(260) == [agreement_id]


def test_what_rests_or_ends_is_not_called_quiet(agreement_id: UUID) -> None:
    service.pause(agreement_id, TODAY, None, "Ombygging.")
    assert quiet_after(200) == []


def test_a_draft_is_never_called_quiet(inside: None) -> None:
    complete_draft()
    assert quiet_after(200) == []


def test_finding_the_quiet_ones_takes_one_query(agreement_id: UUID) -> None:
    with clock.frozen(noon(TODAY + timedelta(days=91))), counted() as statements:
        quiet(10)
    assert len([one for one in statements if "agreements_agreement" in one]) == 1


def endless() -> UUID:
    made = complete_draft(type_key="no_introduction.nav_cooperation")
    drafts.save_duration(made, None, None)
    sign_all(signing.send(made), made)
    return made


def last_day(agreement_id: UUID) -> date:
    query = select(Obligation.due_on).where(Obligation.subject_id == agreement_id)
    return max(db.session.scalars(query.where(Obligation.dropped_at.is_(None))))


def test_an_agreement_without_an_end_always_has_the_dates_of_two_years(inside: None) -> None:
    agreement_id = endless()
    count = len(obligations.for_subject(agreement_id))
    with clock.frozen(noon(date(2027, 12, 1))):
        look_ahead_in_tenant()
        look_ahead_in_tenant()
        assert last_day(agreement_id) >= date(2029, 11, 1)
        assert len(obligations.for_subject(agreement_id)) > count


def test_an_endless_agreement_is_ended_and_its_later_dates_fall_away(inside: None) -> None:
    agreement_id = endless()
    service.end(agreement_id, date(2027, 6, 30), "Vi er ferdige.", agreed=False)
    assert last_day(agreement_id) <= date(2027, 6, 30)
    with clock.frozen(noon(date(2027, 5, 1))):
        look_ahead_in_tenant()
    assert last_day(agreement_id) <= date(2027, 6, 30)


def test_new_dates_of_a_paused_agreement_rest_too(inside: None) -> None:
    agreement_id = endless()
    service.pause(agreement_id, TODAY, None, "Ombygging.")
    with clock.frozen(noon(date(2027, 12, 1))):
        look_ahead_in_tenant()
    rows = db.session.scalars(select(Obligation).where(Obligation.subject_id == agreement_id))
    assert all(one.rests_from for one in rows)
