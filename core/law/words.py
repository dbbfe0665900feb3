"""The words that the pages have for units, and for how findings, rules and values stand."""

from collections.abc import Mapping
from typing import Final

from flask_babel import lazy_gettext as _

from core.kernel.errors import Message

UNITS: Final[Mapping[str, Message]] = {
    "day": _("day"),
    "days": _("days"),
    "days per week": _("days per week"),
    "days per year": _("days per year"),
    "working days": _("working days"),
    "calendar days": _("calendar days"),
    "weeks": _("weeks"),
    "weeks per year": _("weeks per year"),
    "months": _("months"),
    "years": _("years"),
    "minutes": _("minutes"),
    "hours": _("hours"),
    "hours per week": _("hours per week"),
    "hours per day": _("hours per day"),
    "hours per year": _("hours per year"),
    "percent": _("per cent"),
    "per cent": _("per cent"),
    "children": _("children"),
    "events": _("events"),
    "goals": _("goals"),
    "groups": _("groups"),
    "meetings": _("meetings"),
    "parties": _("parties"),
    "working days per calendar year": _("working days per calendar year"),
    "kroner": _("kroner"),
    "kroner per day": _("kroner per day"),
    "kroner per hour": _("kroner per hour"),
    "kroner per month": _("kroner per month"),
    "kroner per year": _("kroner per year"),
    "absences": _("absences"),
    "absences in twelve months": _("absences in twelve months"),
    "attempts": _("attempts"),
    "basic amounts": _("basic amounts (G)"),
    "basic amounts per year": _("basic amounts (G) per year"),
    "hours per month": _("hours per month"),
    "lessons of 45 minutes per week": _("lessons of 45 minutes per week"),
    "levels": _("levels"),
    "modules": _("modules"),
    "part of full benefit": _("of full benefit"),
    "part of one payment": _("of one payment"),
    "part of what exceeds": _("of what exceeds it"),
    "persons": _("persons"),
    "thirtieths of a month": _("thirtieths of a month"),
}
"""Units that the pages know in every language; any other stands as it is declared."""

UNITS_OF_ONE: Final[Mapping[str, Message]] = {
    "days": _("day"),
    "working days": _("working day"),
    "calendar days": _("calendar day"),
    "weeks": _("week"),
    "months": _("month"),
    "years": _("year"),
    "hours": _("hour"),
    "absences": _("absence"),
    "attempts": _("attempt"),
    "basic amounts": _("basic amount (G)"),
    "children": _("child"),
    "levels": _("level"),
    "modules": _("module"),
    "persons": _("person"),
}
"""The same units after the number one."""

NUMBERS_IN_ORDER: Final = frozenset({"year", "month", "month of the year", "day of the month", "grade"})
"""Units of numbers that name one in a row, such as a year: the number stands alone, as it is."""

STATUSES: Final[Mapping[str, Message]] = {
    "met": _("Met"),
    "not_met": _("Not met"),
    "unknown": _("For a person to decide"),
    "not_applicable": _("Does not apply"),
}
SEVERITIES: Final[Mapping[str, Message]] = {
    "information": _("For information"),
    "warning": _("Important"),
    "serious": _("Serious"),
}
CONFIDENCE: Final[Mapping[str, Message]] = {
    "H": _("High: the text of the law was read"),
    "M": _("Medium: it needs interpretation, or is guidance"),
    "L": _("Low: the sources do not confirm it"),
}
MORE_FACTS: Final = _("More facts are needed")
"""The status of what is unknown because something is missing."""
