"""The pages of whoever signs: by a personal link without an account, or as a signed-in member."""

from dataclasses import replace
from io import BytesIO
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response as BaseResponse

from core.access.limits import limited
from core.access.security import personal_link
from core.agreements.printing.service import PDF, PrintedFile, printed_version
from core.agreements.signing import codes, service
from core.agreements.signing.keys import Key
from core.agreements.signing.page import Addresses, page_of
from core.agreements.signing.schemas import ApproveForm, ReasonForm, SignForm
from core.kernel.errors import Conflict, Invalid, TooMany
from core.web.forms import FormState, read_form, with_errors

INVALID = 422
TYPED = ("name", "role", "sha256", "place", "code")
PUBLIC, MEMBERS = "layout/public.html", "layout/base.html"

link = Blueprint("agreements_sign", __name__, url_prefix="/t/<slug>")


@link.after_request
def keep_from_search_engines(response: Response) -> Response:
    """A personal link is nobody else's to find."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


@link.get("/sign/<token>")
@personal_link
def by_link(token: str) -> Any:
    """The agreement to sign, or the receipt."""
    return _show(service.key_of_link(token), _of_link(token), PUBLIC)


@link.post("/sign/<token>")
@personal_link
def sign_by_link(token: str) -> Any:
    """Sign; sent twice it shows the same receipt."""
    return _sign(service.key_of_link(token), _of_link(token), PUBLIC)


@link.post("/sign/<token>/refuse")
@personal_link
def refuse_by_link(token: str) -> Any:
    """Refuse, with a reason."""
    return _refuse(service.key_of_link(token), _of_link(token), PUBLIC)


@link.post("/sign/<token>/approve")
@personal_link
def approve_by_link(token: str) -> Any:
    """Approve, so that the next round can begin."""
    return _approve(service.key_of_link(token), _of_link(token), PUBLIC)


@link.post("/sign/<token>/code")
@personal_link
@limited("20 per minute")
def send_code(token: str) -> Any:
    """Send a one-time code; what is typed into the form to sign stays there."""
    key, addresses = service.key_of_link(token), _of_link(token)
    try:
        codes.send(key)
    except (Conflict, TooMany) as problem:
        return _show(
            key, addresses, PUBLIC, form=with_errors(_typed(), {"": problem.message})
        ), problem.status
    return _show(key, addresses, PUBLIC, form=_typed())


def _typed() -> FormState:
    return FormState(request.form.to_dict())


@link.get("/sign/<token>/agreement.pdf")
@personal_link
def pdf_by_link(token: str) -> Any:
    """The version that the link is for, as PDF."""
    case, _request = service.look(service.key_of_link(token))
    return as_download(printed_version(case))


@link.get("/agreements/<uuid:agreement_id>/sign")
def as_member(agreement_id: UUID) -> Any:
    """The same for a member who was asked to sign."""
    return _show(service.key_of_member(agreement_id), _of_member(agreement_id), MEMBERS)


@link.post("/agreements/<uuid:agreement_id>/sign")
def sign_as_member(agreement_id: UUID) -> Any:
    """Sign as a member."""
    return _sign(service.key_of_member(agreement_id), _of_member(agreement_id), MEMBERS)


@link.post("/agreements/<uuid:agreement_id>/sign/refuse")
def refuse_as_member(agreement_id: UUID) -> Any:
    """Refuse as a member."""
    return _refuse(service.key_of_member(agreement_id), _of_member(agreement_id), MEMBERS)


@link.post("/agreements/<uuid:agreement_id>/sign/approve")
def approve_as_member(agreement_id: UUID) -> Any:
    """Approve as a member."""
    return _approve(service.key_of_member(agreement_id), _of_member(agreement_id), MEMBERS)


def as_download(file: PrintedFile) -> Response:
    """A PDF that the browser saves; our content policy would stop most viewers inside a page."""
    return send_file(BytesIO(file.content), mimetype=PDF, as_attachment=True, download_name=file.name)


def _of_link(token: str) -> Addresses:
    return Addresses(
        sign=url_for("agreements_sign.by_link", token=token),
        refuse=url_for("agreements_sign.refuse_by_link", token=token),
        pdf=url_for("agreements_sign.pdf_by_link", token=token),
        approve=url_for("agreements_sign.approve_by_link", token=token),
        code=url_for("agreements_sign.send_code", token=token),
        service=url_for("agreements_at_service.by_link", token=token),
        revision=url_for("agreements_revision.page", token=token),
    )


def _of_member(agreement_id: UUID) -> Addresses:
    return Addresses(
        sign=url_for("agreements_sign.as_member", agreement_id=agreement_id),
        refuse=url_for("agreements_sign.refuse_as_member", agreement_id=agreement_id),
        pdf=url_for("agreements_signing.document", agreement_id=agreement_id),
        approve=url_for("agreements_sign.approve_as_member", agreement_id=agreement_id),
        service=url_for("agreements_at_service.as_member", agreement_id=agreement_id),
    )


def _show(
    key: Key,
    addresses: Addresses,
    layout: str,
    form: FormState | None = None,
    refusal: FormState | None = None,
) -> str:
    page = page_of(*service.look(key), key, addresses)
    page = replace(page, form=form or page.form, refusal=refusal or page.refusal)
    return render_template("agreements/signing/page.html", page=page, layout=layout)


def _sign(key: Key, addresses: Addresses, layout: str) -> BaseResponse | tuple[str, int]:
    values, form = read_form(SignForm(), request.form)
    if values is None:
        return _show(key, addresses, layout, form=form), INVALID
    try:
        service.sign(key, **{name: values[name] for name in TYPED})
    except Invalid as problem:
        return _show(key, addresses, layout, form=with_errors(form, problem.fields)), problem.status
    return redirect(addresses.sign, code=303)


def _approve(key: Key, addresses: Addresses, layout: str) -> BaseResponse | tuple[str, int]:
    values, form = read_form(ApproveForm(), request.form)
    if values is None:
        return _show(key, addresses, layout, form=form), INVALID
    service.approve(key, values["sha256"])
    return redirect(addresses.sign, code=303)


def _refuse(key: Key, addresses: Addresses, layout: str) -> BaseResponse | tuple[str, int]:
    values, form = read_form(ReasonForm(), request.form)
    if values is None:
        return _show(key, addresses, layout, refusal=form), INVALID
    service.refuse(key, values["reason"])
    return redirect(addresses.sign, code=303)
