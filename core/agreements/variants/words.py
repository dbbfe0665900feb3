"""What the things of a type and their fields are called where editions are compared."""

from typing import Final

from flask_babel import lazy_gettext as _

from core.kernel.errors import Message

GROUPS: Final[dict[str, Message]] = {
    "sections": _("Section: %(title)s"),
    "clauses": _("Clause in: %(title)s"),
    "placeholders": _("Question: %(title)s"),
    "goals": _("Goal: %(title)s"),
    "meetings": _("Meeting: %(title)s"),
    "contacts": _("Contact: %(title)s"),
    "duration": _("Duration"),
}
FIELDS: Final[dict[str, Message]] = {
    "text": _("Text"),
    "title": _("Heading"),
    "guidance": _("Guidance"),
    "examples": _("Example texts"),
    "label": _("Question"),
    "help": _("Help"),
    "choices": _("Alternatives"),
    "default": _("Proposed answer"),
    "counting_rule": _("How it is counted"),
    "agenda": _("Agenda"),
    "authority": _("Confirmation of authority"),
    "required": _("Required"),
    "included": _("In from the start"),
    "responsible": _("Responsible"),
    "references": _("References"),
    "target": _("Target"),
    "period_months": _("Counted over months"),
    "every_months": _("Every how many months"),
    "first_after_months": _("First after months"),
    "months": _("Months"),
    "reminder_days": _("Reminder, days before the end"),
    "notice_days": _("Notice period in days"),
    "min": _("Smallest"),
    "max": _("Largest"),
}
