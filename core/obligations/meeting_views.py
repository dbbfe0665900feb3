"""Pages of a meeting: planning, inviting, recording, its actions and its minutes."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from core.kernel.errors import Invalid
from core.obligations.meetings import actions, holding, invitations, minutes, planning
from core.obligations.meetings.people import written
from core.obligations.schemas import PlanForm, RecordForm, action_form
from core.obligations.views import answer, colleague_ids
from core.web.forms import FormState, read_form, with_errors

meetings = Blueprint("agreements_meetings", __name__, url_prefix="/t/<slug>/obligations/<uuid:obligation_id>")


@meetings.get("/meeting")
def plan(obligation_id: UUID) -> str:
    """The form that plans a meeting."""
    return _plan_page(planning.proposal(obligation_id))


@meetings.post("/meeting")
def save_plan(obligation_id: UUID) -> Any:
    """Plan the meeting."""
    proposal = planning.proposal(obligation_id)
    given, state = read_form(PlanForm(), request.form)
    if given is not None:
        try:
            planning.plan(obligation_id, planning.Plan(**given))
        except Invalid as problem:
            state = with_errors(state, problem.fields)
        else:
            return _back(obligation_id, _("The meeting is planned."))
    return _plan_page(proposal, state), 422


def _plan_page(found: planning.Proposal, form: FormState | None = None) -> str:
    return render_template("obligations/plan.html", found=found, form=form or FormState(_planned(found)))


def _planned(found: planning.Proposal) -> Mapping[str, Any]:
    row, meeting = found.row, found.meeting
    return {
        "on": row.due_on.isoformat(),
        "begins_at": (meeting.begins_at if meeting else planning.USUAL_START).strftime("%H:%M"),
        "minutes_long": meeting.minutes_long if meeting else planning.USUAL_LENGTH,
        "place": meeting.place if meeting else "",
        "called_by": meeting.called_by if meeting else row.called_by,
        "agenda": meeting.agenda if meeting else "\n".join(row.agenda),
        "contacts": found.chosen,
        "others": written(found.people, found.contacts),
    }


@meetings.post("/invite")
def invite(obligation_id: UUID) -> Response:
    """Send the invitation to those who take part."""
    count = invitations.invite(obligation_id)
    said = ngettext("%(num)s invitation is on its way.", "%(num)s invitations are on their way.", count)
    return _back(obligation_id, said)


@meetings.get("/invitation.ics")
def calendar_file(obligation_id: UUID) -> Response:
    """The promise as a file for a calendar."""
    file = invitations.calendar_file(obligation_id)
    headers = {"Content-Disposition": f'attachment; filename="{file.name}"'}
    return Response(file.content, mimetype="text/calendar", headers=headers)


@meetings.get("/record")
def record(obligation_id: UUID) -> str:
    """The form that says what came of the meeting."""
    return _record_page(holding.sheet(obligation_id))


@meetings.post("/record")
def save_record(obligation_id: UUID) -> Any:
    """Write the record; the meeting is held."""
    sheet = holding.sheet(obligation_id)
    given, state = read_form(RecordForm(), request.form)
    if given is not None:
        try:
            holding.hold(obligation_id, holding.Record(**given))
        except Invalid as problem:
            state = with_errors(state, problem.fields)
        else:
            return _back(obligation_id, _("The record is saved, and the meeting counts as held."))
    return _record_page(sheet, state), 422


def _record_page(sheet: holding.Sheet, form: FormState | None = None) -> str:
    meeting = sheet.meeting
    came = [one.id for one in sheet.people if one.attended or meeting.held_at is None]
    values = {"attended": came, "minutes": meeting.minutes, "decisions": meeting.decisions}
    return render_template("obligations/record.html", found=sheet, form=form or FormState(values))


@meetings.post("/actions")
def add_action(obligation_id: UUID) -> Any:
    """Add something that the meeting decided on."""

    def add(given: Mapping[str, Any]) -> None:
        owner = UUID(given["owner_id"]) if given["owner_id"] else None
        actions.add_action(obligation_id, actions.Action(**{**given, "owner_id": owner}))

    return answer(obligation_id, "action", action_form(colleague_ids()), add, _("The action is added."))


@meetings.post("/actions/<uuid:action_id>/remove")
def remove_action(obligation_id: UUID, action_id: UUID) -> Response:
    """Let an action fall."""
    actions.remove_action(obligation_id, action_id)
    return _back(obligation_id, _("The action is removed."))


@meetings.get("/minutes")
def read_minutes(obligation_id: UUID) -> str:
    """The minutes, to read and to print."""
    return render_template("obligations/minutes.html", found=minutes.minutes_of(obligation_id))


@meetings.post("/minutes/send")
def send_minutes(obligation_id: UUID) -> Response:
    """Send the minutes to those who take part."""
    count = minutes.send_minutes(obligation_id)
    said = ngettext(
        "The minutes are on their way to %(num)s person.",
        "The minutes are on their way to %(num)s people.",
        count,
    )
    return _back(obligation_id, said)


def _back(obligation_id: UUID, said: str) -> Response:
    flash(said, "success")
    return redirect(url_for("agreements_obligations.page", obligation_id=obligation_id), code=303)
