"""Reminders by themselves: before a promise is due, when it is late, and to leaders when it stays late."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from flask import current_app
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import ColumnElement, and_, exists, select

from core.access.addressees import those_who_may
from core.access.service import Person, people_of
from core.access.standing_in.service import deputies_of
from core.kernel import audit, jobs
from core.kernel.database import db
from core.kernel.settings import Settings
from core.kernel.unit_of_work import unit_of_work
from core.notices import kinds, letters
from core.obligations.finding import owners_of, today
from core.obligations.models import Obligation, Reminder
from core.obligations.states import is_open
from core.plugin_host.wording import Wording
from core.tenancy.service import current_tenant, every_tenant
from core.web.formats import written_date
from core.web.languages import in_language

EVERYWHERE = "agreements.remind_of_deadlines_everywhere"
IN_TENANT = "agreements.remind_of_deadlines"
BEFORE = timedelta(days=7)
ESCALATES_AFTER = timedelta(days=14)
GIVES_UP_AFTER = timedelta(days=60)
"""What was late for longer when reminders began is on the home page, and fills no mail."""

LEADS = "work:hand_over"
MOST_IN_ONE_RUN = 500


class Step(StrEnum):
    """How far reminding has come."""

    SOON = "soon"
    LATE = "late"
    ESCALATED = "escalated"


def _still_open(ids: Collection[UUID]) -> set[UUID]:
    return set(db.session.scalars(select(Obligation.id).where(Obligation.id.in_(ids), is_open())))


REMINDERS = kinds.register(
    kinds.Kind(
        "reminders",
        Wording(
            nb="Frister du har ansvar for",
            da="Frister, du har ansvar for",
            en="Deadlines you are responsible for",
        ),
        Wording(
            nb="En uke før fristen, og når den er passert",
            da="En uge før fristen, og når den er overskredet",
            en="A week before the deadline, and when it has passed",
        ),
        to_colleagues=True,
        still_open=_still_open,
    )
)
LATE = kinds.register(
    kinds.Kind(
        "reminders_late",
        Wording(
            nb="Frister som lenge er passert",
            da="Frister, der længe er overskredet",
            en="Deadlines that stay late",
        ),
        Wording(
            nb="Til ledere, når en frist er passert for to uker siden",
            da="Til ledere, når en frist er overskredet med to uger",
            en="To leaders, when a deadline passed two weeks ago",
        ),
        to_colleagues=True,
        still_open=_still_open,
    )
)


@jobs.job(EVERYWHERE, cron="15 5 * * *")
def remind_everywhere() -> None:
    """Each morning: one job for each tenant that may write to others."""
    tenants = [card for card in every_tenant("remind of deadlines") if card.may_send]
    with unit_of_work():
        for tenant in tenants:
            jobs.defer(IN_TENANT, tenant_id=str(tenant.id))


@jobs.job(IN_TENANT)
def remind_in_tenant() -> None:
    """Take every step that is due today and was not taken; a second run on the same day finds nothing."""
    for step in Step:
        with unit_of_work():
            rows = _waiting(step)
            for row in rows:
                db.session.add(Reminder(obligation_id=row.id, step=step.value, due_on=row.due_on))
                audit.record("obligation.reminded", "obligation", row.id)
            if step is Step.ESCALATED:
                _tell_leaders(rows)
            else:
                _tell_owners(rows, step)


def when(step: Step, day: date) -> ColumnElement[bool]:
    """The promises for which a step is due on a local date."""
    due = Obligation.due_on
    if step is Step.SOON:
        return and_(due >= day, due <= day + BEFORE)
    if step is Step.LATE:
        return and_(due < day, due > day - ESCALATES_AFTER)
    return and_(due <= day - ESCALATES_AFTER, due > day - GIVES_UP_AFTER)


def _waiting(step: Step) -> list[Obligation]:
    """Locked, so that two workers at once take a step only once."""
    was_sent = exists().where(
        Reminder.tenant_id == Obligation.tenant_id,
        Reminder.obligation_id == Obligation.id,
        Reminder.step == step.value,
        Reminder.due_on == Obligation.due_on,
    )
    query = (
        select(Obligation)
        .where(is_open(), when(step, today()), ~was_sent)
        .order_by(Obligation.due_on, Obligation.id)
        .limit(MOST_IN_ONE_RUN)
        .with_for_update(skip_locked=True)
    )
    return list(db.session.scalars(query))


def _tell_owners(rows: list[Obligation], step: Step) -> None:
    """One mail for each owner and each who stands in, however many promises there are."""
    owners, owned = owners_of(rows), defaultdict(list)
    for row in rows:
        if row.id in owners:
            owned[owners[row.id]].append(row)
    people = people_of(owned)
    for account_id, promises in owned.items():
        for person in (people[account_id], *deputies_of(account_id)):
            _write(person, promises, step)


def _tell_leaders(rows: list[Obligation]) -> None:
    if rows:
        for leader in those_who_may(LEADS):
            _write(leader, rows, Step.ESCALATED)


def _write(person: Person, rows: Iterable[Obligation], step: Step) -> None:
    with in_language(person.language or current_tenant().language):
        items = [letters.Item(_line(row), row.id) for row in rows]
        notice = letters.Notice(_subject(step, len(items)), _opening(step), items)
        letters.tell(LATE if step is Step.ESCALATED else REMINDERS, person, notice)


def _subject(step: Step, count: int) -> str:
    if step is Step.SOON:
        return ngettext("%(num)s deadline within a week", "%(num)s deadlines within a week", count)
    if step is Step.LATE:
        return ngettext("%(num)s deadline has passed", "%(num)s deadlines have passed", count)
    return ngettext("%(num)s deadline passed two weeks ago", "%(num)s deadlines passed two weeks ago", count)


def _opening(step: Step) -> str:
    if step is Step.SOON:
        return _("This is due within a week. Mark it as done when it is, set another date, or waive it.")
    if step is Step.LATE:
        return _("This should have been done. Mark it as done, set another date, or waive it with a reason.")
    return _("This has been late for two weeks, and nobody has marked it as done, moved or waived it.")


def _line(row: Obligation) -> str:
    settings: Settings = current_app.config["FOTFESTE"]
    address = f"{settings.public_url}/t/{current_tenant().slug}/obligations/{row.id}"
    about = f"{written_date(row.due_on)}: {row.title} ({row.subject_title})"
    return "\n".join((about, row.owner_name, address) if row.owner_name else (about, address))
