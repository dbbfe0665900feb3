"""What the data say about a period: lines for each section of a report, in the language of the agreement."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _

from core.agreements.life.facts import TITLES, Kind
from core.agreements.life.recording import events_of
from core.agreements.measuring.reading import Goal, goals_on_page
from core.agreements.measuring.words import amount, figure_of
from core.agreements.models import Agreement
from core.agreements.signing.case import newest_version
from core.kernel import clock
from core.obligations.keeping import Promised, in_period
from core.obligations.states import ACTION, EXPIRY, MEETINGS, Standing
from core.tenancy.service import current_tenant
from core.web.formats import written_date
from core.web.languages import in_language

SECTIONS = ("overview", "meetings", "promises", "actions", "goals", "changes", "ahead")
"""The sections of every report, in their order; the first and the last are only written."""


def titles_in(language: str) -> dict[str, str]:
    """What the sections are called."""
    with in_language(language):
        return {
            "overview": _("In short"),
            "meetings": _("Meetings and evaluations"),
            "promises": _("Other deadlines"),
            "actions": _("Actions"),
            "goals": _("Goals"),
            "changes": _("Changes of the agreement"),
            "ahead": _("The next period"),
        }


def facts_of(agreement: Agreement, own: Promised, first: date, last: date) -> dict[str, list[str]]:
    """The lines that the data give, by section; the promise to report is no line of its own report."""
    promises = [one for one in in_period(agreement.id, first, last) if one.id != own.id]
    with in_language(agreement.language):
        return {
            "meetings": [_promise(one) for one in promises if one.kind in MEETINGS],
            "promises": [_promise(one) for one in promises if one.kind not in {*MEETINGS, ACTION, EXPIRY}],
            "actions": [_promise(one) for one in promises if one.kind == ACTION],
            "goals": list(_goals(agreement, last)),
            "changes": list(_changes(agreement, first, last)),
        }


def _goals(agreement: Agreement, day: date) -> Iterable[str]:
    """The goals that were signed, each with the figure of the period that a day lies in, if there is one."""
    version = newest_version(agreement.id)
    figures = {one.agreed.key: _figure(one, day) for one in goals_on_page(agreement.id).every()}
    for section in version.content["sections"] if version else []:
        yield from (_goal(goal, figures.get(goal["key"], "")) for goal in section["goals"])


def _figure(goal: Goal, day: date) -> str:
    return figure_of(next((one for one in goal.counted if one.period.holds(day)), None))


def _promise(one: Promised) -> str:
    words = {
        Standing.PLANNED: _("to come"),
        Standing.LATE: _("late"),
        Standing.MISSED: _("not held"),
        Standing.DONE: _("held") if one.kind in MEETINGS else _("done"),
        Standing.RESTING: _("rests"),
        Standing.WAIVED: _("waived"),
    }
    line = f"{written_date(one.due_on)}: {one.title} ({words.get(one.standing, '')})"
    return f"{line}. {_('Reason: %(reason)s', reason=one.waived_reason)}" if one.waived_reason else line


def _goal(goal: Mapping[str, Any], figure: str) -> str:
    """A goal that nobody counts has no target, so only its title is told."""
    if goal["target"] is None:
        return str(goal["title"])
    target = amount(goal["target"], goal["unit"])
    if not figure:
        return _("%(goal)s: the target is %(target)s", goal=goal["title"], target=target)
    return _("%(goal)s: %(value)s; the target is %(target)s", goal=goal["title"], value=figure, target=target)


def _changes(agreement: Agreement, first: date, last: date) -> Iterable[str]:
    for event in events_of(agreement.id):
        day = _day(event.recorded_at)
        if first <= day <= last:
            title = TITLES[Kind(event.kind)].in_language(agreement.language)
            line = f"{written_date(day)}: {title}"
            yield f"{line}. {_('Reason: %(reason)s', reason=event.reason)}" if event.reason else line


def _day(at: datetime) -> date:
    return clock.local(at, current_tenant().timezone).date()
