"""The verbs of standing in: set a deputy for a period, act on behalf of a colleague, stop."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import g
from flask_babel import lazy_gettext as _
from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from core.access import mails
from core.access.membership import Member
from core.access.models import DEPUTY, ON_BEHALF, Account, Membership, StandIn
from core.access.service import Person, require, require_member
from core.access.standing_in import letters
from core.kernel import audit, clock
from core.kernel.database import db
from core.kernel.errors import Conflict, Invalid, NotFound, Refused
from core.kernel.ids import new_id
from core.kernel.unit_of_work import unit_of_work
from core.tenancy import service as tenancy

MANAGE, ACT = "people:manage", "work:act_for"
LASTS = timedelta(minutes=60)
LONGEST = timedelta(days=366)
SHOWN = 100


@dataclass(frozen=True)
class Line:
    """A period as the page shows it, in the tenant's own days. ``mine`` tells that the reader is absent."""

    id: UUID
    absent: str
    deputy: str
    way: str
    reason: str
    first_day: date
    last_day: date
    is_now: bool
    mine: bool


def set_deputy(absent_id: UUID, deputy_id: UUID, *, first_day: date, last_day: date, reason: str) -> UUID:
    """Let a colleague stand in for a member from the first to the last day, both included.

    Members set their own; others need ``people:manage``. Raises NotFound, Refused, Invalid for a period that
    ends before it begins, is over, or is longer than a year, and Conflict when two deputies would meet.
    """
    member = require_member()
    if absent_id != member.membership_id:
        require(MANAGE)
    begins_at, ends_at = _instants(first_day, last_day)
    _check_period(absent_id, deputy_id, begins_at, ends_at)
    with unit_of_work():
        absent, deputy = _people(absent_id, deputy_id)
        _refuse_overlap(absent_id, begins_at, ends_at)
        row = StandIn(
            id=new_id(),
            absent_id=absent_id,
            deputy_id=deputy_id,
            way=DEPUTY,
            reason=reason,
            begins_at=begins_at,
            ends_at=ends_at,
            set_by=member.account_id,
        )
        db.session.add(row)
        audit.record("deputy.set", "membership", absent_id, fields=["deputy"], reason=reason)
        _post(deputy, lambda: letters.deputy(deputy.name, absent.name, first_day, last_day))
    return row.id


def _instants(first_day: date, last_day: date) -> tuple[datetime, datetime]:
    zone = ZoneInfo(tenancy.current_tenant().timezone)
    beginning = datetime.combine(first_day, time(), zone)
    return beginning, datetime.combine(last_day + timedelta(days=1), time(), zone)


def _check_period(absent_id: UUID, deputy_id: UUID, begins_at: datetime, ends_at: datetime) -> None:
    if absent_id == deputy_id:
        other = _("Choose somebody else: nobody is their own deputy.")
        raise Invalid("deputy.self", other, {"deputy": other})
    if ends_at <= begins_at or ends_at <= clock.now():
        later = _("The last day must be today or later, and not before the first day.")
        raise Invalid("deputy.period", later, {"last_day": later})
    if ends_at - begins_at > LONGEST:
        shorter = _("Choose a period of at most a year.")
        raise Invalid("deputy.too_long", shorter, {"last_day": shorter})


def _people(*membership_ids: UUID) -> list[Account]:
    query = (
        select(Membership.id, Account)
        .join(Account, Account.id == Membership.account_id)
        .where(Membership.id.in_(membership_ids), Membership.ended_at.is_(None))
    )
    found = {row.id: row.Account for row in db.session.execute(query)}
    if len(found) != len(set(membership_ids)):
        raise NotFound("member.not_found", _("We cannot find this person among the members."))
    return [found[one] for one in membership_ids]


def _refuse_overlap(absent_id: UUID, begins_at: datetime, ends_at: datetime) -> None:
    # Held so that two who set a deputy at once follow one another.
    db.session.scalar(select(Membership).where(Membership.id == absent_id).with_for_update())
    query = select(StandIn.id).where(
        StandIn.absent_id == absent_id,
        StandIn.way == DEPUTY,
        StandIn.ended_at.is_(None),
        StandIn.begins_at < ends_at,
        StandIn.ends_at > begins_at,
    )
    if db.session.scalar(query.limit(1)) is not None:
        raise Conflict(
            "deputy.overlap", _("There is a deputy in a part of this period already. End that one first.")
        )


def _post(recipient: Account, write: object) -> None:
    mails.post(recipient.email, recipient.language or tenancy.current_tenant().language, write)  # type: ignore[arg-type]


def act_for(absent_id: UUID, reason: str) -> UUID:
    """Act on behalf of a colleague for an hour; everything done meanwhile is written down so.

    It gives no right that one does not have. Raises NotFound, Conflict while acting for somebody else.
    """
    member = require(ACT)
    if absent_id == member.membership_id:
        raise Refused("on_behalf.self", _("You need nobody's permission to act for yourself."))
    if member.on_behalf is not None:
        raise Conflict("on_behalf.already", _("You act on behalf of a colleague already. Stop that first."))
    with unit_of_work():
        (absent,) = _people(absent_id)
        row = StandIn(
            id=new_id(),
            absent_id=absent_id,
            deputy_id=member.membership_id,
            way=ON_BEHALF,
            reason=reason,
            begins_at=clock.now(),
            ends_at=clock.now() + LASTS,
            set_by=member.account_id,
        )
        db.session.add(row)
        audit.record("on_behalf.begun", "membership", absent_id, reason=reason)
        _post(absent, lambda: letters.on_behalf(absent.name, member.name, reason))
    _forget_member()
    return row.id


def end(stand_in_id: UUID) -> None:
    """Stop a period now. The absent, the deputy and who manages people may. Raises NotFound."""
    member = require_member()
    with unit_of_work():
        query = select(StandIn).where(StandIn.id == stand_in_id, StandIn.ended_at.is_(None)).with_for_update()
        row = db.session.scalar(query)
        concerned = row is not None and member.membership_id in {row.absent_id, row.deputy_id}
        if row is None or not (concerned or MANAGE in member.permissions):
            raise NotFound("deputy.not_found", _("We cannot find this period."))
        row.ended_at = clock.now()
        audit.record("deputy.ended" if row.way == DEPUTY else "on_behalf.ended", "membership", row.absent_id)
    _forget_member()


def _forget_member() -> None:
    g.pop("member", None)


def lines() -> list[Line]:
    """Periods that run or come: one's own, and everybody's for who manages people; by first day."""
    member = require_member()
    absent, deputy = aliased(Account), aliased(Account)
    absence, deputyship = aliased(Membership), aliased(Membership)
    query = (
        select(StandIn, absent.name, deputy.name)
        .join(absence, (absence.id == StandIn.absent_id) & (absence.tenant_id == StandIn.tenant_id))
        .join(deputyship, (deputyship.id == StandIn.deputy_id) & (deputyship.tenant_id == StandIn.tenant_id))
        .join(absent, absent.id == absence.account_id)
        .join(deputy, deputy.id == deputyship.account_id)
        .where(StandIn.ended_at.is_(None), StandIn.ends_at > clock.now())
        .order_by(StandIn.begins_at, StandIn.id)
        .limit(SHOWN)
    )
    if MANAGE not in member.permissions:
        mine = or_(StandIn.absent_id == member.membership_id, StandIn.deputy_id == member.membership_id)
        query = query.where(mine)
    return [_line(row, one, other, member) for row, one, other in db.session.execute(query)]


def _line(row: StandIn, absent: str, deputy: str, member: Member) -> Line:
    timezone = tenancy.current_tenant().timezone
    return Line(
        row.id,
        absent,
        deputy,
        row.way,
        row.reason,
        clock.local(row.begins_at, timezone).date(),
        clock.local(row.ends_at - timedelta(seconds=1), timezone).date(),
        row.begins_at <= clock.now(),
        row.absent_id == member.membership_id,
    )


def deputies_of(account_id: UUID) -> list[Person]:
    """Those who stand in for a member now as deputies, to write to."""
    absence, deputyship = aliased(Membership), aliased(Membership)
    query = (
        select(Account)
        .join(deputyship, deputyship.account_id == Account.id)
        .join(StandIn, (StandIn.deputy_id == deputyship.id) & (StandIn.tenant_id == deputyship.tenant_id))
        .join(absence, (absence.id == StandIn.absent_id) & (absence.tenant_id == StandIn.tenant_id))
        .where(
            absence.account_id == account_id,
            deputyship.ended_at.is_(None),
            StandIn.way == DEPUTY,
            StandIn.ended_at.is_(None),
            StandIn.begins_at <= clock.now(),
            StandIn.ends_at > clock.now(),
        )
        .order_by(Account.name)
    )
    return [Person(one.name, one.email, one.language) for one in db.session.scalars(query)]


def covered_now() -> dict[str, tuple[Person, date]]:
    """Who stands in for whom today: the deputy and the last day, by the e-mail address of who is absent."""
    absent, deputy = aliased(Account), aliased(Account)
    absence, deputyship = aliased(Membership), aliased(Membership)
    query = (
        select(absent.email, deputy, StandIn.ends_at)
        .select_from(StandIn)
        .join(absence, (absence.id == StandIn.absent_id) & (absence.tenant_id == StandIn.tenant_id))
        .join(deputyship, (deputyship.id == StandIn.deputy_id) & (deputyship.tenant_id == StandIn.tenant_id))
        .join(absent, absent.id == absence.account_id)
        .join(deputy, deputy.id == deputyship.account_id)
        .where(
            deputyship.ended_at.is_(None),
            StandIn.way == DEPUTY,
            StandIn.ended_at.is_(None),
            StandIn.begins_at <= clock.now(),
            StandIn.ends_at > clock.now(),
        )
    )
    zone = tenancy.current_tenant().timezone
    return {
        email: (Person(one.name, one.email, one.language), _last_day(ends_at, zone))
        for email, one, ends_at in db.session.execute(query)
    }


def _last_day(ends_at: datetime, timezone: str) -> date:
    return clock.local(ends_at - timedelta(seconds=1), timezone).date()


def colleagues() -> list[tuple[str, str]]:
    """Members by name as (membership id, name), for a choice; without the signed-in one."""
    member = require_member()
    query = (
        select(Membership.id, Account.name)
        .join(Account, Account.id == Membership.account_id)
        .where(Membership.ended_at.is_(None), Membership.id != member.membership_id)
        .order_by(Account.name, Membership.id)
    )
    return [(str(row.id), row.name) for row in db.session.execute(query)]
