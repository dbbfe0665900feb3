"""The page below the settings about visits of support."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.access import visits as service
from core.access.service import require
from core.tenancy import door
from core.tenancy.gate import open_when_suspended
from core.web.fields import Choice
from core.web.forms import FormSchema, FormState, read_form

RULES = ("always", "invited")
visits = Blueprint("tenants_visits", __name__, url_prefix="/t/<slug>/settings/visits")


class RuleForm(FormSchema):
    """When support may come in."""

    rule = Choice(RULES, required=True)


@visits.get("")
def page() -> str:
    """Who was here and why, and when support may come in."""
    return _page()


@visits.post("")
@open_when_suspended
def choose() -> ResponseReturnValue:
    """Decide when support may come in."""
    require(service.MANAGE)
    loaded, form = read_form(RuleForm(), request.form)
    if loaded is None:
        return _page(form), 422
    service.open_door(always=loaded["rule"] == "always")
    flash(_("It is saved when support may come in."), "success")
    return redirect(url_for("tenants_visits.page"), code=303)


@visits.post("/invite")
@open_when_suspended
def invite() -> ResponseReturnValue:
    """Let support in for a day."""
    service.invite()
    flash(_("Support may come in for a day. You get a mail when it does."), "success")
    return redirect(url_for("tenants_visits.page"), code=303)


@visits.post("/<uuid:visit_id>/end")
@open_when_suspended
def end(visit_id: UUID) -> ResponseReturnValue:
    """End a visit at once."""
    service.end(visit_id)
    flash(_("The visit is over. Support can see nothing here any more."), "success")
    return redirect(url_for("tenants_visits.page"), code=303)


def _page(form: FormState | None = None) -> str:
    return render_template(
        "tenants/visits/page.html",
        visits=service.visits(),
        form=form or FormState({"rule": RULES[0] if door.may_always_enter() else RULES[1]}),
        invited_until=door.invited_until(),
    )
