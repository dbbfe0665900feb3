"""The pages of an agreement's life: one small page for each verb, with a form and a reason."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response

from core.access import service as access
from core.agreements import reach
from core.agreements.life import renewing, service
from core.agreements.life.schemas import EndForm, NewEndForm, PauseForm, ReasonForm
from core.agreements.signing.case import today
from core.kernel.errors import Invalid
from core.web.forms import FormSchema, FormState, read_form, with_errors

life = Blueprint("agreements_life", __name__, url_prefix="/t/<slug>/agreements/<uuid:agreement_id>")
Verb = Callable[[UUID, dict[str, Any]], None]


@life.get("/extend")
def extend_page(agreement_id: UUID) -> str:
    """Ask for a later last day."""
    return _page("extend", agreement_id)


@life.post("/extend")
def extend(agreement_id: UUID) -> Any:
    """Give the agreement a later last day."""

    def act(which: UUID, typed: dict[str, Any]) -> None:
        service.extend(which, typed["last_day"], typed["reason"])

    done = lazy_gettext("The agreement is extended. The parties are told by mail, and the deadlines follow.")
    return _act("extend", agreement_id, NewEndForm(), act, done)


@life.get("/shorten")
def shorten_page(agreement_id: UUID) -> str:
    """Ask for an earlier last day."""
    return _page("shorten", agreement_id)


@life.post("/shorten")
def shorten(agreement_id: UUID) -> Any:
    """Give the agreement an earlier last day."""

    def act(which: UUID, typed: dict[str, Any]) -> None:
        service.shorten(which, typed["last_day"], typed["reason"])

    done = lazy_gettext("The agreement is shortened. The parties are told by mail, and the deadlines follow.")
    return _act("shorten", agreement_id, NewEndForm(), act, done)


@life.get("/end")
def end_page(agreement_id: UUID) -> str:
    """Ask for the last day of an agreement that comes to an end."""
    return _page("end", agreement_id)


@life.post("/end")
def end(agreement_id: UUID) -> Any:
    """Give notice, or end by consent."""

    def act(which: UUID, typed: dict[str, Any]) -> None:
        service.end(which, typed["last_day"], typed["reason"], agreed=typed["agreed"])

    done = lazy_gettext("The agreement comes to an end. The parties are told by mail.")
    return _act("end", agreement_id, EndForm(), act, done)


@life.get("/pause")
def pause_page(agreement_id: UUID) -> str:
    """Ask from when, and until when."""
    return _page("pause", agreement_id)


@life.post("/pause")
def pause(agreement_id: UUID) -> Any:
    """Let the agreement rest."""

    def act(which: UUID, typed: dict[str, Any]) -> None:
        service.pause(which, typed["first_day"], typed["resumes_on"], typed["reason"])

    done = lazy_gettext("The pause is saved. The parties are told by mail, and the deadlines follow.")
    return _act("pause", agreement_id, PauseForm(), act, done)


@life.get("/resume")
def resume_page(agreement_id: UUID) -> str:
    """Ask why it goes on."""
    return _page("resume", agreement_id)


@life.post("/resume")
def resume(agreement_id: UUID) -> Any:
    """Let the agreement go on today."""

    def act(which: UUID, typed: dict[str, Any]) -> None:
        service.resume(which, typed["reason"])

    done = lazy_gettext("The agreement goes on. The parties are told by mail, and the deadlines follow.")
    return _act("resume", agreement_id, ReasonForm(), act, done)


@life.post("/renew")
def renew(agreement_id: UUID) -> Response:
    """Begin the agreement that follows, as a copy."""
    new_id = renewing.renew(agreement_id)
    flash(_("A new draft is made as a copy. Change what is different and send it for signing."), "success")
    return redirect(url_for("agreements_drafts.compose", agreement_id=new_id, step="parties"), 303)


def _page(verb: str, agreement_id: UUID, form: FormState | None = None) -> str:
    access.require(service.CHANGE)
    agreement = reach.find(service.CHANGE, agreement_id)
    service.refuse_unless(agreement, service.ALLOWED[verb])
    return render_template(
        f"agreements/life/{verb}.html",
        agreement=agreement,
        form=form or FormState({"first_day": today().isoformat()}),
        first_day_by_notice=service.first_day_by_notice(agreement),
        today=today(),
    )


def _act(verb: str, agreement_id: UUID, schema: FormSchema, act: Verb, done: Any) -> Any:
    access.require(service.CHANGE)
    typed, form = read_form(schema, request.form)
    if typed is None:
        return _page(verb, agreement_id, form), 422
    try:
        act(agreement_id, typed)
    except Invalid as problem:
        return _page(verb, agreement_id, with_errors(form, problem.fields)), problem.status
    flash(str(done), "success")
    return redirect(url_for("agreements_overview.page", agreement_id=agreement_id), 303)
