"""Pages about the places that a tenant serves beside its own."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.access import service as access
from core.kernel import clock
from core.kernel.errors import Conflict, Invalid, Message, NotFound
from core.tenancy.served import Served, servable_kinds
from core.tenancy.service import current_tenant
from core.web.forms import FormState, read_form, with_errors
from core.web.languages import current_language
from tenants.units import service
from tenants.units.schemas import LastDayForm, served_form
from tenants.units.views import units

Options = list[tuple[str, tuple[tuple[str, str], ...]]]


@units.get("/places")
def places() -> str:
    """The places that are served, and the form to add one."""
    return _page(FormState({"served_from": _today()}))


@units.post("/places")
def serve() -> ResponseReturnValue:
    """Serve one place more."""
    access.require(service.MANAGE_TENANT)
    known = [key for _group, options in _options() for key, _name in options]
    loaded, state = read_form(served_form(known), request.form)
    if loaded is None:
        return _page(state), 422
    try:
        service.serve(loaded["place"], loaded["served_from"], loaded["served_until"])
    except Invalid as problem:
        return _page(with_errors(state, problem.fields)), problem.status
    flash(_("The place is added."), "success")
    return redirect(url_for("tenants_units.places"), code=303)


@units.get("/places/<uuid:served_id>/end")
def ask_to_end(served_id: UUID) -> str:
    """The form of the last day."""
    return _end_page(served_id, FormState({"served_until": _today()}))


@units.post("/places/<uuid:served_id>/end")
def end(served_id: UUID) -> ResponseReturnValue:
    """Set the last day on which a place is served."""
    access.require(service.MANAGE_TENANT)
    loaded, state = read_form(LastDayForm(), request.form)
    if loaded is None:
        return _end_page(served_id, state), 422
    try:
        service.serve_until(served_id, loaded["served_until"])
    except Invalid as problem:
        return _end_page(served_id, with_errors(state, problem.fields)), problem.status
    except Conflict as problem:
        return _end_page(served_id, state, problem.message), problem.status
    flash(_("The last day is saved."), "success")
    return redirect(url_for("tenants_units.places"), code=303)


def _today() -> str:
    return clock.today(current_tenant().timezone).isoformat()


def _options() -> Options:
    language = current_language()
    return [
        (
            kind.title.in_language(language),
            tuple((f"{kind.key}/{place.code}", place.name) for place in kind.places),
        )
        for kind in servable_kinds()
    ]


def _page(state: FormState) -> str:
    return render_template(
        "tenants/units/places.html",
        served=service.list_served(),
        today=clock.today(current_tenant().timezone),
        form=state,
        options=_options(),
    )


def _end_page(served_id: UUID, state: FormState, trouble: Message = "") -> str:
    place: Served | None = next((one for one in service.list_served() if one.id == served_id), None)
    if place is None:
        raise NotFound("served_place.not_found", _("We cannot find this place among those you serve."))
    return render_template("tenants/units/end_place.html", place=place, form=state, trouble=trouble)
