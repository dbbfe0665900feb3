"""The page of the library, opened from a clause."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from core.access import service as access
from core.agreements.drafts.completeness import anchor_of
from core.agreements.drafts.service import WRITE
from core.agreements.library import service
from core.agreements.library.schemas import InsertForm
from core.agreements.overview.filters import LONGEST_SEARCH
from core.agreements.parts import Parts
from core.kernel.errors import Invalid
from core.web.forms import read_form

library = Blueprint("agreements_library", __name__, url_prefix="/t/<slug>/agreements/<uuid:agreement_id>")


@library.get("/clauses/<key>/library")
def search(agreement_id: UUID, key: str) -> str:
    """Texts to put into a clause, found by their words."""
    return _page(service.open_clause(agreement_id, key), key)


@library.post("/clauses/<key>/library")
def insert(agreement_id: UUID, key: str) -> Any:
    """Put a text into the clause."""
    access.require(WRITE)
    loaded, form = read_form(InsertForm(), request.form)
    if loaded is None:
        wrong = " ".join(message for _name, message in form.messages())
        return _page(service.open_clause(agreement_id, key), key, wrong), 422
    chosen = service.Chosen(loaded["source"], loaded["entry"], loaded["revision"], loaded["how"] == "replace")
    try:
        inserted = service.insert(agreement_id, key, chosen)
    except Invalid as problem:
        return _page(service.open_clause(agreement_id, key), key, str(problem.message)), problem.status
    _say(inserted)
    step = _step(service.open_clause(agreement_id, key), key)
    there = url_for(
        "agreements_drafts.compose", agreement_id=agreement_id, step=step, _anchor=f"clause-{anchor_of(key)}"
    )
    return redirect(there, 303)


def _say(inserted: service.Inserted) -> None:
    if inserted.met:
        flash(
            _("A colleague changed the clause meanwhile, so it was left alone. Your text is in its history."),
            "warning",
        )
        return
    flash(_("The text is in the clause now. Fit it to this agreement."), "success")
    if inserted.unknown:
        names = ", ".join(f"{{{name}}}" for name in inserted.unknown)
        flash(
            _("This agreement has no such fields: %(names)s. Write words in their place.", names=names),
            "warning",
        )


def _step(parts: Parts, key: str) -> str:
    return next(one.key for one in parts.kind.sections if key in {clause.key for clause in one.clauses})


def _page(parts: Parts, key: str, wrong: str = "") -> str:
    asked = request.values
    source = asked.get("source", "")
    source = source if source in service.SOURCES else service.TEMPLATES
    words = asked.get("q", "")[:LONGEST_SEARCH].strip()
    step = _step(parts, key)
    return render_template(
        "agreements/library/page.html",
        agreement=parts.agreement,
        clause=parts.clauses[key],
        section=parts.text.section(step).title,
        step=step,
        anchor=anchor_of(key),
        words=words,
        source=source,
        wrong=wrong,
        found=service.search(parts, key, source, words, asked.get("page", 1, type=int)),
    )
