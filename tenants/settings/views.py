"""The settings page: one page, a form for each thing, each with its own address to post to."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.access.freshness import fresh
from core.documents.errors import LogoError
from core.history.paging import before, older_url
from core.tenancy import service as tenancy
from core.web.forms import FormState, read_form, with_errors
from core.web.languages import LANGUAGES, current_language
from tenants.settings import service
from tenants.settings.schemas import (
    GeneralForm,
    GeneralFormWithWord,
    NameForm,
    SecondFactorForm,
    modules_form,
)

settings = Blueprint("tenants_settings", __name__, url_prefix="/t/<slug>/settings")


@settings.get("")
def page() -> str:
    """Everything a tenant decides about itself."""
    return _page()


@settings.get("/history")
def history() -> str:
    """What has happened to the settings."""
    found = service.history(before())
    return render_template(
        "history/page.html",
        title=tenancy.current_tenant().name,
        back=(_("Settings"), url_for("tenants_settings.page")),
        active="tenants.settings",
        history=found,
        history_of="tenant",
        older_url=older_url(found),
    )


@settings.post("")
def change() -> ResponseReturnValue:
    """Change language and the word for the office."""
    here = service.current_settings(current_language())
    schema = GeneralFormWithWord() if here.asks_for_word else GeneralForm()
    loaded, state = read_form(schema, request.form)
    if loaded is None:
        return _page(general=state), 422
    service.change_general(language=loaded["language"], office_word=loaded.get("office_word", ""))
    return _saved(_("The settings are saved."))


@settings.post("/second-factor")
@fresh
def second_factor() -> ResponseReturnValue:
    """Choose of whom more than a password is asked."""
    service.current_settings(current_language())
    loaded, state = read_form(SecondFactorForm(), request.form)
    if loaded is None:
        return _page(second_factor=state), 422
    service.require_second_factor(loaded["second_factor"])
    return _saved(_("The settings are saved."))


@settings.post("/name")
def rename() -> ResponseReturnValue:
    """Change what the organisation is called."""
    service.current_settings(current_language())
    loaded, state = read_form(NameForm(), request.form)
    if loaded is None:
        return _page(name=state), 422
    service.rename(loaded["name"])
    return _saved(_("The name is changed."))


@settings.post("/modules")
def modules() -> ResponseReturnValue:
    """Switch modules on and off."""
    here = service.current_settings(current_language())
    loaded, state = read_form(modules_form([key for key, _title, _summary in here.modules]), request.form)
    if loaded is None:
        return _page(modules=with_errors(state, {"modules": _("Choose among the modules on the page.")})), 422
    service.choose_modules(loaded["modules"])
    return _saved(_("The modules are saved."))


@settings.post("/logo")
def logo() -> ResponseReturnValue:
    """Show another logo."""
    uploaded = request.files.get("logo")
    content = uploaded.read() if uploaded else b""
    if not uploaded or not content:
        return _page(logo=with_errors(FormState(), {"logo": _("Choose a file.")})), 422
    try:
        service.replace_logo((uploaded.filename or "logo").replace("\0", ""), content)
    except LogoError as problem:
        return _page(logo=with_errors(FormState(), {"logo": problem.message})), 422
    return _saved(_("The logo is saved."))


@settings.post("/logo/remove")
def remove_logo() -> ResponseReturnValue:
    """Show no logo."""
    service.remove_logo()
    return _saved(_("The logo is removed."))


def _saved(message: str) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(url_for("tenants_settings.page"), code=303)


def _page(**states: FormState) -> str:
    here = service.current_settings(current_language())
    general = {"language": here.tenant.language, "office_word": here.tenant.office_word}
    known = {
        "general": FormState(general),
        "name": FormState({"name": here.tenant.name}),
        "modules": FormState({"modules": here.switched_on}),
        "logo": FormState(),
        "second_factor": FormState({"second_factor": here.tenant.second_factor}),
    }
    return render_template(
        "tenants/settings.html",
        settings=here,
        languages=list(LANGUAGES.items()),
        forms=known | states,
    )
