"""From an evaluation to the next version: the draft that begins with its points, and what it took of them."""

from collections.abc import Iterator
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from sqlalchemy import select

from core.access import service as access
from core.agreements import parts as agreement_parts
from core.agreements.amending import schemas
from core.agreements.amending import service as amending
from core.agreements.discussion import service as discussion
from core.agreements.discussion.service import NewComment
from core.agreements.evaluating import deciding
from core.agreements.evaluating.clauses import clause_texts
from core.agreements.evaluating.finding import case_of, content_of, lock
from core.agreements.evaluating.models import Evaluation, ImprovementPoint
from core.agreements.evaluating.next_version import NextVersion, next_version
from core.agreements.evaluating.states import Outcome
from core.agreements.signing.case import newest_version
from core.kernel import audit
from core.kernel.database import db
from core.kernel.errors import Conflict
from core.kernel.unit_of_work import unit_of_work


def begin(obligation_id: UUID) -> UUID:
    """Begin a draft that changes the agreement, with each point as a suggestion on its clause; gives its id.

    Raises NotFound when the evaluation changes no text, and Conflict before it is closed, when the agreement
    is not in force, or when a change of it has been begun already.
    """
    access.require(amending.WRITE)
    with unit_of_work():
        found = next_version(obligation_id)
        evaluation = lock(found.changes[0].point.evaluation_id).evaluation
        if evaluation.closed_at is None:
            raise Conflict("evaluation.not_closed", lazy_gettext("Close the evaluation first."))
        reason = found.reason[: schemas.LONGEST_REASON]
        draft_id = amending.begin(found.agreement_id, reason, found.origin[: schemas.LONGEST_ORIGIN])
        for suggestion in _suggestions(found, set(agreement_parts.load(draft_id).clauses)):
            discussion.comment(draft_id, suggestion)
        evaluation.next_draft_id = draft_id
        audit.record("evaluation.next_begun", "obligation", obligation_id)
    return draft_id


def _suggestions(found: NextVersion, clauses: set[str]) -> Iterator[NewComment]:
    for change in found.changes:
        point = change.point
        words = _("%(origin)s: %(text)s", origin=found.origin, text=point.text)
        if point.clause_key in clauses:
            yield NewComment(point.clause_key, words, point.wish)
        else:
            yield NewComment("", f"{words}\n\n{_('A new clause')}: {point.wish}")


def note_taken(draft_id: UUID) -> None:
    """Note which points the draft took, once all have signed it: those whose clause reads otherwise now.

    What cannot be seen from the text, such as a new clause, is left to a person.
    """
    with unit_of_work():
        evaluation = db.session.scalar(select(Evaluation).where(Evaluation.next_draft_id == draft_id))
        signed = newest_version(draft_id)
        if evaluation is None or signed is None:
            return
        before, after = clause_texts(content_of(evaluation)), clause_texts(signed.content)
        for point in case_of(evaluation).points:
            if _is_taken(point, before, after):
                deciding.taken_into(point.id, signed.number)


def _is_taken(point: ImprovementPoint, before: dict[str, str], after: dict[str, str]) -> bool:
    key = point.clause_key
    return point.outcome == Outcome.CLAUSE and key in before and before[key] != after.get(key, "")
