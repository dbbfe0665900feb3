"""The pages of sign-up: which country and kind, then the form, then where to look next."""

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import current_user

from core.access.limits import limited
from core.access.views import home_of
from core.kernel.errors import Conflict, NotFound
from core.plugin_host.declarations import TenantKind
from core.tenancy.kinds import kind_of
from core.web.forms import FormState, read_form, with_errors
from core.web.languages import current_language
from tenants.sign_up import service
from tenants.sign_up.choices import country_of, kinds_by_country, place_options
from tenants.sign_up.schemas import sign_up_form

ADDRESS = "signed_up_address"

sign_up = Blueprint("tenants_sign_up", __name__)


@sign_up.get("/sign-up")
def start() -> str:
    """Choose country and kind."""
    return render_template("tenants/sign_up/start.html", countries=kinds_by_country(current_language()))


@sign_up.get("/sign-up/<kind>")
def form(kind: str) -> str:
    """The form for a kind."""
    chosen = _kind(kind)
    word = chosen.office_word.in_language(chosen.language) if chosen.office_word else ""
    return _form_page(chosen, FormState({"office_word": word}))


@sign_up.post("/sign-up/<kind>")
@limited("20 per minute")
def send(kind: str) -> ResponseReturnValue:
    """Make the tenant."""
    chosen, has_account = _kind(kind), current_user.is_authenticated
    loaded, state = read_form(sign_up_form(chosen, has_account=has_account), request.form)
    if loaded is None:
        return _form_page(chosen, state), 422
    try:
        if has_account:
            return _go_to_new_tenant(service.found(chosen, loaded, current_user.id))
        service.sign_up(chosen, loaded)
    except Conflict as problem:
        return _form_page(
            chosen, with_errors(state, problem.fields or {"": problem.message}), taken=True
        ), 409
    session[ADDRESS] = loaded["email"]
    return redirect(url_for("tenants_sign_up.sent"), code=303)


@sign_up.get("/check-your-mail")
def sent() -> str:
    """What to do after the form: the same page whether or not the address was known."""
    return render_template("tenants/sign_up/sent.html", address=session.get(ADDRESS, ""))


def _go_to_new_tenant(slug: str) -> ResponseReturnValue:
    flash(_("The organisation is signed up, and you are its administrator."), "success")
    return redirect(home_of(slug), code=303)


def _kind(key: str) -> TenantKind:
    chosen = kind_of(key)
    if chosen is None:
        raise NotFound("sign_up.unknown_kind", _("We do not know this kind of organisation."))
    return chosen


def _form_page(kind: TenantKind, state: FormState, *, taken: bool = False) -> str:
    language = current_language()
    return render_template(
        "tenants/sign_up/form.html",
        kind=kind,
        language=language,
        country=country_of(kind, language),
        places=place_options(kind),
        form=state,
        taken=taken,
        has_account=current_user.is_authenticated,
    )
