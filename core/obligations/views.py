"""The list of what is due, and the button that says it is done."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from core.access import service as access
from core.obligations import service
from core.web.pages import own_path

obligations = Blueprint("agreements_obligations", __name__, url_prefix="/t/<slug>/obligations")


@obligations.get("")
def due_list() -> str:
    """What is late and what is due within twelve months."""
    found = service.page(request.args.get("page", default=1, type=int))
    may_do = access.decide("obligation:do").allowed
    return render_template("obligations/list.html", found=found, may_do=may_do)


@obligations.post("/<uuid:obligation_id>/done")
def done(obligation_id: UUID) -> Response:
    """Mark a promise as kept and go back to where the button stood."""
    service.mark_done(obligation_id)
    flash(_("Marked as done."), "success")
    return redirect(
        own_path(request.form.get("next") or url_for("agreements_obligations.due_list")), code=303
    )
