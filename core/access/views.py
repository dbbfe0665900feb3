"""The signed-in person's own pages: their workplaces and their account."""

from collections.abc import Collection, Mapping, Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import login_required
from flask_security import current_user

from core.access import attempts, operators, service, sessions
from core.access.attempts import Kind
from core.access.methods.service import methods_of
from core.access.own_roles import named
from core.access.roles import all_roles
from core.access.schemas import AccountForm
from core.tenancy.service import TenantCard
from core.web.forms import FormState, read_form
from core.web.languages import LANGUAGES, current_language

account = Blueprint("access_account", __name__)


@account.get("/tenants")
@login_required
def my_tenants() -> ResponseReturnValue:
    """The tenants of the signed-in account; whoever has one goes there at once."""
    found = service.my_tenants(current_user.id)
    runs_the_product = operators.is_operator(current_user.id)
    if len(found) == 1 and not runs_the_product:
        return redirect(home_of(found[0][0].slug))
    return render_template("access/my_tenants.html", places=_places(found), runs_the_product=runs_the_product)


def _places(found: Sequence[tuple[TenantCard, tuple[str, ...]]]) -> list[tuple[TenantCard, str, str]]:
    language = current_language()
    return [(card, home_of(card.slug), _titles(roles, card.terms, language)) for card, roles in found]


def _titles(roles: Collection[str], terms: Mapping[str, str], language: str) -> str:
    """What somebody is called in a tenant; roles that the tenant has made are known inside it only."""
    declared = [named(role, terms).title.in_language(language) for role in all_roles() if role.key in roles]
    return ", ".join(declared) or _("A role of its own")


def home_of(slug: str) -> str:
    """The address of a tenant's home page."""
    return f"/t/{slug}/"


@account.get("/account")
@login_required
def own() -> str:
    """The signed-in account."""
    return _account_page(FormState({"name": current_user.name, "language": current_language()}))


@account.post("/account")
@login_required
def change() -> ResponseReturnValue:
    """Change the name and the language."""
    loaded, form = read_form(AccountForm(), request.form)
    if loaded is None:
        return _account_page(form), 422
    service.set_name(current_user.id, loaded["name"])
    if loaded["language"]:
        service.set_language(current_user.id, loaded["language"])
    flash(_("Your account is changed."), "success")
    return redirect(url_for("access_account.own"), code=303)


def _account_page(form: FormState) -> str:
    here = sessions.current()
    return render_template(
        "access/account.html",
        form=form,
        languages=list(LANGUAGES.items()),
        email=current_user.email,
        places=_places(service.my_tenants(current_user.id)),
        methods=methods_of(current_user),
        sessions=sessions.of_account(current_user.id),
        here=here.id if here else None,
        attempts=attempts.of_address(current_user.email),
        kinds=_kinds(),
    )


def _kinds() -> dict[str, str]:
    return {
        Kind.PASSWORD.value: _("Password"),
        Kind.CODE.value: _("Code from the authenticator app"),
        Kind.RECOVERY.value: _("Recovery code"),
        Kind.PASSKEY.value: _("Passkey"),
    }
