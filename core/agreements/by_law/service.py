"""The answers that were kept about an agreement, for whoever may read it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, or_, select

from core.access import service as access
from core.agreements import reach
from core.agreements.by_law.asking import HOOK
from core.agreements.by_law.models import LawAnswer, Occasion
from core.agreements.looking import looked
from core.agreements.models import Agreement, Version
from core.kernel.database import db
from core.law.explorer.answer import Answer
from core.law.kept import kept_in_words
from core.law.sets import plugin_of
from core.rules.stored import read_stored
from core.tenancy.kinds import host


@dataclass(frozen=True)
class KeptAnswer:
    """One answer as it was given. ``number`` is that of the version."""

    id: UUID
    rule_set: str
    occasion: Occasion
    number: int
    asked_at: datetime
    answer: Answer


@dataclass(frozen=True)
class KeptAnswers:
    """The context of `agreements/by_law/page.html`: the newest answer of each rule set, and those before."""

    agreement: Agreement
    newest: tuple[KeptAnswer, ...]
    earlier: tuple[KeptAnswer, ...]


def answers(agreement_id: UUID) -> KeptAnswers:
    """What the rules answered about an agreement and about what changed it. Raises NotFound."""
    access.require(reach.READ)
    agreement = reach.find(reach.READ, agreement_id)
    looked(agreement_id)
    query = (
        select(LawAnswer, Version.number)
        .join(Version, (Version.id == LawAnswer.version_id) & (Version.tenant_id == LawAnswer.tenant_id))
        .where(_about(agreement_id))
        .order_by(LawAnswer.asked_at.desc(), LawAnswer.id.desc())
    )
    newest: dict[str, KeptAnswer] = {}
    earlier = []
    for row in db.session.execute(query):
        one = _in_words(row.LawAnswer, row.number)
        if newest.setdefault(one.rule_set, one) is not one:
            earlier.append(one)
    return KeptAnswers(agreement, tuple(newest.values()), tuple(earlier))


def _about(agreement_id: UUID) -> Any:
    """Answers about an agreement, and about the amendments that it has taken up."""
    taken_up = select(Agreement.id).where(
        Agreement.amends_id == agreement_id, Agreement.taken_up_at.is_not(None)
    )
    return or_(LawAnswer.agreement_id == agreement_id, LawAnswer.agreement_id.in_(taken_up))


def _in_words(row: LawAnswer, number: int) -> KeptAnswer:
    answer = kept_in_words(read_stored(row.answer))
    return KeptAnswer(row.id, row.rule_set, Occasion(row.occasion), number, row.asked_at, answer)


def has_answers(agreement: Agreement) -> bool:
    """Whether there are answers to show; asks nothing for types whose plugin knows of no rules."""
    if plugin_of(agreement.type_key) not in host().implementing(HOOK):
        return False
    return db.session.scalar(select(LawAnswer.id).where(_about(agreement.id)).limit(1)) is not None


def of_agreements(ids: Collection[UUID]) -> list[LawAnswer]:
    """The rows of some agreements, as they are kept."""
    return list(db.session.scalars(select(LawAnswer).where(LawAnswer.agreement_id.in_(list(ids)))))


def forget(agreement_id: UUID) -> None:
    """Erase the answers of an agreement in which nobody is named any longer, inside a unit of work."""
    db.session.execute(delete(LawAnswer).where(LawAnswer.agreement_id == agreement_id))
