"""The words of the annexes, in the agreement's own language."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask_babel import gettext as _

from core.agreements.types import Annex


@dataclass(frozen=True)
class AnnexLabels:
    """Headings, columns and sentences. Texts with braces are filled by `str.format`."""

    language: str
    heading: str
    titles: Mapping[str, str]
    kinds: Mapping[str, str]
    start: str
    plan_says: str
    plan_waits: str
    plan_amends: str
    plan_columns: tuple[str, ...]
    relative_columns: tuple[str, ...]
    one_month_after: str
    months_after: str
    every_month: str
    every_months: str
    contact_columns: tuple[str, ...]
    nobody: str
    wheel_says: str
    wheel_waits: str
    wheel_amends: str
    wheel_columns: tuple[str, ...]
    wheel_alternative: str
    each_year: str

    def of_an_amendment(self) -> "AnnexLabels":
        """The same words for an agreement that changes one in force."""
        return replace(self, plan_waits=self.plan_amends, wheel_waits=self.wheel_amends)

    def numbered(self, number: int, key: str) -> str:
        """The heading of an annex, such as "Annex 1: Contact list"."""
        return self.heading.format(number=number, title=self.titles[key])


def annex_titles() -> dict[str, str]:
    """What the annexes are called, in the language of now."""
    return {
        Annex.WHEEL.value: _("Annual wheel"),
        Annex.CONTACTS.value: _("Contact list"),
        Annex.PLAN.value: _("Plan of dates"),
    }


def annex_labels(language: str) -> AnnexLabels:
    """The words in the language of now, which is named for dates."""
    return AnnexLabels(
        language=language,
        heading=_("Annex {number}: {title}"),
        titles=annex_titles(),
        kinds={
            "meeting": _("Meeting"),
            "evaluation": _("Evaluation"),
            "report": _("Report"),
            "contact_list": _("Contacts"),
        },
        start=_("The agreement starts"),
        plan_says=_("What the agreement promises from {start} to {end}. No day falls on a day off."),
        plan_waits=_(
            "The agreement starts on the day when all have signed. The dates count from that day; "
            "what falls on a day off is moved to the next working day."
        ),
        plan_amends=_(
            "This changes an agreement in force. A meeting whose rhythm is new counts from the day when all "
            "have signed; the others go on as before. What falls on a day off is moved to the next "
            "working day."
        ),
        plan_columns=(_("Date"), _("What"), _("Kind"), _("Called by")),
        relative_columns=(_("First time"), _("Then"), _("What"), _("Called by")),
        one_month_after=_("1 month after the start"),
        months_after=_("{count} months after the start"),
        every_month=_("every month"),
        every_months=_("every {count} months"),
        contact_columns=(_("Party"), _("Contact"), _("Name"), _("E-mail and telephone")),
        nobody=_("Nobody is named yet."),
        wheel_says=_(
            "The first twelve months from {start}. The numbers in the wheel refer to the list: "
            "circles are dates that the agreement promises, squares are yearly activities."
        ),
        wheel_amends=_(
            "This changes an agreement in force. The wheel shows the yearly activities; the dates that the "
            "agreement promises stand in the plan and in the calendar."
        ),
        wheel_waits=_(
            "The dates that the agreement promises are put in the wheel when all have signed, "
            "because they count from that day."
        ),
        wheel_columns=(_("Number"), _("When"), _("What"), _("Who")),
        wheel_alternative=_(
            "The year as a ring of twelve months; everything in it stands in the list below."
        ),
        each_year=_("{when}, each year"),
    )
