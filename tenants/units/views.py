"""Pages about units."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.access import directory
from core.access import service as access
from core.kernel.errors import Invalid
from core.tenancy.kinds import unit_kinds
from core.web.forms import FormState, read_form, with_errors
from core.web.languages import current_language
from tenants.units import service
from tenants.units.schemas import UnitForm, unit_form

units = Blueprint("tenants_units", __name__, url_prefix="/t/<slug>/units")


@units.get("")
def page() -> str:
    """All units with how many people work there."""
    return render_template(
        "tenants/units/list.html",
        units=service.list_units(),
        kinds=dict(_kinds()),
        may_manage=access.decide(service.MANAGE).allowed,
        may_serve=access.decide(service.MANAGE_TENANT).allowed,
    )


@units.get("/new")
def new() -> str:
    """The form of a new unit."""
    access.require(service.MANAGE)
    return _new_page(FormState())


@units.post("/new")
def make() -> ResponseReturnValue:
    """Make a unit."""
    access.require(service.MANAGE)
    loaded, state = read_form(unit_form([key for key, _title in _kinds()]), request.form)
    if loaded is None:
        return _new_page(state), 422
    try:
        made = service.open_unit(loaded["kind"], loaded["name"])
    except Invalid as problem:
        return _new_page(with_errors(state, problem.fields)), problem.status
    flash(_("The unit %(name)s is there. Now choose who works in it.", name=made.name), "success")
    return redirect(url_for("tenants_units.unit", unit_id=made.id), code=303)


@units.get("/<uuid:unit_id>")
def unit(unit_id: UUID) -> str:
    """One unit and who works there."""
    access.require(service.READ)
    return _unit_page(unit_id)


@units.post("/<uuid:unit_id>")
def rename(unit_id: UUID) -> ResponseReturnValue:
    """Give a unit another name."""
    access.require(service.MANAGE)
    loaded, state = read_form(UnitForm(), request.form)
    if loaded is None:
        return _unit_page(unit_id, state), 422
    try:
        service.rename_unit(unit_id, loaded["name"])
    except Invalid as problem:
        return _unit_page(unit_id, with_errors(state, problem.fields)), problem.status
    flash(_("The unit has its new name."), "success")
    return redirect(url_for("tenants_units.unit", unit_id=unit_id), code=303)


@units.post("/<uuid:unit_id>/close")
def close(unit_id: UUID) -> ResponseReturnValue:
    """Close a unit."""
    service.close_unit(unit_id)
    flash(_("The unit is closed. What belongs to it stays where it is."), "success")
    return redirect(url_for("tenants_units.page"), code=303)


def _kinds() -> list[tuple[str, str]]:
    language = current_language()
    return [(kind.key, kind.title.in_language(language)) for kind in unit_kinds()]


def _new_page(state: FormState) -> str:
    return render_template("tenants/units/new.html", form=state, kinds=_kinds())


def _unit_page(unit_id: UUID, state: FormState | None = None) -> str:
    may_manage, may_read = (access.decide(one).allowed for one in (service.MANAGE, service.READ))
    shown = service.unit(unit_id, to=service.READ if may_read else service.MANAGE)
    return render_template(
        "tenants/units/unit.html",
        unit=shown,
        kind=dict(_kinds()).get(shown.kind, ""),
        found=directory.search(unit_id=unit_id) if may_read else None,
        may_manage=may_manage,
        form=state or FormState({"name": shown.name}),
    )
