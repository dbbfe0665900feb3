"""The pages of people from outside: the door with its code, and what is theirs."""

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.access.limits import limited
from core.access.security import personal_link
from core.kernel.errors import Conflict, Invalid, Message
from core.persons import codes, visits
from core.persons.admission import link_of
from core.persons.mine import mine
from core.persons.requests import ask
from core.persons.schemas import CodeForm, RequestForm
from core.persons.visits import Visitor, visitors_only
from core.persons.wordings import REQUESTS
from core.tenancy.gate import open_when_suspended
from core.tenancy.service import current_tenant
from core.web.cookies import cookie_name
from core.web.forms import FormState, read_form, with_errors
from core.web.languages import COOKIE as LANGUAGE_COOKIE
from core.web.languages import current_language, remember

INVALID = 422

visit = Blueprint("persons_visit", __name__, url_prefix="/t/<slug>")


@visit.after_request
def keep_from_search_engines(response: Response) -> Response:
    """A personal link is nobody else's to find."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


@visit.get("/in/<token>")
@personal_link
def door(token: str) -> str:
    """Asks for a code. Whose link it is shows only after the code."""
    return _door_page(token, FormState())


@visit.post("/in/<token>/code")
@personal_link
@limited("20 per minute")
def send_code(token: str) -> ResponseReturnValue:
    """Send a new code."""
    try:
        codes.send_code(token)
    except (codes.TooManyCodes, Conflict) as problem:
        return _door_page(token, FormState(), problem.message), problem.status
    return redirect(url_for("persons_visit.door", token=token), code=303)


@visit.post("/in/<token>")
@personal_link
@limited("20 per minute")
def come_in(token: str) -> ResponseReturnValue:
    """Come in by a code."""
    link_of(token)
    loaded, form = read_form(CodeForm(), request.form)
    if loaded is None:
        return _door_page(token, form), INVALID
    try:
        link, person = codes.check(token, loaded["code"])
    except Invalid as problem:
        return _door_page(token, with_errors(FormState(), problem.fields)), problem.status
    response = make_response(redirect(url_for("persons_visit.own"), code=303))
    if cookie_name(LANGUAGE_COOKIE) not in request.cookies:
        remember(response, person.language)
    return visits.keep(response, visits.begin(link, person))


@visit.get("/mine")
@visitors_only
def own(visitor: Visitor) -> str:
    """What concerns the person who has come in."""
    return _own_page(visitor, FormState())


@visit.post("/mine/requests")
@visitors_only
def ask_for(visitor: Visitor) -> ResponseReturnValue:
    """Ask for access or correction."""
    loaded, form = read_form(RequestForm(), request.form)
    if loaded is None:
        return _own_page(visitor, form), INVALID
    try:
        ask(visitor.person, loaded["kind"], loaded["text"])
    except Conflict as problem:
        return _own_page(visitor, with_errors(form, {"kind": problem.message})), problem.status
    flash(_("We have received it. You get an answer within a month."), "success")
    return redirect(url_for("persons_visit.own"), code=303)


@visit.post("/mine/leave")
@open_when_suspended
@visitors_only
def leave(visitor: Visitor) -> ResponseReturnValue:
    """Leave, and say so."""
    page = render_template("persons/visit/left.html", tenant=current_tenant().name)
    return visits.leave(visitor, make_response(page))


def _door_page(token: str, form: FormState, trouble: Message = "") -> str:
    return render_template(
        "persons/visit/door.html",
        token=token,
        tenant=current_tenant().name,
        is_sent=codes.is_sent(token),
        form=form,
        trouble=trouble,
    )


def _own_page(visitor: Visitor, form: FormState) -> str:
    language = current_language()
    titles = {kind: title.in_language(language) for kind, title in REQUESTS.items()}
    return render_template(
        "persons/visit/mine.html", mine=mine(visitor), form=form, titles=titles, language=language
    )
