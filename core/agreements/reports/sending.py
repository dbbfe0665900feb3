"""Sending a report: frozen with its fingerprint and mailed by personal links; it keeps the promise."""

from datetime import timedelta
from uuid import UUID

from flask_babel import lazy_gettext as _

from core.access import service as access
from core.agreements.contacts.people import Listed, listed, others
from core.agreements.content import fingerprint
from core.agreements.reports import mails
from core.agreements.reports.content import content_of
from core.agreements.reports.finding import Found, held_draft
from core.agreements.reports.models import Report, ReportReceiver
from core.agreements.reports.writing import refresh
from core.kernel import audit, clock
from core.kernel.database import db
from core.kernel.errors import Conflict, Refused
from core.kernel.ids import new_id
from core.kernel.tokens import new_token, token_hash
from core.kernel.unit_of_work import unit_of_work
from core.obligations import keeping
from core.obligations.finding import DO
from core.tenancy.service import current_tenant

LINK_LASTS = timedelta(days=90)


def receivers(found: Found) -> list[Listed]:
    """To whom a draft will go: the other parties' contacts of the promise, or their deputies."""
    return others(listed(found.agreement.id), found.promise.participants)


def send(report_id: UUID, *, with_new_figures: bool = False) -> dict[UUID, str]:
    """Send a report to the other parties; gives the tokens of their links by receiver.

    The promise is done in the same unit of work. Raises NotFound, Refused, or Conflict for a report that is
    sent, or that nobody could get.
    """
    member = access.require(DO)
    with unit_of_work():
        found = held_draft(report_id)
        to = receivers(found)
        _refuse_in_vain(to)
        if with_new_figures:
            refresh(found)
        _freeze(found, to, member.account_id)
        tokens = {}
        for one in to:
            token = new_token()
            row = _receiver(found.report, one, token)
            tokens[row.id] = token
            mails.send_report(found, row, token)
        keeping.keep(found.promise.id, member.account_id)
        audit.record("report.sent", "report", found.report.id, fields=["sent_at", "sha256"])
        return tokens


def _freeze(found: Found, to: list[Listed], sender_id: UUID) -> None:
    report = found.report
    writer = access.names_of([sender_id]).get(sender_id, "")
    report.content = content_of(report, found.agreement, found.promise, to, writer)
    report.sha256 = fingerprint(report.content)
    report.sent_at, report.sent_by = clock.now(), sender_id
    db.session.flush()


def _refuse_in_vain(to: list[Listed]) -> None:
    if not current_tenant().may_send:
        raise Refused(
            "report.may_not_send",
            _("Your organisation is not confirmed yet, so nothing can be sent to others."),
        )
    if not to:
        raise Conflict(
            "report.nobody",
            _("None of the other parties' contacts has an e-mail address. Add one to the list of contacts."),
        )


def _receiver(report: Report, one: Listed, token: str) -> ReportReceiver:
    somebody = one.reached_now
    row = ReportReceiver(
        id=new_id(),
        agreement_id=report.agreement_id,
        report_id=report.id,
        party_name=one.party,
        name=somebody.name,
        role_title=somebody.role_title,
        email=somebody.email,
        token_hash=token_hash(token),
        expires_at=clock.now() + LINK_LASTS,
    )
    db.session.add(row)
    return row
