"""The pages of a meeting: the adviser opens it, and then the device shows nothing else."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from core.access import sessions
from core.access.security import personal_link
from core.agreements.printing.labels import labels_in
from core.agreements.printing.reading import reading_of
from core.agreements.signing.case import case_out
from core.agreements.signing.gathering import service
from core.agreements.signing.gathering.service import Table
from core.agreements.signing.schemas import InPersonForm, PlaceForm
from core.agreements.states import SIGNED_BY_ALL
from core.kernel.errors import Conflict
from core.web.forms import FormState, read_form, with_errors

INVALID = 422

gathering = Blueprint("agreements_gathering", __name__, url_prefix="/t/<slug>")


@gathering.after_request
def keep_from_search_engines(response: Response) -> Response:
    """A page that opens by its address is nobody else's to find."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


@gathering.get("/agreements/<uuid:agreement_id>/signing/meeting")
def page(agreement_id: UUID) -> str:
    """What a meeting on this device means, and where it is held."""
    return _opening(agreement_id, FormState())


@gathering.post("/agreements/<uuid:agreement_id>/signing/meeting")
def begin(agreement_id: UUID) -> Any:
    """Open the meeting and sign the adviser out on this device: it goes from hand to hand."""
    values, form = read_form(PlaceForm(), request.form)
    if values is None:
        return _opening(agreement_id, form), INVALID
    try:
        token = service.begin(agreement_id, values["place"])
    except Conflict as problem:
        return _opening(agreement_id, with_errors(form, {"": problem.message})), problem.status
    sessions.leave()
    return redirect(url_for("agreements_gathering.table", token=token), code=303)


@gathering.get("/signing-table/<token>")
@personal_link
def table(token: str) -> str:
    """The text and who is to sign it."""
    return _table(service.table_of(token), token)


@gathering.get("/signing-table/<token>/<uuid:request_id>")
@personal_link
def seat(token: str, request_id: UUID) -> str:
    """The form of one signatory."""
    found = service.table_of(token)
    asked = found.case.request(request_id)
    return _seat(found, token, request_id, FormState({"role": asked.role_title}))


@gathering.post("/signing-table/<token>/<uuid:request_id>")
@personal_link
def sign(token: str, request_id: UUID) -> Any:
    """Sign, and hand the device on."""
    values, form = read_form(InPersonForm(), request.form)
    if values is None:
        return _seat(service.table_of(token), token, request_id, form), INVALID
    service.sign_at(token, request_id, name=values["name"], role=values["role"], sha256=values["sha256"])
    flash(_("Thank you, you have signed. Hand the device to the next person."), "success")
    return redirect(url_for("agreements_gathering.table", token=token), code=303)


@gathering.post("/signing-table/<token>/end")
@personal_link
def end(token: str) -> str:
    """End the meeting; the page shows nothing of the agreement any longer."""
    agreement_id = service.table_of(token).case.agreement.id
    service.end(token)
    return render_template("agreements/signing/gathering/ended.html", agreement_id=agreement_id)


def _opening(agreement_id: UUID, form: FormState) -> str:
    case = case_out(agreement_id, lock=False)
    return render_template("agreements/signing/gathering/opening.html", case=case, form=form)


def _table(found: Table, token: str) -> str:
    return render_template(
        "agreements/signing/gathering/table.html",
        table=found,
        token=token,
        in_force=found.case.status in SIGNED_BY_ALL,
        text=_text(found),
    )


def _seat(found: Table, token: str, request_id: UUID, form: FormState) -> str:
    return render_template(
        "agreements/signing/gathering/seat.html",
        table=found,
        asked=found.case.request(request_id),
        token=token,
        form=form,
        text=_text(found),
    )


def _text(found: Table) -> Any:
    content = found.case.version.content
    return reading_of(content, labels_in(content["language"]))
