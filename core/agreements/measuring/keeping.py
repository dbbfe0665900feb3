"""Keeping the figures of periods that are over: a trend stays when what it was counted from is gone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import select

from core.agreements.measuring.catalogue import ask, measures_here
from core.agreements.measuring.models import GoalSnapshot
from core.agreements.measuring.periods import Period, periods_of
from core.agreements.measuring.terms import Agreed, goals_of_many
from core.agreements.models import Agreement
from core.agreements.signing.case import today
from core.kernel import audit, jobs
from core.kernel.database import db
from core.kernel.unit_of_work import unit_of_work
from core.plugin_host.declarations import (
    Measured,
    MeasureQuestion,
)
from core.tenancy.service import every_tenant

EVERYWHERE = "agreements.keep_figures_everywhere"
IN_TENANT = "agreements.keep_figures_in_tenant"
BATCH: Final = 100
KEPT_AFTER: Final = timedelta(days=14)
"""So long people have for writing down what happened before the figure of a period is kept."""

COUNTED_AGAIN: Final = timedelta(days=120)
"""So long after its end a period is counted again; a difference is told beside what was kept."""

Place = tuple[UUID, str, Period]
"""An agreement, the key of a goal, and a period."""


@dataclass(frozen=True)
class Asked:
    """A question with the goal that it is asked for."""

    agreement: Agreement
    goal: Agreed
    period: Period

    @property
    def question(self) -> MeasureQuestion:
        """What the plugin is asked."""
        return question_of(self.agreement.id, self.goal, self.period)

    @property
    def place(self) -> Place:
        """Where the figure is kept."""
        return self.agreement.id, self.goal.key, self.period


def question_of(agreement_id: UUID, goal: Agreed, period: Period) -> MeasureQuestion:
    """What is asked of the measure of a goal for a period."""
    return MeasureQuestion(goal.measure, agreement_id, period.first, period.last, goal.meetings)


@jobs.job(EVERYWHERE, cron="30 3 * * *")
def keep_figures_everywhere() -> None:
    """Each night: one job for each tenant."""
    tenants = every_tenant("keep the figures of goals")
    with unit_of_work():
        for tenant in tenants:
            jobs.defer(IN_TENANT, tenant_id=str(tenant.id))


@jobs.job(IN_TENANT)
def keep_figures_in_tenant() -> None:
    """Keep what is not kept yet; a second run finds nothing, unless what was counted has changed."""
    query = select(Agreement.id).where(
        Agreement.activated_at.is_not(None), Agreement.cancelled_at.is_(None), Agreement.starts_on < today()
    )
    ids = list(db.session.scalars(query.order_by(Agreement.id)))
    for begin in range(0, len(ids), BATCH):
        keep(ids[begin : begin + BATCH])


def keep(agreement_ids: list[UUID]) -> None:
    """Keep the figures of some agreements, by a fixed number of queries."""
    with unit_of_work():
        rows = list(db.session.scalars(select(Agreement).where(Agreement.id.in_(agreement_ids))))
        kept = newest(snapshots_of(agreement_ids))
        asked = [one for one in _over(rows) if _is_due(one, kept.get(one.place))]
        answers = ask(one.question for one in asked)
        changed = set()
        for one in asked:
            measured = answers.found.get(one.question)
            if measured is not None and measured.of and _differs(measured, kept.get(one.place)):
                db.session.add(_snapshot(one, measured, kept.get(one.place)))
                changed.add(one.agreement.id)
        for agreement_id in sorted(changed):
            audit.record("agreement.figures_kept", "agreement", agreement_id)


def snapshots_of(agreement_ids: Iterable[UUID]) -> list[GoalSnapshot]:
    """What was kept of agreements, the first revision first."""
    query = select(GoalSnapshot).where(GoalSnapshot.agreement_id.in_(list(agreement_ids)))
    return list(db.session.scalars(query.order_by(GoalSnapshot.revision)))


def newest(rows: Iterable[GoalSnapshot]) -> dict[Place, GoalSnapshot]:
    """The last revision at each place, of rows in the order of revisions."""
    return {place_of(row): row for row in rows}


def place_of(row: GoalSnapshot) -> Place:
    """Where a figure was kept."""
    return row.agreement_id, row.goal_key, Period(row.first_day, row.last_day)


def _over(rows: Iterable[Agreement]) -> Iterator[Asked]:
    known = {one.id: one for one in rows}
    here = measures_here()
    for agreement_id, goals in goals_of_many(known.values()).items():
        agreement = known[agreement_id]
        for goal in goals:
            if goal.measure in here and here[goal.measure].unit == goal.unit:
                for period in periods_of(agreement.starts_on, agreement.ends_on, goal.months, today()):
                    if period.is_over(today() - KEPT_AFTER):
                        yield Asked(agreement, goal, period)


def _is_due(asked: Asked, kept: GoalSnapshot | None) -> bool:
    return kept is None or asked.period.last >= today() - COUNTED_AGAIN


def _differs(measured: Measured, kept: GoalSnapshot | None) -> bool:
    if kept is None:
        return True
    return (measured.of, measured.hits, measured.value) != (kept.of, kept.hits, kept.value)


def _snapshot(asked: Asked, measured: Measured, kept: GoalSnapshot | None) -> GoalSnapshot:
    return GoalSnapshot(
        agreement_id=asked.agreement.id,
        goal_key=asked.goal.key,
        measure=asked.goal.measure,
        first_day=asked.period.first,
        last_day=asked.period.last,
        revision=kept.revision + 1 if kept else 1,
        of=measured.of,
        hits=measured.hits,
        value=measured.value,
    )
