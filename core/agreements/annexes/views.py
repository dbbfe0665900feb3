"""Choosing the annexes of a draft: a form on the last page of the composer."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from marshmallow import fields

from core.agreements.annexes import service
from core.agreements.annexes.content import kept_in
from core.agreements.annexes.labels import annex_titles
from core.agreements.drafts import service as drafts
from core.agreements.drafts.pages import CHECK
from core.agreements.drafts.views import step_page
from core.agreements.parts import Parts
from core.agreements.types import Annex
from core.web.fields import Choice
from core.web.forms import FormSchema, FormState, read_form, with_errors

annexes = Blueprint("agreements_annexes", __name__, url_prefix="/t/<slug>/agreements")


class AnnexForm(FormSchema):
    """The annexes that are kept."""

    annexes = fields.List(Choice([one.value for one in Annex]), load_default=list)


@annexes.post("/<uuid:agreement_id>/annexes")
def choose(agreement_id: UUID) -> Any:
    """Keep the ticked annexes."""
    drafts.open_draft(agreement_id)
    loaded, state = read_form(AnnexForm(), request.form)
    if loaded is None:
        wrong = with_errors(state, {"annexes": _("Choose among the annexes on the page.")})
        return step_page(agreement_id, CHECK, {("annexes", "annexes"): wrong}), 422
    service.choose(agreement_id, loaded["annexes"])
    flash(_("Saved."), "success")
    return redirect(
        url_for("agreements_drafts.compose", agreement_id=agreement_id, step=CHECK, _anchor="annexes"), 303
    )


@annexes.app_template_global("annex_choices")
def annex_choices(parts: Parts) -> list[tuple[str, str]]:
    """The annexes that a type offers, by key and title."""
    titles = annex_titles()
    return [(one.value, titles[one.value]) for one in parts.kind.annexes]


@annexes.app_template_global("annex_form")
def annex_form(parts: Parts) -> FormState:
    """The annexes that a draft keeps, ticked."""
    return FormState({"annexes": [one.value for one in kept_in(parts)]})
