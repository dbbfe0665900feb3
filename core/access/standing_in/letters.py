"""The letters about standing in."""

from datetime import date

from flask_babel import format_date
from flask_babel import gettext as _

from core.access.links import public_link
from core.access.mails import Letter
from core.tenancy import service as tenancy


def deputy(name: str, absent: str, first_day: date, last_day: date) -> Letter:
    """Tells somebody that they stand in for a colleague."""
    body = _(
        "Hello %(name)s\n\nYou stand in for %(absent)s from %(first)s to %(last)s.\n\n"
        "What waits for %(absent)s is shown to you as well, and reminders reach you both. "
        "You can do what your own role allows.\n\nSee it here:\n%(link)s\n",
        name=name,
        absent=absent,
        first=format_date(first_day, "long"),
        last=format_date(last_day, "long"),
        link=public_link("access_standing_in.page", slug=tenancy.current_tenant().slug),
    )
    return Letter(_("You stand in for %(absent)s", absent=absent), body)


def on_behalf(name: str, colleague: str, reason: str) -> Letter:
    """Tells somebody that a colleague acts on their behalf."""
    body = _(
        "Hello %(name)s\n\n%(colleague)s acts on your behalf in Fotfeste for the next hour.\n"
        "Reason: %(reason)s\n\nEverything is written down with both names. You can stop it here:\n%(link)s\n",
        name=name,
        colleague=colleague,
        reason=reason,
        link=public_link("access_standing_in.page", slug=tenancy.current_tenant().slug),
    )
    return Letter(_("%(colleague)s acts on your behalf", colleague=colleague), body)
