"""What an agreement's page tells of its life: what has happened, what can be done, what has waited long."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from flask_babel import gettext as _

from core.access import service as access
from core.agreements import reach
from core.agreements.life.facts import TITLES, Kind
from core.agreements.life.recording import events_of
from core.agreements.life.renewing import RENEWABLE, WRITE, drafts_after
from core.agreements.life.service import CHANGE, RUNNING, has_pause
from core.agreements.models import Agreement, LifeEvent
from core.agreements.signing.case import AMENDABLE, today
from core.agreements.signing.states import days_since
from core.agreements.states import EDITABLE, SIGNED_BY_ALL, Status, status_of
from core.kernel.database import db
from core.kernel.scope import current_tenant_id
from core.web.formats import written_date
from core.web.languages import current_language


@dataclass(frozen=True)
class Chapter:
    """One thing that happened: when it was written down, what, the days that it names, why, by whom."""

    at: datetime
    title: str
    days: str
    reason: str
    name: str


@dataclass(frozen=True)
class Story:
    """The context of `agreements/life/story.html`; `verbs` are the names of what can be done now.

    `days_waiting` is for how many days a draft has not changed, or a text has been out; 0 below two weeks.
    """

    agreement_id: UUID
    status: Status
    chapters: tuple[Chapter, ...]
    verbs: tuple[str, ...]
    days_waiting: int
    paused_from: date | None
    resumes_on: date | None
    renews: Agreement | None
    renewed_by: Agreement | None
    amends: Agreement | None
    amended_by: Agreement | None

    @property
    def was_in_force(self) -> bool:
        """Whether there are versions that all have signed."""
        return self.status in SIGNED_BY_ALL

    @property
    def amends_no_more(self) -> bool:
        """Whether what this changes has ended or is under notice meanwhile."""
        return self.amends is not None and status_of(self.amends, today()) not in AMENDABLE


def story(agreement_id: UUID) -> Story:
    """The life of one agreement, in a fixed number of queries. Raises NotFound."""
    access.require(reach.READ)
    agreement = reach.find(reach.READ, agreement_id)
    status, (follower, amendment) = status_of(agreement, today()), drafts_after(agreement_id)
    planned = has_pause(agreement)
    return Story(
        agreement_id=agreement_id,
        status=status,
        chapters=tuple(_chapters(agreement, events_of(agreement_id))),
        verbs=tuple(_verbs(agreement, status, follower, amendment)),
        days_waiting=days_waiting(agreement, status),
        paused_from=agreement.paused_from if planned else None,
        resumes_on=agreement.resumes_on if planned else None,
        renews=_before(agreement.renews_id),
        renewed_by=follower,
        amends=_before(agreement.amends_id),
        amended_by=amendment,
    )


def _before(agreement_id: UUID | None) -> Agreement | None:
    found = db.session.get(Agreement, (current_tenant_id(), agreement_id)) if agreement_id else None
    return found if found is not None and reach.may(reach.READ, found) else None


def days_waiting(agreement: Agreement, status: Status) -> int:
    """For how many days a draft has lain, or a text has been out for signing; 0 until it is two weeks."""
    since = agreement.sent_at if status is Status.SENT else agreement.changed_at
    return days_since(since) if since and status in {Status.SENT, *EDITABLE} else 0


def _verbs(
    agreement: Agreement, status: Status, follower: Agreement | None, amendment: Agreement | None
) -> Iterable[str]:
    may_write = reach.may(WRITE, agreement)
    if may_write and status in RUNNING and amendment is None:
        yield "amend"
    if reach.may(CHANGE, agreement):
        if status in RUNNING and agreement.ends_on is not None and amendment is None:
            yield from ("extend", "shorten")
        if status is Status.ACTIVE and not has_pause(agreement):
            yield "pause"
        if status in RUNNING and has_pause(agreement):
            yield "resume"
        if status in RUNNING:
            yield "end"
    if may_write and status in RENEWABLE and follower is None:
        yield "renew"


def _chapters(agreement: Agreement, events: list[LifeEvent]) -> Iterable[Chapter]:
    names = access.names_of([one.recorded_by for one in events if one.recorded_by])
    if agreement.sent_at is not None:
        yield Chapter(agreement.sent_at, _("Sent for signing"), "", "", "")
    if agreement.activated_at is not None:
        yield Chapter(agreement.activated_at, _("Signed by all"), _in_force(agreement), "", "")
    for one in events:
        title = TITLES[Kind(one.kind)].in_language(current_language())
        name = names.get(one.recorded_by, "") if one.recorded_by else ""
        yield Chapter(one.recorded_at, title, _days(one), one.reason, name)
    if agreement.cancelled_at is not None:
        yield Chapter(agreement.cancelled_at, _("Cancelled"), "", agreement.cancel_reason, "")


def _in_force(agreement: Agreement) -> str:
    return _("In force from %(date)s.", date=written_date(agreement.starts_on)) if agreement.starts_on else ""


def _days(event: LifeEvent) -> str:
    day, until, before = (written_date(one) if one else "" for one in (event.day, event.until, event.before))
    match Kind(event.kind):
        case Kind.EXTENDED | Kind.SHORTENED:
            told = _("The last day is %(until)s; it was %(before)s.", until=until, before=before)
        case Kind.AMENDED:
            told = _amended(event)
        case Kind.NOTICED if event.agreed:
            told = _("The parties agree that the last day is %(until)s.", until=until)
        case Kind.NOTICED:
            told = _("The last day is %(until)s.", until=until)
        case Kind.PAUSED if event.until:
            told = _("From %(day)s; resumes on %(until)s.", day=day, until=until)
        case Kind.PAUSED | Kind.RESUMED:
            told = _("From %(day)s.", day=day)
        case _other:
            told = _("A new agreement has been signed by all.")
    return told


def _amended(event: LifeEvent) -> str:
    day = written_date(event.day)
    if event.agreed:
        told = _("A new version, signed by all, applies from %(day)s.", day=day)
    else:
        told = _("A new version applies from %(day)s. The parties were told; nothing was signed.", day=day)
    if event.until == event.before or event.until is None:
        return told
    return f"{told} {_('The last day is %(until)s.', until=written_date(event.until))}"
