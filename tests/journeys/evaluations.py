"""Evaluations of a scene: one that is open, with a link that waits for an answer, and one that is closed."""

from dataclasses import dataclass
from uuid import UUID

from core.agreements.evaluating import service
from core.agreements.evaluating.answering import Theirs, answer, key_of_link
from core.agreements.evaluating.asking import addressees, ask
from core.agreements.evaluating.deciding import Decision, clause_keys, decide
from core.agreements.evaluating.finding import begun_case, content_of
from core.agreements.evaluating.states import Outcome
from core.obligations import service as obligations


@dataclass(frozen=True)
class Evaluations:
    """The promises of an open and of a closed evaluation, with a point and a token of the open one."""

    open: UUID
    closed: UUID
    point: UUID
    token: str


def evaluations_of(first: UUID, second: UUID) -> Evaluations:
    """Evaluate two agreements, and close the second evaluation."""
    is_open, token = _evaluated(first)
    closed, _token = _evaluated(second)
    (point,) = begun_case(closed).points
    key = clause_keys(content_of(begun_case(closed).evaluation))[0]
    decide(closed, point.id, Decision(Outcome.CLAUSE, clause_key=key, wish="Oftere møter"))
    service.close(closed)
    return Evaluations(is_open, closed, begun_case(is_open).points[0].id, token)


def _evaluated(agreement_id: UUID) -> tuple[UUID, str]:
    due = next(one.id for one in obligations.for_subject(agreement_id) if one.kind == service.KIND)
    service.begin(due)
    case = begun_case(due)
    aims = [aim["key"] for aim in case.evaluation.aims]
    service.save_ours(due, service.Ours(dict.fromkeys(aims, 5), "Vi er fornøyde.", "Som avtalt."))
    party = next(one.party_key for one in case.assessments if not one.is_ours)
    token = ask(due, party, addressees(content_of(case.evaluation), party)[0].key).token
    answer(key_of_link(token), Theirs(dict.fromkeys(aims, 2), "Det går sakte.", proposals=["Møtes oftere"]))
    return due, token
