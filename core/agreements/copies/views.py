"""Pages of beginning an agreement as a copy: find the earlier one, then say what goes with it."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from core.access import service as access
from core.agreements.copies import service
from core.agreements.copies.schemas import CopyForm
from core.agreements.drafts.service import WRITE
from core.agreements.overview import listing
from core.agreements.overview.filters import LONGEST_SEARCH, Filters
from core.web.forms import FormState, read_form

copies = Blueprint("agreements_copies", __name__, url_prefix="/t/<slug>/agreements")


@copies.get("/new/copy")
def search() -> str:
    """The agreements that a new one can begin as a copy of, newest change first."""
    access.require(WRITE)
    words = request.args.get("q", "")[:LONGEST_SEARCH].strip()
    found = listing.find(Filters(q=words), listing.choices(), page=request.args.get("page", 1, type=int))
    return render_template("agreements/copying/search.html", words=words, found=found)


@copies.get("/<uuid:agreement_id>/copy")
def page(agreement_id: UUID) -> str:
    """Ask for the title, and whether the other parties go with it."""
    return _page(agreement_id)


@copies.post("/<uuid:agreement_id>/copy")
def copy(agreement_id: UUID) -> Any:
    """Begin the draft."""
    access.require(WRITE)
    loaded, form = read_form(CopyForm(), request.form)
    if loaded is None:
        return _page(agreement_id, form), 422
    made = service.copy(agreement_id, loaded["title"], with_others=loaded["with_others"])
    flash(_("The draft is made as a copy. Change what is different."), "success")
    return redirect(url_for("agreements_drafts.compose", agreement_id=made, step="parties"), 303)


def _page(agreement_id: UUID, form: FormState | None = None) -> str:
    original = service.original(agreement_id)
    shown = form or FormState({"title": original.agreement.title})
    return render_template("agreements/copying/copy.html", original=original, form=shown)
