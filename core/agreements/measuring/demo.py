"""The goals of the demo: figures and examples that people noted, each on its day."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from core.agreements import parts as agreement_parts
from core.agreements.measuring import evidence, keeping, noting
from core.agreements.measuring.evidence import Seen
from core.agreements.measuring.noting import Noted
from core.kernel import clock
from core.plugin_host.demo import (
    DemoEvidence,
    DemoFigure,
)


def note_on_goals(agreement_id: UUID, noted: Iterable[DemoFigure | DemoEvidence]) -> None:
    """Note what the demo declares, and keep the figures of the periods that are over."""
    first_day = agreement_parts.find(agreement_id).starts_on
    for one in noted:
        if first_day is None:
            break
        day = first_day + timedelta(days=one.after_days)
        with clock.frozen(datetime.combine(day, time(12), UTC)):
            _note(agreement_id, one, day)
    keeping.keep([agreement_id])


def _note(agreement_id: UUID, one: DemoFigure | DemoEvidence, day: date) -> None:
    if isinstance(one, DemoEvidence):
        evidence.add(agreement_id, one.goal, Seen(day, one.told_by, one.text))
    elif one.of is None:
        noting.note(agreement_id, one.goal, Noted(day, one.source, value=one.hits))
    else:
        noting.note(agreement_id, one.goal, Noted(day, one.source, one.of, one.hits))
