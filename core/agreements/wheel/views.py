"""The pages of the annual wheel."""

from typing import Any, Literal
from uuid import UUID

from babel.dates import get_month_names
from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _lazy

from core.agreements.wheel import service
from core.agreements.wheel.ring import CENTRE
from core.agreements.wheel.schemas import activity_form
from core.agreements.wheel.service import Activity
from core.agreements.wheel.year import FIRST_YEAR, LAST_YEAR, Place, place_of, this_year, year_of
from core.kernel.errors import Invalid, NotFound
from core.tenancy.units import units
from core.web.forms import FormState, read_form, with_errors

INVALID = 422

wheel = Blueprint("agreements_wheel", __name__, url_prefix="/t/<slug>/wheel")


@wheel.get("")
def page() -> str:
    """A year as a ring and as a list."""
    place = _place()
    shown = year_of(_year(), place)
    return render_template(
        "agreements/wheel/page.html",
        shown=shown,
        centre=CENTRE,
        names=_month_names("wide"),
        short_names=_month_names("abbreviated"),
        first_year=FIRST_YEAR,
        last_year=LAST_YEAR,
        may_write=service.may_write(),
        has_sample=bool(service.sample()),
    )


@wheel.get("/new")
def new() -> str:
    """The form of a new activity, with the month that was clicked."""
    place = _place()
    service.require_writing(place.agreement_id)
    values = {"month": request.args.get("month", ""), "unit": place.unit.id if place.unit else ""}
    return _form_page(FormState(values), place)


@wheel.post("/new")
def make() -> ResponseReturnValue:
    """Add an activity."""
    place = _place()
    service.require_writing(place.agreement_id)
    loaded, form = read_form(_form(), request.form)
    if loaded is None:
        return _form_page(form, place), INVALID
    try:
        service.make(_activity(loaded, place.agreement_id))
    except Invalid as problem:
        return _form_page(with_errors(form, problem.fields), place), problem.status
    flash(_("The activity is in the wheel."), "success")
    return _to_wheel(place.agreement_id)


@wheel.get("/<uuid:activity_id>")
def edit(activity_id: UUID) -> str:
    """The form with what is written."""
    stored = service.stored(activity_id)
    return _form_page(FormState(_typed(stored)), place_of(None, stored.agreement_id), activity_id)


@wheel.post("/<uuid:activity_id>")
def change(activity_id: UUID) -> ResponseReturnValue:
    """Change an activity."""
    stored = service.stored(activity_id)
    place = place_of(None, stored.agreement_id)
    loaded, form = read_form(_form(stored), request.form)
    if loaded is None:
        return _form_page(form, place, activity_id), INVALID
    try:
        service.change(activity_id, _activity(loaded, stored.agreement_id))
    except Invalid as problem:
        return _form_page(with_errors(form, problem.fields), place, activity_id), problem.status
    flash(_("The changes are saved."), "success")
    return _to_wheel(stored.agreement_id)


@wheel.post("/<uuid:activity_id>/remove")
def remove(activity_id: UUID) -> ResponseReturnValue:
    """Take an activity away."""
    agreement_id = service.stored(activity_id).agreement_id
    service.remove(activity_id)
    flash(_("The activity is removed from the wheel."), "success")
    return _to_wheel(agreement_id)


@wheel.post("/sample")
def take_in_sample() -> ResponseReturnValue:
    """Take in what the country proposes."""
    count = service.take_in_sample()
    flash(
        ngettext("%(num)s activity was added.", "%(num)s activities were added.", count)
        if count
        else _("Everything in the proposal is in the wheel already."),
        "success",
    )
    return _to_wheel(None)


def _to_wheel(agreement_id: UUID | None) -> ResponseReturnValue:
    return redirect(url_for("agreements_wheel.page", agreement=agreement_id), code=303)


def _place() -> Place:
    return place_of(_id("unit"), _id("agreement"))


def _id(name: str) -> UUID | None:
    written = request.args.get(name, "")
    try:
        return UUID(written) if written else None
    except ValueError:
        raise NotFound("wheel.no_place", _lazy("We cannot find this page.")) from None


def _year() -> int:
    written = request.args.get("year", "")
    year = int(written) if written.isdecimal() and len(written) == len("2026") else 0
    return year if FIRST_YEAR <= year <= LAST_YEAR else this_year()


def _month_names(width: Literal["wide", "abbreviated"]) -> dict[int, str]:
    names = get_month_names(width, context="stand-alone", locale=get_locale())
    return {month: name.rstrip(".").capitalize() for month, name in names.items()}


def _form(stored: Activity | None = None) -> Any:
    return activity_form([str(one) for one, _name in _units(stored)])


def _units(stored: Activity | None = None) -> list[tuple[UUID, str]]:
    """The open units, and closed ones that are named already."""
    named = {stored.unit_id, *(unit_id for _part, unit_id in stored.parts)} if stored else set()
    return [(one.id, one.name) for one in units(closed=True) if one.is_open or one.id in named]


def _activity(loaded: dict[str, Any], agreement_id: UUID | None) -> Activity:
    return Activity(
        title=loaded["title"],
        month=int(loaded["month"]),
        day=loaded["day"],
        note=loaded["note"],
        unit_id=UUID(loaded["unit"]) if loaded["unit"] else None,
        agreement_id=agreement_id,
        main=(UUID(loaded["main"]),) if loaded["main"] else (),
        performing=tuple(UUID(one) for one in loaded["performing"] if one),
        involved=tuple(UUID(one) for one in loaded["involved"] if one),
    )


def _typed(stored: Activity) -> dict[str, object]:
    return {
        "title": stored.title,
        "month": stored.month,
        "day": stored.day,
        "note": stored.note,
        "unit": stored.unit_id,
        "main": next(iter(stored.main), ""),
        "performing": stored.performing,
        "involved": stored.involved,
    }


def _form_page(form: FormState, place: Place, activity_id: UUID | None = None) -> str:
    stored = service.stored(activity_id) if activity_id else None
    return render_template(
        "agreements/wheel/form.html",
        form=form,
        place=place,
        activity_id=activity_id,
        units=_units(stored),
        months=list(_month_names("wide").items()),
    )
