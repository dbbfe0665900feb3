"""What the audit says in plain words about reports of a period."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import select

from core.agreements.models import Agreement
from core.agreements.reports.models import Report, ReportReceiver
from core.kernel.database import db
from core.plugin_host.declarations import (
    ActionText,
    SubjectText,
)
from core.plugin_host.wording import Wording


def _titles(ids: Collection[UUID]) -> Mapping[UUID, str]:
    query = (
        select(Report.id, Report.number, Agreement.title)
        .join(Agreement, (Agreement.id == Report.agreement_id) & (Agreement.tenant_id == Report.tenant_id))
        .where(Report.id.in_(ids))
    )
    return {row.id: f"{row.title} ({row.number})" for row in db.session.execute(query)}


def _receivers(ids: Collection[UUID]) -> Mapping[UUID, str]:
    query = select(ReportReceiver.id, ReportReceiver.name, ReportReceiver.party_name)
    rows = db.session.execute(query.where(ReportReceiver.id.in_(ids)))
    return {row.id: f"{row.name} ({row.party_name})" for row in rows}


_FIELDS = {
    "texts": Wording(nb="tekst", da="tekst", en="text"),
    "facts": Wording(nb="tall fra dataene", da="tal fra data", en="figures from the data"),
    "content": Wording(nb="innhold", da="indhold", en="content"),
    "sent_at": Wording(nb="sendt", da="sendt", en="sent"),
    "sha256": Wording(nb="fingeravtrykk", da="fingeraftryk", en="fingerprint"),
    "opened_at": Wording(nb="åpnet", da="åbnet", en="opened"),
    "confirmed_at": Wording(nb="bekreftet", da="bekræftet", en="confirmed"),
}
_ACTIONS = {
    "report.begun": Wording(nb="begynte på rapporten", da="begyndte på rapporten", en="began the report"),
    "report.saved": Wording(nb="skrev i rapporten", da="skrev i rapporten", en="wrote in the report"),
    "report.figures_taken": Wording(
        nb="hentet tallene på nytt til rapporten",
        da="hentede tallene igen til rapporten",
        en="took the figures anew for the report",
    ),
    "report.given_up": Wording(
        nb="forkastet et utkast til rapport for",
        da="kasserede et udkast til rapport for",
        en="gave up a draft report of",
    ),
    "report.sent": Wording(nb="sendte rapporten", da="sendte rapporten", en="sent the report"),
    "report.opened": Wording(nb="åpnet rapporten", da="åbnede rapporten", en="opened the report"),
    "report.confirmed": Wording(
        nb="bekreftet å ha fått rapporten",
        da="bekræftede at have fået rapporten",
        en="confirmed having got the report",
    ),
    "report.read": Wording(nb="leste rapporten", da="læste rapporten", en="read the report"),
    "report.printed": Wording(
        nb="lastet ned rapporten som PDF", da="hentede rapporten som PDF", en="downloaded the report as PDF"
    ),
}

HISTORY: tuple[ActionText | SubjectText, ...] = (
    SubjectText(
        "report",
        Wording(nb="Rapport", da="Rapport", en="Report"),
        _FIELDS,
        names=_titles,
        endpoint="agreements_reports.page",
        argument="report_id",
    ),
    SubjectText(
        "report_receiver",
        Wording(nb="Mottaker av rapport", da="Modtager af rapport", en="Receiver of a report"),
        _FIELDS,
        names=_receivers,
        acts_as="report_link",
    ),
    *(ActionText(action, text) for action, text in _ACTIONS.items()),
)
