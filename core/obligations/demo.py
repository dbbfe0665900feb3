"""Meetings of the demo: one that was held, with minutes and actions, and the next one, called."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from core.kernel import clock
from core.obligations import service
from core.obligations.meetings.actions import Action, add_action
from core.obligations.meetings.holding import Record, hold, sheet
from core.obligations.meetings.invitations import invite
from core.obligations.meetings.planning import Plan, plan, proposal
from core.obligations.states import MEETINGS
from core.plugin_host.demo import DemoMeeting


def hold_meetings(agreement_id: UUID, declared: DemoMeeting, before: date, now: date) -> None:
    """Record the last meeting before a day, and call the next one from today; those between are missed."""
    meetings = [one for one in service.for_subject(agreement_id) if one.kind in MEETINGS and one.is_open]
    past = [one for one in meetings if one.due_on < before]
    coming = [one for one in meetings if one.due_on > now]
    if past:
        with clock.frozen(datetime.combine(past[-1].due_on, time(15), UTC)):
            _hold(past[-1].id, past[-1].due_on, declared, now)
    if coming:
        _plan(coming[0].id, coming[0].due_on, declared)
        invite(coming[0].id)


def _plan(obligation_id: UUID, day: date, declared: DemoMeeting) -> None:
    found = proposal(obligation_id)
    agenda = "\n".join(found.row.agenda)
    wanted = Plan(day, time(10), 60, declared.place, found.row.called_by, agenda, contacts=found.chosen)
    plan(obligation_id, wanted)


def _hold(obligation_id: UUID, day: date, declared: DemoMeeting, now: date) -> None:
    _plan(obligation_id, day, declared)
    came = [str(one.id) for one in sheet(obligation_id).people]
    hold(obligation_id, Record(came, minutes=declared.minutes, decisions=declared.decisions))
    for number, (title, days) in enumerate(declared.actions, start=1):
        add_action(obligation_id, Action(title, now + timedelta(days=days), number=number))
