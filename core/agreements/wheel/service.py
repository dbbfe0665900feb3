"""The verbs of yearly activities: read as far as their agreements are, written, removed, proposed."""

from calendar import monthrange
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, and_, delete, or_, select, true

from core.access import service as access
from core.agreements import reach
from core.agreements.models import Agreement
from core.agreements.wheel.models import ActivityUnit, YearlyActivity
from core.kernel import audit
from core.kernel.database import db
from core.kernel.errors import Invalid, NotFound
from core.kernel.ids import new_id
from core.kernel.unit_of_work import unit_of_work
from core.plugin_host.declarations import SampleActivity
from core.tenancy.kinds import kind_of
from core.tenancy.service import current_tenant
from core.tenancy.units import open_units_among, units

READ, WRITE = "agreement:read", "agreement:write"
MAIN, PERFORMING, INVOLVED = "main", "performing", "involved"
LEAP_YEAR = 2024
MOST = 500
SUBJECT = "yearly_activity"
WHOLE = and_(YearlyActivity.unit_id.is_(None), YearlyActivity.agreement_id.is_(None))


@dataclass(frozen=True)
class Activity:
    """What is written of a yearly activity. ``main`` is at most one unit."""

    title: str
    month: int
    day: int | None = None
    note: str = ""
    unit_id: UUID | None = None
    agreement_id: UUID | None = None
    main: tuple[UUID, ...] = ()
    performing: tuple[UUID, ...] = ()
    involved: tuple[UUID, ...] = ()

    @property
    def parts(self) -> set[tuple[str, UUID]]:
        """Each unit with its part."""
        named = ((MAIN, self.main), (PERFORMING, self.performing), (INVOLVED, self.involved))
        return {(part, unit_id) for part, unit_ids in named for unit_id in unit_ids}


def may_write() -> bool:
    """Whether the member may write yearly activities."""
    return access.decide(READ).allowed and access.decide(WRITE).allowed


def require_writing(agreement_id: UUID | None = None) -> None:
    """Raises NotFound or Refused unless the member may write activities, here or of an agreement."""
    access.require(READ)
    access.require(WRITE)
    if agreement_id is not None:
        reach.find(WRITE, agreement_id)


def activities(*, unit_id: UUID | None = None, agreement_id: UUID | None = None) -> list[YearlyActivity]:
    """What comes back each year, by date; of a unit or agreement, and of all."""
    access.require(READ)
    query = (
        select(YearlyActivity)
        .where(_within(), _of_place(unit_id, agreement_id))
        .order_by(YearlyActivity.month, YearlyActivity.day.nulls_first(), YearlyActivity.id)
        .limit(MOST)
    )
    return list(db.session.scalars(query))


def _within() -> ColumnElement[bool]:
    """An activity of an agreement is reached as far as the agreement."""
    readable = select(Agreement.id).where(reach.within(READ))
    return or_(YearlyActivity.agreement_id.is_(None), YearlyActivity.agreement_id.in_(readable))


def _of_place(unit_id: UUID | None, agreement_id: UUID | None) -> ColumnElement[bool]:
    if agreement_id is not None:
        return or_(WHOLE, YearlyActivity.agreement_id == agreement_id)
    if unit_id is None:
        return true()
    with_a_part = select(ActivityUnit.activity_id).where(ActivityUnit.unit_id == unit_id)
    return or_(WHOLE, YearlyActivity.unit_id == unit_id, YearlyActivity.id.in_(with_a_part))


def of_agreement(agreement_id: UUID) -> list[dict[str, Any]]:
    """The activities of one agreement as plain values, to be frozen with its text; the caller has decided."""
    query = select(YearlyActivity).where(YearlyActivity.agreement_id == agreement_id).limit(MOST)
    rows = sorted(db.session.scalars(query), key=lambda row: (row.month, row.day or 0, row.id))
    parts = parts_of([row.id for row in rows]) if rows else {}
    names = {one.id: one.name for one in units(closed=True)} if any(parts.values()) else {}
    return [
        {
            "title": row.title,
            "month": row.month,
            "day": row.day,
            **{
                kind: [names[one] for part, one in parts[row.id] if part == kind]
                for kind in (MAIN, PERFORMING, INVOLVED)
            },
        }
        for row in rows
    ]


def parts_of(activity_ids: Collection[UUID]) -> dict[UUID, list[tuple[str, UUID]]]:
    """The units of activities with their parts, in one query."""
    found: dict[UUID, list[tuple[str, UUID]]] = {one: [] for one in activity_ids}
    query = select(ActivityUnit).where(ActivityUnit.activity_id.in_(list(activity_ids)))
    for row in db.session.scalars(query.order_by(ActivityUnit.id)):
        found[row.activity_id].append((row.part, row.unit_id))
    return found


def stored(activity_id: UUID) -> Activity:
    """An activity, to be changed. Raises NotFound or Refused."""
    row = _find(activity_id)
    parts = parts_of([row.id])[row.id]
    named = {
        part: tuple(unit_id for known, unit_id in parts if known == part)
        for part in (MAIN, PERFORMING, INVOLVED)
    }
    return Activity(row.title, row.month, row.day, row.note, row.unit_id, row.agreement_id, **named)


def _find(activity_id: UUID, *, lock: bool = False) -> YearlyActivity:
    require_writing()
    query = select(YearlyActivity).where(YearlyActivity.id == activity_id, _within())
    row = db.session.scalar(query.with_for_update() if lock else query)
    if row is None:
        raise NotFound("yearly_activity.not_found", _("We cannot find this activity."))
    require_writing(row.agreement_id)
    return row


def make(activity: Activity) -> UUID:
    """Add an activity. Raises Invalid for a day that the month has not, or an unknown unit."""
    require_writing(activity.agreement_id)
    with unit_of_work():
        _check(activity)
        row = YearlyActivity(id=new_id(), **_values(activity))
        db.session.add(row)
        db.session.flush()
        _write_parts(row.id, activity)
        audit.record("yearly_activity.made", SUBJECT, row.id, fields=["title", "month"])
    return row.id


def change(activity_id: UUID, activity: Activity) -> None:
    """Change what is written; the agreement stays. Raises NotFound, Refused or Invalid."""
    with unit_of_work():
        row = _find(activity_id, lock=True)
        _check(activity, known=[row.unit_id, *(unit_id for _part, unit_id in parts_of([row.id])[row.id])])
        for name, value in _values(replace(activity, agreement_id=row.agreement_id)).items():
            setattr(row, name, value)
        db.session.execute(delete(ActivityUnit).where(ActivityUnit.activity_id == row.id))
        _write_parts(row.id, activity)
        audit.record("yearly_activity.changed", SUBJECT, row.id, fields=["title", "month", "note"])


def remove(activity_id: UUID) -> None:
    """Take an activity away. Raises NotFound or Refused."""
    with unit_of_work():
        row = _find(activity_id, lock=True)
        db.session.delete(row)
        audit.record("yearly_activity.removed", SUBJECT, row.id)


def sample() -> tuple[SampleActivity, ...]:
    """What the tenant's country proposes."""
    kind = kind_of(current_tenant().kind)
    return kind.yearly_activities if kind else ()


def take_in_sample() -> int:
    """Add what the country proposes and is not there by its title; gives how many were added."""
    require_writing()
    with unit_of_work():
        known = set(db.session.scalars(select(YearlyActivity.title).where(WHOLE)))
        new = [one for one in sample() if one.title not in known]
        for one in new:
            row = YearlyActivity(id=new_id(), title=one.title, month=one.month, day=one.day, note=one.note)
            db.session.add(row)
        if new:
            audit.record("yearly_activity.sample_taken", "tenant", current_tenant().id)
    return len(new)


def _values(activity: Activity) -> Mapping[str, Any]:
    return {
        "title": activity.title,
        "month": activity.month,
        "day": activity.day,
        "note": activity.note,
        "unit_id": activity.unit_id if activity.agreement_id is None else None,
        "agreement_id": activity.agreement_id,
    }


def _write_parts(activity_id: UUID, activity: Activity) -> None:
    for part, unit_id in sorted(activity.parts):
        db.session.add(ActivityUnit(id=new_id(), activity_id=activity_id, unit_id=unit_id, part=part))


def _check(activity: Activity, known: Collection[UUID | None] = ()) -> None:
    if activity.day is not None and activity.day > monthrange(LEAP_YEAR, activity.month)[1]:
        wrong = _("This month does not have that many days.")
        raise Invalid("yearly_activity.no_such_day", wrong, {"day": wrong})
    named = {unit_id for _part, unit_id in activity.parts} | {activity.unit_id}
    new = {one for one in named if one is not None and one not in known}
    if unknown := new - open_units_among(new):
        wrong = _("Choose among the units on the page.")
        field = "unit" if activity.unit_id in unknown else MAIN
        raise Invalid("yearly_activity.unknown_unit", wrong, {field: wrong})
