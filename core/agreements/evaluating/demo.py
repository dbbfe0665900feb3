"""Evaluations of the demo, made through the services: one that is closed, one that is under way."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from core.agreements.evaluating.answering import Theirs, answer, key_of_link
from core.agreements.evaluating.asking import addressees, ask
from core.agreements.evaluating.deciding import Decision, decide
from core.agreements.evaluating.finding import begun_case, content_of
from core.agreements.evaluating.service import KIND, Ours, add_point, begin, close, save_ours
from core.agreements.evaluating.states import Outcome
from core.kernel import clock
from core.obligations import service as obligations
from core.plugin_host.demo import (
    DemoEvaluation,
    DemoPoint,
)


def evaluate(agreement_id: UUID, declared: DemoEvaluation, now: date) -> None:
    """Let the parties evaluate an agreement for the first time, on the day it is due or before."""
    first = next(one for one in obligations.for_subject(agreement_id) if one.kind == KIND)
    with clock.frozen(datetime.combine(min(first.due_on, now), time(12), UTC)):
        _evaluate(first.id, declared, now)


def _evaluate(obligation_id: UUID, declared: DemoEvaluation, now: date) -> None:
    begin(obligation_id)
    case = begun_case(obligation_id)
    aims = [aim["key"] for aim in case.evaluation.aims]
    other = next(one.party_key for one in case.assessments if not one.is_ours)
    if declared.ours:
        goals = [goal["key"] for goal in case.evaluation.goals]
        reached = zip(goals, declared.reached, strict=False)
        attained = {key: {"reached": figure, "words": ""} for key, figure in reached}
        said = (declared.experience, declared.practice, declared.participants)
        save_ours(obligation_id, Ours(_rated(aims, declared.ours), *said, attained))
    to = addressees(content_of(case.evaluation), other)[0]
    link = ask(obligation_id, other, to.key)
    if declared.theirs:
        proposals = [one.text for one in declared.points if one.is_theirs]
        theirs = Theirs(_rated(aims, declared.theirs), declared.their_experience, proposals=proposals)
        answer(key_of_link(link.token), theirs)
    for point in declared.points:
        _decide(obligation_id, other if point.is_theirs else case.ours.party_key, point, now)
    if declared.is_closed:
        close(obligation_id)


def _rated(aims: Sequence[str], numbers: Sequence[int]) -> dict[str, int]:
    return dict(zip(aims, numbers, strict=True))


def _decide(obligation_id: UUID, party_key: str, point: DemoPoint, now: date) -> None:
    point_id = add_point(obligation_id, party_key, point.text)
    match point.outcome:
        case Outcome.CLAUSE:
            decision = Decision(Outcome.CLAUSE, clause_key=point.clause, wish=point.what)
        case Outcome.ACTION:
            decision = Decision(Outcome.ACTION, title=point.what, due_on=now + timedelta(days=point.days))
        case Outcome.NONE:
            decision = Decision(Outcome.NONE, reason=point.what)
        case _open:
            return
    decide(obligation_id, point_id, decision)
