"""A party asks for a revision by the personal link it has signed with."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from core.access.limits import limited
from core.access.security import personal_link
from core.agreements.amending import revisions
from core.agreements.amending.schemas import WordsForm
from core.agreements.signing import service as signing
from core.web.forms import FormState, read_form

revision = Blueprint("agreements_revision", __name__, url_prefix="/t/<slug>")


@revision.after_request
def keep_from_search_engines(response: Response) -> Response:
    """A personal link is nobody else's to find."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


@revision.get("/sign/<token>/revision")
@personal_link
def page(token: str) -> str:
    """The form."""
    return _page(token, FormState())


@revision.post("/sign/<token>/revision")
@personal_link
@limited("20 per hour")
def ask(token: str) -> Any:
    """Ask, in the party's own words."""
    key = signing.key_of_link(token)
    typed, form = read_form(WordsForm(), request.form)
    if typed is None:
        return _page(token, form), 422
    revisions.ask(key, typed["words"])
    flash(_("Your request has been sent. The agreement applies unchanged until it is answered."), "success")
    return redirect(url_for("agreements_sign.by_link", token=token), 303)


def _page(token: str, form: FormState) -> str:
    case, asker = revisions.asking(signing.key_of_link(token))
    return render_template(
        "agreements/amending/ask.html",
        title=case.agreement.title,
        party=asker.party_name,
        token=token,
        form=form,
    )
