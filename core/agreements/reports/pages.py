"""What the pages of reports show, in a fixed number of queries."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from core.access import service as access
from core.agreements import reach
from core.agreements.printing.service import PrintedFile
from core.agreements.reports import paper
from core.agreements.reports.content import content_of
from core.agreements.reports.finding import Found, find, receivers_of, reports_of
from core.agreements.reports.models import Report, ReportReceiver
from core.agreements.reports.sending import receivers
from core.agreements.reports.states import ReportStatus, status_of
from core.kernel import audit
from core.kernel.unit_of_work import unit_of_work
from core.obligations import keeping
from core.obligations.keeping import Promised
from core.obligations.states import REPORT
from core.plugin_host.wording import Wording

STATUS = {
    ReportStatus.DRAFT: (Wording(nb="Utkast", da="Udkast", en="Draft"), "draft"),
    ReportStatus.SENT: (Wording(nb="Sendt", da="Sendt", en="Sent"), "good"),
    ReportStatus.REPLACED: (Wording(nb="Erstattet", da="Erstattet", en="Replaced"), "neutral"),
}
"""The word for a status, and its sign."""


@dataclass(frozen=True)
class ReportsPage:
    """The reports of one promise, the newest first; ``may_begin`` says whether one can be begun."""

    promise: Promised
    reports: list[tuple[Report, ReportStatus]]
    may_begin: bool


@dataclass(frozen=True)
class ReportPage:
    """One report: ``content`` as it stands or was sent, and who gets or got it."""

    found: Found
    content: Mapping[str, Any]
    receivers: list[ReportReceiver]

    @property
    def is_draft(self) -> bool:
        """Whether it can still be written."""
        return self.found.status is ReportStatus.DRAFT

    @property
    def may_correct(self) -> bool:
        """Whether a report that replaces it can be begun."""
        return self.found.promise.may_do and self.found.report is self.found.all[-1] and not self.is_draft


def reports_page(obligation_id: UUID) -> ReportsPage:
    """The reports of a promise. Raises NotFound, or Conflict for a promise of another kind."""
    access.require(reach.READ)
    promise = keeping.to_read(obligation_id, REPORT)
    rows = reports_of(promise.id)
    listed = [(one, status_of(one, rows)) for one in reversed(rows)]
    return ReportsPage(promise, listed, promise.may_do and not rows and not promise.waived_reason)


def report_page(report_id: UUID) -> ReportPage:
    """One report. Raises NotFound."""
    found = find(report_id)
    audit.looked_at("report", found.report.id, fields=["content"])
    return ReportPage(found, _content(found), receivers_of(report_id))


def printed(report_id: UUID) -> PrintedFile:
    """One report as PDF: as it was sent, or the draft as it stands. Raises NotFound."""
    found = find(report_id)
    with unit_of_work():
        audit.record("report.printed", "report", found.report.id)
    return printed_report(found.report, _content(found))


def printed_report(report: Report, content: Mapping[str, Any]) -> PrintedFile:
    """The PDF of a report, with its local time."""
    return paper.printed(content, report.sent_at or report.changed_at, report.sha256)


def _content(found: Found) -> Mapping[str, Any]:
    if found.report.sent_at is not None:
        return found.report.content
    member = access.require(reach.READ)
    writer = access.names_of([member.account_id]).get(member.account_id, "")
    return content_of(found.report, found.agreement, found.promise, receivers(found), writer)
