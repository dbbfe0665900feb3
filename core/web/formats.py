"""Dates, times, numbers and money as people write them in the language of the page: Jinja filters."""

from datetime import date, datetime
from decimal import Decimal
from typing import Final

from flask import Flask
from flask_babel import format_currency, format_date, format_decimal, format_percent, format_time
from flask_babel import gettext as _

from core.web.languages import current_language

SHORT: Final = {"nb": "dd.MM.y", "da": "dd.MM.y", "en": "dd/MM/y"}
Number = int | float | Decimal


def init_app(app: Flask) -> None:
    """Offer ``|date``, ``|datetime``, ``|number``, ``|percent`` and ``|money`` to every template."""
    app.jinja_env.filters.update(
        date=written_date,
        datetime=written_datetime,
        number=written_number,
        percent=written_percent,
        money=written_money,
    )


def written_date(day: date | None, form: str = "long") -> str:
    """``21. november 2026`` (long) or ``21.11.2026`` (short). Nothing for None.

    A datetime is shown as its local date in the timezone of the page, so it must be aware.
    """
    if day is None:
        return ""
    if isinstance(day, datetime):
        _must_be_aware(day)
    return format_date(day, SHORT[current_language()] if form == "short" else form)


def written_datetime(instant: datetime | None, form: str = "long") -> str:
    """An aware instant as local date and time of day: ``21. november 2026 kl. 14:05``. Nothing for None."""
    if instant is None:
        return ""
    _must_be_aware(instant)
    return _("%(date)s at %(time)s", date=written_date(instant, form), time=format_time(instant, "HH:mm"))


def written_number(value: Number | None, decimals: int | None = None) -> str:
    """A number with the separators of the language; ``decimals`` fixes how many. Nothing for None."""
    if value is None:
        return ""
    if decimals is None:
        return format_decimal(value)
    return format_decimal(value, format="#,##0." + "0" * decimals if decimals else "#,##0")


def written_percent(value: Number | None) -> str:
    """A share counted in percent (70 means 70 %). Nothing for None."""
    return "" if value is None else format_percent(Decimal(str(value)) / 100)


def written_money(value: Number | None, currency: str) -> str:
    """An amount in a currency by its ISO 4217 code. Nothing for None."""
    return "" if value is None else format_currency(value, currency)


def _must_be_aware(instant: datetime) -> None:
    if instant.tzinfo is None:
        raise ValueError("an instant must be aware before it is shown: a naive one has no place on the clock")
