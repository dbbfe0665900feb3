"""The page on which whoever sends says who is asked in which round, and who else reads along."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for

from core.access import service as access
from core.agreements import parts as agreement_parts
from core.agreements import reach
from core.agreements.drafts.service import refuse_unless_editable
from core.agreements.parts import Parts
from core.agreements.signing import service
from core.agreements.signing.case import SEND
from core.agreements.signing.order import OrderForm, as_planned, proposed, read_order, with_room
from core.agreements.signing.views import said_of
from core.kernel.errors import Invalid
from core.web.forms import with_errors

INVALID = 422

order = Blueprint(
    "agreements_order", __name__, url_prefix="/t/<slug>/agreements/<uuid:agreement_id>/signing/order"
)


@order.get("")
def page(agreement_id: UUID) -> str:
    """The order that the agreement's type proposes."""
    parts = _parts(agreement_id)
    return _page(parts, proposed(parts))


@order.post("")
def send(agreement_id: UUID) -> Any:
    """Send in this order; or make room for one more person, with everything as it was typed."""
    parts = _parts(agreement_id)
    form = read_order(request.form, parts.parties)
    if "more" in request.form:
        return _page(parts, with_room(form))
    if form.plan is None:
        return _page(parts, form), INVALID
    try:
        links = service.send(agreement_id, as_planned(form.plan))
    except Invalid as problem:
        return _page(parts, _complaining(form, problem)), problem.status
    flash(said_of(links), "success")
    return redirect(url_for("agreements_signing.page", agreement_id=agreement_id), 303)


def _complaining(form: OrderForm, problem: Invalid) -> OrderForm:
    return OrderForm(None, with_errors(form.state, {"": problem.message}), form.people)


def _parts(agreement_id: UUID) -> Parts:
    access.require(SEND)
    reach.find(SEND, agreement_id)
    parts = agreement_parts.load(agreement_id)
    refuse_unless_editable(parts.agreement)
    return parts


def _page(parts: Parts, form: OrderForm) -> str:
    return render_template("agreements/signing/order.html", parts=parts, order=form, form=form.state)
