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
    EXPIRED = "expired"
    CANCELLED = "cancelled"


TITLES = {
    Status.DRAFT: Wording(nb="Utkast", da="Udkast", en="Draft"),
    Status.SENT: Wording(nb="Til signering", da="Til underskrift", en="Out for signing"),
    Status.REFUSED: Wording(nb="Avslått", da="Afvist", en="Refused"),
    Status.ACTIVE: Wording(nb="Gjelder", da="Gælder", en="In force"),
    Status.EXPIRED: Wording(nb="Utløpt", da="Udløbet", en="Expired"),
    Status.CANCELLED: Wording(nb="Avlyst", da="Annulleret", en="Cancelled"),
}
EDITABLE = frozenset({Status.DRAFT, Status.REFUSED})


def status_of(agreement: Any, today: date) -> Status:
    """The status on a local date. Takes anything with the date columns of `Agreement`."""
    if agreement.cancelled_at is not None:
        return Status.CANCELLED
    if agreement.activated_at is not None:
        over = agreement.ends_on is not None and agreement.ends_on < today
        return Status.EXPIRED if over else Status.ACTIVE
    if agreement.refused_at is not None:
        return Status.REFUSED
    return Status.SENT if agreement.sent_at is not None else Status.DRAFT


def status_sql(today: date) -> ColumnElement[str]:
    """The same as a SQL expression, for lists."""
    return case(
        (Agreement.cancelled_at.is_not(None), Status.CANCELLED.value),
        (Agreement.activated_at.is_not(None) & (Agreement.ends_on < today), Status.EXPIRED.value),
        (Agreement.activated_at.is_not(None), Status.ACTIVE.value),
        (Agreement.refused_at.is_not(None), Status.REFUSED.value),
        (Agreement.sent_at.is_not(None), Status.SENT.value),
        else_=Status.DRAFT.value,
    )
