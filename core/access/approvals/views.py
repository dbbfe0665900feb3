"""The page of what waits for a second person."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.access import service as access
from core.access.approvals import service
from core.access.approvals.schemas import APPROVE, AnswerForm
from core.access.approvals.service import DECIDE, Standing
from core.kernel.errors import Conflict, Message, Refused
from core.web.forms import read_form
from core.web.languages import current_language

approvals = Blueprint("access_approvals", __name__, url_prefix="/t/<slug>/approvals")


@approvals.get("")
def page() -> str:
    """What waits, and what was decided."""
    return _page()


@approvals.post("/<uuid:approval_id>/decide")
def decide(approval_id: UUID) -> ResponseReturnValue:
    """Answer a colleague's question."""
    access.require(DECIDE)
    service.must_exist(approval_id)
    loaded, _state = read_form(AnswerForm(), request.form)
    if loaded is None:
        return _page(_("Choose yes or no.")), 422
    try:
        standing = service.decide(approval_id, approve=loaded["decision"] == APPROVE, answer=loaded["answer"])
    except (Conflict, Refused) as problem:
        return _page(problem.message), problem.status
    approved = standing is Standing.APPROVED
    flash(_("Approved, and done.") if approved else _("Refused. Nothing was done."), "success")
    return redirect(url_for("access_approvals.page"), code=303)


@approvals.post("/mine/<uuid:approval_id>/withdraw")
def withdraw(approval_id: UUID) -> ResponseReturnValue:
    """Take back what one asked for."""
    service.withdraw(approval_id)
    flash(_("What you asked for is taken back."), "success")
    return redirect(url_for("access_approvals.page"), code=303)


def _page(trouble: Message = "") -> str:
    asked = service.asked_for(current_language())
    return render_template(
        "access/approvals/page.html",
        waiting=[one for one in asked if one.standing is Standing.WAITING],
        ended=[one for one in asked if one.standing is not Standing.WAITING],
        may_decide=access.decide(DECIDE).allowed,
        alone=not service.somebody_can_decide(),
        trouble=trouble,
    )
