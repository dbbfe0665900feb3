"""Pages about pending law: from which day it is in force, who said so and why, and which values are old."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.kernel import clock
from core.law import switches
from core.law.confirmations import old_values
from core.platform.guard import PREFIX
from core.platform.schemas import SwitchForm
from core.web.forms import FormState, read_form
from core.web.languages import current_language

INVALID = 422

law_pages = Blueprint("platform_law", __name__, url_prefix=f"{PREFIX}/law")


@law_pages.get("")
def page() -> str:
    """Every switch, and the values that nobody has confirmed for long."""
    today = clock.today("UTC")
    return render_template(
        "platform/law.html",
        switches=switches.every_switch(),
        old=old_values(today),
        today=today,
        language=current_language(),
    )


@law_pages.get("/<plugin>/<key>")
def one(plugin: str, key: str) -> str:
    """One switch, what was decided on it, and the form."""
    since = switches.one_switch(plugin, key).in_force_from
    return _switch_page(plugin, key, FormState({"in_force_from": since and since.isoformat()}))


@law_pages.post("/<plugin>/<key>")
def decide(plugin: str, key: str) -> ResponseReturnValue:
    """Put it on from a day, or take it off."""
    switches.one_switch(plugin, key)
    loaded, form = read_form(SwitchForm(), request.form)
    if loaded is None:
        return _switch_page(plugin, key, form), INVALID
    switches.decide(plugin, key, loaded["in_force_from"], loaded["reason"])
    flash(_("The law is saved. The rules answer by it from now on."), "success")
    return redirect(url_for("platform_law.one", plugin=plugin, key=key), code=303)


def _switch_page(plugin: str, key: str, form: FormState) -> str:
    found = switches.one_switch(plugin, key)
    return render_template(
        "platform/law_switch.html",
        found=found,
        form=form,
        today=clock.today("UTC"),
        language=current_language(),
    )
