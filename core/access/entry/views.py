"""The pages of signing in."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_required
from flask_security import current_user

from core.access import sessions
from core.access.entry import service, steps
from core.access.entry.schemas import AgainForm, SecondForm, SignInForm
from core.access.limits import limited
from core.access.methods import ceremony
from core.access.methods import service as methods
from core.access.models import Account
from core.access.returning import inside, tenant_behind, wanted
from core.kernel.errors import Invalid, Problem, TooMany
from core.web.forms import FormState, read_form, with_errors

OFTEN = "30 per minute"
INVALID = 422

entry = Blueprint("access_entry", __name__)


def sign_in() -> ResponseReturnValue:
    """Who is here already goes on; everybody else shows a password or a passkey."""
    if current_user.is_authenticated:
        return redirect(wanted())
    if request.method != "POST":
        return _sign_in_page(FormState())
    loaded, form = read_form(SignInForm(), request.form)
    try:
        account = service.by_password(loaded["email"], loaded["password"]) if loaded else None
    except Problem as problem:
        return _sign_in_page(form, problem)
    if account is None:
        return _sign_in_page(form, Invalid("sign_in.wrong", ""))
    return steps.lead_in(account, "password", wanted())


@entry.post("/sign-in/passkey")
@limited(OFTEN)
def by_passkey() -> ResponseReturnValue:
    """A passkey alone is enough: it is something one has, unlocked by something one knows or is."""
    loaded, form = read_form(SecondForm(), request.form)
    try:
        account = service.by_passkey(loaded["answer"] if loaded else "")
    except Problem as problem:
        return _sign_in_page(form, problem)
    sessions.begin(account, ["passkey"])
    return redirect(wanted(), code=303)


@entry.get("/sign-in/second")
def second() -> ResponseReturnValue:
    """The second step: a code or a passkey."""
    account = steps.half_way()
    if account is None:
        return redirect(url_for("security.login"))
    return _second_page(account, FormState())


@entry.post("/sign-in/second")
@limited(OFTEN)
def finish() -> ResponseReturnValue:
    """Come in."""
    account = steps.half_way()
    if account is None:
        return redirect(url_for("security.login"), code=303)
    loaded, form = read_form(SecondForm(), request.form)
    if loaded is None:
        return _second_page(account, form, Invalid("sign_in.wrong_code", "", form.errors))
    try:
        way = service.by_second_factor(account, loaded["code"], loaded["answer"])
    except Problem as problem:
        return _second_page(account, with_errors(FormState(), problem.fields), problem)
    steps.finish(account, way)
    return redirect(wanted(), code=303)


@entry.get("/sign-in/again")
@login_required
def again() -> ResponseReturnValue:
    """Before something that matters: show once more who is here."""
    return _again_page(FormState())


@entry.post("/sign-in/again")
@limited(OFTEN)
@login_required
def confirm() -> ResponseReturnValue:
    """Go on to where one was."""
    loaded, form = read_form(AgainForm(), request.form)
    if loaded is None:
        return _again_page(form, Invalid("sign_in.wrong_code", "", form.errors))
    try:
        service.confirm(loaded["password"], loaded["code"], loaded["answer"])
    except Problem as problem:
        return _again_page(with_errors(FormState(), problem.fields), problem)
    return redirect(wanted(), code=303)


def _sign_in_page(form: FormState, problem: Problem | None = None) -> ResponseReturnValue:
    target = inside(request.values.get("next"))
    tenant = tenant_behind(target)
    page = render_template(
        "access/entry/sign_in.html",
        form=FormState({"email": form.value("email")}),
        next=target,
        suspended=tenant is not None and tenant.suspended,
        question=ceremony.question(),
        problem=problem,
    )
    return _answer(page, problem)


def _second_page(account: Account, form: FormState, problem: Problem | None = None) -> ResponseReturnValue:
    ways = methods.methods_of(account)
    page = render_template(
        "access/entry/second.html",
        form=form,
        next=wanted(),
        methods=ways,
        question=ceremony.question(ways.passkeys) if ways.passkeys else "",
        problem=problem,
    )
    return _answer(page, problem)


def _again_page(form: FormState, problem: Problem | None = None) -> ResponseReturnValue:
    ways = methods.methods_of(current_user)
    page = render_template(
        "access/entry/again.html",
        form=form,
        next=wanted(),
        methods=ways,
        email=current_user.email,
        question=ceremony.question(ways.passkeys) if ways.passkeys else "",
        problem=problem,
    )
    return _answer(page, problem)


def _answer(page: str, problem: Problem | None) -> ResponseReturnValue:
    """A page with the status that says why it is shown again, and when trying once more makes sense."""
    if isinstance(problem, TooMany):
        return page, problem.status, {"Retry-After": str(problem.seconds)}
    return page, INVALID if problem else 200
