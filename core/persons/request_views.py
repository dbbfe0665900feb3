"""The page where requests about personal data wait for whoever answers them."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.persons import requests
from core.persons.wordings import REQUESTS
from core.web.languages import current_language

asked = Blueprint("persons_requests", __name__, url_prefix="/t/<slug>/persons/requests")


@asked.get("")
def page() -> str:
    """What waits, and what was answered last."""
    language = current_language()
    titles = {kind: title.in_language(language) for kind, title in REQUESTS.items()}
    return render_template("persons/requests.html", asked=requests.listed(), titles=titles)


@asked.post("/<uuid:request_id>/answered")
def answered(request_id: UUID) -> ResponseReturnValue:
    """Mark a request as answered."""
    requests.mark_answered(request_id)
    flash(_("Marked as answered."), "success")
    return redirect(url_for("persons_requests.page"), code=303)
