"""The page of deputies and of acting on behalf of a colleague."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.access import service as access
from core.access.standing_in import service
from core.access.standing_in.schemas import on_behalf_form, period_form
from core.kernel.errors import Conflict, Invalid, Message, Problem
from core.web.forms import FormState, read_form, with_errors

standing_in = Blueprint("access_standing_in", __name__, url_prefix="/t/<slug>/standing-in")


@standing_in.get("")
def page() -> str:
    """Who stands in for whom, now and later."""
    return _page()


@standing_in.post("")
def set_deputy() -> ResponseReturnValue:
    """Name a deputy for a period."""
    absent, deputies = _choices()
    loaded, state = read_form(period_form(dict(absent), dict(deputies)), request.form)
    if loaded is None:
        return _page(period=state), 422
    try:
        service.set_deputy(
            UUID(loaded["absent"]),
            UUID(loaded["deputy"]),
            first_day=loaded["first_day"],
            last_day=loaded["last_day"],
            reason=loaded["reason"],
        )
    except (Invalid, Conflict) as problem:
        return _refused(problem, period=with_errors(state, problem.fields))
    flash(_("The deputy is set and gets a mail."), "success")
    return redirect(url_for("access_standing_in.page"), code=303)


@standing_in.post("/on-behalf")
def act_for() -> ResponseReturnValue:
    """Act on behalf of a colleague for an hour."""
    access.require(service.ACT)
    loaded, state = read_form(on_behalf_form(dict(service.colleagues())), request.form)
    if loaded is None:
        return _page(on_behalf=state), 422
    try:
        service.act_for(UUID(loaded["colleague"]), loaded["why"])
    except Conflict as problem:
        return _refused(problem, on_behalf=state)
    flash(_("You act on behalf of your colleague for one hour."), "success")
    return redirect(url_for("access_standing_in.page"), code=303)


@standing_in.post("/<uuid:stand_in_id>/end")
def end(stand_in_id: UUID) -> ResponseReturnValue:
    """Stop a period now."""
    service.end(stand_in_id)
    flash(_("It is stopped."), "success")
    return redirect(url_for("access_standing_in.page"), code=303)


def _choices() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Who may be away (oneself; everybody, for who manages people) and who may stand in."""
    member, others = access.require_member(), service.colleagues()
    me = (str(member.membership_id), _("Myself"))
    manages = service.MANAGE in member.permissions
    return ([me, *others] if manages else [me]), ([*others, me] if manages else others)


def _refused(problem: Problem, **states: FormState) -> ResponseReturnValue:
    return _page(problem.message if not problem.fields else "", **states), problem.status


def _page(trouble: Message = "", **states: FormState) -> str:
    absent, deputies = _choices()
    me = absent[0][0]
    return render_template(
        "access/standing_in/page.html",
        lines=service.lines(),
        absent=absent,
        deputies=deputies,
        colleagues=service.colleagues(),
        may_act=access.decide(service.ACT).allowed,
        period=states.get("period", FormState({"absent": me})),
        on_behalf=states.get("on_behalf", FormState()),
        trouble=trouble,
    )
