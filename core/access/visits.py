"""Visits of those who run the product to a tenant: asked with a reason, an hour long, seen by the tenant."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from sqlalchemy import func, select

from core.access import addressees, mails, operators
from core.access.models import SupportVisit
from core.access.service import Person, require
from core.kernel import audit, clock, security_log
from core.kernel.database import db
from core.kernel.errors import Conflict, NotFound, Refused
from core.kernel.ids import new_id
from core.kernel.scope import tenant_scope
from core.kernel.settings import Settings
from core.kernel.unit_of_work import unit_of_work
from core.tenancy import door
from core.tenancy.service import TenantCard, current_tenant

LASTS = timedelta(hours=1)
MANAGE = "tenant:manage"


@dataclass(frozen=True)
class Visit:
    """A visit as the tenant reads about it."""

    id: UUID
    name: str
    reason: str
    began_at: datetime
    ends_at: datetime
    ended_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether it lasts still."""
        return self.ended_at is None and self.ends_at > clock.now()


def begin(tenant_id: UUID, reason: str) -> None:
    """Let the signed-in operator read in a tenant for an hour. Its administrators are told by mail.

    Raises Refused when the tenant lets nobody in, Conflict while the operator is on a visit there.
    """
    account = operators.require()
    with tenant_scope(tenant_id), unit_of_work():
        if not door.is_open():
            raise Refused(
                "visit.not_invited",
                lazy_gettext("This organisation lets support in only when it invites. Ask there."),
            )
        if _open_visit(account.id) is not None:
            raise Conflict("visit.open", lazy_gettext("You are on a visit there already."))
        visit = SupportVisit(
            id=new_id(),
            account_id=account.id,
            name=account.name,
            reason=reason,
            ends_at=clock.now() + LASTS,
        )
        db.session.add(visit)
        door.note_visit(visit.ends_at)
        audit.record("support_visit.began", "support_visit", visit.id, reason=reason)
        for person in addressees.those_who_may(MANAGE):
            _tell(person, visit, current_tenant())
        security_log.note(security_log.SUPPORT_CAME, visit=visit.id)


def leave(tenant_id: UUID) -> None:
    """End the signed-in operator's own visit. Raises Conflict when there is none."""
    account = operators.require()
    with tenant_scope(tenant_id), unit_of_work():
        visit = _open_visit(account.id)
        if visit is None:
            raise Conflict("visit.none", lazy_gettext("You are not on a visit there."))
        _end(visit)


def end(visit_id: UUID) -> None:
    """Let the tenant end a visit at once. Raises NotFound when it is over, or was never there."""
    require(MANAGE)
    with unit_of_work():
        query = select(SupportVisit).where(SupportVisit.id == visit_id).with_for_update()
        _end(db.session.scalar(query))


def _end(visit: SupportVisit | None) -> None:
    if visit is None or visit.ended_at is not None:
        raise NotFound("visit.not_found", lazy_gettext("We cannot find this visit, or it is over."))
    visit.ended_at = clock.now()
    db.session.flush()
    others = select(func.max(SupportVisit.ends_at)).where(
        SupportVisit.ended_at.is_(None), SupportVisit.ends_at > clock.now()
    )
    door.note_visit(db.session.scalar(others))
    audit.record("support_visit.ended", "support_visit", visit.id)
    security_log.note(security_log.SUPPORT_LEFT, visit=visit.id)


def visits(limit: int = 100) -> list[Visit]:
    """The visits to the tenant in scope, the newest first."""
    require(MANAGE)
    rows = db.session.scalars(select(SupportVisit).order_by(SupportVisit.began_at.desc()).limit(limit))
    return [Visit(row.id, row.name, row.reason, row.began_at, row.ends_at, row.ended_at) for row in rows]


def open_door(*, always: bool) -> None:
    """Decide whether support may come in whenever it has a reason, or only when it is invited."""
    require(MANAGE)
    with unit_of_work():
        door.set_rule(always=always)


def invite() -> None:
    """Let support in for a day, whatever the rule is."""
    require(MANAGE)
    with unit_of_work():
        door.invite()


def is_visiting(tenant_id: UUID) -> bool:
    """Whether the signed-in operator is on a visit to a tenant."""
    account = operators.require()
    with tenant_scope(tenant_id):
        return _open_visit(account.id) is not None


def _open_visit(account_id: UUID) -> SupportVisit | None:
    query = select(SupportVisit).where(
        SupportVisit.account_id == account_id,
        SupportVisit.ended_at.is_(None),
        SupportVisit.ends_at > clock.now(),
    )
    return db.session.scalar(query.limit(1))


def _tell(person: Person, visit: SupportVisit, tenant: TenantCard) -> None:
    settings: Settings = current_app.config["FOTFESTE"]
    link = f"{settings.public_url}/t/{tenant.slug}/settings/visits"

    def write() -> mails.Letter:
        body = _(
            "Hello %(name)s\n\n%(operator)s, who runs Fotfeste, can read what %(tenant)s has there for "
            "one hour. Nothing can be changed, and nothing about health or protected addresses is shown.\n\n"
            "Reason: %(reason)s\n\n"
            "You can end the visit, and decide when support may come in, here:\n%(link)s\n",
            name=person.name,
            operator=visit.name,
            tenant=tenant.name,
            reason=visit.reason,
            link=link,
        )
        return mails.Letter(_("Support is on a visit to %(tenant)s", tenant=tenant.name), body)

    mails.post(person.email, person.language or tenant.language, write)
