"""The pages of local practice: every choice that the law leaves, and one with its history and the form."""

from typing import Any, Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.kernel.errors import Conflict, Invalid
from core.law import wording
from core.law.choices import service
from core.law.choices.periods import periods_of
from core.law.choices.schemas import as_typed, chosen, decision_form
from core.law.choices.service import Choice
from core.law.decided import decided_value
from core.web.forms import FormState, read_form, with_errors

INVALID: Final = 422
MOST_SHOWN: Final = 50
TAKE_BACK: Final = "take-back"

choices = Blueprint("law_choices", __name__, url_prefix="/t/<slug>/rules/practice")


@choices.context_processor
def words() -> dict[str, Any]:
    """How templates write what is declared and decided."""
    return {**wording.FOR_TEMPLATES, "decided": decided_value}


@choices.get("")
def page() -> str:
    """Every choice, with what counts today and which rules read it."""
    return render_template(
        "law/choices.html", choices=service.every_choice(), may_choose=service.may_choose()
    )


@choices.get("/<key>")
def one(key: str) -> str:
    """One choice: what it means, who reads it, what was decided, and the form."""
    choice = service.one_choice(key)
    return _one(choice, _usual(choice))


@choices.post("/<key>")
def decide(key: str) -> ResponseReturnValue:
    """Decide, or go back to what is assumed; what is wrong is said beside its field."""
    choice = service.choice_to_decide(key)
    takes_back = TAKE_BACK in request.form
    loaded, form = read_form(decision_form(choice.setting, takes_back=takes_back), request.form)
    if loaded is None:
        return _one(choice, form), INVALID
    value = None if takes_back else chosen(choice.setting, loaded["value"])
    try:
        service.decide(key, value, loaded["valid_from"], loaded["reason"])
    except (Conflict, Invalid) as problem:
        return _one(choice, with_errors(form, problem.fields or {"": problem.message})), problem.status
    flash(_("The decision is saved. The rules answer by it from its day."), "success")
    return redirect(url_for("law_choices.one", key=key), code=303)


def _usual(choice: Choice) -> FormState:
    return FormState({"value": as_typed(choice.value), "valid_from": choice.today.isoformat()})


def _one(choice: Choice, form: FormState) -> str:
    shown = choice.decisions[:MOST_SHOWN]
    return render_template(
        "law/choice.html",
        choice=choice,
        form=form,
        bounds=choice.bounds(choice.today),
        history=periods_of(shown),
        more=len(choice.decisions) > len(shown),
        names=service.names_of(shown),
        may_choose=service.may_choose(),
        yes_no=((as_typed(value=True), _("Yes")), (as_typed(value=False), _("No"))),
        take_back=TAKE_BACK,
    )
