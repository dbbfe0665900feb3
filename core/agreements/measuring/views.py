"""The pages of the goals of an agreement."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from core.agreements.measuring import evidence, noting, schemas, words
from core.agreements.measuring.evidence import Seen
from core.agreements.measuring.noting import Noted
from core.agreements.measuring.reading import goals_on_page
from core.agreements.measuring.terms import Agreed
from core.agreements.models import Agreement
from core.agreements.signing.case import today
from core.kernel.errors import Invalid
from core.web.forms import FormSchema, FormState, read_form, with_errors
from core.web.htmx import page_or_fragment

INVALID = 422

goals = Blueprint("agreements_goals", __name__, url_prefix="/t/<slug>/agreements/<uuid:agreement_id>/goals")
Save = Callable[[dict[str, Any]], object]
Show = Callable[[FormState], str]


@goals.get("")
def page(agreement_id: UUID) -> str:
    """Every goal with its figures; one line of them when htmx asks for the agreement's page."""
    found = goals_on_page(agreement_id)
    return page_or_fragment(
        "agreements/goals/page.html",
        "summary",
        shown=found,
        agreement=found.agreement,
        summary=words.summary_of(found),
        words=words,
    )


@goals.get("/<key>/values")
def new_value(agreement_id: UUID, key: str) -> str:
    """Ask for a figure."""
    return _value_page(agreement_id, key, FormState({"counted_on": today().isoformat()}))


@goals.post("/<key>/values")
def note(agreement_id: UUID, key: str) -> Any:
    """Note a figure."""
    _agreement, goal = noting.to_note(agreement_id, key)
    form = schemas.ShareForm() if goal.unit == "percent" else schemas.FigureForm()
    return _saved(
        form,
        lambda typed: noting.note(agreement_id, key, _noted(typed)),
        lambda state: _value_page(agreement_id, key, state),
        _("The figure is noted."),
        agreement_id,
    )


@goals.get("/<key>/values/<uuid:value_id>")
def edit_value(agreement_id: UUID, key: str, value_id: UUID) -> str:
    """Ask what a figure should have been."""
    row = noting.stored(agreement_id, key, value_id)
    number = int(row.value) if row.value is not None else None
    typed = {"counted_on": row.counted_on.isoformat(), "hits": row.hits, "of": row.of, "value": number}
    return _value_page(agreement_id, key, FormState(typed | {"source": row.source}), value_id)


@goals.post("/<key>/values/<uuid:value_id>")
def correct(agreement_id: UUID, key: str, value_id: UUID) -> Any:
    """Let another figure take its place."""
    noting.stored(agreement_id, key, value_id)
    _agreement, goal = noting.to_note(agreement_id, key)
    form = schemas.CorrectShareForm() if goal.unit == "percent" else schemas.CorrectFigureForm()
    return _saved(
        form,
        lambda typed: noting.correct(agreement_id, key, value_id, _noted(typed), typed["reason"]),
        lambda state: _value_page(agreement_id, key, state, value_id),
        _("The figure is corrected."),
        agreement_id,
    )


@goals.get("/<key>/values/<uuid:value_id>/take-back")
def ask_to_take_back(agreement_id: UUID, key: str, value_id: UUID) -> str:
    """Ask why a figure should not be there."""
    return _take_back_page(agreement_id, key, value_id, FormState())


@goals.post("/<key>/values/<uuid:value_id>/take-back")
def take_back(agreement_id: UUID, key: str, value_id: UUID) -> Any:
    """Say that a figure should not be there."""
    noting.stored(agreement_id, key, value_id)
    return _saved(
        schemas.ReasonForm(),
        lambda typed: noting.take_back(agreement_id, key, value_id, typed["reason"]),
        lambda state: _take_back_page(agreement_id, key, value_id, state),
        _("The figure is taken back."),
        agreement_id,
    )


@goals.get("/<key>/evidence")
def new_evidence(agreement_id: UUID, key: str) -> str:
    """Ask for an example."""
    return _evidence_page(agreement_id, key, FormState({"happened_on": today().isoformat()}))


@goals.post("/<key>/evidence")
def add_evidence(agreement_id: UUID, key: str) -> Any:
    """Add an example."""
    evidence.to_describe(agreement_id, key)
    return _saved(
        schemas.EvidenceForm(),
        lambda typed: evidence.add(agreement_id, key, Seen(**typed)),
        lambda state: _evidence_page(agreement_id, key, state),
        _("The example is added."),
        agreement_id,
    )


@goals.get("/<key>/evidence/<uuid:evidence_id>")
def ask_to_withdraw(agreement_id: UUID, key: str, evidence_id: UUID) -> str:
    """Ask why an example is withdrawn."""
    return _withdraw_page(agreement_id, key, evidence_id, FormState())


@goals.post("/<key>/evidence/<uuid:evidence_id>")
def withdraw(agreement_id: UUID, key: str, evidence_id: UUID) -> Any:
    """Withdraw an example."""
    evidence.stored(agreement_id, key, evidence_id)
    return _saved(
        schemas.ReasonForm(),
        lambda typed: evidence.withdraw(agreement_id, key, evidence_id, typed["reason"]),
        lambda state: _withdraw_page(agreement_id, key, evidence_id, state),
        _("The example is withdrawn, and its words are erased."),
        agreement_id,
    )


def _saved(schema: FormSchema, save: Save, show: Show, done: str, agreement_id: UUID) -> Any:
    typed, state = read_form(schema, request.form)
    if typed is None:
        return show(state), INVALID
    try:
        save(typed)
    except Invalid as problem:
        return show(with_errors(state, problem.fields)), problem.status
    flash(done, "success")
    return _back(agreement_id)


def _back(agreement_id: UUID) -> Response:
    return redirect(url_for("agreements_goals.page", agreement_id=agreement_id), code=303)


def _noted(typed: dict[str, Any]) -> Noted:
    return Noted(typed["counted_on"], typed["source"], typed["of"], typed.get("hits"), typed.get("value"))


def _value_page(agreement_id: UUID, key: str, form: FormState, value_id: UUID | None = None) -> str:
    agreement, goal = noting.to_note(agreement_id, key)
    return _form_page("value", agreement, goal, form, value_id=value_id, today=today())


def _take_back_page(agreement_id: UUID, key: str, value_id: UUID, form: FormState) -> str:
    row = noting.stored(agreement_id, key, value_id)
    agreement, goal = noting.to_note(agreement_id, key)
    return _form_page("take_back", agreement, goal, form, row=row)


def _evidence_page(agreement_id: UUID, key: str, form: FormState) -> str:
    agreement, goal = evidence.to_describe(agreement_id, key)
    return _form_page("evidence", agreement, goal, form, today=today())


def _withdraw_page(agreement_id: UUID, key: str, evidence_id: UUID, form: FormState) -> str:
    row = evidence.stored(agreement_id, key, evidence_id)
    agreement, goal = evidence.to_describe(agreement_id, key)
    return _form_page("withdraw", agreement, goal, form, row=row)


def _form_page(name: str, agreement: Agreement, goal: Agreed, form: FormState, **more: Any) -> str:
    return render_template(
        f"agreements/goals/{name}.html", agreement=agreement, goal=goal, form=form, words=words, **more
    )
