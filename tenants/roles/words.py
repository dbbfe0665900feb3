"""The page where a tenant chooses its own words for roles."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.access import service as access
from core.access.roles import roles_in_force
from core.tenancy.service import current_tenant
from core.tenancy.terms import choose_terms
from core.web.forms import FormState, read_form, with_errors
from tenants.roles.schemas import word_field, words_form
from tenants.roles.views import roles

MANAGE = "tenant:manage"


@roles.get("/words")
def words() -> str:
    """The words that are in use."""
    access.require(MANAGE)
    terms = current_tenant().terms
    return _page(FormState({word_field(key): word for key, word in terms.items()}))


@roles.post("/words")
def choose() -> ResponseReturnValue:
    """Use other words."""
    access.require(MANAGE)
    keys = [role.key for role in roles_in_force()]
    loaded, state = read_form(words_form(keys), request.form)
    if loaded is None:
        return _page(state), 422
    chosen = {key: loaded[word_field(key)] for key in keys}
    twice = _twice(chosen)
    if twice:
        return _page(
            with_errors(state, {word_field(key): _("Two roles have this word.") for key in twice})
        ), 422
    # The words of roles whose module is switched off now wait for it.
    waiting = {key: word for key, word in current_tenant().terms.items() if key not in chosen}
    choose_terms(waiting | chosen)
    flash(_("Your words are saved."), "success")
    return redirect(url_for("tenants_roles.words"), code=303)


def _twice(chosen: dict[str, str]) -> list[str]:
    """Roles whose word another role has too."""
    language = current_tenant().language
    shown = {role.key: chosen[role.key] or role.title.in_language(language) for role in roles_in_force()}
    known = [word.casefold() for word in shown.values()]
    return [key for key, word in shown.items() if chosen[key] and known.count(word.casefold()) > 1]


def _page(state: FormState) -> str:
    language = current_tenant().language
    asked = [
        (
            word_field(role.key),
            role.title.in_language(language),
            [word.in_language(language) for word in role.other_words],
        )
        for role in roles_in_force()
    ]
    return render_template("tenants/roles/words.html", form=state, asked=asked, tenant=current_tenant())
