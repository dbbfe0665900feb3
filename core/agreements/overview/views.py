"""Pages: the list of agreements, and one agreement."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from core.access import service as access
from core.agreements.amending import revisions
from core.agreements.evaluating.listing import evaluations_among
from core.agreements.life.story import story
from core.agreements.overview import service
from core.agreements.overview.list_page import list_page
from core.agreements.overview.schemas import unit_form
from core.agreements.signing.panel import panel as signing_panel
from core.agreements.states import EDITABLE, TITLES
from core.history import service as histories
from core.history.paging import before, older_url
from core.obligations import service as obligations
from core.tenancy.units import units
from core.web.forms import FormState, read_form
from core.web.languages import current_language

overview = Blueprint("agreements_overview", __name__, url_prefix="/t/<slug>/agreements")


@overview.get("")
def agreements() -> Any:
    """The list, filtered by the address."""
    return list_page()


@overview.get("/<uuid:agreement_id>")
def page(agreement_id: UUID) -> Any:
    """One agreement: where it stands, its text, its promises."""
    reading = service.read(agreement_id)
    if reading.taken_up_by is not None:
        return redirect(url_for(".page", agreement_id=reading.taken_up_by))
    return _page(reading)


@overview.post("/<uuid:agreement_id>/unit")
def put_in_unit(agreement_id: UUID) -> Any:
    """Say which unit the agreement belongs to."""
    loaded, state = read_form(unit_form([str(one.id) for one in units()]), request.form)
    if loaded is None:
        return _page(service.read(agreement_id), state), 422
    service.put_in_unit(agreement_id, UUID(loaded["unit_id"]) if loaded["unit_id"] else None)
    flash(_("The unit is saved."), "success")
    return redirect(url_for(".page", agreement_id=agreement_id), 303)


def _page(reading: service.Reading, form: FormState | None = None) -> str:
    agreement_id = reading.agreement.id
    promises = obligations.for_subject(agreement_id)
    return render_template(
        "agreements/page.html",
        reading=reading,
        unit_form=form or FormState({"unit_id": reading.agreement.unit_id or ""}),
        title=TITLES[reading.status].in_language(current_language()),
        editable=reading.status in EDITABLE,
        panel=signing_panel(agreement_id),
        story=story(agreement_id),
        promises=promises,
        evaluations=evaluations_among(agreement_id, promises),
        asked=revisions.open_of(agreement_id),
        kept=obligations.kept_meetings(agreement_id),
        may_do=access.decide("obligation:do").allowed,
        may_copy=access.decide(service.WRITE).allowed,
    )


@overview.get("/<uuid:agreement_id>/history")
def history(agreement_id: UUID) -> Any:
    """What has happened to an agreement and to its requests to sign."""
    title, requests = service.with_requests(agreement_id)
    found = histories.history_of("agreement", agreement_id, also=requests, before=before())
    return render_template(
        "history/page.html",
        title=title,
        back=(title, url_for("agreements_overview.page", agreement_id=agreement_id)),
        active="agreements",
        history=found,
        history_of="agreement",
        older_url=older_url(found),
    )
