"""Days and steps that the tests of an agreement's life share."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from uuid import UUID

from core.agreements import parts as agreement_parts
from core.agreements.drafts import service as drafts
from core.agreements.signing import service as signing
from core.agreements.signing.case import open_case
from core.agreements.signing.service import IssuedLink

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
TODAY, ENDS = date(2026, 11, 30), date(2028, 11, 30)


def sign_all(links: Iterable[IssuedLink], agreement_id: UUID) -> None:
    """Every party signs by its link."""
    sha256 = open_case(agreement_id).version.sha256
    for link in links:
        key = signing.key_of_link(link.token)
        signing.sign(key, name="Ola Oppdiktet", role="daglig leder", sha256=sha256)


def noon(day: date) -> datetime:
    """Twelve o'clock on a day."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def rhythm(agreement_id: UUID, months: int) -> str:
    """Give the first meeting another rhythm; gives its key."""
    key = next(key for key, row in agreement_parts.load(agreement_id).meetings.items() if row.included)
    values = {"included": True, "every_months": months, "first_after_months": months}
    drafts.save_meeting(agreement_id, key, values)
    return key
