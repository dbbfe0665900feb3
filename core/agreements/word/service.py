"""The verbs of drafts in Word: hand out, receive an answer, take or leave each thing that it asks for."""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import func, select

from core.access import service as access
from core.agreements import parts as agreement_parts
from core.agreements import reach
from core.agreements.drafts import clauses
from core.agreements.drafts.schemas import LONGEST_CLAUSE
from core.agreements.drafts.service import WRITE, open_draft, refuse_unless_editable
from core.agreements.models import Clause
from core.agreements.parts import Parts, part
from core.agreements.printing.service import PrintedFile, draft_document, file_name, open_labels
from core.agreements.types import PlaceholderKind
from core.agreements.values import printed
from core.agreements.word.applying import (
    FieldTouchedError,
    PlaceNotFoundError,
    Shown,
    appended,
    applied,
)
from core.agreements.word.models import WordAnswer, WordCopy, WordFinding
from core.documents import service as documents
from core.documents.word.changes import (
    CHANGE,
    MISSING,
    NEW,
    SILENT,
    Found,
    Sent,
    findings,
    sent_in,
)
from core.documents.word.errors import WordError
from core.documents.word.names import clause_name
from core.documents.word.reading import WordFile, read_docx
from core.documents.word.uploaded import LAYOUT
from core.documents.word.writing import render_docx
from core.kernel import audit, clock
from core.kernel.database import db
from core.kernel.errors import Conflict, Invalid, NotFound
from core.kernel.ids import new_id
from core.kernel.unit_of_work import unit_of_work
from core.tenancy.service import current_tenant

MOST_FINDINGS, MOST_ANSWERS = 500, 50
TAKEABLE = frozenset({CHANGE, SILENT, NEW, MISSING})


@dataclass(frozen=True)
class Decision:
    """What somebody decides on a finding; `revision` is that of the clause as it was read."""

    taken: bool
    reason: str = ""
    revision: int = 0


@dataclass(frozen=True)
class Received:
    """An answer in the list, with how many of its findings nobody has decided on."""

    id: UUID
    name: str
    received_at: object
    findings: int
    open: int


def hand_out(agreement_id: UUID) -> PrintedFile:
    """The draft for Word, as it stands now; what it says is noted, so that an answer can be compared."""
    member = access.require(WRITE)
    parts = open_draft(agreement_id)
    copy_id = new_id()
    content = _rendered(parts, copy_id)
    sent = sent_in(read_docx(content))
    with unit_of_work():
        noted = {"clauses": dict(sent.clauses), "outside": list(sent.outside)}
        db.session.add(WordCopy(id=copy_id, agreement_id=agreement_id, sent=noted, made_by=member.account_id))
        audit.record("agreement.word_made", "agreement", agreement_id)
    return PrintedFile(file_name(parts.agreement, "docx"), content)


def receive(agreement_id: UUID, name: str, content: bytes) -> UUID:
    """Read an answer and note what it asks for; gives its id.

    Raises WordError for a file that cannot be read, Invalid for one that came before or is of another draft.
    """
    member = access.require(WRITE)
    parts = open_draft(agreement_id)
    file, digest = read_docx(content), hashlib.sha256(content).hexdigest()
    copy, found = _compared(parts, file)
    with unit_of_work():
        reach.find(WRITE, agreement_id, lock=True)
        _refuse_known(agreement_id, digest)
        answer = WordAnswer(
            id=new_id(),
            agreement_id=agreement_id,
            copy_id=copy.id if copy else None,
            name=name[:200],
            sha256=digest,
            received_by=member.account_id,
        )
        db.session.add(answer)
        db.session.flush()
        keys = {clause_name(key): key for key in parts.kind.clause_keys()}
        db.session.add_all(_rows(answer, found, keys))
        audit.record("agreement.word_received", "agreement", agreement_id)
    return answer.id


def answers(agreement_id: UUID) -> list[Received]:
    """The answers to a draft, the newest first."""
    access.require(WRITE)
    reach.find(WRITE, agreement_id)
    query = (
        select(WordAnswer, func.count(WordFinding.id), func.count(WordFinding.decided_at))
        .outerjoin(
            WordFinding,
            (WordFinding.answer_id == WordAnswer.id) & (WordFinding.tenant_id == WordAnswer.tenant_id),
        )
        .where(WordAnswer.agreement_id == agreement_id)
        .group_by(WordAnswer.tenant_id, WordAnswer.id)
        .order_by(WordAnswer.received_at.desc(), WordAnswer.id.desc())
        .limit(MOST_ANSWERS)
    )
    return [
        Received(row.id, row.name, row.received_at, every, every - decided)
        for row, every, decided in db.session.execute(query)
    ]


def answer_with_findings(agreement_id: UUID, answer_id: UUID) -> tuple[WordAnswer, list[WordFinding]]:
    """One answer and what it asks for, in its order. Raises NotFound."""
    access.require(WRITE)
    reach.find(WRITE, agreement_id)
    query = select(WordAnswer).where(WordAnswer.id == answer_id, WordAnswer.agreement_id == agreement_id)
    answer = db.session.scalar(query)
    if answer is None:
        raise NotFound("word.no_answer", _("We cannot find this answer."))
    rows = select(WordFinding).where(WordFinding.answer_id == answer_id).order_by(WordFinding.place)
    return answer, list(db.session.scalars(rows))


def require_finding(agreement_id: UUID, answer_id: UUID, finding_id: UUID) -> None:
    """Raises NotFound unless an answer to this draft has the finding."""
    _answer, rows = answer_with_findings(agreement_id, answer_id)
    if finding_id not in {row.id for row in rows}:
        raise _no_finding()


def _no_finding() -> NotFound:
    return NotFound("word.no_finding", _("We cannot find this proposal."))


def decide(agreement_id: UUID, finding_id: UUID, decision: Decision) -> UUID:
    """Take or leave one thing, once; gives the answer that it belongs to.

    Taken, it goes into its clause as if somebody had typed it; nothing else is touched. Raises Conflict when
    it is decided on, when the clause has changed since it was read, or when the place is not found.
    """
    member = access.require(WRITE)
    with unit_of_work():
        agreement = reach.find(WRITE, agreement_id, lock=True)
        row = _open_finding(agreement_id, finding_id)
        refuse_unless_editable(agreement)
        if decision.taken:
            _take(row, decision.revision)
        row.taken, row.reason = decision.taken, decision.reason
        row.decided_at, row.decided_by = clock.now(), member.account_id
        fields = [row.clause_key] if row.clause_key else []
        action = "agreement.word_taken" if decision.taken else "agreement.word_left"
        audit.record(action, "agreement", agreement_id, fields=fields)
    return row.answer_id


def _rendered(parts: Parts, copy_id: UUID) -> bytes:
    layout = documents.newest(current_tenant().id, LAYOUT)
    return render_docx(draft_document(parts), copy_id, layout.content if layout else None)


def _compared(parts: Parts, file: WordFile) -> tuple[WordCopy | None, list[Found]]:
    copy = _copy(parts.agreement.id, file.copy)
    if file.copy and copy is None:
        wrong = _("This file was not fetched from this draft, or too long ago. Fetch the draft anew.")
        raise Invalid("word.unknown_copy", wrong, {"file": wrong})
    sent = _sent(copy) if copy else sent_in(read_docx(_rendered(parts, new_id())))
    if not {line.clause for line in file.lines} & set(sent.clauses):
        wrong = _("We find no clause of this agreement in the file. Is it an answer to another draft?")
        raise Invalid("word.other_draft", wrong, {"file": wrong})
    found = findings(file, sent)
    if len(found) > MOST_FINDINGS:
        raise WordError("too_long")
    return copy, found


def _copy(agreement_id: UUID, copy_id: UUID | None) -> WordCopy | None:
    query = select(WordCopy).where(WordCopy.agreement_id == agreement_id, WordCopy.id == copy_id)
    return db.session.scalar(query) if copy_id else None


def _sent(copy: WordCopy) -> Sent:
    return Sent(copy.sent["clauses"], tuple(copy.sent["outside"]))


def _refuse_known(agreement_id: UUID, digest: str) -> None:
    query = select(WordAnswer.id).where(WordAnswer.agreement_id == agreement_id, WordAnswer.sha256 == digest)
    if db.session.scalar(query) is not None:
        wrong = _("This file has been read before. You find it in the list of answers.")
        raise Invalid("word.known", wrong, {"file": wrong})


def _rows(answer: WordAnswer, found: list[Found], keys: dict[str, str]) -> list[WordFinding]:
    return [
        WordFinding(
            agreement_id=answer.agreement_id,
            answer_id=answer.id,
            place=place,
            clause_key=keys.get(one.clause, ""),
            kind=one.kind,
            author=one.who.author,
            said_at=one.who.at,
            before=one.before,
            removed=one.removed,
            added=one.added,
            after=one.after,
            words=one.words,
        )
        for place, one in enumerate(found, start=1)
    ]


def _open_finding(agreement_id: UUID, finding_id: UUID) -> WordFinding:
    query = select(WordFinding).where(WordFinding.id == finding_id, WordFinding.agreement_id == agreement_id)
    row = db.session.scalar(query.with_for_update().execution_options(populate_existing=True))
    if row is None:
        raise _no_finding()
    if row.decided_at is not None:
        raise Conflict("word.decided", _("Somebody has decided on this already."))
    return row


def _take(row: WordFinding, revision: int) -> None:
    if row.kind not in TAKEABLE or not row.clause_key:
        raise Conflict("word.not_takeable", _("This cannot be taken into a clause. Leave it, with a word."))
    if row.kind == MISSING:
        clauses.include(row.agreement_id, row.clause_key, included=False)
        return
    parts = agreement_parts.load(row.agreement_id)
    text = _with_change(parts, row, part(Clause, row.agreement_id, row.clause_key).text)
    if len(text) > LONGEST_CLAUSE:
        raise Conflict("word.too_long", _("The clause would be too long with this."))
    saved = clauses.save_text(row.agreement_id, row.clause_key, text, revision)
    if saved.theirs is not None:
        raise Conflict(
            "word.clause_changed",
            _("Somebody has changed this clause meanwhile. Read it, then decide again."),
        )


def _with_change(parts: Parts, row: WordFinding, text: str) -> str:
    if row.kind == NEW:
        return appended(text, row.added)
    try:
        return applied(
            text, shown(parts), before=row.before, removed=row.removed, added=row.added, after=row.after
        )
    except PlaceNotFoundError as error:
        raise Conflict(
            "word.place_gone",
            _(
                "The words around this change are no longer in the clause, or stand there more than once. "
                "Change the clause by hand, and leave the change here."
            ),
        ) from error
    except FieldTouchedError as error:
        raise Conflict(
            "word.field",
            gettext(
                "This change lies inside the field “%(label)s”. Fill in the field; leave the change here.",
                label=open_labels(parts).get(error.key, error.key),
            ),
        ) from error


def shown(parts: Parts) -> Shown:
    """How the fields of a draft are printed."""
    lists = frozenset(one.key for one in parts.kind.placeholders if one.kind is PlaceholderKind.LIST)
    return Shown(printed(parts), open_labels(parts), lists)
