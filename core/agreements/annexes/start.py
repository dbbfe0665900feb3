"""The first day of an agreement with the days off of its tenant's country."""

from datetime import date

from core.agreements.annexes.reading import Start
from core.obligations.cadence import HolidaysOfYear
from core.obligations.calendar import Calendar
from core.tenancy.service import current_tenant


def days_off() -> HolidaysOfYear:
    """The public holidays of the tenant's country, as the promises of agreements know them."""
    return Calendar(current_tenant().country).holidays


def start_of(day: date | None) -> Start:
    """A first day, None while nobody knows it, with the days off."""
    return Start(day, days_off())
