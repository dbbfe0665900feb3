"""The list of what is due, and the page of one promise with its verbs."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from core.access import service as access
from core.access.addressees import accounts_who_may
from core.documents.sheets import MEDIA_TYPES, Format
from core.history import service as histories
from core.history.paging import before, older_url
from core.kernel.errors import Invalid
from core.obligations import changing, filters, service, subjects
from core.obligations.finding import DO, READ, find, find_to_do
from core.obligations.page import promise_page
from core.obligations.schemas import DateForm, ReasonForm, ReopenForm, owner_form
from core.web.forms import FormSchema, FormState, read_form, with_errors
from core.web.languages import current_language
from core.web.pages import own_path

obligations = Blueprint("agreements_obligations", __name__, url_prefix="/t/<slug>/obligations")
FORMS = ("waive", "date", "reopen", "owner", "action")


@obligations.get("")
def due_list() -> str:
    """What is late and what is due within twelve months."""
    chosen, form = filters.read(request.args)
    language = current_language()
    return render_template(
        "obligations/list.html",
        found=service.page(request.args.get("page", default=1, type=int), *filters.conditions(chosen)),
        may_do=access.decide("obligation:do").allowed,
        chosen=chosen,
        address=filters.address(chosen),
        form=form,
        fields={key: one.in_language(language) for key, one in filters.FIELDS.items()},
        when={key: one.in_language(language) for key, one in filters.WHEN.items()},
        kinds={key: one.in_language(language) for key, one in filters.KINDS.items()},
        types=subjects.types(),
        most_rows=filters.MOST_ROWS,
    )


@obligations.get("/export.xlsx")
def xlsx() -> Response:
    """The list for a spreadsheet."""
    return _file("xlsx")


@obligations.get("/export.csv")
def csv() -> Response:
    """The list for other programs."""
    return _file("csv")


def _file(kind: Format) -> Response:
    chosen, _form = filters.read(request.args)
    name, content = filters.export(kind, chosen)
    answer = send_file(content, MEDIA_TYPES[kind], as_attachment=True, download_name=name)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@obligations.get("/<uuid:obligation_id>")
def page(obligation_id: UUID) -> str:
    """One promise: how it stands, who keeps it, its meeting and what was decided there."""
    return shown(obligation_id)


def shown(obligation_id: UUID, **forms: FormState) -> str:
    """The page of a promise; a form that came back with errors stands open."""
    found = promise_page(obligation_id)
    fresh = {
        "date": FormState({"due_on": found.row.due_on.isoformat()}),
        "owner": FormState({"owner_id": found.row.owner_id or ""}),
        "action": FormState({"number": found.next_number}),
    }
    states = {name: replace(forms.get(name, fresh.get(name, FormState())), prefix=name) for name in FORMS}
    return render_template(
        "obligations/page.html", found=found, forms=states, open_form=next(iter(forms), "")
    )


@obligations.get("/<uuid:obligation_id>/history")
def history(obligation_id: UUID) -> str:
    """What has happened to a promise."""
    access.require(READ)
    row = find(obligation_id)
    found = histories.history_of("obligation", row.id, before=before())
    return render_template(
        "history/page.html",
        title=row.title,
        back=(row.title, _page_of(obligation_id)),
        active="obligations",
        history=found,
        history_of="obligation",
        older_url=older_url(found),
    )


@obligations.post("/<uuid:obligation_id>/done")
def done(obligation_id: UUID) -> Response:
    """Mark a promise as kept and go back to where the button stood."""
    service.mark_done(obligation_id)
    flash(_("Marked as done."), "success")
    return redirect(
        own_path(request.form.get("next") or url_for("agreements_obligations.due_list")), code=303
    )


@obligations.post("/<uuid:obligation_id>/reopen")
def reopen(obligation_id: UUID) -> Any:
    """Take back that a promise was done or waived."""
    return answer(
        obligation_id,
        "reopen",
        ReopenForm(),
        lambda given: changing.reopen(obligation_id, given["reason"]),
        _("Open again."),
    )


@obligations.post("/<uuid:obligation_id>/waive")
def waive(obligation_id: UUID) -> Any:
    """Say that a promise need not be kept, and why."""
    return answer(
        obligation_id,
        "waive",
        ReasonForm(),
        lambda given: changing.waive(obligation_id, given["reason"]),
        _("Waived."),
    )


@obligations.post("/<uuid:obligation_id>/date")
def set_date(obligation_id: UUID) -> Any:
    """Give a promise another day, and say why."""
    return answer(
        obligation_id,
        "date",
        DateForm(),
        lambda given: changing.set_date(obligation_id, given["due_on"], given["reason"]),
        _("The date is changed."),
    )


@obligations.post("/<uuid:obligation_id>/owner")
def set_owner(obligation_id: UUID) -> Any:
    """Give a promise to a colleague."""
    return answer(
        obligation_id,
        "owner",
        owner_form(colleague_ids()),
        lambda given: changing.set_owner(
            obligation_id, UUID(given["owner_id"]) if given["owner_id"] else None
        ),
        _("Saved."),
    )


def colleague_ids() -> list[str]:
    """The accounts that a promise can be given to, as a form names them."""
    return [str(one) for one, _name in accounts_who_may(DO)]


def answer(
    obligation_id: UUID,
    name: str,
    schema: FormSchema,
    verb: Callable[[Mapping[str, Any]], object],
    said: str,
) -> Any:
    """Do what a form of the page asks for and go back to the page, or show what must be corrected."""
    find_to_do(obligation_id)
    given, state = read_form(schema, request.form)
    if given is not None:
        try:
            verb(given)
        except Invalid as problem:
            state = with_errors(state, problem.fields)
        else:
            flash(said, "success")
            return redirect(_page_of(obligation_id), code=303)
    return shown(obligation_id, **{name: state}), 422


def _page_of(obligation_id: UUID) -> str:
    return url_for("agreements_obligations.page", obligation_id=obligation_id)
