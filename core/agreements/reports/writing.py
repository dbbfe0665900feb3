"""The verbs of a report that is not sent: begin, save, take the figures anew, correct, give up."""

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

from flask_babel import lazy_gettext as _

from core.access import service as access
from core.agreements import reach
from core.agreements.models import Agreement
from core.agreements.reports.facts import facts_of
from core.agreements.reports.finding import Found, held, held_draft, reports_of
from core.agreements.reports.models import Report
from core.kernel import audit, clock
from core.kernel.database import db
from core.kernel.errors import Conflict
from core.kernel.ids import new_id
from core.kernel.unit_of_work import unit_of_work
from core.obligations import keeping
from core.obligations.finding import DO
from core.obligations.keeping import Promised
from core.obligations.states import REPORT


def begin(obligation_id: UUID) -> UUID:
    """Begin the report of a promise with what the data say; gives its id, or that of the one begun before.

    Raises NotFound, Refused, or Conflict for a promise that is kept in another way or reported already.
    """
    access.require(DO)
    with unit_of_work():
        promise = keeping.to_keep(obligation_id, REPORT)
        known = reports_of(promise.id)
        if known and known[-1].sent_at is None:
            return known[-1].id
        if known:
            raise Conflict(
                "report.sent_already", _("The report of this period has been sent. Correct it instead.")
            )
        agreement = reach.find(reach.READ, promise.subject_id)
        return _add(agreement, promise, _first_day(agreement, promise), 1).id


def correct(report_id: UUID, reason: str) -> UUID:
    """Begin a report that replaces a sent one, for a reason; gives its id. What was sent stays as it is.

    Raises NotFound, Refused, or Conflict when it is not the newest one, or not sent.
    """
    access.require(DO)
    with unit_of_work():
        found = held(report_id)
        if found.report is not found.all[-1] or found.report.sent_at is None:
            raise Conflict(
                "report.not_newest", _("Only the newest report can be corrected, once it has been sent.")
            )
        sent = found.report
        made = _add(found.agreement, found.promise, sent.from_on, sent.number + 1)
        made.texts, made.reason = dict(sent.texts), reason
        return made.id


def save(report_id: UUID, texts: Mapping[str, str], revision: int) -> None:
    """Save what was written, unless somebody wrote meanwhile. Raises NotFound, Refused or Conflict."""
    access.require(DO)
    with unit_of_work():
        report = held_draft(report_id).report
        written = {key: text for key, text in texts.items() if text}
        if written == report.texts:
            return
        if revision != report.revision:
            raise Conflict(
                "report.changed_meanwhile",
                _("A colleague has changed this report since you opened it. Your text is still in the form."),
            )
        report.texts = written
        _note_change(report, "report.saved", ["texts"])


def take_figures(report_id: UUID) -> None:
    """Read the data again; what was written stays. Raises NotFound, Refused or Conflict."""
    access.require(DO)
    with unit_of_work():
        refresh(held_draft(report_id))


def refresh(found: Found) -> None:
    """The same inside the caller's unit of work."""
    report = found.report
    report.facts = facts_of(found.agreement, found.promise, report.from_on, report.until_on)
    report.facts_at = clock.now()
    _note_change(report, "report.figures_taken", ["facts"])


def give_up(report_id: UUID) -> UUID:
    """Throw a draft away; gives the id of its promise. Raises NotFound, Refused or Conflict."""
    access.require(DO)
    with unit_of_work():
        found = held_draft(report_id)
        db.session.delete(found.report)
        audit.record("report.given_up", "obligation", found.promise.id)
        return found.promise.id


def _note_change(report: Report, action: str, fields: list[str]) -> None:
    report.revision += 1
    report.changed_at = clock.now()
    audit.record(action, "report", report.id, fields=fields)


def _add(agreement: Agreement, promise: Promised, first: date, number: int) -> Report:
    report = Report(
        id=new_id(),
        agreement_id=agreement.id,
        obligation_id=promise.id,
        number=number,
        from_on=first,
        until_on=promise.due_on,
        facts=facts_of(agreement, promise, first, promise.due_on),
        facts_at=clock.now(),
    )
    db.session.add(report)
    audit.record("report.begun", "report", report.id)
    return report


def _first_day(agreement: Agreement, promise: Promised) -> date:
    before = keeping.day_before(promise)
    if before is not None and before < promise.due_on:
        return before + timedelta(days=1)
    return min(agreement.starts_on or promise.due_on, promise.due_on)
