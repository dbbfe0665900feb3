"""What the address of the log asks for; what cannot be understood does not narrow."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from core.history.paging import before
from core.history.service import CHANGES, LOOKS, Wanted
from core.history.texts import all_actions, all_subjects


def wanted_from(arguments: Mapping[str, str]) -> Wanted:
    """The search that an address names."""
    kind, subject, action = (arguments.get(name, "") for name in ("kind", "subject", "action"))
    return Wanted(
        actor_id=_id(arguments.get("who", "")),
        subject_kind=subject if subject in all_subjects() else "",
        subject_id=_id(arguments.get("about", "")),
        action=action if action in all_actions() else "",
        kind=kind if kind in {CHANGES, LOOKS} else "",
        first_day=_day(arguments.get("first", "")),
        last_day=_day(arguments.get("last", "")),
        before=before(),
    )


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    # The first and the last day of the calendar have no day beside them.
    return found if date.min < found < date.max else None
