"""The pages of whoever sends: how the signing stands, reminders, revoking, cancelling, and the PDF."""

from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from core.access import service as access
from core.agreements.printing.service import printed
from core.agreements.signing import service
from core.agreements.signing.link_views import INVALID, as_download
from core.agreements.signing.panel import Panel
from core.agreements.signing.paper.service import papers_of
from core.agreements.signing.plan import declared_plan
from core.agreements.signing.schemas import ReasonForm, SendForm
from core.kernel.errors import Invalid
from core.web.forms import read_form

signing = Blueprint("agreements_signing", __name__, url_prefix="/t/<slug>/agreements/<uuid:agreement_id>")


@signing.get("/signing")
def page(agreement_id: UUID) -> str:
    """Who has signed, opened or refused, and what can be done about it."""
    return _page(service.panel(agreement_id))


@signing.post("/signing/send")
def send(agreement_id: UUID) -> BaseResponse | tuple[str, int]:
    """Send to all who sign; what is missing is listed instead when there is something."""
    values, _form = read_form(SendForm(), request.form)
    try:
        links = service.send(
            agreement_id, partial(declared_plan, with_code=bool(values and values["with_code"]))
        )
    except Invalid:
        return _page(service.panel(agreement_id)), INVALID
    flash(said_of(links), "success")
    return _back(agreement_id)


def said_of(links: list[service.IssuedLink]) -> str:
    """What whoever has sent an agreement reads; without a link it goes to a signing service first."""
    if links:
        return _(
            "The agreement has been sent. Everybody in the first round with an e-mail address has got a link."
        )
    return _("The agreement is on its way to the signing service. People are asked when it is there.")


@signing.post("/signing/<uuid:request_id>/remind")
def remind(agreement_id: UUID, request_id: UUID) -> BaseResponse:
    """Mail a new link."""
    link = service.remind(agreement_id, request_id)
    flash(
        _("A reminder with a new link goes to %(email)s. The earlier link has stopped.", email=link.email),
        "success",
    )
    return _back(agreement_id)


@signing.post("/signing/<uuid:request_id>/revoke")
def revoke(agreement_id: UUID, request_id: UUID) -> BaseResponse:
    """Make a link stop."""
    service.revoke(agreement_id, request_id)
    flash(_("The link has stopped. You can send a new one."), "success")
    return _back(agreement_id)


@signing.post("/signing/<uuid:request_id>/renew")
def renew(agreement_id: UUID, request_id: UUID) -> BaseResponse:
    """Mail a link in place of a revoked one."""
    link = service.renew(agreement_id, request_id)
    flash(_("A new link goes to %(email)s.", email=link.email), "success")
    return _back(agreement_id)


@signing.post("/signing/withdraw")
def withdraw(agreement_id: UUID) -> BaseResponse:
    """Take the agreement back to change it."""
    service.withdraw(agreement_id)
    flash(_("The agreement is a draft again. Change it and send it anew."), "success")
    return _back(agreement_id)


@signing.post("/signing/cancel")
def cancel(agreement_id: UUID) -> BaseResponse | tuple[str, int]:
    """Cancel, with a reason."""
    access.require(service.SEND)
    values, form = read_form(ReasonForm(), request.form)
    if values is None:
        return _page(replace(service.panel(agreement_id), form=form)), INVALID
    service.cancel(agreement_id, values["reason"])
    flash(_("The agreement is cancelled. Whoever had a link is told by mail."), "success")
    return _back(agreement_id)


@signing.get("/agreement.pdf")
def document(agreement_id: UUID) -> Response:
    """The agreement as PDF, in the state it is in."""
    return as_download(printed(agreement_id))


def _page(panel: Panel) -> str:
    papers = papers_of(panel.agreement_id) if panel.lines else []
    return render_template("agreements/signing/standing.html", panel=panel, papers=papers)


def _back(agreement_id: UUID) -> Any:
    return redirect(url_for("agreements_signing.page", agreement_id=agreement_id), code=303)
