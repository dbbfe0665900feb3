"""The page on which a signature is recorded on behalf of a signatory."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from core.access import service as access
from core.agreements.signing.behalf import given_on_behalf, sign_on_behalf
from core.agreements.signing.case import SEND, case_out
from core.agreements.signing.schemas import BehalfForm
from core.kernel.errors import Conflict
from core.web.forms import FormState, read_form, with_errors

INVALID = 422

behalf = Blueprint(
    "agreements_behalf",
    __name__,
    url_prefix="/t/<slug>/agreements/<uuid:agreement_id>/signing/<uuid:request_id>/behalf",
)


@behalf.get("")
def page(agreement_id: UUID, request_id: UUID) -> str:
    """Ask who signed, by which authority and why."""
    return _page(agreement_id, request_id, FormState())


@behalf.post("")
def sign(agreement_id: UUID, request_id: UUID) -> Any:
    """Record the signature."""
    access.require(SEND)
    values, form = read_form(BehalfForm(), request.form)
    if values is None:
        return _page(agreement_id, request_id, form), INVALID
    try:
        sign_on_behalf(agreement_id, request_id, given_on_behalf(values), sha256=values["sha256"])
    except Conflict as problem:
        return _page(agreement_id, request_id, with_errors(form, {"": problem.message})), problem.status
    flash(_("The signature is recorded, and the signatory is told by mail."), "success")
    return redirect(url_for("agreements_signing.page", agreement_id=agreement_id), 303)


def _page(agreement_id: UUID, request_id: UUID, form: FormState) -> str:
    case = case_out(agreement_id, lock=False)
    return render_template(
        "agreements/signing/behalf.html", case=case, asked=case.request(request_id), form=form
    )
