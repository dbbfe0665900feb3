"""The verbs of amending: begin, compare with what is in force, apply by notice; signing takes up the rest."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from core.access import service as access
from core.agreements import parts as agreement_parts
from core.agreements import reach
from core.agreements.amending import mails, revisions
from core.agreements.amending.models import Amendment
from core.agreements.by_law.models import Occasion
from core.agreements.changes import Changes, changes_between
from core.agreements.content import fingerprint, resolved
from core.agreements.copying import copied, take_over
from core.agreements.drafts.completeness import missing_in
from core.agreements.drafts.service import refuse_unless_editable
from core.agreements.life.facts import Kind
from core.agreements.life.recording import Happening, record
from core.agreements.life.renewing import drafts_after
from core.agreements.life.service import RUNNING, refuse_unless
from core.agreements.models import Agreement, Version
from core.agreements.parts import Parts
from core.agreements.printing.labels import labels_in
from core.agreements.signing import taking_up
from core.agreements.signing.case import Case, base_of, in_force, open_case, refuse_unless_amendable, today
from core.agreements.signing.checked import keep_signed
from core.agreements.signing.service import refuse_unless_confirmed
from core.kernel import audit, clock
from core.kernel.database import db
from core.kernel.errors import Conflict
from core.kernel.ids import new_id
from core.kernel.unit_of_work import unit_of_work
from core.obligations import following

WRITE, SEND = "agreement:write", "agreement:send"


def begin(agreement_id: UUID, reason: str, origin: str = "") -> UUID:
    """Begin a draft that amends an agreement in force; gives the draft's id.

    `origin` is where the change comes from, such as a point of an evaluation. Requests for a revision are
    answered by it. Raises Conflict when the agreement is not in force or is being amended already.
    """
    member = access.require(WRITE)
    with unit_of_work():
        old = agreement_parts.load(agreement_id, lock=True)
        reach.require(WRITE, old.agreement)
        refuse_unless(old.agreement, RUNNING)
        if old.agreement.amends_id or drafts_after(agreement_id)[1] is not None:
            raise Conflict(
                "agreement.amended_already", _("A change of this agreement has been begun already.")
            )
        draft = _draft(old.agreement)
        db.session.add(draft)
        db.session.flush()
        db.session.add_all(copied(old, draft.id))
        db.session.add(
            Amendment(
                id=new_id(),
                agreement_id=agreement_id,
                draft_id=draft.id,
                reason=reason,
                origin=origin,
                begun_by=member.account_id,
            )
        )
        revisions.answer_by_amending(agreement_id, member.account_id)
        audit.record("agreement.begun", "agreement", draft.id, fields=["type_key", "title"])
        audit.record("agreement.amendment_begun", "agreement", agreement_id, fields=["life_reason"])
        return draft.id


def _draft(old: Agreement) -> Agreement:
    return Agreement(
        id=new_id(),
        type_key=old.type_key,
        edition=old.edition,
        language=old.language,
        title=old.title,
        adviser_id=old.adviser_id,
        unit_id=old.unit_id,
        amends_id=old.id,
        annexes_left_out=list(old.annexes_left_out),
        starts_on=old.starts_on,
        ends_on=old.ends_on,
    )


@dataclass(frozen=True)
class Compared:
    """An amendment beside the agreement in force.

    `lacks` counts what is missing before anything can happen; `may_tell` and `may_send` say what the reader
    may do now.
    """

    draft: Agreement
    base: Agreement
    amendment: Amendment
    changes: Changes
    is_editable: bool
    lacks: int
    may_tell: bool
    may_send: bool


def compared(draft_id: UUID) -> Compared:
    """What an amendment changes. Raises NotFound, or Conflict for an agreement that amends nothing."""
    access.require(reach.READ)
    draft = reach.find(reach.READ, draft_id)
    base, amendment = base_of(draft), amendment_of(draft_id)
    if base is None or amendment is None:
        raise Conflict("agreement.no_amendment", _("This agreement changes no other."))
    is_editable = is_open_to_change(draft)
    parts = agreement_parts.load(draft_id) if is_editable else None
    changes = _changes(draft, base, parts)
    lacks = len(missing_in(parts)) if parts else 0
    may_act = is_editable and not lacks and bool(changes.all) and reach.may(SEND, draft)
    return Compared(
        draft,
        base,
        amendment,
        changes,
        is_editable,
        lacks,
        may_tell=may_act and not changes.needs_signatures,
        may_send=may_act,
    )


def is_open_to_change(draft: Agreement) -> bool:
    """Whether an amendment is still written."""
    try:
        refuse_unless_editable(draft)
    except Conflict:
        return False
    return True


def _changes(draft: Agreement, base: Agreement, parts: Parts | None) -> Changes:
    after = resolved(parts) if parts else open_case(draft.id).version.content
    return changes_between(in_force(base), after, labels_in(base.language))


def amendment_of(draft_id: UUID) -> Amendment | None:
    """Why an agreement was amended by a draft."""
    return db.session.scalar(select(Amendment).where(Amendment.draft_id == draft_id))


def tell(draft_id: UUID) -> UUID:
    """Apply an amendment by notice: the parties are told, and nobody signs; gives the agreement's id.

    Raises Conflict when something in it needs signatures, is missing or is the same, or when the agreement
    is no longer in force.
    """
    member = access.require(SEND)
    refuse_unless_confirmed()
    with unit_of_work():
        parts = agreement_parts.load(draft_id, lock=True)
        draft = parts.agreement
        reach.require(SEND, draft)
        refuse_unless_editable(draft)
        base = base_of(draft, lock=True)
        refuse_unless_amendable(base)
        changes = _changes(draft, base, parts) if base else None
        if base is None or changes is None or not changes.all:
            raise Conflict(
                "agreement.nothing_changed", _("Nothing is changed yet, so there is nothing to tell.")
            )
        if changes.needs_signatures or missing_in(parts):
            raise Conflict(
                "agreement.needs_signatures",
                _("Something in this change must be signed. Send it for signing."),
            )
        before = open_case(base.id)
        version = _version(base, resolved(parts), before.version.number + 1)
        version.signed_id = before.version.signed_id or before.version.id
        draft.sent_at = draft.activated_at = clock.now()
        amendment = _take_up(base, parts, version, member.account_id)
        keep_signed(parts, version, before, Occasion.NOTICE)
        mails.tell_of_notice(base, before.requests, changes, amendment.reason)
        return base.id


def _version(base: Agreement, content: dict[str, Any], number: int) -> Version:
    return Version(
        id=new_id(),
        agreement_id=base.id,
        number=number,
        content=content,
        sha256=fingerprint(content),
        applies_from=today(),
    )


def take_up(case: Case) -> None:
    """Let an agreement stand as the amendment that all have signed, inside the unit of work of signing."""
    base = base_of(case.agreement, lock=True)
    refuse_unless_amendable(base)
    if base is None or case.agreement.taken_up_at is not None:
        return
    version = _version(base, case.version.content, case.version.number)
    version.signed_id = case.version.id
    _take_up(base, agreement_parts.load(case.agreement.id), version, None)


def _take_up(base: Agreement, parts: Parts, version: Version, member_id: UUID | None) -> Amendment:
    draft, amendment = parts.agreement, amendment_of(parts.agreement.id)
    if amendment is None:
        raise LookupError(f"{draft.id} amends an agreement, but nobody has said why")

    def change() -> None:
        db.session.add_all(take_over(agreement_parts.load(base.id), parts))
        base.title, base.annexes_left_out = draft.title, list(draft.annexes_left_out)
        if base.starts_on is None or base.starts_on > today():
            base.starts_on = draft.starts_on or today()
        version.counted = following.counted(base.id, today())
        db.session.add(version)
        following.rename(base.id, draft.title)

    is_signed = member_id is None
    until = _last_day(version.content)
    happening = Happening(Kind.AMENDED, today(), until, agreed=is_signed, reason=amendment.reason)
    record(base, happening, member_id, change)
    draft.taken_up_at = clock.now()
    amendment.number = version.number
    audit.record("agreement.taken_up", "agreement", draft.id, fields=["taken_up_at"])
    return amendment


def _last_day(content: dict[str, Any]) -> date | None:
    iso = content["duration"]["ends_on"]
    return date.fromisoformat(iso) if iso else None


taking_up.register(take_up)
