"""What another party says by its personal link, until the evaluation is closed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import select

from core.agreements import parts as agreement_parts
from core.agreements.evaluating import mails
from core.agreements.evaluating.finding import Case, lock
from core.agreements.evaluating.models import Assessment, ImprovementPoint
from core.agreements.evaluating.service import new_point
from core.agreements.models import Agreement
from core.agreements.signing import people
from core.kernel import audit, clock
from core.kernel.audit import Actor
from core.kernel.database import db
from core.kernel.errors import Gone, Invalid, NotFound
from core.kernel.tokens import token_hash
from core.kernel.unit_of_work import unit_of_work
from core.tenancy.service import current_tenant

MOST_PROPOSALS, LONGEST_PROPOSAL = 20, 1000


@dataclass(frozen=True)
class Key:
    """What opens one assessment: the hash of the token of its link."""

    assessment_id: UUID
    evaluation_id: UUID
    fingerprint: str

    @property
    def actor(self) -> Actor:
        """Who acts by this key."""
        return Actor("assessor", self.assessment_id)


@dataclass(frozen=True)
class Opened:
    """What a key opens."""

    agreement: Agreement
    case: Case
    mine: Assessment

    @property
    def proposals(self) -> list[ImprovementPoint]:
        """The points that this party has proposed."""
        return [one for one in self.case.points if one.assessment_id == self.mine.id]


@dataclass(frozen=True)
class Theirs:
    """What another party says; `proposals` are lines."""

    ratings: Mapping[str, int] = field(default_factory=dict)
    experience: str = ""
    practice: str = ""
    proposals: Sequence[str] = ()


def key_of_link(token: str) -> Key:
    """The key that a personal link holds. Raises NotFound for a link that is not, or no longer, known."""
    hashed = token_hash(token)
    row = db.session.scalar(select(Assessment).where(Assessment.token_hash == hashed))
    if row is None:
        raise _unknown_link()
    return Key(row.id, row.evaluation_id, hashed)


def look(key: Key) -> Opened:
    """What a key opens, for reading. Raises NotFound, or Gone with whom to ask when it no longer works."""
    with audit.acting_as(key.actor), unit_of_work():
        found = _opened(key)
        audit.looked_at("assessment", key.assessment_id, fields=["assessment"])
        return found


def answer(key: Key, said: Theirs) -> None:
    """Write down what a party says; a second time writes it anew.

    Its proposals become points. One that it leaves out goes away again unless somebody has decided on it.
    Raises NotFound or Gone as `look`, or Invalid for too many or too long proposals.
    """
    with audit.acting_as(key.actor), unit_of_work():
        found = _opened(key)
        lines = _readable(said.proposals)
        mine, is_first = found.mine, found.mine.answered_at is None
        mine.ratings, mine.experience, mine.practice = dict(said.ratings), said.experience, said.practice
        mine.answered_at = clock.now()
        _sync(found, lines)
        audit.record("evaluation.answered", "obligation", found.case.evaluation.obligation_id)
        if is_first:
            mails.tell_adviser(found.agreement, found.case.evaluation, mine)


def _opened(key: Key) -> Opened:
    case = lock(key.evaluation_id)
    mine = next(one for one in case.assessments if one.id == key.assessment_id)
    agreement = agreement_parts.find(case.evaluation.agreement_id)
    if mine.token_hash != key.fingerprint:
        raise _unknown_link()
    if case.is_closed:
        raise _gone(agreement, _("This evaluation is closed."))
    if mine.expires_at is None or mine.expires_at <= clock.now():
        raise _gone(agreement, _("This link could be used for 30 days, and they have passed."))
    return Opened(agreement, case, mine)


def _readable(proposals: Sequence[str]) -> list[str]:
    lines = list(dict.fromkeys(line.strip() for line in proposals if line.strip()))
    wrong: object = None
    if len(lines) > MOST_PROPOSALS:
        wrong = _("Write at most %(count)s proposals.", count=MOST_PROPOSALS)
    elif any(len(line) > LONGEST_PROPOSAL for line in lines):
        wrong = _("Shorten each proposal to at most %(count)s characters.", count=LONGEST_PROPOSAL)
    if wrong:
        raise Invalid("evaluation.proposals", wrong, {"proposals": wrong})
    return lines


def _sync(found: Opened, lines: Sequence[str]) -> None:
    there = {one.text: one for one in found.proposals}
    number = max((one.number for one in found.case.points), default=0)
    for text, point in there.items():
        if text not in lines and not point.outcome:
            db.session.delete(point)
    for place, line in enumerate((one for one in lines if one not in there), start=1):
        new_point(found.case, found.mine, line, number + place)


def _unknown_link() -> NotFound:
    return NotFound(
        "evaluation.unknown_link",
        _("This link is not valid. Check that you copied all of it, and use the link in the newest mail."),
    )


def _gone(agreement: Agreement, sentence: object) -> Gone:
    adviser = people.adviser_of(agreement)
    ask = gettext(
        "Ask %(name)s (%(email)s) at %(tenant)s.",
        name=adviser.name,
        email=adviser.email,
        tenant=current_tenant().name,
    )
    return Gone("evaluation.gone", f"{sentence} {ask}")
