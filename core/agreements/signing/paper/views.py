"""The pages of paper: upload a scan, look at it, confirm or reject it."""

from dataclasses import replace
from io import BytesIO
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from core.access import service as access
from core.agreements.models import SignatureRequest
from core.agreements.signing.case import SEND, Case, case_out
from core.agreements.signing.gathering.service import may_sign_in_person
from core.agreements.signing.paper import service
from core.agreements.signing.paper.scans import read_scan
from core.agreements.signing.paper.service import OnPaper
from core.agreements.signing.schemas import ConfirmForm, OnPaperForm, PlaceForm, ReasonForm
from core.kernel.errors import Conflict, Invalid, Problem
from core.web.forms import FormState, read_form, with_errors

INVALID = 422
FIELDS = ("day", "name", "role")

paper = Blueprint(
    "agreements_paper", __name__, url_prefix="/t/<slug>/agreements/<uuid:agreement_id>/signing/paper"
)


@paper.get("")
def page(agreement_id: UUID) -> str:
    """How to sign on paper, and the form for the scan."""
    case = case_out(agreement_id, lock=False)
    return _form_page(case, FormState(_as_asked(_open(case))))


@paper.post("")
def register(agreement_id: UUID) -> Any:
    """Keep a scan."""
    access.require(SEND)
    case = case_out(agreement_id, lock=False)
    signatures, form = _read(_open(case))
    if form.errors:
        return _form_page(case, form), INVALID
    try:
        copy_id = service.register(agreement_id, read_scan(_uploaded()), signatures)
    except (Invalid, Conflict) as problem:
        return _form_page(case, _with_problem(form, problem)), problem.status
    flash(_("The scan is kept. It counts when somebody else has confirmed it."), "success")
    return redirect(url_for("agreements_paper.one", agreement_id=agreement_id, copy_id=copy_id), 303)


@paper.get("/<uuid:copy_id>")
def one(agreement_id: UUID, copy_id: UUID) -> str:
    """One scan, with what can be done about it."""
    return _one(agreement_id, copy_id)


@paper.get("/<uuid:copy_id>/scan")
def scan(agreement_id: UUID, copy_id: UUID) -> Response:
    """The file, to be saved and opened by whatever the reader trusts with it."""
    file = service.scan_of(agreement_id, copy_id)
    return send_file(
        BytesIO(file.content), mimetype=file.media_type, as_attachment=True, download_name=file.name
    )


@paper.post("/<uuid:copy_id>/confirm")
def confirm(agreement_id: UUID, copy_id: UUID) -> Any:
    """Say that the scan shows the version that was sent."""
    access.require(SEND)
    values, form = read_form(ConfirmForm(), request.form)
    if values is None:
        return _one(agreement_id, copy_id, confirming=form), INVALID
    service.confirm(agreement_id, copy_id)
    flash(_("The signatures on the paper count now."), "success")
    return redirect(url_for("agreements_signing.page", agreement_id=agreement_id), 303)


@paper.post("/<uuid:copy_id>/reject")
def reject(agreement_id: UUID, copy_id: UUID) -> Any:
    """Say that it does not."""
    access.require(SEND)
    values, form = read_form(ReasonForm(), request.form)
    if values is None:
        return _one(agreement_id, copy_id, rejecting=form), INVALID
    service.reject(agreement_id, copy_id, values["reason"])
    flash(_("The scan is rejected. Nobody on it has signed."), "success")
    return redirect(url_for("agreements_signing.page", agreement_id=agreement_id), 303)


def _open(case: Case) -> list[SignatureRequest]:
    return [one for one in case.requests if may_sign_in_person(case, one)]


def _as_asked(people: list[SignatureRequest]) -> dict[str, str]:
    names = {f"name-{one.id}": one.name for one in people}
    return names | {f"role-{one.id}": one.role_title for one in people}


def _read(people: list[SignatureRequest]) -> tuple[list[OnPaper], FormState]:
    """Who signed on the paper, and the form as it was typed with what is wrong."""
    place, state = read_form(PlaceForm(), request.form)
    form = replace(state, values=request.form.to_dict())
    found = []
    for one in people:
        typed, mine = _read_one(one)
        if mine.errors:
            errors = {f"{name}-{one.id}": said for name, said in mine.errors.items()}
            form = replace(form, errors={**form.errors, **errors})
        elif typed["day"]:
            found.append(
                OnPaper(one.id, typed["name"], typed["role"], typed["day"], (place or {}).get("place", ""))
            )
    return found, form


def _read_one(person: SignatureRequest) -> tuple[dict[str, Any], FormState]:
    """One person's fields; of somebody without a day nothing is asked."""
    typed = {name: request.form.get(f"{name}-{person.id}", "") for name in FIELDS}
    if not typed["day"].strip():
        return {"day": None}, FormState()
    values, form = read_form(OnPaperForm(), MultiDict(typed))
    return values or {}, form


def _uploaded() -> bytes:
    file = request.files.get("scan")
    return file.read() if file else b""


def _with_problem(form: FormState, problem: Problem) -> FormState:
    return with_errors(form, problem.fields or {"": problem.message})


def _form_page(case: Case, form: FormState) -> str:
    return render_template("agreements/signing/paper/register.html", case=case, people=_open(case), form=form)


def _one(
    agreement_id: UUID,
    copy_id: UUID,
    *,
    confirming: FormState | None = None,
    rejecting: FormState | None = None,
) -> str:
    found = service.paper(agreement_id, copy_id)
    return render_template(
        "agreements/signing/paper/one.html",
        paper=found,
        standing=service.standing(agreement_id, found),
        confirming=confirming or FormState(),
        rejecting=rejecting or FormState(),
    )
