"""Pages of the ways to sign in: authenticator app, recovery codes, passkeys. All ask for a fresh sign-in."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import current_user

from core.access import sessions
from core.access.freshness import fresh
from core.access.limits import limited
from core.access.methods import ceremony, service, totp
from core.access.methods.schemas import AppForm, PasskeyForm
from core.access.returning import inside
from core.kernel.errors import Conflict, Problem, TooMany
from core.web.forms import FormState, read_form, with_errors

OFTEN = "20 per minute"
ACCOUNT = "access_account.own"

methods = Blueprint("access_methods", __name__, url_prefix="/account")


@methods.get("/second-factor")
@fresh
def choose() -> ResponseReturnValue:
    """Which second factor to set up, for whoever needs one; who has one signs in anew, with it."""
    if not sessions.is_strong() and service.has_second_factor(current_user):
        sessions.leave()
        return redirect(url_for("security.login", next=_next()))
    return render_template("access/methods/choose.html", next=_next())


@methods.get("/authenticator")
@fresh
def app() -> ResponseReturnValue:
    """Set up an authenticator app."""
    return _app_page(FormState())


@methods.post("/authenticator")
@limited(OFTEN)
@fresh
def confirm_app() -> ResponseReturnValue:
    """Take the app into use."""
    loaded, form = read_form(AppForm(), request.form)
    if loaded is None:
        return _app_page(form)
    try:
        codes = service.confirm_app(current_user.id, loaded["code"])
    except Conflict:
        raise
    except Problem as problem:
        return _app_page(with_errors(FormState(), problem.fields), problem)
    flash(_("The authenticator app is in use. Sign in with its codes from now on."), "success")
    return _codes_page(codes) if codes else _go_on()


@methods.post("/authenticator/remove")
@fresh
def remove_app() -> ResponseReturnValue:
    """Sign in without the app."""
    service.remove_app(current_user.id)
    flash(_("The authenticator app is removed."), "success")
    return _go_on()


@methods.post("/recovery-codes")
@limited(OFTEN)
@fresh
def new_codes() -> ResponseReturnValue:
    """Show new recovery codes, this once."""
    return _codes_page(service.new_recovery_codes(current_user.id))


@methods.get("/passkeys")
@fresh
def new_passkey() -> ResponseReturnValue:
    """Add a passkey."""
    return _passkey_page(FormState())


@methods.post("/passkeys")
@limited(OFTEN)
@fresh
def add_passkey() -> ResponseReturnValue:
    """Keep the new passkey."""
    loaded, form = read_form(PasskeyForm(), request.form)
    if loaded is None:
        return _passkey_page(FormState({"name": form.value("name")}, form.errors))
    try:
        codes = service.add_passkey(current_user.id, loaded["name"], loaded["answer"])
    except Problem as problem:
        return _passkey_page(FormState({"name": loaded["name"]}, {"": (problem.message,)}))
    flash(_("The passkey is added."), "success")
    return _codes_page(codes) if codes else _go_on()


@methods.post("/passkeys/<uuid:passkey_id>/remove")
@fresh
def remove_passkey(passkey_id: UUID) -> ResponseReturnValue:
    """Forget a passkey."""
    service.remove_passkey(current_user.id, passkey_id)
    flash(_("The passkey is removed."), "success")
    return _go_on()


def _next() -> str:
    return inside(request.values.get("next"))


def _go_on() -> ResponseReturnValue:
    return redirect(_next() or url_for(ACCOUNT), code=303)


def _codes_page(codes: list[str]) -> str:
    return render_template("access/methods/codes.html", codes=codes, next=_next() or url_for(ACCOUNT))


def _app_page(form: FormState, problem: Problem | None = None) -> ResponseReturnValue:
    secret = service.secret_for_app(current_user.id)
    page = render_template(
        "access/methods/app.html",
        form=form,
        key=totp.in_groups(secret),
        square=totp.square_of(totp.address_of(secret, current_user.email, ceremony.PRODUCT)),
        next=_next(),
        problem=problem,
    )
    if isinstance(problem, TooMany):
        return page, problem.status, {"Retry-After": str(problem.seconds)}
    return page, 422 if form.errors else 200


def _passkey_page(form: FormState) -> ResponseReturnValue:
    account = current_user._get_current_object()  # noqa: SLF001  the row, not its proxy, is described
    question = ceremony.question_for_new_key(account, service.passkeys_of(account.id))
    page = render_template("access/methods/new_passkey.html", form=form, question=question, next=_next())
    return page, 422 if form.errors else 200
