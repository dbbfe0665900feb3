"""The page of a member's calendar links, and the file that a calendar program fetches by one of them."""

from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.access.limits import limited
from core.access.links import public_link
from core.access.security import personal_link
from core.kernel.errors import Conflict, Invalid
from core.obligations.feeds import service
from core.obligations.feeds.schemas import feed_form
from core.obligations.feeds.service import AGREEMENT, MINE, UNIT, Choice
from core.obligations.feeds.writing import written
from core.web.forms import FormState, read_form, with_errors

INVALID = 422

feeds = Blueprint("agreements_feeds", __name__, url_prefix="/t/<slug>/calendar")


@feeds.get("")
def page() -> str:
    """My calendar links, and the form of a new one."""
    return _page(FormState({"what": request.args.get("what", MINE)}))


@feeds.post("")
def make() -> ResponseReturnValue:
    """Make a link, which is shown on the answer and never again."""
    loaded, form = read_form(feed_form([one.key for one in service.choices()]), request.form)
    if loaded is None:
        return _page(form), INVALID
    try:
        token = service.make(loaded["what"])
    except (Invalid, Conflict) as problem:
        return _page(with_errors(form, problem.fields or {"what": problem.message})), problem.status
    return _page(form, public_link("agreements_feeds.file", token=token))


@feeds.post("/<uuid:feed_id>/stop")
def stop(feed_id: UUID) -> ResponseReturnValue:
    """Stop a link."""
    service.stop(feed_id)
    flash(_("The calendar link no longer works."), "success")
    return redirect(url_for("agreements_feeds.page"), code=303)


@feeds.get("/<token>/deadlines.ics")
@personal_link
@limited("120 per minute")
def file(token: str) -> Response:
    """The deadlines as a calendar, as the owner of the link may see them now."""
    found = service.fetch(token)
    content = written(found.title, found.promises, _address)
    response = Response(content, mimetype="text/calendar")
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _address(agreement_id: UUID) -> str:
    return public_link("agreements_overview.page", agreement_id=agreement_id)


def _page(form: FormState, link: str = "") -> str:
    return render_template(
        "obligations/feeds/page.html",
        feeds=service.my_feeds(),
        options=_options(service.choices()),
        form=form,
        link=link,
    )


def _options(choices: list[Choice]) -> list[tuple[str, object]]:
    """The choices of the form, units and agreements as groups."""
    titles = {UNIT: _("My units"), AGREEMENT: _("One agreement")}
    groups = {scope: [(one.key, one.title) for one in choices if one.scope == scope] for scope in titles}
    mine: list[tuple[str, object]] = [(one.key, one.title) for one in choices if one.scope == MINE]
    return mine + [(titles[scope], group) for scope, group in groups.items() if group]
