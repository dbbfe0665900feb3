"""Fields for amounts of money and for periods, and how they are written out."""

import re
from datetime import date
from decimal import Decimal
from typing import Any, Final

from babel.dates import format_date
from babel.numbers import format_currency
from flask_babel import lazy_gettext as _
from marshmallow import ValidationError

from core.kernel.errors import Message
from core.web.fields import Day, Spoken

LARGEST_AMOUNT: Final = 1_000_000_000
MESSAGES: Final[dict[str, Message]] = {
    "amount": _("Write an amount with digits, such as 12500 or 12500,50."),
    "smallest_amount": _("The amount must be at least %(min)s."),
    "largest_amount": _("The amount must be at most %(max)s."),
    "both_days": _("Write both the first and the last day of the period."),
    "days_in_order": _("The last day of the period must not come before the first."),
}
_AMOUNT: Final = re.compile(r"(\d{1,12})(?:[.,](\d{2}))?")
_GROUPED: Final = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d{2})?")


def _error(key: str, **values: object) -> ValidationError:
    return ValidationError(str(MESSAGES[key]) % values)


class Amount(Spoken):
    """An amount as people write it, with or without øre; loads to text such as ``12500`` or ``12500.50``."""

    def __init__(self, *, min: int = 0, max: int = LARGEST_AMOUNT, **kwargs: Any) -> None:  # noqa: A002  reads as a sentence
        super().__init__(**kwargs)
        self.smallest, self.largest = min, max

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:  # noqa: ARG002
        text = re.sub(r"\s", "", value) if isinstance(value, str) else ""
        if not text:
            return ""
        found = _AMOUNT.fullmatch(text.replace(".", "") if _GROUPED.fullmatch(text) else text)
        if found is None:
            raise _error("amount")
        number = Decimal(".".join(part for part in found.groups() if part))
        if number < self.smallest:
            raise _error("smallest_amount", min=self.smallest)
        if number > self.largest:
            raise _error("largest_amount", max=self.largest)
        return str(number)


class Period(Spoken):
    """Two days with a stroke between them, as ISO 8601 writes a period: ``2026-01-01/2026-06-30``."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        first, _stroke, last = value.partition("/") if isinstance(value, str) else ("", "", "")
        days = [Day().deserialize(day.strip(), attr, data, **kwargs) for day in (first, last)]
        if days == [None, None]:
            return ""
        if None in days:
            raise _error("both_days")
        if days != sorted(days):
            raise _error("days_in_order")
        return "/".join(day.isoformat() for day in days)


def money(value: str, currency: str, language: str) -> str:
    """An amount with its currency; øre are written when there are any."""
    number = Decimal(value)
    pattern = "#,##0 ¤" if number == number.to_integral_value() else "#,##0.00 ¤"
    return format_currency(number, currency, pattern, locale=language, currency_digits=False)


def period(value: str, language: str) -> str:
    """A period as its first and its last day."""
    return " – ".join(
        format_date(date.fromisoformat(day), "long", locale=language) for day in value.split("/")
    )
