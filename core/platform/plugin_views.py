"""Pages about plugins: how they go, and which ones the tenants of a kind may use."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.kernel.errors import NotFound
from core.platform import plugins
from core.platform.guard import PREFIX
from core.platform.schemas import offer_form
from core.web.forms import FormState, read_form, with_errors
from core.web.languages import current_language

plugins_pages = Blueprint("platform_plugins", __name__, url_prefix=f"{PREFIX}/plugins")


@plugins_pages.get("")
def page() -> str:
    """Every plugin, how its hooks go, and the kinds of tenants."""
    language = current_language()
    return render_template(
        "platform/plugins.html",
        plugins=plugins.installed(language),
        hooks=plugins.hooks(),
        kinds=plugins.kinds(language),
        language=language,
    )


@plugins_pages.get("/<kind>")
def of_kind(kind: str) -> str:
    """What tenants of a kind may use."""
    line = _line(kind)
    chosen = [name for name, _title in line.offered if name not in line.withheld]
    return _kind_page(line, FormState({"plugins": chosen}))


@plugins_pages.post("/<kind>")
def choose(kind: str) -> ResponseReturnValue:
    """Let tenants of a kind use exactly these."""
    line = _line(kind)
    loaded, form = read_form(offer_form([name for name, _title in line.offered]), request.form)
    if loaded is None:
        wrong = with_errors(form, {"plugins": _("Choose among the modules on the page.")})
        return _kind_page(line, wrong), 422
    plugins.choose(kind, loaded["plugins"])
    flash(_("The modules are saved."), "success")
    return redirect(url_for("platform_plugins.page"), code=303)


def _line(kind: str) -> plugins.KindLine:
    found = next((one for one in plugins.kinds(current_language()) if one.kind.key == kind), None)
    if found is None:
        raise NotFound("kind.not_found", _("We cannot find this kind of organisation."))
    return found


def _kind_page(line: plugins.KindLine, form: FormState) -> str:
    return render_template("platform/kind.html", line=line, form=form, language=current_language())
