from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from core.kernel.database import db
from core.kernel.ids import new_id
from core.kernel.scope import tenant_scope
from core.obligations.models import Obligation
from core.obligations.states import Standing, standing_of, standing_sql
from core.testing.factories import MadeTenant

TODAY = date(2027, 6, 1)
AT = st.one_of(st.none(), st.just(datetime(2027, 5, 1, tzinfo=UTC)))


def promise(kind: str, due: date, **instants: datetime | None) -> Obligation:
    return Obligation(
        id=new_id(),
        subject_kind="agreement",
        subject_id=new_id(),
        subject_title="Avtalen",
        key="key",
        index=1,
        kind=kind,
        title="Møte",
        nominal_on=due,
        due_on=due,
        **instants,
    )


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.sampled_from(["meeting", "evaluation", "report", "expiry", "action"]),
    st.integers(-3, 3),
    AT,
    AT,
    AT,
    st.one_of(st.none(), st.just(date(2027, 3, 1))),
)
def test_the_database_derives_the_same_standing_as_the_function(
    tenant: MadeTenant,
    kind: str,
    days: int,
    done: datetime | None,
    waived: datetime | None,
    dropped: datetime | None,
    rests: date | None,
) -> None:
    due = TODAY + timedelta(days=days)
    row = promise(kind, due, done_at=done, waived_at=waived, dropped_at=dropped)
    row.rests_from = rests
    with tenant_scope(tenant.id):
        db.session.add(row)
        db.session.flush()
        found = db.session.scalar(select(standing_sql(TODAY)).where(Obligation.id == row.id))
        assert found == standing_of(row, TODAY)
        db.session.rollback()


@pytest.mark.parametrize(
    ("kind", "days", "standing"),
    [
        ("meeting", 0, Standing.PLANNED),
        ("meeting", -1, Standing.MISSED),
        ("evaluation", -1, Standing.MISSED),
        ("report", -1, Standing.LATE),
        ("action", -1, Standing.LATE),
    ],
)
def test_only_what_is_kept_by_meeting_is_missed(kind: str, days: int, standing: Standing) -> None:
    assert standing_of(promise(kind, TODAY + timedelta(days=days)), TODAY) is standing
