"""What an evaluation gives to the next version of its agreement: the changes, and where they come from."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from core.access import service as access
from core.agreements import reach
from core.agreements.evaluating.clauses import clause_texts, clause_titles
from core.agreements.evaluating.finding import Case, begun_case, content_of, later_versions
from core.agreements.evaluating.models import ImprovementPoint
from core.agreements.evaluating.reading import Promise, may_change, promise_of
from core.agreements.evaluating.states import Outcome
from core.agreements.life.renewing import WRITE, drafts_after
from core.agreements.life.service import RUNNING
from core.agreements.signing.case import today
from core.agreements.states import status_of
from core.kernel import audit
from core.kernel.errors import NotFound
from core.obligations.finding import READ
from core.web.formats import written_date
from core.web.languages import in_language


@dataclass(frozen=True)
class Change:
    """One clause, as it reads and as it is wished; `title` is empty for a clause that is not there yet."""

    point: ImprovementPoint
    party: str
    title: str
    text: str


@dataclass(frozen=True)
class NextVersion:
    """What begins the next version: `origin` is what that version shows, `reason` why it is made.

    `later` are versions that came after the one that was evaluated, and may have taken a change; `draft_id`
    is the draft that was begun with the changes, unless it was given up.
    """

    promise: Promise
    agreement_id: UUID
    origin: str
    reason: str
    language: str
    changes: tuple[Change, ...]
    later: tuple[int, ...]
    may_do: bool
    may_begin: bool
    draft_id: UUID | None


def next_version(obligation_id: UUID) -> NextVersion:
    """The changes of text that an evaluation decided on. Raises NotFound, also when there is none."""
    access.require(READ)
    promise, case = promise_of(obligation_id), begun_case(obligation_id)
    content = content_of(case.evaluation)
    titles, texts = clause_titles(content), clause_texts(content)
    parties = {one.id: one.party_name for one in case.assessments}
    changes = tuple(
        Change(one, parties[one.assessment_id], titles.get(one.clause_key, ""), texts.get(one.clause_key, ""))
        for one in case.points
        if one.outcome == Outcome.CLAUSE
    )
    if not changes:
        raise NotFound(
            "evaluation.no_changes", lazy_gettext("This evaluation changes nothing of the agreement's text.")
        )
    audit.looked_at("obligation", obligation_id, fields=["evaluation"])
    return NextVersion(
        promise,
        promise.agreement_id,
        _origin(promise, changes, content["language"]),
        "\n".join(f"{one.point.number}. {one.point.text}" for one in changes),
        content["language"],
        changes,
        later=tuple(later_versions(case.evaluation)),
        may_do=may_change(promise),
        **_draft(case, promise.agreement_id),
    )


def _draft(case: Case, agreement_id: UUID) -> dict[str, Any]:
    """Whether the next version can be begun here, and the draft that was."""
    agreement, amendment = reach.find(reach.READ, agreement_id), drafts_after(agreement_id)[1]
    is_ready = case.is_closed and status_of(agreement, today()) in RUNNING and amendment is None
    begun = case.evaluation.next_draft_id
    return {
        "may_begin": is_ready and reach.may(WRITE, agreement),
        "draft_id": begun if amendment is not None and amendment.id == begun else None,
    }


def _origin(promise: Promise, changes: tuple[Change, ...], language: str) -> str:
    """It stays with the version, so it speaks the language of the agreement and not that of who begins it."""
    with in_language(language):
        return _(
            "%(title)s %(date)s, points %(numbers)s",
            title=promise.title,
            date=written_date(promise.due_on),
            numbers=", ".join(str(one.point.number) for one in changes),
        )
