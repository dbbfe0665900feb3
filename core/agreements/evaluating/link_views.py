"""The page of another party: by a personal link, without an account, in the language of the agreement."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from core.access.limits import limited
from core.access.security import personal_link
from core.agreements.evaluating import answering, typed
from core.agreements.evaluating.ratings import options
from core.agreements.evaluating.schemas import ratings_in, theirs_form
from core.kernel.errors import Invalid
from core.tenancy.service import current_tenant
from core.web.forms import FormState, read_form, with_errors
from core.web.languages import current_language

assessing = Blueprint("agreements_assessing", __name__, url_prefix="/t/<slug>/evaluate")


@assessing.after_request
def keep_from_search_engines(response: Response) -> Response:
    """A personal link is nobody else's to find."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


@assessing.get("/<token>")
@limited("60 per minute")
@personal_link
def page(token: str) -> Any:
    """The questions, with what was answered before."""
    return _shown(answering.look(answering.key_of_link(token)), token)


@assessing.post("/<token>")
@limited("30 per minute")
@personal_link
def save(token: str) -> Any:
    """Write down what the party says."""
    key = answering.key_of_link(token)
    found = answering.look(key)
    given, state = read_form(theirs_form(found.case.evaluation.aims), request.form)
    if given is not None:
        said = answering.Theirs(
            ratings_in(given), given["experience"], given["practice"], given["proposals"].splitlines()
        )
        try:
            answering.answer(key, said)
        except Invalid as problem:
            state = with_errors(state, problem.fields)
        else:
            flash(_("Thank you. Your answer is saved."), "success")
            return redirect(url_for("agreements_assessing.page", token=token), code=303)
    return _shown(found, token, state), 422


def _shown(found: answering.Opened, token: str, form: FormState | None = None) -> str:
    proposals = "\n".join(one.text for one in found.proposals)
    return render_template(
        "agreements/evaluating/assess.html",
        found=found,
        form=form or FormState(typed.said(found.mine) | {"proposals": proposals}),
        scale=options(current_language()),
        tenant=current_tenant().name,
        token=token,
    )
