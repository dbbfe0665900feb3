"""Addresses of the list besides the list: its files, and the views that people keep of it."""

from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from core.agreements.overview import exporting, listing, saved
from core.agreements.overview.list_page import asked, gone, list_page, list_url
from core.agreements.overview.schemas import RenameForm, ViewForm
from core.documents.sheets import MEDIA_TYPES, Format
from core.kernel.errors import Invalid
from core.web.forms import FormState, read_form, with_errors

lists = Blueprint("agreements_list", __name__, url_prefix="/t/<slug>/agreements")


@lists.get("/export.xlsx")
def xlsx() -> Response:
    """The list for a spreadsheet."""
    return _file("xlsx")


@lists.get("/export.csv")
def csv() -> Response:
    """The list for other programs."""
    return _file("csv")


def _file(kind: Format) -> Response:
    known = listing.choices()
    filters, _form = asked(known)
    made = exporting.export(kind, filters, known)
    answer = send_file(made.content, MEDIA_TYPES[kind], as_attachment=True, download_name=made.name)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@lists.get("/views")
def views() -> str:
    """The views that the member sees, to rename and delete."""
    return _views_page()


def _views_page(view_id: UUID | None = None, state: FormState | None = None) -> str:
    known, found = listing.choices(), saved.views()
    forms = {
        one.id: FormState(state.values, state.errors, prefix=str(one.id))
        if state and one.id == view_id
        else FormState({"name": one.name}, prefix=str(one.id))
        for one in found
    }
    missing = {one.id: gone(one, known) for one in found}
    return render_template("agreements/views.html", views=found, forms=forms, missing=missing)


@lists.post("")
def save() -> BaseResponse:
    """Keep what the address asks for under a name."""
    loaded, state = read_form(ViewForm(), request.form)
    filters, _form = asked(listing.choices())
    if loaded is not None:
        try:
            saved.save(loaded["name"], filters.asked, shared=loaded["shared"])
        except Invalid as problem:
            state, loaded = with_errors(state, problem.fields), None
    if loaded is None:
        answer = list_page(FormState(state.values, state.errors, prefix="view"))
        answer.status_code = 422
        return answer
    flash(_("The view is saved."), "success")
    return redirect(list_url(filters), 303)


@lists.post("/views/<uuid:view_id>/rename")
def rename(view_id: UUID) -> BaseResponse | tuple[str, int]:
    """Give a view another name."""
    loaded, state = read_form(RenameForm(), request.form)
    if loaded is None:
        saved.changeable(view_id)
        return _views_page(view_id, state), 422
    try:
        saved.rename(view_id, loaded["name"])
    except Invalid as problem:
        return _views_page(view_id, with_errors(state, problem.fields)), 422
    flash(_("The view has a new name."), "success")
    return redirect(url_for(".views"), 303)


@lists.post("/views/<uuid:view_id>/delete")
def delete(view_id: UUID) -> BaseResponse:
    """Take a view away."""
    saved.delete(view_id)
    flash(_("The view is deleted."), "success")
    return redirect(url_for(".views"), 303)
