"""The status of an agreement: the Python function and the SQL expression never disagree."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from core.agreements.models import Agreement
from core.agreements.states import EDITABLE, TITLES, Status, status_of, status_sql
from core.kernel.database import db
from core.kernel.ids import new_id
from core.kernel.scope import tenant_scope
from core.kernel.unit_of_work import unit_of_work
from core.testing.factories import make_tenant

INSTANT = datetime(2026, 11, 21, 12, tzinfo=UTC)
YESTERDAY, TODAY, TOMORROW = date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 22)
instants = st.none() | st.integers(-2000, 2000).map(lambda days: INSTANT + timedelta(days=days))
days = st.none() | st.dates(date(2026, 11, 1), date(2026, 12, 31)) | st.dates()
DATES = st.fixed_dictionaries(
    {
        "sent_at": instants,
        "refused_at": instants,
        "activated_at": instants,
        "cancelled_at": instants,
        "starts_on": days,
        "ends_on": days,
        "notice_on": days,
        "paused_from": days,
        "resumes_on": days,
        "renewed_at": instants,
        "taken_up_at": instants,
    }
)


@pytest.fixture
def agreement(app: Flask) -> Any:
    """One row whose dates are changed for each example."""
    tenant = make_tenant()
    with tenant_scope(tenant.id), unit_of_work():
        row = Agreement(
            id=new_id(),
            type_key="nobody.nothing",
            edition="2026-1",
            language="nb",
            title="Title",
            adviser_id=tenant.admin_id,
        )
        db.session.add(row)
    with tenant_scope(tenant.id):
        yield db.session.scalars(select(Agreement)).one()
        db.session.rollback()


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(dates=DATES, today=st.dates(date(2026, 11, 1), date(2026, 12, 31)))
def test_the_two_agree_on_any_dates(agreement: Any, dates: dict[str, Any], today: date) -> None:
    for name, value in dates.items():
        setattr(agreement, name, value)
    db.session.flush()
    assert db.session.scalar(select(status_sql(today))) == status_of(agreement, today)


NOTHING = dict.fromkeys(
    (
        *("sent_at", "refused_at", "activated_at", "cancelled_at", "starts_on", "ends_on"),
        *("notice_on", "paused_from", "resumes_on", "renewed_at", "taken_up_at"),
    )
)


@pytest.mark.parametrize(
    ("dates", "status"),
    [
        ({}, Status.DRAFT),
        ({"sent_at": INSTANT}, Status.SENT),
        ({"sent_at": INSTANT, "refused_at": INSTANT}, Status.REFUSED),
        ({"sent_at": INSTANT, "activated_at": INSTANT}, Status.ACTIVE),
        ({"activated_at": INSTANT, "ends_on": TODAY}, Status.ACTIVE),
        ({"activated_at": INSTANT, "ends_on": YESTERDAY}, Status.EXPIRED),
        ({"activated_at": INSTANT, "notice_on": TODAY, "ends_on": TODAY}, Status.ENDING),
        ({"activated_at": INSTANT, "notice_on": TODAY, "ends_on": YESTERDAY}, Status.ENDED),
        ({"activated_at": INSTANT, "renewed_at": INSTANT, "ends_on": TODAY}, Status.ACTIVE),
        ({"activated_at": INSTANT, "renewed_at": INSTANT, "ends_on": YESTERDAY}, Status.RENEWED),
        ({"activated_at": INSTANT, "paused_from": TODAY}, Status.PAUSED),
        ({"activated_at": INSTANT, "paused_from": TOMORROW}, Status.ACTIVE),
        ({"activated_at": INSTANT, "paused_from": YESTERDAY, "resumes_on": TODAY}, Status.ACTIVE),
        ({"activated_at": INSTANT, "paused_from": TODAY, "notice_on": TODAY}, Status.ENDING),
        ({"activated_at": INSTANT, "paused_from": YESTERDAY, "ends_on": YESTERDAY}, Status.EXPIRED),
        ({"paused_from": YESTERDAY, "notice_on": TODAY}, Status.DRAFT),
        ({"sent_at": INSTANT, "cancelled_at": INSTANT}, Status.CANCELLED),
        ({"cancelled_at": INSTANT}, Status.CANCELLED),
        ({"activated_at": INSTANT, "taken_up_at": INSTANT, "ends_on": YESTERDAY}, Status.TAKEN_UP),
        ({"taken_up_at": INSTANT, "cancelled_at": INSTANT}, Status.CANCELLED),
        ({"ends_on": date(2020, 1, 1)}, Status.DRAFT),
    ],
)
def test_the_dates_decide(dates: dict[str, Any], status: Status) -> None:
    assert status_of(SimpleNamespace(**(NOTHING | dates)), TODAY) is status


def test_what_is_out_for_signing_or_in_force_cannot_be_edited() -> None:
    assert set(EDITABLE) == {Status.DRAFT, Status.REFUSED}


def test_every_status_has_a_name_in_each_language() -> None:
    assert set(TITLES) == set(Status)
    for language in ("nb", "da", "en"):
        assert len({wording.in_language(language) for wording in TITLES.values()}) == len(Status)
