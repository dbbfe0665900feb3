"""One report with its promise and its agreement, for a reader or for a verb."""

from dataclasses import dataclass
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from core.access import service as access
from core.agreements import reach
from core.agreements.models import Agreement
from core.agreements.reports.models import Report, ReportReceiver
from core.agreements.reports.states import ReportStatus, status_of
from core.kernel.database import db
from core.kernel.errors import Conflict, NotFound
from core.obligations import keeping
from core.obligations.finding import DO
from core.obligations.keeping import Promised
from core.obligations.states import REPORT


@dataclass(frozen=True)
class Found:
    """A report, the promise that it keeps, its agreement, and every report of the promise by number."""

    report: Report
    promise: Promised
    agreement: Agreement
    all: list[Report]

    @property
    def status(self) -> ReportStatus:
        """How the report stands."""
        return status_of(self.report, self.all)


def find(report_id: UUID) -> Found:
    """A report that the member may read. Raises NotFound."""
    access.require(reach.READ)
    row = _row(report_id)
    promise = keeping.to_read(row.obligation_id, REPORT)
    return Found(row, promise, reach.find(reach.READ, row.agreement_id), reports_of(promise.id))


def find_to_write(report_id: UUID) -> Found:
    """The same for who may write it. Raises NotFound or Refused."""
    access.require(DO)
    found = find(report_id)
    keeping.require_reach(found.promise)
    return found


def held(report_id: UUID) -> Found:
    """The same for who may write it, locked by its promise. Raises NotFound, Refused or Conflict."""
    promise = keeping.to_keep(_row(report_id).obligation_id, REPORT)
    rows = reports_of(promise.id)
    row = next((one for one in rows if one.id == report_id), None)
    if row is None:
        raise _not_found()
    return Found(row, promise, reach.find(reach.READ, row.agreement_id), rows)


def held_draft(report_id: UUID) -> Found:
    """The same for a report that is not sent. Raises Conflict as well."""
    found = held(report_id)
    if found.report.sent_at is not None:
        raise Conflict(
            "report.sent", _("This report has been sent and is not changed any more. Correct it instead.")
        )
    return found


def reports_of(obligation_id: UUID) -> list[Report]:
    """Every report of a promise, the first one first."""
    query = select(Report).where(Report.obligation_id == obligation_id).order_by(Report.number)
    return list(db.session.scalars(query.execution_options(populate_existing=True)))


def receivers_of(report_id: UUID) -> list[ReportReceiver]:
    """Who got a report."""
    query = select(ReportReceiver).where(ReportReceiver.report_id == report_id)
    return list(db.session.scalars(query.order_by(ReportReceiver.id)))


def _row(report_id: UUID) -> Report:
    row = db.session.scalar(select(Report).where(Report.id == report_id))
    if row is None:
        raise _not_found()
    return row


def _not_found() -> NotFound:
    return NotFound("report.not_found", _("We cannot find this report."))
