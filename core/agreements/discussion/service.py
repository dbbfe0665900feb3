"""The verbs of comments: say something, answer, resolve, and take or decline a suggested text."""

from dataclasses import dataclass
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from core.access import service as access
from core.agreements import parts as agreement_parts
from core.agreements import reach
from core.agreements.comments.models import ACCEPTED, DECLINED, Comment
from core.agreements.comments.threads import Thread, threads_of
from core.agreements.discussion.mails import tell
from core.agreements.drafts import clauses
from core.agreements.drafts.service import WRITE, refuse_unless_editable
from core.agreements.looking import looked
from core.agreements.models import Agreement, Clause
from core.agreements.parts import Parts
from core.agreements.signing.case import today
from core.agreements.states import EDITABLE, status_of
from core.kernel import audit, clock
from core.kernel.database import db
from core.kernel.errors import Conflict, Invalid, NotFound
from core.kernel.ids import new_id
from core.kernel.unit_of_work import unit_of_work


@dataclass(frozen=True)
class Discussion:
    """The threads of an agreement; ``may_write`` when the member may still add to them."""

    parts: Parts
    threads: list[Thread]
    may_write: bool


@dataclass(frozen=True)
class NewComment:
    """What is said about a clause ("" for the whole draft), and a text that is suggested for it, or ""."""

    clause_key: str
    text: str
    proposal: str = ""


def discussion(agreement_id: UUID) -> Discussion:
    """What colleagues have said about an agreement that the member may read. Raises NotFound."""
    access.require(reach.READ)
    parts = agreement_parts.load(agreement_id)
    reach.require(reach.READ, parts.agreement)
    looked(agreement_id)
    may_write = status_of(parts.agreement, today()) in EDITABLE and reach.may(WRITE, parts.agreement)
    return Discussion(parts, threads_of(agreement_id), may_write)


def comment(agreement_id: UUID, new: NewComment) -> UUID:
    """Begin a thread; gives its id. Raises Invalid when nothing is said, NotFound for an unknown clause."""
    member = access.require(WRITE)
    with unit_of_work():
        agreement = _hold(agreement_id)
        proposal = _proposal(agreement, new)
        if not new.text and not proposal:
            wrong = _("Write a comment, or change the text that you suggest.")
            raise Invalid("agreement.empty_comment", wrong, {"text": wrong})
        row = Comment(
            id=new_id(),
            agreement_id=agreement_id,
            clause_key=new.clause_key,
            text=new.text,
            proposal=proposal,
            written_by=member.account_id,
        )
        db.session.add(row)
        _note("agreement.commented", row)
        tell(agreement, row, [], member.account_id)
        return row.id


def _proposal(agreement: Agreement, new: NewComment) -> str:
    """The suggested text; empty when it is what stands, and for the whole draft."""
    if not new.clause_key:
        return ""
    stands = agreement_parts.part(Clause, agreement.id, new.clause_key).text
    return "" if new.proposal.strip() == stands.strip() else new.proposal


def answer(agreement_id: UUID, thread_id: UUID, text: str) -> None:
    """Say something in a thread. Raises Conflict when it is resolved."""
    access.require(WRITE)
    with unit_of_work():
        agreement, thread = _hold_open(agreement_id, thread_id)
        _answer(agreement, thread, text)


def _answer(agreement: Agreement, thread: Comment, text: str) -> None:
    member = access.require_member()
    written_by = select(Comment.written_by).where(Comment.thread_id == thread.id)
    others = list(db.session.scalars(written_by.distinct()))
    db.session.add(
        Comment(
            id=new_id(),
            agreement_id=thread.agreement_id,
            clause_key=thread.clause_key,
            thread_id=thread.id,
            text=text,
            written_by=member.account_id,
        )
    )
    _note("agreement.comment_answered", thread)
    tell(agreement, thread, others, member.account_id)


def resolve(agreement_id: UUID, thread_id: UUID) -> None:
    """Say that a thread is settled; once."""
    access.require(WRITE)
    with unit_of_work():
        _agreement, thread = _hold_thread(agreement_id, thread_id)
        if thread.resolved_at is None:
            _settle(thread)
            _note("agreement.comment_resolved", thread)


def reopen(agreement_id: UUID, thread_id: UUID) -> None:
    """Take up again what was settled; a suggestion can be decided anew."""
    access.require(WRITE)
    with unit_of_work():
        _agreement, thread = _hold_thread(agreement_id, thread_id)
        if thread.resolved_at is not None:
            thread.resolved_at = thread.resolved_by = None
            thread.outcome = ""
            _note("agreement.comment_reopened", thread)


def accept(agreement_id: UUID, thread_id: UUID, revision: int) -> bool:
    """Let a suggested text stand in its clause, when that has the revision which the member saw.

    False when somebody changed the clause meanwhile: then nothing is taken in and the thread stays open.
    """
    access.require(WRITE)
    with unit_of_work():
        _agreement, thread = _hold_suggestion(agreement_id, thread_id)
        if _clause_revision(thread) != revision:
            return False
        clauses.save_text(agreement_id, thread.clause_key, thread.proposal, revision)
        _settle(thread, ACCEPTED)
        _note("agreement.suggestion_accepted", thread)
        return True


def decline(agreement_id: UUID, thread_id: UUID, word: str) -> None:
    """Settle a suggestion without taking it, with a word to whoever made it."""
    access.require(WRITE)
    with unit_of_work():
        agreement, thread = _hold_suggestion(agreement_id, thread_id)
        _answer(agreement, thread, word)
        _settle(thread, DECLINED)
        _note("agreement.suggestion_declined", thread)


def _clause_revision(thread: Comment) -> int:
    clause = agreement_parts.part(Clause, thread.agreement_id, thread.clause_key, lock=True)
    return clause.revision


def _settle(thread: Comment, outcome: str = "") -> None:
    thread.resolved_at, thread.resolved_by = clock.now(), access.require_member().account_id
    thread.outcome = outcome


def _hold(agreement_id: UUID) -> Agreement:
    """The agreement, held until the unit of work ends and still a draft."""
    agreement = reach.find(WRITE, agreement_id, lock=True)
    refuse_unless_editable(agreement)
    return agreement


def _hold_thread(agreement_id: UUID, thread_id: UUID) -> tuple[Agreement, Comment]:
    """The same with a thread of it, which is looked up first."""
    reach.find(WRITE, agreement_id)
    thread = _thread(agreement_id, thread_id)
    agreement = _hold(agreement_id)
    db.session.refresh(thread)
    return agreement, thread


def _thread(agreement_id: UUID, thread_id: UUID) -> Comment:
    query = select(Comment).where(
        Comment.agreement_id == agreement_id, Comment.id == thread_id, Comment.thread_id.is_(None)
    )
    found = db.session.scalar(query)
    if found is None:
        raise NotFound("agreement.no_comment", _("We cannot find this comment."))
    return found


def _hold_open(agreement_id: UUID, thread_id: UUID) -> tuple[Agreement, Comment]:
    agreement, thread = _hold_thread(agreement_id, thread_id)
    if thread.resolved_at is not None:
        raise Conflict("agreement.comment_resolved", _("This comment is resolved. Reopen it to go on."))
    return agreement, thread


def _hold_suggestion(agreement_id: UUID, thread_id: UUID) -> tuple[Agreement, Comment]:
    agreement, thread = _hold_open(agreement_id, thread_id)
    if not thread.proposal:
        raise Conflict("agreement.no_suggestion", _("This comment suggests no text."))
    return agreement, thread


def _note(action: str, thread: Comment) -> None:
    fields = [thread.clause_key] if thread.clause_key else []
    audit.record(action, "agreement", thread.agreement_id, fields=fields)
