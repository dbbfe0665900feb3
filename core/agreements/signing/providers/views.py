"""The page on which an administrator chooses where agreements are signed."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.agreements.signing.providers import choosing
from core.agreements.signing.providers.catalogue import title_of
from core.agreements.signing.providers.schemas import access_form, choice_form
from core.kernel.errors import Invalid, NotFound
from core.web.forms import FormState, read_form, with_errors
from core.web.languages import current_language

INVALID = 422

signing_settings = Blueprint("agreements_signing_settings", __name__, url_prefix="/t/<slug>/settings/signing")


@signing_settings.get("")
def page() -> str:
    """The providers, and the access to each service."""
    return _page()


@signing_settings.post("")
def choose() -> ResponseReturnValue:
    """Choose one of them."""
    keys = [one.provider.key for one in choosing.offers().offers]
    values, form = read_form(choice_form(keys), request.form)
    if values is None:
        return _page(choice=form), INVALID
    try:
        choosing.choose(values["provider"])
    except Invalid as problem:
        return _page(choice=with_errors(form, problem.fields)), INVALID
    flash(_("Agreements that you send from now on are signed there."), "success")
    return redirect(url_for(".page"), 303)


@signing_settings.post("/<provider>")
def fill_in(provider: str) -> ResponseReturnValue:
    """Keep the access to a service."""
    found = next((one for one in choosing.offers().offers if one.provider.key == provider), None)
    if found is None or found.is_ours:
        raise NotFound("signing_provider.not_found", _("We cannot find this service."))
    values, form = read_form(access_form(found.provider.settings), request.form)
    if values is None:
        return _page(provider, form), INVALID
    try:
        choosing.fill_in(provider, values)
    except Invalid as problem:
        return _page(provider, with_errors(form, problem.fields)), INVALID
    flash(_("The access is saved. You can choose the service now."), "success")
    return redirect(url_for(".page"), 303)


def _page(provider: str = "", form: FormState | None = None, choice: FormState | None = None) -> str:
    found, language = choosing.offers(), current_language()
    chosen = next((one.provider.key for one in found.offers if one.is_chosen), "")
    forms = {
        one.provider.key: FormState(one.shown, prefix=f"service-{place}")
        for place, one in enumerate(found.offers)
    }
    if form is not None:
        forms[provider] = FormState(form.values, form.errors, prefix=forms[provider].prefix)
    return render_template(
        "agreements/signing/service/settings.html",
        offers=found.offers,
        lost=title_of(found.lost, language) if found.lost else "",
        language=language,
        choice=choice or FormState({"provider": chosen}),
        forms=forms,
    )
