"""Pages of an evaluation: what we say, asking the others, points and their outcome, closing, sending."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from core.access.addressees import accounts_who_may
from core.agreements.evaluating import asking, deciding, next_draft, sending, service, typed
from core.agreements.evaluating.finding import begun_case
from core.agreements.evaluating.next_version import next_version
from core.agreements.evaluating.ratings import options
from core.agreements.evaluating.reading import page_of, point_page, promise_of
from core.agreements.evaluating.schemas import (
    ask_form,
    attained_in,
    decision_form,
    decision_of,
    ours_form,
    point_form,
    ratings_in,
    taken_form,
)
from core.agreements.evaluating.states import OUTCOMES
from core.kernel.errors import Invalid
from core.obligations.finding import DO, find_to_do, reaches
from core.web.forms import FormSchema, FormState, read_form, with_errors
from core.web.languages import current_language

evaluating = Blueprint(
    "agreements_evaluating", __name__, url_prefix="/t/<slug>/obligations/<uuid:obligation_id>/evaluation"
)
FORMS = ("ours", "point")


@evaluating.get("")
def page(obligation_id: UUID) -> str:
    """The evaluation as it stands; closed, a report."""
    return _shown(obligation_id)


def _shown(obligation_id: UUID, **forms: FormState) -> str:
    found = page_of(obligation_id)
    if found is None:
        promise, may_do = promise_of(obligation_id), reaches(obligation_id)
        return render_template("agreements/evaluating/begin.html", promise=promise, may_do=may_do)
    fresh = {"ours": FormState(typed.ours(found))}
    states = {name: replace(forms.get(name, fresh.get(name, FormState())), prefix=name) for name in FORMS}
    return render_template(
        "agreements/evaluating/report.html" if found.case.is_closed else "agreements/evaluating/page.html",
        found=found,
        forms=states,
        asks={
            one: _asked(one, forms.get("ask"))
            for one in (voice.assessment.party_key for voice in found.voices)
        },
        open_form=next(iter(forms), ""),
        scale=options(current_language()),
    )


def _asked(party_key: str, form: FormState | None) -> FormState:
    """The form that asks a party; one that came back belongs to one party only."""
    is_this = form is not None and form.value("party") == party_key
    return replace(form if form and is_this else FormState(), prefix=f"ask-{party_key}")


@evaluating.post("/begin")
def begin(obligation_id: UUID) -> Response:
    """Begin the evaluation."""
    service.begin(obligation_id)
    return _back(obligation_id, _("The evaluation has begun."))


@evaluating.post("")
def save(obligation_id: UUID) -> Any:
    """Write down what we say."""
    evaluation = _case_to_do(obligation_id).evaluation

    def act(given: Mapping[str, Any]) -> None:
        words = {name: given[name] for name in ("experience", "practice", "participants")}
        ours = service.Ours(ratings=ratings_in(given), attained=attained_in(given), **words)
        service.save_ours(obligation_id, ours)

    return _act(obligation_id, "ours", ours_form(evaluation.aims, evaluation.goals), act, _("Saved."))


@evaluating.post("/ask")
def ask(obligation_id: UUID) -> Any:
    """Mail a party a link to its assessment."""

    def act(given: Mapping[str, Any]) -> None:
        asking.ask(obligation_id, given["party"], given["contact"])

    return _act(obligation_id, "ask", ask_form(_parties(obligation_id)), act, _("The link is on its way."))


@evaluating.post("/points")
def add_point(obligation_id: UUID) -> Any:
    """Add a point."""

    def act(given: Mapping[str, Any]) -> None:
        service.add_point(obligation_id, given["party"], given["text"])

    return _act(obligation_id, "point", point_form(_parties(obligation_id)), act, _("The point is added."))


def _case_to_do(obligation_id: UUID) -> Any:
    find_to_do(obligation_id)
    promise_of(obligation_id)
    return begun_case(obligation_id)


def _parties(obligation_id: UUID) -> list[str]:
    return [one.party_key for one in _case_to_do(obligation_id).assessments]


def _act(
    obligation_id: UUID, name: str, schema: FormSchema, act: Callable[[Mapping[str, Any]], None], said: str
) -> Any:
    given, state = read_form(schema, request.form)
    if given is not None:
        try:
            act(given)
        except Invalid as problem:
            state = with_errors(state, problem.fields)
        else:
            return _back(obligation_id, said)
    return _shown(obligation_id, **{name: state}), 422


@evaluating.get("/points/<uuid:point_id>")
def point(obligation_id: UUID, point_id: UUID) -> str:
    """Ask what comes of a point."""
    return _point_shown(obligation_id, point_id)


@evaluating.post("/points/<uuid:point_id>")
def decide(obligation_id: UUID, point_id: UUID) -> Any:
    """Say what comes of a point."""
    point_page(obligation_id, point_id)
    colleagues = [str(one) for one, _name in accounts_who_may(DO)]
    given, state = read_form(decision_form(colleagues), request.form)
    if given is not None:
        try:
            deciding.decide(obligation_id, point_id, decision_of(given))
        except Invalid as problem:
            state = with_errors(state, problem.fields)
        else:
            return _back(obligation_id, _("The outcome is saved."))
    return _point_shown(obligation_id, point_id, state), 422


def _point_shown(obligation_id: UUID, point_id: UUID, form: FormState | None = None) -> str:
    found, language = point_page(obligation_id, point_id), current_language()
    return render_template(
        "agreements/evaluating/point.html",
        found=found,
        form=form or FormState(typed.decision(found)),
        outcomes=[(one.value, said.in_language(language)) for one, said in OUTCOMES.items()],
        clauses=[*found.clauses.items(), (deciding.NEW_CLAUSE, _("A new clause"))],
    )


@evaluating.post("/close")
def close(obligation_id: UUID) -> Response:
    """Close the evaluation."""
    service.close(obligation_id)
    return _back(obligation_id, _("The evaluation is closed, and the deadline is kept."))


@evaluating.get("/changes")
def changes(obligation_id: UUID) -> str:
    """The changes to take into the next version of the agreement."""
    return _changes(obligation_id)


def _changes(obligation_id: UUID, wrong: Mapping[UUID, FormState] | None = None) -> str:
    found = next_version(obligation_id)
    forms = {one.point.id: FormState() for one in found.changes} | dict(wrong or {})
    return render_template(
        "agreements/evaluating/changes.html",
        found=found,
        forms={one: replace(form, prefix=str(one)) for one, form in forms.items()},
    )


@evaluating.post("/points/<uuid:point_id>/taken")
def mark_taken(obligation_id: UUID, point_id: UUID) -> Any:
    """Say which version took a change into the text."""
    _case_to_do(obligation_id).point(point_id)
    given, state = read_form(taken_form(next_version(obligation_id).later), request.form)
    if given is None:
        return _changes(obligation_id, {point_id: state}), 422
    deciding.mark_taken(obligation_id, point_id, int(given["version"]))
    flash(_("Saved."), "success")
    return redirect(url_for("agreements_evaluating.changes", obligation_id=obligation_id), code=303)


@evaluating.post("/next")
def begin_next(obligation_id: UUID) -> Response:
    """Begin the next version of the agreement with the changes."""
    draft_id = next_draft.begin(obligation_id)
    flash(_("A draft of the change is made. Each point stands as a suggestion on its clause."), "success")
    return redirect(url_for("agreements_drafts.compose", agreement_id=draft_id, step="parties"), 303)


@evaluating.post("/send")
def send(obligation_id: UUID) -> Response:
    """Send the closed evaluation to those who took part."""
    count = sending.send(obligation_id)
    said = ngettext(
        "The evaluation is on its way to %(num)s person.",
        "The evaluation is on its way to %(num)s people.",
        count,
    )
    return _back(obligation_id, said)


def _back(obligation_id: UUID, said: str) -> Response:
    flash(said, "success")
    return redirect(url_for("agreements_evaluating.page", obligation_id=obligation_id), code=303)
