"""Pages: the list of agreements, and one agreement."""

from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request

from core.access import service as access
from core.agreements.overview import service
from core.agreements.signing.panel import panel as signing_panel
from core.agreements.states import EDITABLE, TITLES, Status
from core.obligations import service as obligations
from core.web.languages import current_language

LONGEST_SEARCH = 100

overview = Blueprint("agreements_overview", __name__, url_prefix="/t/<slug>/agreements")


@overview.get("")
def agreements() -> Any:
    """The list, filtered by the address."""
    status = request.args.get("status", "")
    words = request.args.get("q", "").replace("\0", "").strip()[:LONGEST_SEARCH]
    page = request.args.get("page", "1")
    found = service.search(
        status=status if status in set(Status) else "",
        words=words,
        page=int(page) if page.isdecimal() and len(page) < LONGEST_SEARCH // 10 else 1,
    )
    language = current_language()
    statuses = [(one.value, TITLES[one].in_language(language)) for one in Status]
    return render_template(
        "agreements/list.html",
        found=found,
        statuses=statuses,
        titles=dict(statuses),
        status=status,
        words=words,
    )


@overview.get("/<uuid:agreement_id>")
def page(agreement_id: UUID) -> Any:
    """One agreement: where it stands, its text, its promises."""
    reading = service.read(agreement_id)
    return render_template(
        "agreements/page.html",
        reading=reading,
        title=TITLES[reading.status].in_language(current_language()),
        editable=reading.status in EDITABLE,
        panel=signing_panel(agreement_id),
        promises=obligations.for_subject(agreement_id),
        may_do=access.decide("obligation:do").allowed,
    )
