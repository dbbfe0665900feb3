"""What parties tell each other in the scene: a report that was sent, a draft, and contacts with news."""

from collections.abc import Mapping
from uuid import UUID

from core.agreements.contacts import answering, asking, changing
from core.agreements.contacts.changing import Cover, Details
from core.agreements.contacts.people import listed
from core.agreements.reports import sending, writing
from core.kernel import clock
from core.kernel.database import db
from core.kernel.ids import new_id
from core.kernel.unit_of_work import unit_of_work
from core.obligations.models import Obligation

TEXTS = {"overview": "Det går *godt*.\n\n- flere plasser"}


def told_about(agreement_id: UUID) -> Mapping[str, list[object]]:
    """Examples for the addresses of reports and contacts."""
    sent, draft = (_report_of(agreement_id, key) for key in ("sent", "draft"))
    (token, *_more) = sending.send(sent[1]).values()
    *first, last = listed(agreement_id)
    changing.cover(agreement_id, last.row.key, Cover(first[0].row.key, absent_from=clock.today("UTC")))
    asked = asking.ask(agreement_id, last.row.key)
    answering.propose(asked, Details("Ny Oppdiktet", "leder", "ny@example.org", ""))
    fresh = asking.ask(agreement_id, first[0].row.key)
    page = "agreements_contacts"
    return {
        "report_id": [sent[1], draft[1]],
        "agreements_reports.of_promise obligation_id": [sent[0]],
        f"{page}.page agreement_id": [agreement_id],
        f"{page}.change_page agreement_id": [agreement_id],
        f"{page}.change_page key": [last.row.key],
        "agreements_report_links.by_link token": [token],
        "agreements_contact_links.by_link token": [asked, fresh],
    }


def _report_of(agreement_id: UUID, key: str) -> tuple[UUID, UUID]:
    day = clock.today("UTC")
    promise = Obligation(
        id=new_id(),
        subject_kind="agreement",
        subject_id=agreement_id,
        subject_title="Avtalen",
        key=f"{key}.{new_id().hex}",
        index=1,
        kind="report",
        title="Rapport om samarbeidet",
        nominal_on=day,
        due_on=day,
    )
    with unit_of_work():
        db.session.add(promise)
    report_id = writing.begin(promise.id)
    writing.save(report_id, TEXTS, 0)
    return promise.id, report_id
