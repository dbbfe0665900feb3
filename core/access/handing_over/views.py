"""The page on which a colleague's work moves to another."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from core.access.directory import seats_to_choose_from
from core.access.handing_over import service
from core.access.handing_over.schemas import hand_over_form
from core.kernel.errors import Invalid
from core.web.forms import FormState, read_form, with_errors

handing_over = Blueprint("access_handing_over", __name__, url_prefix="/t/<slug>/people")


@handing_over.get("/<uuid:membership_id>/work")
def page(membership_id: UUID) -> str:
    """What somebody's open work is, and to whom it can move."""
    return _page(membership_id, FormState())


@handing_over.post("/<uuid:membership_id>/work")
def hand_over(membership_id: UUID) -> ResponseReturnValue:
    """Move it."""
    service.waiting(membership_id)
    loaded, state = read_form(hand_over_form(str(key) for key, _name in seats_to_choose_from()), request.form)
    if loaded is None:
        return _page(membership_id, state), 422
    try:
        count = service.hand_over(membership_id, UUID(loaded["to"]), loaded["reason"])
    except Invalid as problem:
        return _page(membership_id, with_errors(state, problem.fields)), problem.status
    flash(ngettext("%(num)s thing is moved.", "%(num)s things are moved.", count), "success")
    return redirect(url_for("access_handing_over.page", membership_id=membership_id), code=303)


def _page(membership_id: UUID, form: FormState) -> str:
    person, work = service.waiting(membership_id)
    colleagues = [(str(key), name) for key, name in seats_to_choose_from() if key != membership_id]
    return render_template(
        "access/handing_over/page.html", person=person, work=work, colleagues=colleagues, form=form
    )
