"""The verbs of an agreement in force: extend, shorten, end, pause, resume."""

from collections.abc import Callable, Collection
from datetime import date, timedelta
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from core.access import service as access
from core.agreements import reach
from core.agreements.catalogue import MissingTypeError, type_of
from core.agreements.life.facts import Kind
from core.agreements.life.recording import Happening, record
from core.agreements.models import Agreement
from core.agreements.signing.case import today
from core.agreements.states import IN_FORCE, Status, status_of
from core.kernel.database import db
from core.kernel.errors import Conflict, Invalid
from core.kernel.errors import Message as Sentence
from core.kernel.unit_of_work import unit_of_work
from core.obligations.cadence import add_months

CHANGE = "agreement:send"
LONGEST_MONTHS = 240
RUNNING = frozenset({Status.ACTIVE, Status.PAUSED})
ALLOWED = {
    "extend": RUNNING,
    "shorten": RUNNING,
    "end": RUNNING,
    "pause": frozenset({Status.ACTIVE}),
    "resume": IN_FORCE,
}
"""How an agreement must stand for each verb."""


def extend(agreement_id: UUID, last_day: date, reason: str) -> None:
    """Let an agreement last longer, as the parties have agreed.

    Raises Conflict when it is not in force or is under notice, Invalid when the day is not a later one.
    """

    def happening(agreement: Agreement) -> Happening:
        _refuse_while_amended(agreement)
        if agreement.ends_on is None:
            raise _conflict("no_end", _("This agreement has no last day, so it need not be extended."))
        if last_day <= agreement.ends_on:
            raise _wrong("last_day", _("Choose a day after the last day that applies now."))
        if last_day > add_months(today(), LONGEST_MONTHS):
            raise _wrong("last_day", _("Choose a day within the next twenty years."))
        return Happening(Kind.EXTENDED, today(), last_day, agreed=True, reason=reason)

    _happen(agreement_id, RUNNING, happening)


def shorten(agreement_id: UUID, last_day: date, reason: str) -> None:
    """Let an agreement end earlier, as the parties have agreed. Raises Conflict or Invalid as `extend`."""

    def happening(agreement: Agreement) -> Happening:
        _refuse_while_amended(agreement)
        if agreement.ends_on is None:
            raise _conflict("no_end", _("This agreement has no last day. End it instead of shortening it."))
        if last_day >= agreement.ends_on:
            raise _wrong("last_day", _("Choose a day before the last day that applies now."))
        _refuse_the_past(agreement, last_day)
        return Happening(Kind.SHORTENED, today(), last_day, agreed=True, reason=reason)

    _happen(agreement_id, RUNNING, happening)


def end(agreement_id: UUID, last_day: date, reason: str, *, agreed: bool) -> None:
    """Give notice, or end an agreement because the parties agree to; it runs until `last_day`.

    Raises Conflict when it is not in force or under notice already, and Invalid for a day that has passed,
    that is later than the end that applies, or that cuts the notice period without everybody's consent.
    """

    def happening(agreement: Agreement) -> Happening:
        _refuse_the_past(agreement, last_day)
        if agreement.ends_on is not None and last_day > agreement.ends_on:
            raise _wrong("last_day", _("The agreement ends before this day. Choose an earlier one."))
        if not agreed and last_day < first_day_by_notice(agreement):
            raise _wrong(
                "agreed",
                _("This day comes before the notice period is over. All parties must have agreed to it."),
            )
        return Happening(Kind.NOTICED, today(), last_day, agreed=agreed, reason=reason)

    _happen(agreement_id, RUNNING, happening)


def first_day_by_notice(agreement: Agreement) -> date:
    """The earliest last day of an agreement under its type's notice period; today where there is none."""
    try:
        notice_days = type_of(agreement.type_key, agreement.edition).duration.notice_days
    except MissingTypeError:
        notice_days = 0
    return today() + timedelta(days=notice_days)


def pause(agreement_id: UUID, first_day: date, resumes_on: date | None, reason: str) -> None:
    """Let an agreement rest from a day, until another day when that is known.

    Raises Conflict when it is not in force, or a pause is under way or planned; Invalid for impossible days.
    """

    def happening(agreement: Agreement) -> Happening:
        if has_pause(agreement):
            raise _conflict("paused", _("A pause is planned already. Resume the agreement first."))
        _refuse_the_past(agreement, first_day, field="first_day")
        if resumes_on is not None and resumes_on <= first_day:
            raise _wrong("resumes_on", _("The agreement must resume after the first day of the pause."))
        if agreement.ends_on is not None and max(first_day, resumes_on or first_day) > agreement.ends_on:
            field = "first_day" if first_day > agreement.ends_on else "resumes_on"
            raise _wrong(field, _("The agreement ends before this day. Choose an earlier one."))
        return Happening(Kind.PAUSED, first_day, resumes_on, reason=reason)

    _happen(agreement_id, ALLOWED["pause"], happening)


def has_pause(agreement: Agreement) -> bool:
    """Whether a pause is under way or still to come."""
    return agreement.paused_from is not None and (
        agreement.resumes_on is None or agreement.resumes_on > today()
    )


def resume(agreement_id: UUID, reason: str) -> None:
    """End a pause today, or take one back that has not begun. Raises Conflict when there is none."""

    def happening(agreement: Agreement) -> Happening:
        if not has_pause(agreement):
            raise _conflict("not_paused", _("This agreement is not paused."))
        return Happening(Kind.RESUMED, today(), reason=reason)

    _happen(agreement_id, IN_FORCE, happening)


def _happen(
    agreement_id: UUID, allowed: Collection[Status], happening: Callable[[Agreement], Happening]
) -> None:
    member = access.require(CHANGE)
    with unit_of_work():
        agreement = reach.find(CHANGE, agreement_id, lock=True)
        refuse_unless(agreement, allowed)
        record(agreement, happening(agreement), member.account_id)


def refuse_unless(agreement: Agreement, allowed: Collection[Status]) -> None:
    """Raise Conflict when an agreement does not stand so that this can happen to it."""
    status = status_of(agreement, today())
    if status in allowed:
        return
    if status is Status.ENDING:
        raise _conflict("noticed", _("Notice has been given, so this agreement can only run until its end."))
    raise _conflict("not_in_force", _("This can only be done while the agreement is in force."))


def _refuse_while_amended(agreement: Agreement) -> None:
    if being_amended(agreement.id):
        raise _conflict(
            "being_amended",
            _(
                "A change of this agreement has been begun. "
                "Set the last day there, or give the change up first."
            ),
        )


def being_amended(agreement_id: UUID) -> bool:
    """Whether a draft that amends an agreement is open."""
    query = select(Agreement.id).where(
        Agreement.amends_id == agreement_id,
        Agreement.taken_up_at.is_(None),
        Agreement.cancelled_at.is_(None),
    )
    return db.session.scalar(query) is not None


def _refuse_the_past(agreement: Agreement, day: date, field: str = "last_day") -> None:
    if day < max(today(), agreement.starts_on or today()):
        raise _wrong(field, _("Choose today or a later day, and not before the first day of the agreement."))


def _conflict(code: str, sentence: Sentence) -> Conflict:
    return Conflict(f"agreement.{code}", sentence)


def _wrong(field: str, sentence: Sentence) -> Invalid:
    return Invalid(f"agreement.wrong_{field}", sentence, {field: sentence})
