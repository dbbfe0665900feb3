"""The page of a contact, by a personal link. Opening it confirms nothing: mail scanners open links."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from core.access.security import personal_link
from core.agreements.contacts import answering
from core.agreements.contacts.changing import Details
from core.agreements.contacts.schemas import DetailsForm
from core.agreements.contacts.views import INVALID
from core.agreements.signing.people import adviser_of
from core.tenancy.service import current_tenant
from core.web.forms import FormState, read_form

contact_links = Blueprint("agreements_contact_links", __name__, url_prefix="/t/<slug>/contact/<token>")


@contact_links.after_request
def keep_from_search_engines(response: Response) -> Response:
    """A personal link is nobody else's to find."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


@contact_links.get("")
@personal_link
def by_link(token: str) -> str:
    """The contact's own details."""
    return _page(token)


@contact_links.post("")
@personal_link
def confirm(token: str) -> BaseResponse:
    """Everything is right."""
    answering.confirm(token)
    flash(_("Thank you. Your contact details are confirmed."), "success")
    return redirect(url_for(".by_link", token=token), code=303)


@contact_links.post("/change")
@personal_link
def propose(token: str) -> BaseResponse | tuple[str, int]:
    """Something has changed."""
    given, state = read_form(DetailsForm(), request.form)
    if given is None:
        return _page(token, state), INVALID
    answering.propose(token, Details(**given))
    flash(_("Thank you. We have got your answer."), "success")
    return redirect(url_for(".by_link", token=token), code=303)


def _page(token: str, form: FormState | None = None) -> str:
    found = answering.open_link(token)
    row, check = found.listed.row, found.check
    has_proposed = check.proposed_at is not None and check.decided_at is None
    names = ("name", "role_title", "email", "phone")
    return render_template(
        "agreements/contacts/by_link.html",
        found=found,
        has_proposed=has_proposed,
        adviser=adviser_of(found.agreement),
        tenant=current_tenant().name,
        token=token,
        form=form or FormState({name: getattr(row, name) for name in names}),
    )
