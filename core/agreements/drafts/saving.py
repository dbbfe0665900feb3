"""Saving as one types: each form of the composer posts here, with or without JavaScript."""

from typing import Any
from uuid import UUID

from flask import make_response, render_template, request
from flask_babel import gettext as _
from marshmallow import Schema

from core.agreements import parts as agreement_parts
from core.agreements.drafts import clauses, pages, schemas, service
from core.agreements.drafts.answers import KEEP_THEIRS, Answer, Save, back, invalid, keep, page_after
from core.agreements.drafts.completeness import PARTIES, anchor_of
from core.agreements.drafts.views import drafts, step_page
from core.agreements.types import DeclaredGoal, GoalUnit
from core.documents.errors import LogoError
from core.kernel.errors import NotFound
from core.web.forms import FormState, read_form, with_errors
from core.web.htmx import is_fragment


@drafts.post("/<uuid:agreement_id>/clauses/<key>")
def save_clause(agreement_id: UUID, key: str) -> Answer:
    """Save a clause; ``action`` takes it in or out or adds an example, after the text has been saved."""
    parts = service.open_draft(agreement_id)
    step = _section_of(parts, "clause", key)
    declared = parts.kind.clause(key)
    loaded, state = read_form(schemas.ClauseForm(), request.form)
    if loaded is None:
        return invalid(agreement_id, step, "clause", key, state)
    if request.form.get("action") == KEEP_THEIRS:
        return _card(agreement_id, key)
    saved = clauses.save_text(agreement_id, key, loaded["text"], loaded["revision"])
    if saved.theirs is not None:
        both = FormState({"text": saved.mine, "revision": saved.revision})
        return _conflict(agreement_id, declared, both, saved)
    action = request.form.get("action", "")
    if action:
        _act(agreement_id, key, action)
        return _card(agreement_id, key)
    if not is_fragment():
        return back(agreement_id, step, f"clause-{anchor_of(key)}")
    return render_template(
        "agreements/clause_saved.html",
        anchor=anchor_of(key),
        saved=saved,
        preview=pages.preview(parts, loaded["text"]),
        page=page_after(agreement_id, step),
    )


def _act(agreement_id: UUID, key: str, action: str) -> None:
    verb, _colon, number = action.partition(":")
    if verb == "example" and number.isdigit():
        clauses.add_example(agreement_id, key, int(number))
    elif verb in {"include", "leave_out"}:
        clauses.include(agreement_id, key, included=verb == "include")


def _card(agreement_id: UUID, key: str) -> Answer:
    parts = service.open_draft(agreement_id)
    if not is_fragment():
        return back(agreement_id, _section_of(parts, "clause", key), f"clause-{anchor_of(key)}")
    return _retarget(parts, pages.card(parts, parts.kind.clause(key)), 200)


def _conflict(agreement_id: UUID, declared: Any, both: FormState, saved: clauses.Saved) -> Answer:
    parts = service.open_draft(agreement_id)
    states = {("clause", declared.key): both}
    card = pages.card(parts, declared, states, theirs=saved.theirs, their_name=saved.their_name)
    if is_fragment():
        return _retarget(parts, card, 409)
    return render_template("agreements/clause_conflict.html", parts=parts, card=card), 409


def _retarget(parts: agreement_parts.Parts, card: pages.ClauseCard, status: int) -> Answer:
    answer = make_response(render_template("agreements/clause_card.html", parts=parts, card=card), status)
    answer.headers["HX-Retarget"] = f"#clause-{card.anchor}"
    answer.headers["HX-Reswap"] = "outerHTML"
    return answer


@drafts.post("/<uuid:agreement_id>/values/<key>")
def save_value(agreement_id: UUID, key: str) -> Answer:
    """Fill a placeholder."""
    first, until = request.form.get("value", ""), request.form.get("until")
    typed = {"value": first if until is None else f"{first}/{until}"}
    state = FormState({"value": first, "until": until})
    step = _step(agreement_id, "value", key)

    def save(values: dict[str, Any]) -> object:
        return service.save_value(agreement_id, key, values["value"])

    return keep(agreement_id, step, ("value", key), typed, state, save)


@drafts.post("/<uuid:agreement_id>/title")
def save_title(agreement_id: UUID) -> Answer:
    """Give the agreement another title."""
    return _save(
        agreement_id,
        schemas.TitleForm(),
        "title",
        "title",
        lambda loaded: service.rename(agreement_id, loaded["title"]),
    )


@drafts.post("/<uuid:agreement_id>/parties/<key>")
def save_party(agreement_id: UUID, key: str) -> Answer:
    """Save a party."""
    return _save(
        agreement_id,
        schemas.PartyForm(),
        "party",
        key,
        lambda loaded: service.save_party(agreement_id, key, loaded),
    )


@drafts.post("/<uuid:agreement_id>/parties/<key>/logo")
def save_logo(agreement_id: UUID, key: str) -> Answer:
    """Show another party's logo on the agreement, or none."""
    anchor, uploaded = f"party-{key}", request.files.get("logo")
    if request.form.get("action") == "remove":
        service.remove_party_logo(agreement_id, key)
        return back(agreement_id, PARTIES, anchor)
    content = uploaded.read() if uploaded else b""
    if not uploaded or not content:
        state = with_errors(FormState(), {"logo": _("Choose a file.")})
        return step_page(agreement_id, PARTIES, {("logo", key): state}), 422
    try:
        service.save_party_logo(agreement_id, key, (uploaded.filename or "logo").replace("\0", ""), content)
    except LogoError as problem:
        state = with_errors(FormState(), {"logo": problem.message})
        return step_page(agreement_id, PARTIES, {("logo", key): state}), 422
    return back(agreement_id, PARTIES, anchor)


@drafts.post("/<uuid:agreement_id>/contacts/<key>")
def save_contact(agreement_id: UUID, key: str) -> Answer:
    """Save a person."""
    return _save(
        agreement_id,
        schemas.ContactForm(),
        "contact",
        key,
        lambda loaded: service.save_contact(agreement_id, key, loaded),
    )


def _goal_form(goal: DeclaredGoal) -> schemas.DescribedGoalForm:
    if goal.qualitative:
        return schemas.DescribedGoalForm()
    return schemas.PercentGoalForm() if goal.unit is GoalUnit.PERCENT else schemas.GoalForm()


@drafts.post("/<uuid:agreement_id>/goals/<key>")
def save_goal(agreement_id: UUID, key: str) -> Answer:
    """Save a goal."""
    parts = service.open_draft(agreement_id)
    _section_of(parts, "goal", key)
    schema = _goal_form(parts.kind.goal(key))
    return _save(
        agreement_id, schema, "goal", key, lambda loaded: service.save_goal(agreement_id, key, loaded)
    )


@drafts.post("/<uuid:agreement_id>/meetings/<key>")
def save_meeting(agreement_id: UUID, key: str) -> Answer:
    """Save a meeting's rhythm."""
    return _save(
        agreement_id,
        schemas.MeetingForm(),
        "meeting",
        key,
        lambda loaded: service.save_meeting(agreement_id, key, loaded),
    )


@drafts.post("/<uuid:agreement_id>/duration")
def save_duration(agreement_id: UUID) -> Answer:
    """Save from when and until when."""
    return _save(
        agreement_id,
        schemas.DurationForm(),
        "duration",
        "duration",
        lambda loaded: service.save_duration(agreement_id, **loaded),
    )


def _save(agreement_id: UUID, schema: Schema, kind: str, key: str, save: Save) -> Answer:
    loaded, state = read_form(schema, request.form)
    step = _step(agreement_id, kind, key)
    if loaded is None:
        return invalid(agreement_id, step, kind, key, state)
    return keep(agreement_id, step, (kind, key), loaded, state, save)


def _step(agreement_id: UUID, kind: str, key: str) -> str:
    return _section_of(service.open_draft(agreement_id), kind, key)


def _section_of(parts: agreement_parts.Parts, kind: str, key: str) -> str:
    """The page of the composer on which a part stands. Raises NotFound for an unknown key."""
    if kind in {"party", "contact", "title"}:
        return PARTIES
    if kind == "duration":
        return parts.kind.duration.section
    sections = {
        "value": lambda: {key: _home(parts, key)},
        "clause": lambda: {clause.key: one.key for one in parts.kind.sections for clause in one.clauses},
        "goal": lambda: {one.key: one.section for one in parts.kind.goals},
        "meeting": lambda: {one.key: one.section for one in parts.kind.meetings},
    }
    found = sections[kind]().get(key)
    if not found:
        raise NotFound("agreement.part_not_found", _("We cannot find this part of the agreement."))
    return found


def _home(parts: agreement_parts.Parts, key: str) -> str:
    """Where a placeholder is filled: where it is first used, or on the first page."""
    if key not in {one.key for one in parts.kind.placeholders}:
        return ""
    return pages.homes(parts).get(key, parts.kind.sections[0].key)
