"""The page on which an administrator sets up, tries and enforces the organisation's own sign-in."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import fields

from core.access.freshness import fresh
from core.access.limits import limited
from core.access.links import public_link
from core.access.sso import flow, guardians, journey, service
from core.access.sso.troubles import Trouble
from core.kernel.errors import Conflict, Invalid
from core.tenancy import service as tenancy
from core.web.forms import FormSchema, FormState, read_form, with_errors
from core.web.languages import current_language
from tenants.single_sign_on.schemas import provider_form, rows_for, values_of

sign_in = Blueprint("tenants_sign_in", __name__, url_prefix="/t/<slug>/settings/sign-in")
KINDS = {"good": "success", "attention": "warning", "bad": "danger"}


class GuardianForm(FormSchema):
    """Who may enter when the provider is down."""

    membership_id = fields.UUID(load_default=None)


@sign_in.get("")
def page() -> str:
    """How people sign in here, and what is left to do."""
    return _page()


@sign_in.post("")
@fresh
def describe() -> ResponseReturnValue:
    """Keep what is said about the provider."""
    provider = service.current()
    keys = [role.key for role in service.roles_to_give()]
    loaded, state = read_form(provider_form(keys, rows_for(provider)), request.form)
    if loaded is None:
        return _page(form=state), 422
    try:
        service.describe(loaded)
    except Invalid as problem:
        return _page(form=with_errors(state, problem.fields)), problem.status
    return _done(_("Saved. Now test the connection, and try it yourself."))


@sign_in.post("/check")
@limited("20 per minute")
@fresh
def check() -> ResponseReturnValue:
    """Ask the provider whether all is in order."""
    try:
        found = service.check()
    except Conflict as problem:
        return _page(trouble=str(problem.message)), problem.status
    for finding in found:
        flash(str(finding.text), KINDS[finding.kind])
    return redirect(url_for("tenants_sign_in.page"), code=303)


@sign_in.get("/try")
@limited("20 per minute")
@fresh
def try_it() -> ResponseReturnValue:
    """Leave for the provider, to see whether one comes back."""
    provider = service.current()
    if provider is None:
        return redirect(url_for("tenants_sign_in.page"))
    try:
        return redirect(journey.leave(provider, flow.TRY, url_for("tenants_sign_in.page")))
    except Trouble as problem:
        flash(str(problem.message), "danger")
        return redirect(url_for("tenants_sign_in.page"))


@sign_in.post("/offer")
@fresh
def offer() -> ResponseReturnValue:
    """Show the provider at sign-in."""
    return _change(service.offer, _("People can sign in with it now."))


@sign_in.post("/enforce")
@fresh
def enforce() -> ResponseReturnValue:
    """Let members in through the provider only."""
    return _change(service.enforce, _("From now on members come in this way only."))


@sign_in.post("/relax")
@fresh
def relax() -> ResponseReturnValue:
    """Let members in by their own ways too."""
    return _change(service.relax, _("Members can sign in with their own password or passkey again."))


@sign_in.post("/off")
@fresh
def turn_off() -> ResponseReturnValue:
    """Offer the provider no longer."""
    return _change(service.turn_off, _("The sign-in of your organisation is turned off."))


@sign_in.post("/break-glass")
@fresh
def name_guardian() -> ResponseReturnValue:
    """Name somebody who may enter when the provider is down."""
    loaded, state = read_form(GuardianForm(), request.form)
    chosen = loaded["membership_id"] if loaded else None
    if chosen is None:
        return _page(guardian=with_errors(state, {"membership_id": _("Choose somebody from the list.")})), 422
    return _change(lambda: guardians.name_guardian(chosen), _("Noted."))


@sign_in.post("/break-glass/<uuid:membership_id>/release")
@fresh
def release_guardian(membership_id: UUID) -> ResponseReturnValue:
    """Let somebody break the glass no longer."""
    return _change(lambda: guardians.release_guardian(membership_id), _("Noted."))


def _change(verb: Callable[[], None], done: str) -> ResponseReturnValue:
    try:
        verb()
    except Conflict as problem:
        return _page(trouble=str(problem.message)), problem.status
    return _done(done)


def _done(message: str) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(url_for("tenants_sign_in.page"), code=303)


def _page(form: FormState | None = None, guardian: FormState | None = None, trouble: str = "") -> str:
    provider, language = service.current(), current_language()
    return render_template(
        "tenants/single_sign_on/page.html",
        provider=provider,
        tenant=tenancy.current_tenant(),
        form=form or FormState(values_of(provider)),
        rows=rows_for(provider),
        roles=[(role.key, role.title.in_language(language)) for role in service.roles_to_give()],
        guardians=guardians.guardians(),
        candidates=guardians.candidates(),
        guardian_form=guardian or FormState(),
        callback=journey.callback_address(),
        front=public_link("web.front"),
        trouble=trouble,
    )
