"""An evaluation as it is read: open, with what can be done; closed, as a report."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _

from core.access import service as access
from core.access.addressees import accounts_who_may
from core.agreements.evaluating import ratings
from core.agreements.evaluating.asking import Addressee, addressees
from core.agreements.evaluating.clauses import clause_titles
from core.agreements.evaluating.counting import Facts, count, from_store
from core.agreements.evaluating.finding import Case, begun_case, content_of, find_case
from core.agreements.evaluating.models import Assessment, ImprovementPoint
from core.agreements.evaluating.service import KIND, lacks
from core.agreements.evaluating.states import OUTCOMES, Answer, Outcome, answer_of, undecided
from core.agreements.life.facts import TITLES, Kind
from core.kernel import audit, clock
from core.kernel.errors import Conflict, NotFound
from core.obligations.finding import DO, READ, find, find_to_do, reaches, today
from core.obligations.meetings.actions import Decided, actions_of
from core.obligations.states import OPEN, Standing, standing_of
from core.web.languages import current_language


@dataclass(frozen=True)
class Promise:
    """The promise that an evaluation keeps."""

    id: UUID
    title: str
    due_on: date
    standing: Standing
    agreement_id: UUID
    agreement_title: str

    @property
    def may_begin(self) -> bool:
        """Whether an evaluation can begin."""
        return self.standing in OPEN | {Standing.DONE}


@dataclass(frozen=True)
class Voice:
    """One party: what it says, how far it has come, and who of it can be asked."""

    assessment: Assessment
    answer: Answer
    addressees: tuple[Addressee, ...]


@dataclass(frozen=True)
class Goal:
    """A goal of the agreement with what was reached, as somebody wrote it."""

    key: str
    title: str
    target: float
    unit: str
    reached: str
    words: str


@dataclass(frozen=True)
class PointLine:
    """A point with who proposed it and what comes of it."""

    point: ImprovementPoint
    party: str
    outcome: str
    clause: str
    action: Decided | None
    is_decided: bool


@dataclass(frozen=True)
class EvaluationPage:
    """The context of the pages of an evaluation. `lacks` says what is missing before it can be closed."""

    promise: Promise
    case: Case
    voices: tuple[Voice, ...]
    aims: tuple[ratings.AimRatings, ...]
    goals: tuple[Goal, ...]
    facts: Facts
    events: tuple[tuple[str, date], ...]
    points: tuple[PointLine, ...]
    scale: Mapping[int, str]
    language: str
    lacks: tuple[object, ...]
    may_do: bool

    @property
    def changes(self) -> tuple[PointLine, ...]:
        """The points that change the text."""
        return tuple(one for one in self.points if one.point.outcome == Outcome.CLAUSE)

    @property
    def silent(self) -> tuple[Voice, ...]:
        """The other parties that have not answered."""
        return tuple(
            one for one in self.voices if not one.assessment.is_ours and one.answer is not Answer.ANSWERED
        )


def promise_of(obligation_id: UUID) -> Promise:
    """The promise of an evaluation, for who may read it. Raises NotFound, also where it is no evaluation."""
    access.require(READ)
    row = find(obligation_id)
    if row.kind != KIND:
        raise NotFound("evaluation.none", _("This deadline is no evaluation."))
    return Promise(
        row.id, row.title, row.due_on, standing_of(row, today()), row.subject_id, row.subject_title
    )


def page_of(obligation_id: UUID) -> EvaluationPage | None:
    """An evaluation for its page, by a fixed number of queries; None when it has not begun.

    Raises NotFound.
    """
    promise = promise_of(obligation_id)
    case = find_case(obligation_id)
    if case is None:
        return None
    audit.looked_at("obligation", obligation_id, fields=["evaluation"])
    return read(promise, case)


def read(promise: Promise, case: Case) -> EvaluationPage:
    """The same for an evaluation that is loaded; words are in the language that is spoken."""
    obligation_id = promise.id
    content, actions = content_of(case.evaluation), actions_of(obligation_id)
    facts = from_store(case.evaluation) if case.is_closed else count(case.evaluation, today())
    language = current_language()
    return EvaluationPage(
        promise=promise,
        case=case,
        voices=tuple(_voice(one, content) for one in case.assessments),
        aims=ratings.side_by_side(case.evaluation.aims, [one.ratings for one in case.assessments]),
        goals=tuple(_goals(case)),
        facts=facts,
        events=tuple((TITLES[Kind(kind)].in_language(language), day) for kind, day in facts.events),
        points=_points(case, content, actions),
        scale={number: said.in_language(language) for number, said in ratings.WORDS.items()},
        language=content["language"],
        lacks=() if case.is_closed else tuple(lacks(case, actions)),
        may_do=may_change(promise),
    )


def may_change(promise: Promise) -> bool:
    """Whether the member may see to an evaluation, whose agreement has not ended before it."""
    return promise.standing is not Standing.DROPPED and reaches(promise.id)


def _voice(assessment: Assessment, content: Mapping[str, Any]) -> Voice:
    to = () if assessment.is_ours else tuple(addressees(content, assessment.party_key))
    return Voice(assessment, answer_of(assessment, clock.now()), to)


def _goals(case: Case) -> list[Goal]:
    attained = case.evaluation.attained
    return [
        Goal(
            one["key"],
            one["title"],
            one["target"],
            one["unit"],
            attained.get(one["key"], {}).get("reached", ""),
            attained.get(one["key"], {}).get("words", ""),
        )
        for one in case.evaluation.goals
    ]


def _points(case: Case, content: Mapping[str, Any], actions: Mapping[UUID, Decided]) -> tuple[PointLine, ...]:
    parties = {one.id: one.party_name for one in case.assessments}
    titles, language = clause_titles(content), current_language()
    waiting = {one.id for one in undecided(case.points, actions)}
    return tuple(
        PointLine(
            one,
            parties[one.assessment_id],
            OUTCOMES[Outcome(one.outcome)].in_language(language) if one.outcome else "",
            titles.get(one.clause_key, ""),
            actions.get(one.action_id) if one.action_id else None,
            one.id not in waiting,
        )
        for one in case.points
    )


@dataclass(frozen=True)
class PointPage:
    """The context of the page on which one point is decided."""

    promise: Promise
    point: ImprovementPoint
    party: str
    action: Decided | None
    clauses: Mapping[str, str]
    colleagues: list[tuple[UUID, str]]


def point_page(obligation_id: UUID, point_id: UUID) -> PointPage:
    """One point of an open evaluation, for who may decide. Raises NotFound, Refused or Conflict."""
    access.require(DO)
    find_to_do(obligation_id)
    promise, case = promise_of(obligation_id), begun_case(obligation_id)
    point = case.point(point_id)
    if case.is_closed:
        raise Conflict("evaluation.closed", _("This evaluation is closed and cannot be changed any more."))
    return PointPage(
        promise,
        point,
        next(one.party_name for one in case.assessments if one.id == point.assessment_id),
        actions_of(obligation_id).get(point.action_id) if point.action_id else None,
        clause_titles(content_of(case.evaluation)),
        accounts_who_may(DO),
    )
