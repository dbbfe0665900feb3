"""What a period looked like, counted from what is written down anyway; nobody types it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from core.agreements.evaluating.models import Evaluation
from core.agreements.life.recording import events_of
from core.agreements.models import Version
from core.kernel import clock
from core.kernel.database import db
from core.obligations.period import Tally, tally
from core.tenancy.service import current_tenant


@dataclass(frozen=True)
class Facts:
    """How promises were kept, what happened to the agreement (kind and day), and its new versions."""

    first: date
    last: date
    promises: Tally
    events: tuple[tuple[str, date], ...]
    versions: tuple[int, ...]


def count(evaluation: Evaluation, last: date) -> Facts:
    """What happened from the first day of the period to another, by three queries."""
    first, agreement_id = evaluation.period_from, evaluation.agreement_id
    happened = [(one.kind, _day(one.recorded_at)) for one in events_of(agreement_id)]
    query = select(Version.number, Version.frozen_at).where(Version.agreement_id == agreement_id)
    versions = sorted((row.number, _day(row.frozen_at)) for row in db.session.execute(query))
    return Facts(
        first,
        last,
        tally(agreement_id, first, last, without=evaluation.obligation_id),
        tuple((kind, day) for kind, day in happened if first <= day <= last),
        tuple(number for number, day in versions if number > 1 and first <= day <= last),
    )


def to_store(facts: Facts) -> dict[str, Any]:
    """The counts as they are kept with a closed evaluation."""
    return {
        "promises": asdict(facts.promises),
        "events": [[kind, day.isoformat()] for kind, day in facts.events],
        "versions": list(facts.versions),
    }


def from_store(evaluation: Evaluation) -> Facts:
    """The counts of a closed evaluation."""
    kept: Mapping[str, Any] = evaluation.facts
    return Facts(
        evaluation.period_from,
        evaluation.period_to or evaluation.period_from,
        Tally(**kept["promises"]),
        tuple((kind, date.fromisoformat(day)) for kind, day in kept["events"]),
        tuple(kept["versions"]),
    )


def _day(instant: datetime) -> date:
    return clock.local(instant, current_tenant().timezone).date()
