"""Keeping what the rules of law answer when an agreement is sent, comes into force or is changed."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from core.agreements.by_law.asking import UnansweredError, ask
from core.agreements.by_law.models import LawAnswer, Occasion
from core.agreements.models import Version
from core.kernel.database import db
from core.plugin_host.declarations import AgreementFacts
from core.rules.stored import stored


def keep(version: Version, facts: AgreementFacts, occasion: Occasion) -> None:
    """Keep the answers about a version that were not kept for it before, inside the caller's unit of work.

    When the plugin fails nothing is kept, and what is being done goes on.
    """
    try:
        answers = [one for one in ask(facts) if not one.question.rules]
    except UnansweredError:
        return
    kept = _newest(version.id) if answers else {}
    for one in answers:
        answer = json.loads(json.dumps(stored(one.rule_set, one.result, one.key, one.sources)))
        if kept.get(one.key) != answer:
            db.session.add(
                LawAnswer(
                    agreement_id=version.agreement_id,
                    version_id=version.id,
                    rule_set=one.key,
                    occasion=occasion,
                    as_of=one.result.as_of,
                    answer=answer,
                )
            )


def _newest(version_id: UUID) -> Mapping[str, Mapping[str, Any]]:
    """The newest answer of each rule set about a version."""
    query = select(LawAnswer).where(LawAnswer.version_id == version_id)
    rows = db.session.scalars(query.order_by(LawAnswer.asked_at, LawAnswer.id))
    return {row.rule_set: row.answer for row in rows}
