"""The status of an agreement, derived from its dates: once in Python, once in SQL; a test compares them."""

from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, case

from core.agreements.models import Agreement
from core.plugin_host.wording import Wording


class Status(StrEnum):
    """Where an agreement stands."""

    DRAFT = "draft"
    SENT = "sent"
    REFUSED = "refused"
    ACTIVE = "active"
    PAUSED = "paused"
    ENDING = "ending"
    ENDED = "ended"
    EXPIRED = "expired"
    RENEWED = "renewed"
    CANCELLED = "cancelled"
    TAKEN_UP = "taken_up"


TITLES = {
    Status.DRAFT: Wording(nb="Utkast", da="Udkast", en="Draft"),
    Status.SENT: Wording(nb="Til signering", da="Til underskrift", en="Out for signing"),
    Status.REFUSED: Wording(nb="Avslått", da="Afvist", en="Refused"),
    Status.ACTIVE: Wording(nb="Gjelder", da="Gælder", en="In force"),
    Status.PAUSED: Wording(nb="Satt på pause", da="Sat på pause", en="Paused"),
    Status.ENDING: Wording(nb="Sagt opp", da="Opsagt", en="Under notice"),
    Status.ENDED: Wording(nb="Avsluttet", da="Afsluttet", en="Ended"),
    Status.EXPIRED: Wording(nb="Utløpt", da="Udløbet", en="Expired"),
    Status.RENEWED: Wording(nb="Fornyet", da="Fornyet", en="Renewed"),
    Status.CANCELLED: Wording(nb="Avlyst", da="Annulleret", en="Cancelled"),
    Status.TAKEN_UP: Wording(nb="Tatt inn i avtalen", da="Optaget i aftalen", en="Part of the agreement"),
}
EDITABLE = frozenset({Status.DRAFT, Status.REFUSED})
IN_FORCE = frozenset({Status.ACTIVE, Status.PAUSED, Status.ENDING})
OVER = frozenset({Status.ENDED, Status.EXPIRED, Status.RENEWED})
SIGNED_BY_ALL = IN_FORCE | OVER | {Status.TAKEN_UP}


def status_of(agreement: Any, today: date) -> Status:
    """The status on a local date. Takes anything with the date columns of `Agreement`."""
    if agreement.cancelled_at is not None:
        return Status.CANCELLED
    if agreement.taken_up_at is not None:
        return Status.TAKEN_UP
    if agreement.activated_at is not None:
        over = agreement.ends_on is not None and agreement.ends_on < today
        return _over(agreement) if over else _in_force(agreement, today)
    if agreement.refused_at is not None:
        return Status.REFUSED
    return Status.SENT if agreement.sent_at is not None else Status.DRAFT


def _over(agreement: Any) -> Status:
    if agreement.notice_on is not None:
        return Status.ENDED
    return Status.RENEWED if agreement.renewed_at is not None else Status.EXPIRED


def _in_force(agreement: Any, today: date) -> Status:
    if agreement.notice_on is not None:
        return Status.ENDING
    return Status.PAUSED if is_paused(agreement, today) else Status.ACTIVE


def is_paused(agreement: Any, today: date) -> bool:
    """Whether a pause covers a date; the day on which it resumes is no part of it."""
    if agreement.paused_from is None or agreement.paused_from > today:
        return False
    return agreement.resumes_on is None or today < agreement.resumes_on


def status_sql(today: date) -> ColumnElement[str]:
    """The same as a SQL expression, for lists."""
    signed = Agreement.activated_at.is_not(None)
    over = signed & (Agreement.ends_on < today)
    noticed, renewed = Agreement.notice_on.is_not(None), Agreement.renewed_at.is_not(None)
    paused = (Agreement.paused_from <= today) & (
        Agreement.resumes_on.is_(None) | (Agreement.resumes_on > today)
    )
    return case(
        (Agreement.cancelled_at.is_not(None), Status.CANCELLED.value),
        (Agreement.taken_up_at.is_not(None), Status.TAKEN_UP.value),
        (over & noticed, Status.ENDED.value),
        (over & renewed, Status.RENEWED.value),
        (over, Status.EXPIRED.value),
        (signed & noticed, Status.ENDING.value),
        (signed & paused, Status.PAUSED.value),
        (signed, Status.ACTIVE.value),
        (Agreement.refused_at.is_not(None), Status.REFUSED.value),
        (Agreement.sent_at.is_not(None), Status.SENT.value),
        else_=Status.DRAFT.value,
    )
