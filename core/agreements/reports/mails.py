"""The mails of reports: to other parties in the agreement's language, to advisers in their own."""

from datetime import datetime

from flask import current_app
from flask_babel import gettext as _

from core.agreements.models import Agreement
from core.agreements.notice_kinds import ANSWERS, REPORTS
from core.agreements.reports.finding import Found
from core.agreements.reports.models import Report, ReportReceiver
from core.agreements.signing.people import adviser_of, advisers_of
from core.kernel import clock
from core.kernel.settings import Settings
from core.notices import letters
from core.tenancy.service import current_tenant
from core.web.formats import written_date
from core.web.languages import in_language


def send_report(found: Found, receiver: ReportReceiver, token: str) -> None:
    """Give somebody the personal link to a report."""
    report, agreement = found.report, found.agreement
    adviser, tenant = adviser_of(agreement), current_tenant().name
    with in_language(agreement.language):
        period = _(
            "%(first)s to %(last)s", first=written_date(report.from_on), last=written_date(report.until_on)
        )
        told = [
            _("Hello %(name)s", name=receiver.name),
            _(
                "%(tenant)s sends you the report “%(title)s” on the agreement “%(agreement)s”.",
                tenant=tenant,
                title=found.promise.title,
                agreement=agreement.title,
            ),
            _("Period: %(period)s", period=period),
        ]
        if report.number > 1:
            told.append(
                _("It replaces the report that you got before. Reason: %(reason)s", reason=report.reason)
            )
        told += [
            _("Read it, and confirm that you have got it:\n%(address)s", address=_address(f"report/{token}")),
            _("The link is personal and works until %(date)s.", date=_day(receiver.expires_at)),
            _("Questions? Ask %(name)s: %(email)s", name=adviser.name, email=adviser.email),
        ]
        letters.write(REPORTS, receiver.email, f"{found.promise.title}: {agreement.title}", told)


def say_remark(agreement: Agreement, report: Report, receiver: ReportReceiver) -> None:
    """Tell the adviser what the other party remarks on a report."""
    for person in advisers_of(agreement):
        with in_language(person.language or current_tenant().language):
            told = [
                _(
                    "%(who)s (%(party)s) has got the report on “%(agreement)s” and remarks:",
                    who=receiver.confirmed_name,
                    party=receiver.party_name,
                    agreement=agreement.title,
                ),
                receiver.remark,
                _address(f"reports/{report.id}"),
            ]
            subject = _("Remark on a report: %(agreement)s", agreement=agreement.title)
            item = letters.Item("\n\n".join(told))
            letters.tell(ANSWERS, person, letters.Notice(subject, "", [item]))


def _day(at: datetime) -> str:
    return written_date(clock.local(at, current_tenant().timezone).date())


def _address(path: str) -> str:
    settings: Settings = current_app.config["FOTFESTE"]
    return f"{settings.public_url}/t/{current_tenant().slug}/{path}"
