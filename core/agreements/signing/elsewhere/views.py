"""The pages between us and a service: the way there for whoever signs, and what whoever sends can do."""

from io import BytesIO
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, send_file, url_for
from flask_babel import gettext as _

from core.access.limits import limited
from core.access.security import personal_link
from core.agreements.signing.elsewhere import verbs
from core.agreements.signing.keys import Key, key_of_link, key_of_member
from core.kernel.errors import Conflict

PUBLIC, MEMBERS = "layout/public.html", "layout/base.html"

at_service = Blueprint("agreements_at_service", __name__, url_prefix="/t/<slug>")


@at_service.after_request
def keep_from_search_engines(response: Response) -> Response:
    """A personal link is nobody else's to find."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


@at_service.get("/sign/<token>/service")
@personal_link
@limited("30 per minute")
def by_link(token: str) -> Any:
    """Go to the service and sign there."""
    return _go(key_of_link(token), url_for("agreements_sign.by_link", token=token), PUBLIC)


@at_service.get("/agreements/<uuid:agreement_id>/sign/service")
def as_member(agreement_id: UUID) -> Any:
    """The same for a member who was asked to sign."""
    back = url_for("agreements_sign.as_member", agreement_id=agreement_id)
    return _go(key_of_member(agreement_id), back, MEMBERS)


def _go(key: Key, back: str, layout: str) -> Any:
    """A redirect to the service, or a page that says why one stays here."""
    try:
        address, title = verbs.way_to_service(key)
    except Conflict as problem:
        page = render_template(
            "agreements/signing/service/stay.html", message=problem.message, back=back, layout=layout
        )
        return page, problem.status
    if address:
        return redirect(address, code=303)
    message = _("%(service)s has sent you a message of its own. Sign by the link in it.", service=title)
    return render_template("agreements/signing/service/stay.html", message=message, back=back, layout=layout)


@at_service.post("/agreements/<uuid:agreement_id>/signing/service/retry")
def retry(agreement_id: UUID) -> Any:
    """Ask the service once more."""
    verbs.try_again(agreement_id)
    flash(_("We ask the service once more now. Load the page again in a minute."), "success")
    return redirect(url_for("agreements_signing.page", agreement_id=agreement_id), code=303)


@at_service.get("/agreements/<uuid:agreement_id>/signing/service/<uuid:file_id>")
def file(agreement_id: UUID, file_id: UUID) -> Response:
    """A file that the service has made, to be saved and opened by whatever the reader trusts with it."""
    card, content = verbs.service_file(agreement_id, file_id)
    return send_file(BytesIO(content), mimetype=card.media_type, as_attachment=True, download_name=card.name)
