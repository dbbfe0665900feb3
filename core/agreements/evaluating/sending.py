"""Sending a closed evaluation to those who took part, in the language of the agreement."""

from collections.abc import Iterable
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from core.access import service as access
from core.agreements.evaluating.finding import Case, begun_case, content_of
from core.agreements.evaluating.ratings import AimRatings
from core.agreements.evaluating.reading import EvaluationPage, PointLine, promise_of, read
from core.agreements.evaluating.states import Outcome
from core.agreements.notice_kinds import EVALUATIONS
from core.kernel import audit, clock
from core.kernel.errors import Conflict, Refused
from core.kernel.unit_of_work import unit_of_work
from core.notices import letters
from core.obligations.finding import DO, held
from core.obligations.meetings.finding import addresses_of
from core.tenancy.service import current_tenant
from core.web.formats import written_date
from core.web.languages import in_language


def send(obligation_id: UUID) -> int:
    """Mail a closed evaluation to the parties and to who was at its meeting; gives to how many.

    Raises NotFound, Refused, or Conflict when it is not closed or nobody has an address.
    """
    access.require(DO)
    with unit_of_work():
        held(obligation_id)
        case = begun_case(obligation_id)
        if not case.is_closed:
            raise Conflict("evaluation.open", _("Close the evaluation before you send it."))
        to = _addresses(case) | addresses_of(obligation_id)
        _refuse_in_vain(to)
        with in_language(content_of(case.evaluation)["language"]):
            found = read(promise_of(obligation_id), case)
            subject = gettext("Evaluation: %(title)s", title=found.promise.agreement_title)
            paragraphs = list(_paragraphs(found))
            for email in sorted(to):
                letters.write(EVALUATIONS, email, subject, paragraphs)
        case.evaluation.sent_at = clock.now()
        audit.record("evaluation.sent", "obligation", obligation_id, fields=["evaluation"])
        return len(to)


def _addresses(case: Case) -> set[str]:
    return {one.email.casefold() for one in case.assessments if one.email}


def _refuse_in_vain(to: set[str]) -> None:
    if not current_tenant().may_send:
        raise Refused(
            "evaluation.may_not_send",
            _("Your organisation is not confirmed yet, so nothing can be sent to others."),
        )
    if not to:
        raise Conflict("evaluation.nobody", _("Nobody who took part has an e-mail address."))


def _paragraphs(found: EvaluationPage) -> Iterable[str]:
    """The evaluation as text; runs while the agreement's language is spoken."""
    first, last = written_date(found.facts.first), written_date(found.facts.last)
    yield f"{found.promise.title}\n{found.promise.agreement_title}\n{first} – {last}"
    if found.aims:
        yield _list(gettext("How the parties rate the aims"), (_rated(found, one) for one in found.aims))
    for voice in found.voices:
        said = voice.assessment
        for heading, text in ((gettext("Experience"), said.experience), (gettext("Practice"), said.practice)):
            if text:
                yield f"{said.party_name}, {heading.lower()}:\n{text}"
    if reached := [f"{one.title}: {one.reached}" for one in found.goals if one.reached]:
        yield _list(gettext("Goals and what was reached"), reached)
    if found.case.evaluation.participants:
        yield f"{gettext('Participants and results')}:\n{found.case.evaluation.participants}"
    if found.points:
        yield _list(gettext("Points, and what comes of them"), (_outcome(one) for one in found.points))


def _list(title: str, lines: Iterable[str]) -> str:
    return "\n".join([f"{title}:", *(f"- {line}" for line in lines)])


def _rated(found: EvaluationPage, aim: AimRatings) -> str:
    silent, said = gettext("no answer"), []
    for voice, rating in zip(found.voices, aim.ratings, strict=True):
        said.append(f"{voice.assessment.party_name}: {silent if rating is None else found.scale[rating]}")
    return f"{aim.text} {', '.join(said)}"


def _outcome(line: PointLine) -> str:
    match line.point.outcome:
        case Outcome.CLAUSE:
            what = line.point.wish
        case Outcome.ACTION if line.action:
            action = line.action.action
            what = ", ".join(filter(None, (action.title, line.action.owner, written_date(action.due_on))))
        case _other:
            what = line.point.reason
    return f"{line.point.number}. {line.point.text} ({line.party})\n  {line.outcome}: {what}"
