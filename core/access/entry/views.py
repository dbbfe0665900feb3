"""The pages of signing in."""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import login_required
from flask_security import current_user

from core.access import sessions
from core.access.attempts import Locked
from core.access.entry import service
from core.access.entry.schemas import PasswordForm, SignInForm
from core.access.limits import limited
from core.access.returning import inside, wanted
from core.kernel.errors import Invalid, Problem
from core.web.forms import FormState, read_form, with_errors

entry = Blueprint("access_entry", __name__)


def sign_in() -> ResponseReturnValue:
    """Who is here already goes on; everybody else shows a password or a passkey."""
    if current_user.is_authenticated:
        return redirect(wanted())
    if request.method != "POST":
        return _sign_in_page(FormState({"email": request.args.get("email", "")}))
    loaded, form = read_form(SignInForm(), request.form)
    try:
        account = service.by_password(loaded["email"], loaded["password"]) if loaded else None
    except Locked as problem:
        return _too_many(_sign_in_page(form, locked=problem), problem)
    except Problem as problem:
        return _sign_in_page(form, trouble=problem.code), 422
    if account is None:
        return _sign_in_page(form, trouble="sign_in.wrong"), 422
    sessions.begin(account, ["password"])
    return redirect(wanted())


@entry.get("/sign-in/again")
@login_required
def again() -> ResponseReturnValue:
    """Before something that matters: show once more who is here."""
    return _again_page(FormState())


@entry.post("/sign-in/again")
@limited("20 per minute")
@login_required
def confirm() -> ResponseReturnValue:
    """Go on to where one was."""
    loaded, form = read_form(PasswordForm(), request.form)
    if loaded is None:
        return _again_page(form), 422
    try:
        service.confirm_by_password(loaded["password"])
    except Locked as problem:
        return _too_many(_again_page(FormState(), locked=problem), problem)
    except Invalid as problem:
        return _again_page(with_errors(FormState(), problem.fields)), 422
    return redirect(wanted(), code=303)


def _sign_in_page(form: FormState, *, trouble: str = "", locked: Locked | None = None) -> str:
    typed = FormState({"email": form.value("email")})
    return render_template(
        "access/entry/sign_in.html",
        form=typed,
        next=inside(request.values.get("next")),
        trouble=trouble,
        locked=locked,
    )


def _too_many(page: str, problem: Locked) -> ResponseReturnValue:
    return page, problem.status, {"Retry-After": str(problem.seconds)}


def _again_page(form: FormState, locked: Locked | None = None) -> str:
    return render_template(
        "access/entry/again.html",
        form=form,
        locked=locked,
        next=wanted(),
        has_password=bool(current_user.password),
        email=current_user.email,
    )
