"""Erasing a person: a dry run, a reason, a second person, one unit of work over all rooms, a certificate."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from core.access import service as access
from core.access.approvals import service as approvals
from core.access.approvals.actions import action
from core.access.personal.accounts import erase_account
from core.kernel import audit, clock, jobs, mail, sms
from core.kernel.absent_tables import absent_tables_mentioning
from core.kernel.database import db
from core.kernel.errors import Conflict, NotFound
from core.kernel.ids import new_id
from core.kernel.scope import current_tenant_id, platform_scope
from core.kernel.unit_of_work import unit_of_work
from core.plugin_host.privacy import Erasure, Outcome, PersonKey
from core.plugin_host.wording import Wording
from core.privacy import asking, holds
from core.privacy.inquiries import MANAGE, Everything, everything, find, key_of, known
from core.privacy.models import ErasureRun, Hold

ERASING = "privacy.erase_person"
RUN, RUN_ACCOUNT = "privacy.erase", "privacy.erase_account"
ACCOUNTS, MAILS = "access.accounts", "privacy.mails"
ABSENT, HELD = "absent", "hold"
USED_ELSEWHERE = Wording(
    nb="Kontoen brukes av en annen virksomhet eller av dem som driver Fotfeste.",
    da="Kontoen bruges af en anden organisation eller af dem, der driver Fotfeste.",
    en="The account is used by another organisation, or by those who run Fotfeste.",
)


@dataclass(frozen=True)
class Plan:
    """What an erasure would do. ``words`` are looked for in texts; what is in the way stops it.

    ``holds`` are legal holds on the person; ``absent`` are tables of plugins that are not installed.
    """

    lines: tuple[Erasure, ...]
    words: tuple[str, ...]
    holds: tuple[Hold, ...]
    absent: tuple[str, ...]

    @property
    def can_run(self) -> bool:
        """Whether nothing is in the way."""
        return not self.holds and not self.absent and not any(line.stops for line in self.lines)


def plan(inquiry_id: UUID) -> Plan:
    """The dry run: nothing is changed. Raises NotFound, or Conflict when the person is erased already."""
    return _plan(_found(find(inquiry_id).id))


def _found(inquiry_id: UUID) -> Everything:
    who = key_of(known(inquiry_id))
    if who.is_nobody:
        raise Conflict("privacy.erased", _("This person has been erased already."))
    return everything(who)


def _plan(found: Everything) -> Plan:
    return Plan(
        tuple(asking.erase(found.who, dry_run=True)),
        tuple(sorted(found.who.words)),
        tuple(holds.holding(found.who)),
        tuple(absent_tables_mentioning(found.who.words)),
    )


def ask(inquiry_id: UUID, reason: str) -> UUID | None:
    """Have a person erased; gives the certificate's id, or None while a colleague has to approve it first.

    Who is alone decides alone. Raises Conflict when something stops it, or when it waits already.
    """
    member = access.require(MANAGE)
    if not plan(inquiry_id).can_run:
        raise Conflict("privacy.in_the_way", _("Something has to be seen to first. The page says what."))
    if approvals.somebody_can_decide():
        by = {"account": str(member.account_id)}
        approvals.ask(ERASING, "inquiry", inquiry_id, reason=reason, arguments=by)
        return None
    return _begin(inquiry_id, reason, member.account_id, None)


def waits(inquiry_id: UUID) -> bool:
    """Whether the erasure of the person of an inquiry waits for a colleague's answer."""
    access.require(MANAGE)
    return approvals.waits(ERASING, inquiry_id)


@action(
    ERASING,
    Wording(
        nb="Opplysningene om en person slettes. De kan ikke hentes tilbake.",
        da="Oplysningerne om en person slettes. De kan ikke hentes tilbage.",
        en="The data about a person are erased. They cannot be brought back.",
    ),
    erases=True,
)
def _erase_as_approved(inquiry_id: UUID, arguments: Mapping[str, str], reason: str) -> None:
    """What was true at the dry run is looked at again: the answer may come two weeks later."""
    now = _plan(_found(inquiry_id))
    if now.holds:
        raise Conflict(
            "privacy.held", _("The person's data are held back from erasure now. Nothing was done.")
        )
    if not now.can_run:
        raise Conflict(
            "privacy.in_the_way_now",
            _("Something has come in the way. Nothing was done. Ask your colleague to look at it again."),
        )
    _begin(inquiry_id, reason, UUID(arguments["account"]), access.require_member().account_id)


def _begin(inquiry_id: UUID, reason: str, asked_by: UUID, approved_by: UUID | None) -> UUID:
    with unit_of_work():
        run = ErasureRun(
            id=new_id(), inquiry_id=inquiry_id, reason=reason, asked_by=asked_by, approved_by=approved_by
        )
        db.session.add(run)
        audit.record("privacy.erasure_asked", "erasure", run.id)
        jobs.defer(RUN, once=str(inquiry_id), erasure_id=str(run.id))
    return run.id


@jobs.job(RUN)
def _run_job(erasure_id: str) -> None:
    try:
        with unit_of_work():
            _run(UUID(erasure_id))
    except asking.StoppedError as stopped:
        with unit_of_work():
            _known(UUID(erasure_id)).stopped_by = stopped.plugin


def _run(erasure_id: UUID) -> None:
    run = _known(erasure_id)
    if run.ran_at is not None or run.stopped_by:
        return
    found = _found(run.inquiry_id)
    before = _plan(found)
    if not before.can_run:
        run.stopped_by = HELD if before.holds else ABSENT if before.absent else "access"
        return
    done = asking.erase(found.who, dry_run=False)
    done += _erase_messages(found.who)
    run.results, run.ran_at = [_stored(one) for one in done], clock.now()
    audit.record("privacy.erased", "erasure", run.id, fields=sorted({one.data for one in done}))
    if found.who.account_id is None:
        run.finished_at = clock.now()
    else:
        jobs.defer(
            RUN_ACCOUNT,
            account_id=str(found.who.account_id),
            erasure_id=str(run.id),
            of_tenant_id=str(current_tenant_id()),
        )


def _erase_messages(who: PersonKey) -> list[Erasure]:
    tenant_id = current_tenant_id()
    count = mail.forget(who.emails, who.words, tenant_id) + sms.forget(who.words, tenant_id)
    return [Erasure(MAILS, Outcome.ERASE, count)] if count else []


@jobs.job(RUN_ACCOUNT, platform=True)
def _run_account_job(account_id: str, erasure_id: str, of_tenant_id: str) -> None:
    with platform_scope("erase an account that nobody uses any more"), unit_of_work():
        run = db.session.scalar(
            select(ErasureRun).where(
                ErasureRun.id == UUID(erasure_id), ErasureRun.tenant_id == UUID(of_tenant_id)
            )
        )
        if run is None or run.finished_at is not None:
            return
        erased = erase_account(UUID(account_id))
        line = (
            Erasure(ACCOUNTS, Outcome.ERASE, 1)
            if erased
            else Erasure(ACCOUNTS, Outcome.KEEP, 1, USED_ELSEWHERE)
        )
        run.results, run.finished_at = [*run.results, _stored(line)], clock.now()


def _known(erasure_id: UUID) -> ErasureRun:
    query = select(ErasureRun).where(ErasureRun.id == erasure_id).with_for_update()
    found = db.session.scalar(query)
    if found is None:
        raise NotFound("privacy.no_erasure", _("We cannot find this erasure."))
    return found


def _stored(line: Erasure) -> dict[str, Any]:
    because = line.because
    said = {"nb": because.nb, "da": because.da, "en": because.en} if because else None
    return {"data": line.data, "outcome": line.outcome.value, "count": line.count, "because": said}


def read_results(stored: Iterable[dict[str, Any]]) -> list[Erasure]:
    """The lines of a certificate."""
    return [
        Erasure(
            one["data"],
            Outcome(one["outcome"]),
            one["count"],
            Wording(**one["because"]) if one["because"] else None,
        )
        for one in stored
    ]


def certificate(erasure_id: UUID) -> ErasureRun:
    """What was erased, when and by whom. Raises NotFound."""
    access.require(MANAGE)
    found = db.session.scalar(select(ErasureRun).where(ErasureRun.id == erasure_id))
    if found is None:
        raise NotFound("privacy.no_erasure", _("We cannot find this erasure."))
    return found


def of_inquiry(inquiry_id: UUID) -> list[ErasureRun]:
    """The erasures of an inquiry, the newest first."""
    access.require(MANAGE)
    query = select(ErasureRun).where(ErasureRun.inquiry_id == inquiry_id)
    return list(db.session.scalars(query.order_by(ErasureRun.asked_at.desc())))


def recent(limit: int = 20) -> list[ErasureRun]:
    """The newest erasures."""
    access.require(MANAGE)
    return list(db.session.scalars(select(ErasureRun).order_by(ErasureRun.asked_at.desc()).limit(limit)))
