"""What the product counts itself: meetings, promises and decisions of one agreement."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from flask import Flask

from core.agreements.measuring.measures import answers_to
from core.kernel import clock
from core.kernel.database import db
from core.kernel.ids import new_id
from core.kernel.scope import tenant_scope
from core.kernel.unit_of_work import unit_of_work
from core.obligations.models import Obligation
from core.plugin_host.declarations import MeasureQuestion
from core.testing.factories import make_tenant
from core.testing.statements import counted
from tests.agreements.life.steps import noon

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
TODAY = date(2026, 11, 30)
VISIT, LEADERS = "meeting.visit", "meeting.leaders"
PROMISES = [
    (VISIT, "meeting", date(2026, 2, 2), date(2026, 2, 2), {}),
    (VISIT, "meeting", date(2026, 3, 6), date(2026, 3, 9), {}),
    (VISIT, "meeting", date(2026, 4, 8), date(2026, 4, 10), {}),
    (VISIT, "meeting", date(2026, 5, 5), None, {}),
    (VISIT, "meeting", date(2026, 6, 5), None, {"waived_at": noon(date(2026, 6, 1))}),
    (VISIT, "meeting", date(2026, 12, 7), None, {}),
    (LEADERS, "evaluation", date(2026, 7, 1), date(2026, 6, 30), {}),
    ("meeting.list", "report", date(2026, 8, 3), date(2026, 8, 4), {}),
    ("action.1", "action", date(2026, 9, 1), date(2026, 9, 1), {}),
    ("action.2", "action", date(2026, 10, 1), None, {}),
    ("duration.expiry", "expiry", date(2026, 11, 2), None, {}),
]
"""Key, kind, day, the day on which it was marked as done, and more."""


@pytest.fixture
def agreements(app: Flask) -> list[UUID]:
    """Two agreements; only the first one promises anything."""
    found = [new_id(), new_id()]
    tenant = make_tenant("norway.municipality")
    with tenant_scope(tenant.id), unit_of_work():
        for number, (key, kind, day, done, more) in enumerate(PROMISES):
            db.session.add(
                Obligation(
                    id=new_id(),
                    subject_kind="agreement",
                    subject_id=found[0],
                    subject_title="Avtale",
                    key=key,
                    index=number,
                    kind=kind,
                    title="Avtalt",
                    nominal_on=day,
                    due_on=day,
                    done_at=noon(done) if done else None,
                    **more,
                )
            )
    with tenant_scope(tenant.id), clock.frozen(noon(TODAY)):
        yield found


@pytest.mark.parametrize(
    ("measure", "meetings", "expected"),
    [
        ("agreements.meetings_held", (), (5, 4, None)),
        ("agreements.meetings_held", ("visit",), (4, 3, None)),
        ("agreements.visits_in_time", ("visit",), (4, 2, None)),
        ("agreements.number_of_meetings", (), (5, None, 4)),
        ("agreements.promises_in_time", (), (8, 3, None)),
        ("agreements.actions_done", (), (2, 1, None)),
        ("agreements.days_to_first_meeting", ("visit",), (1, None, 32)),
        ("agreements.days_to_first_meeting", ("ball",), (0, None, None)),
    ],
)
def test_a_measure_counts_what_it_says(
    agreements: list[UUID], measure: str, meetings: tuple[str, ...], expected: tuple[int, int | None, float]
) -> None:
    (found,) = answers_to([MeasureQuestion(measure, agreements[0], FIRST, LAST, meetings)])
    assert (found.of, found.hits, found.value) == expected


def test_many_agreements_and_periods_are_counted_by_one_query_for_promises(agreements: list[UUID]) -> None:
    def asked(months: int) -> int:
        wanted = [
            MeasureQuestion("agreements.meetings_held", one, FIRST, FIRST + timedelta(days=30 * month))
            for one in agreements
            for month in range(1, months + 1)
        ]
        with counted() as sent:
            found = answers_to(wanted)
        assert [one.question for one in found] == wanted
        return sum("obligations_obligation" in one for one in sent)

    assert asked(1) == asked(12) == 1


def test_another_tenant_s_promises_are_not_counted(agreements: list[UUID]) -> None:
    with tenant_scope(make_tenant("norway.municipality").id):
        (found,) = answers_to([MeasureQuestion("agreements.meetings_held", agreements[0], FIRST, LAST)])
    assert found.of == 0
