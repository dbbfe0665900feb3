"""Writing clauses: saved as one types, and two people at the same clause never lose a text."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from core.access import service as access
from core.agreements import parts as agreement_parts
from core.agreements import reach
from core.agreements.drafts.service import WRITE, touch
from core.agreements.models import Clause, ClauseRevision
from core.agreements.parts import part
from core.documents.blocks import parse, to_source
from core.kernel import clock
from core.kernel.database import db
from core.kernel.errors import Conflict, Refused
from core.kernel.unit_of_work import unit_of_work

ONE_SITTING = timedelta(minutes=5)
LONGEST_HISTORY = 200


@dataclass(frozen=True)
class Saved:
    """What became of a text. ``theirs`` is what somebody else wrote first; then mine is in the history."""

    revision: int
    mine: str
    theirs: str | None = None
    their_name: str = ""


@dataclass(frozen=True)
class Earlier:
    """One line of a clause's history; ``kept`` is False for a text that met somebody else's."""

    id: UUID | None
    text: str
    written_by: str
    written_at: datetime | None
    kept: bool


def save_text(agreement_id: UUID, key: str, text: str, base_revision: int) -> Saved:
    """Save a clause's text, when nobody has saved since ``base_revision``.

    Otherwise both texts are kept: theirs in the agreement, mine in the history, and the answer holds both.
    """
    member = access.require(WRITE)
    with unit_of_work():
        touch(agreement_id, "agreement.clause_saved", key)
        row = part(Clause, agreement_id, key, lock=True)
        if text == row.text:
            return Saved(row.revision, text)
        if row.revision != base_revision:
            _remember(row, text, base_revision, member.account_id, kept=False)
            name = access.names_of([row.edited_by]).get(row.edited_by, "") if row.edited_by else ""
            return Saved(row.revision, text, theirs=row.text, their_name=name)
        _keep_what_was(row, member.account_id)
        row.text, row.revision = text, row.revision + 1
        row.edited_by, row.edited_at = member.account_id, clock.now()
        return Saved(row.revision, text)


def _keep_what_was(row: Clause, writer: UUID) -> None:
    same_sitting = row.edited_by == writer and row.edited_at and clock.now() - row.edited_at < ONE_SITTING
    if not same_sitting:
        _remember(row, row.text, row.revision, row.edited_by or writer, kept=True)


def _remember(row: Clause, text: str, revision: int, writer: UUID, *, kept: bool) -> None:
    at = (row.edited_at or clock.now()) if kept else clock.now()
    db.session.add(
        ClauseRevision(
            clause_id=row.id, revision=revision, text=text, kept=kept, written_by=writer, written_at=at
        ),
    )


def include(agreement_id: UUID, key: str, *, included: bool) -> None:
    """Take a clause in or out; its text stays. Raises Refused for a clause that the type requires."""
    access.require(WRITE)
    with unit_of_work():
        agreement = touch(
            agreement_id, "agreement.clause_included" if included else "agreement.clause_left_out", key
        )
        if not included and agreement_parts.declared(agreement).clause(key).required:
            raise Refused(
                "agreement.clause_required", _("This clause cannot be left out, but you can edit it.")
            )
        part(Clause, agreement_id, key).included = included


def add_example(agreement_id: UUID, key: str, number: int) -> int:
    """Add one of the type's examples below what stands in a clause; gives the new revision."""
    member = access.require(WRITE)
    with unit_of_work():
        agreement = touch(agreement_id, "agreement.example_added", key)
        examples = agreement_parts.declared(agreement).text(agreement.language).clause(key).examples
        row = part(Clause, agreement_id, key, lock=True)
        if not 0 <= number < len(examples):
            raise Conflict("agreement.no_example", _("This example is no longer there. Load the page again."))
        _keep_what_was(row, member.account_id)
        row.text = f"{row.text.rstrip()}\n\n{to_source(parse(examples[number]))}".strip()
        row.revision += 1
        row.edited_by, row.edited_at = member.account_id, clock.now()
        return row.revision


def history(agreement_id: UUID, key: str) -> list[Earlier]:
    """The texts of a clause, the newest first: what stands now, what stood, and what met somebody else's."""
    access.require(reach.READ)
    reach.find(reach.READ, agreement_id)
    row = part(Clause, agreement_id, key)
    query = (
        select(ClauseRevision)
        .where(ClauseRevision.clause_id == row.id)
        .order_by(ClauseRevision.written_at.desc(), ClauseRevision.id.desc())
        .limit(LONGEST_HISTORY)
    )
    earlier = list(db.session.scalars(query))
    names = access.names_of([one.written_by for one in earlier] + ([row.edited_by] if row.edited_by else []))
    now = Earlier(
        None, row.text, names.get(row.edited_by, "") if row.edited_by else "", row.edited_at, kept=True
    )
    return [
        now,
        *(
            Earlier(one.id, one.text, names.get(one.written_by, ""), one.written_at, one.kept)
            for one in earlier
        ),
    ]
