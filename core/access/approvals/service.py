"""The verbs of approval: ask, decide, take back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, and_, func, select

from core.access import mails, responsible
from core.access.approvals import letters
from core.access.approvals.actions import declared
from core.access.approvals.models import Approval
from core.access.membership import Member
from core.access.service import names_of, require, require_member
from core.kernel import audit, clock
from core.kernel.database import db
from core.kernel.errors import Conflict, NotFound, Refused
from core.kernel.ids import new_id
from core.kernel.unit_of_work import unit_of_work
from core.tenancy import service as tenancy

DECIDE = "approval:decide"
LASTS = timedelta(days=14)
SHOWN = 50


class Standing(StrEnum):
    """How it stands with something that was asked for."""

    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Asked:
    """Something that was asked for, as the page shows it. ``mine`` tells that the reader asked."""

    id: UUID
    act: str
    reason: str
    asker: str
    asked_at: datetime
    expires_at: datetime
    standing: Standing
    decider: str
    decided_at: datetime | None
    answer: str
    mine: bool


def ask(
    key: str, subject_kind: str, subject_id: UUID, *, reason: str, arguments: Mapping[str, str] | None = None
) -> UUID:
    """Ask for an act; the calling verb has decided that its member may. Gives the id of what waits.

    Raises Conflict when the same waits already.
    """
    member = require_member()
    with unit_of_work():
        _clear(key, subject_id)
        row = Approval(
            id=new_id(),
            action=key,
            subject_kind=subject_kind,
            subject_id=subject_id,
            arguments=dict(arguments or {}),
            reason=reason,
            asked_by=member.account_id,
            expires_at=clock.now() + LASTS,
            approved=None,
        )
        db.session.add(row)
        audit.record("approval.asked", subject_kind, subject_id, fields=[key], reason=_why(key, reason))
        _tell_deciders(row, member)
    return row.id


def _why(key: str, said: str) -> str:
    """What the audit may keep of what was said about an act."""
    found = declared(key)
    return "" if found and found.erases else said


def _clear(key: str, subject_id: UUID) -> None:
    query = select(Approval).where(Approval.action == key, Approval.subject_id == subject_id, _open())
    for row in db.session.scalars(query.with_for_update()):
        if row.expires_at > clock.now():
            raise Conflict(
                "approval.waiting", _("A colleague has asked for this already. It waits for an answer.")
            )
        row.withdrawn_at = row.expires_at
    db.session.flush()


def _tell_deciders(row: Approval, asker: Member) -> None:
    tenant = tenancy.current_tenant()
    for person in responsible.who_may(DECIDE):
        if person.account_id == asker.account_id:
            continue
        language = person.language or tenant.language
        act = title_of(row.action, language)
        mails.post(
            person.email,
            language,
            lambda name=person.name, act=act: letters.asked(  # type: ignore[misc]
                name=name, asker=asker.name, tenant=tenant.name, act=act, reason=row.reason
            ),
        )


def title_of(key: str, language: str) -> str:
    """What happens when an act is approved, in a language; its key when nobody declares it any more."""
    found = declared(key)
    return found.title.in_language(language) if found else key


def decide(approval_id: UUID, *, approve: bool, answer: str) -> Standing:
    """Say yes or no to what a colleague asked for; yes does it at once, in the same unit of work.

    Raises NotFound, Refused for one's own question or on behalf of somebody, Conflict when it is decided.
    """
    member = require(DECIDE)
    with unit_of_work():
        row = _held(approval_id)
        if row.asked_by == member.account_id:
            raise Refused("approval.own", _("You asked for this yourself. Another person must decide."))
        if member.on_behalf is not None:
            raise Refused("approval.on_behalf", _("Stop acting on behalf of a colleague before you decide."))
        row.decided_by, row.decided_at, row.approved, row.answer = (
            member.account_id,
            clock.now(),
            approve,
            answer,
        )
        verb = "approval.approved" if approve else "approval.refused"
        audit.record(
            verb, row.subject_kind, row.subject_id, fields=[row.action], reason=_why(row.action, answer)
        )
        if approve:
            _carry_out(row)
        _tell_asker(row, member)
    return Standing.APPROVED if approve else Standing.REFUSED


def must_exist(approval_id: UUID) -> None:
    """Raise NotFound for what nobody asked for in the tenant in scope."""
    if db.session.scalar(select(Approval.id).where(Approval.id == approval_id)) is None:
        raise NotFound("approval.not_found", _("We cannot find what was asked for."))


def _carry_out(row: Approval) -> None:
    found = declared(row.action)
    if found is None:
        raise Conflict("approval.unknown", _("The module that does this is not available now."))
    found.do(row.subject_id, row.arguments, row.reason)


def _tell_asker(row: Approval, decider: Member) -> None:
    person = responsible.colleague(row.asked_by)
    if person is None:
        return
    language = person.language or tenancy.current_tenant().language
    act, approved, answer = title_of(row.action, language), bool(row.approved), row.answer
    mails.post(
        person.email,
        language,
        lambda: letters.answered(
            name=person.name, decider=decider.name, act=act, approved=approved, answer=answer
        ),
    )


def withdraw(approval_id: UUID) -> None:
    """Take back what one asked for. Raises NotFound, Refused for somebody else's, Conflict when decided."""
    member = require_member()
    with unit_of_work():
        row = _held(approval_id)
        if row.asked_by != member.account_id:
            raise Refused("approval.not_own", _("Only the person who asked can take it back."))
        row.withdrawn_at = clock.now()
        audit.record("approval.withdrawn", row.subject_kind, row.subject_id, fields=[row.action])


def _held(approval_id: UUID) -> Approval:
    member = require_member()
    row = db.session.scalar(select(Approval).where(Approval.id == approval_id).with_for_update())
    if row is None or (DECIDE not in member.permissions and row.asked_by != member.account_id):
        raise NotFound("approval.not_found", _("We cannot find what was asked for."))
    if standing(row) is not Standing.WAITING:
        raise Conflict("approval.decided", _("This has been decided already, or its time is over."))
    return row


def standing(row: Approval) -> Standing:
    """How it stands with a row now."""
    if row.decided_at is not None:
        return Standing.APPROVED if row.approved else Standing.REFUSED
    if row.withdrawn_at is not None and row.withdrawn_at < row.expires_at:
        return Standing.WITHDRAWN
    return Standing.EXPIRED if row.expires_at <= clock.now() else Standing.WAITING


def asked_for(language: str) -> list[Asked]:
    """What was asked for, waiting first, newest first: everything for those who decide, else one's own."""
    member = require_member()
    query = select(Approval).order_by(_open().desc(), Approval.asked_at.desc()).limit(SHOWN)
    if DECIDE not in member.permissions:
        query = query.where(Approval.asked_by == member.account_id)
    rows = list(db.session.scalars(query))
    names = names_of([*(row.asked_by for row in rows), *(row.decided_by for row in rows if row.decided_by)])
    return [
        Asked(
            row.id,
            title_of(row.action, language),
            row.reason,
            names.get(row.asked_by, ""),
            row.asked_at,
            row.expires_at,
            standing(row),
            names.get(row.decided_by, "") if row.decided_by else "",
            row.decided_at,
            row.answer,
            row.asked_by == member.account_id,
        )
        for row in rows
    ]


def count_for_me() -> int:
    """How many questions wait for the signed-in member's answer."""
    member = require_member()
    if DECIDE not in member.permissions:
        return 0
    query = (
        select(func.count())
        .select_from(Approval)
        .where(_open(), Approval.expires_at > clock.now(), Approval.asked_by != member.account_id)
    )
    return db.session.scalar(query) or 0


def waits(key: str, subject_id: UUID) -> bool:
    """Whether somebody has asked for an act and waits for the answer."""
    query = select(Approval.id).where(
        Approval.action == key, Approval.subject_id == subject_id, _open(), Approval.expires_at > clock.now()
    )
    return db.session.scalar(query) is not None


def somebody_can_decide() -> bool:
    """Whether anybody but the signed-in member may say yes."""
    member = require_member()
    return any(person.account_id != member.account_id for person in responsible.who_may(DECIDE))


def _open() -> ColumnElement[bool]:
    return and_(Approval.decided_at.is_(None), Approval.withdrawn_at.is_(None))
