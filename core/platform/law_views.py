"""Pages about pending law: from which day it is in force, who said so and why, and which values are old."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.kernel import clock
from core.law import wording
from core.platform import law
from core.platform.guard import PREFIX
from core.platform.schemas import SwitchForm
from core.web.forms import FormState, read_form

INVALID = 422

law_pages = Blueprint("platform_law", __name__, url_prefix=f"{PREFIX}/law")


@law_pages.context_processor
def words() -> dict[str, Any]:
    """How templates write what is declared."""
    return dict(wording.FOR_TEMPLATES)


@law_pages.get("")
def page() -> str:
    """Every switch, and the values that nobody has confirmed for long."""
    today = clock.today("UTC")
    return render_template(
        "platform/law.html",
        switches=law.every_switch(),
        old=law.old_values(today),
        today=today,
    )


@law_pages.get("/<key>")
def one(key: str) -> str:
    """One switch, what was decided on it, and the form."""
    return _switch_page(key)


@law_pages.post("/<key>")
def decide(key: str) -> ResponseReturnValue:
    """Give it its day, or take it back."""
    law.one_switch(key)
    loaded, form = read_form(SwitchForm(), request.form)
    if loaded is None:
        return _switch_page(key, form), INVALID
    law.decide(key, loaded["in_force_from"], loaded["reason"])
    flash(_("The law is saved. The rules answer by it from now on."), "success")
    return redirect(url_for("platform_law.one", key=key), code=303)


def _switch_page(key: str, form: FormState | None = None) -> str:
    found, decisions = law.one_switch(key)
    since = found.in_force_from
    usual = FormState({"in_force_from": since and since.isoformat()})
    return render_template(
        "platform/law_switch.html",
        found=found,
        decisions=decisions,
        form=form or usual,
    )
