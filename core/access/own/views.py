"""Pages of one's own account: password, e-mail address, where one is signed in."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import login_required
from flask_security import current_user

from core.access import sessions
from core.access.freshness import fresh
from core.access.limits import limited
from core.access.own import service
from core.access.own.schemas import AddressForm, PasswordForm
from core.kernel.errors import Problem, TooMany
from core.web.forms import FormState, read_form, with_errors

OFTEN = "20 per minute"

own = Blueprint("access_own", __name__, url_prefix="/account")


@own.get("/password")
@login_required
def password() -> str:
    """Change the password."""
    return _password_page(FormState())


@own.post("/password")
@limited(OFTEN)
@login_required
def change_password() -> ResponseReturnValue:
    """Store a new password."""
    loaded, form = read_form(PasswordForm(), request.form)
    if loaded is None:
        return _password_page(FormState(errors=form.errors)), 422
    try:
        service.change_password(current_user.id, loaded["password"], loaded["new_password"])
    except Problem as problem:
        page = _password_page(with_errors(FormState(), problem.fields), problem)
        return page, problem.status, _headers(problem)
    flash(_("Your password is changed. Other devices have to sign in anew."), "success")
    return _to_account()


@own.get("/e-mail")
@fresh
def email() -> str:
    """Ask for another e-mail address."""
    return render_template("access/own/email.html", form=FormState(), email=current_user.email)


@own.post("/e-mail")
@limited(OFTEN)
@fresh
def ask_for_address() -> ResponseReturnValue:
    """Send a link to the new address."""
    loaded, form = read_form(AddressForm(), request.form)
    if loaded is None:
        return render_template("access/own/email.html", form=form, email=current_user.email), 422
    service.ask_for_address(current_user.id, loaded["email"])
    flash(_("If the address can be used, a mail with a link is on its way to it."), "success")
    return _to_account()


@own.get("/e-mail/<token>")
def address(token: str) -> str:
    """What the link to a new address leads to, on whichever device it is opened."""
    return render_template("access/own/address.html", asked=service.asked_address(token), token=token)


@own.post("/e-mail/<token>")
@limited(OFTEN)
def change_address(token: str) -> ResponseReturnValue:
    """Take the new address into use."""
    service.change_address(service.asked_address(token))
    flash(_("Your e-mail address is changed."), "success")
    return _to_account()


@own.post("/sign-ins/<uuid:session_id>/end")
@login_required
def end_session(session_id: UUID) -> ResponseReturnValue:
    """Sign out somewhere else."""
    sessions.end(current_user.id, session_id)
    flash(_("That device is signed out."), "success")
    return _to_account()


@own.post("/sign-ins/end-others")
@login_required
def end_others() -> ResponseReturnValue:
    """Sign out everywhere else."""
    sessions.end_others()
    flash(_("Every other device is signed out."), "success")
    return _to_account()


def _password_page(form: FormState, problem: Problem | None = None) -> str:
    return render_template(
        "access/own/password.html",
        form=form,
        has_password=bool(current_user.password),
        email=current_user.email,
        problem=problem,
    )


def _headers(problem: Problem) -> dict[str, str]:
    return {"Retry-After": str(problem.seconds)} if isinstance(problem, TooMany) else {}


def _to_account() -> ResponseReturnValue:
    return redirect(url_for("access_account.own"), code=303)
