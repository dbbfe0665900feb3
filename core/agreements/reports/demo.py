"""Reports of the demo: those that were due are sent and confirmed, the next one is begun."""

from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from core.agreements.reports import receipts, sending, writing
from core.agreements.reports.finding import receivers_of
from core.kernel import clock
from core.obligations import service as obligations
from core.obligations.states import REPORT
from core.plugin_host.demo import DemoReport

BEGUN_WITHIN = timedelta(days=30)


def tell(agreement_id: UUID, declared: DemoReport) -> None:
    """Send the reports that were due more than a month ago, and begin the one that is due about now."""
    now = clock.now()
    for promise in obligations.for_subject(agreement_id):
        due = datetime.combine(promise.due_on, time(9), UTC)
        if promise.kind != REPORT or due > now + BEGUN_WITHIN:
            continue
        if due > now - BEGUN_WITHIN:
            _write(promise.id, {"overview": declared.overview})
            continue
        with clock.frozen(due):
            report_id = _write(promise.id, {"overview": declared.overview, "ahead": declared.ahead})
            tokens = sending.send(report_id)
        with clock.frozen(due + timedelta(days=1)):
            _confirm(report_id, tokens, declared.remark)


def _write(obligation_id: UUID, texts: dict[str, str]) -> UUID:
    report_id = writing.begin(obligation_id)
    writing.save(report_id, texts, 0)
    return report_id


def _confirm(report_id: UUID, tokens: dict[UUID, str], remark: str) -> None:
    for receiver in receivers_of(report_id):
        receipts.confirm(tokens[receiver.id], receiver.name, remark)
