"""What the receiver of a report does by the personal link: read it, confirm that it arrived, remark on it."""

from dataclasses import dataclass
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import select

from core.agreements import parts as agreement_parts
from core.agreements.models import Agreement
from core.agreements.reports import mails
from core.agreements.reports.finding import reports_of
from core.agreements.reports.models import Report, ReportReceiver
from core.agreements.reports.states import ReportStatus, status_of
from core.agreements.signing.people import adviser_of
from core.kernel import audit, clock
from core.kernel.audit import Actor
from core.kernel.database import db
from core.kernel.errors import Gone, NotFound
from core.kernel.tokens import token_hash
from core.kernel.unit_of_work import unit_of_work
from core.tenancy.service import current_tenant

LINK = "report_link"
"""The kind of actor that holds such a link."""


@dataclass(frozen=True)
class Received:
    """A report as its receiver opens it."""

    report: Report
    receiver: ReportReceiver
    agreement: Agreement
    status: ReportStatus


def open_link(token: str) -> Received:
    """What a link holds; the first time is noted. Raises NotFound, or Gone with whom to ask."""
    found = _found(token)
    with audit.acting_as(Actor(LINK, found.receiver.id)):
        audit.looked_at("report", found.report.id, fields=["content"])
        if found.receiver.opened_at is None:
            with unit_of_work():
                found.receiver.opened_at = clock.now()
                audit.record("report.opened", "report", found.report.id, fields=["opened_at"])
    return found


def confirm(token: str, name: str, remark: str) -> None:
    """Say that the report has arrived, and what there is to say about it; a second time changes nothing.

    Raises NotFound or Gone.
    """
    found = _found(token)
    receiver = found.receiver
    with audit.acting_as(Actor(LINK, receiver.id)), unit_of_work():
        row = db.session.scalars(
            select(ReportReceiver)
            .where(ReportReceiver.id == receiver.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        ).one()
        if row.confirmed_at is not None:
            return
        row.confirmed_at, row.confirmed_name, row.remark = clock.now(), name, remark
        audit.record("report.confirmed", "report", found.report.id, fields=["confirmed_at"])
        if remark:
            mails.say_remark(found.agreement, found.report, row)


def _found(token: str) -> Received:
    query = select(ReportReceiver).where(ReportReceiver.token_hash == token_hash(token))
    receiver = db.session.scalar(query)
    report = _report(receiver.report_id) if receiver else None
    if receiver is None or report is None:
        raise NotFound("report.unknown_link", _("This link is not valid. Check that you copied all of it."))
    agreement = agreement_parts.find(receiver.agreement_id)
    if receiver.expires_at <= clock.now():
        raise _gone(agreement)
    return Received(report, receiver, agreement, status_of(report, reports_of(report.obligation_id)))


def _report(report_id: UUID) -> Report | None:
    return db.session.scalar(select(Report).where(Report.id == report_id, Report.sent_at.is_not(None)))


def _gone(agreement: Agreement) -> Gone:
    adviser = adviser_of(agreement)
    over = gettext("This link could be used for 90 days, and they have passed.")
    ask = gettext(
        "Ask %(name)s (%(email)s) at %(tenant)s.",
        name=adviser.name,
        email=adviser.email,
        tenant=current_tenant().name,
    )
    return Gone("report.gone", f"{over} {ask}")
