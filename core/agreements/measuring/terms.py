"""What an agreement says of its goals as it was signed, and what its type says of how they are counted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on

from core.agreements import parts as agreement_parts
from core.agreements.catalogue import MissingTypeError, type_of
from core.agreements.content import resolved
from core.agreements.models import Agreement, Version
from core.agreements.signing.case import newest_version
from core.agreements.types import DESCRIBED, AgreementType, DeclaredGoal
from core.kernel.database import db

LESS_IS_BETTER = frozenset({"days", "months"})


@dataclass(frozen=True)
class Agreed:
    """One goal. ``target`` is None for a described one; ``measure`` is "" when none is named to count it."""

    key: str
    title: str
    rule: str
    unit: str
    target: float | None
    months: int
    parent: str = ""
    measure: str = ""
    meetings: tuple[str, ...] = ()
    waits_for: str = ""

    @property
    def is_described(self) -> bool:
        """Whether evidence shows how it goes, and no number."""
        return self.unit == DESCRIBED

    @property
    def more_is_better(self) -> bool:
        """What its unit says where no measure does."""
        return self.unit not in LESS_IS_BETTER


def goals_of(agreement: Agreement) -> list[Agreed]:
    """The goals of one agreement: as they were sent last, or as the draft has them.

    Raises Conflict for a draft whose type is not available.
    """
    version = newest_version(agreement.id)
    content = version.content if version else resolved(agreement_parts.load(agreement.id))
    return _goals(agreement, content)


def goals_of_many(agreements: Iterable[Agreement]) -> dict[UUID, list[Agreed]]:
    """The goals of agreements that were sent, by one query."""
    known = {one.id: one for one in agreements}
    newest = distinct_on(Version.agreement_id)
    query = select(Version.agreement_id, Version.content).where(Version.agreement_id.in_(list(known)))
    query = query.ext(newest).order_by(Version.agreement_id, Version.number.desc())
    return {
        row.agreement_id: _goals(known[row.agreement_id], row.content) for row in db.session.execute(query)
    }


def _goals(agreement: Agreement, content: Mapping[str, Any]) -> list[Agreed]:
    try:
        kind = type_of(agreement.type_key, agreement.edition)
    except MissingTypeError:
        kind = None
    written = [one for section in content["sections"] for one in section["goals"]]
    return [_goal(one, kind, content["language"]) for one in written]


def _goal(written: Mapping[str, Any], kind: AgreementType | None, language: str) -> Agreed:
    declared = _declared(written["key"], kind)
    return Agreed(
        key=written["key"],
        title=written["title"],
        rule=written["counting_rule"],
        unit=written["unit"],
        target=written["target"],
        months=written["period_months"],
        parent=written.get("parent", ""),
        measure=declared.measure if declared else "",
        meetings=declared.meetings if declared else (),
        waits_for=kind.text(language).goal(written["key"]).waits_for if kind and declared else "",
    )


def _declared(key: str, kind: AgreementType | None) -> DeclaredGoal | None:
    return next((one for one in kind.goals if one.key == key), None) if kind else None
