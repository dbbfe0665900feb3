"""The pages of single sign-on: leaving for the provider, coming back, connecting an account, signing out."""

from flask import Blueprint, flash, g, make_response, redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import current_user

from core.access import service as access
from core.access import sessions
from core.access.limits import limited
from core.access.models import Account
from core.access.returning import inside
from core.access.security import personal_link
from core.access.sso import flow, journey, pending
from core.access.sso.arrival import NotConnectedError, connect
from core.access.sso.gate import HOME, came_by_own_way, ways
from core.access.sso.provider import ProviderCard, in_force, offered
from core.access.sso.troubles import Trouble
from core.access.views import home_of
from core.kernel.errors import NotFound, Problem
from core.tenancy import service as tenancy
from core.web.forms import FormState

sso = Blueprint("access_sso", __name__, url_prefix="/t/<slug>/sso")
find = Blueprint("access_sso_find", __name__)


@sso.before_request
def _only_where_offered() -> None:
    """Strangers cannot tell a tenant without single sign-on from one that does not exist."""
    tenant, member = tenancy.current_tenant(), access.current_member()
    trying = request.endpoint == "access_sso.callback" and access.decide(journey.MANAGE).allowed
    lost = request.endpoint == "access_sso.needed" and member is not None and not came_by_own_way()
    if not (tenant.single_sign_on or trying or lost):
        raise NotFound("sso.not_offered", _("We cannot find this page."))


@find.get("/sign-in/organisation")
@limited("30 per minute")
def organisation() -> str:
    """Find the page of one's organisation by its name."""
    asked = " ".join(request.args.get("name", "").replace("\0", "").split())[:80]
    found = tenancy.named_like(asked) if asked else []
    return render_template("access/sso/find.html", asked=asked, found=found, form=FormState({"name": asked}))


@sso.get("")
@personal_link
@limited("60 per minute")
def start() -> ResponseReturnValue:
    """Leave for the provider."""
    provider = offered()
    again = current_user.is_authenticated and "again" in request.args
    target = inside(request.args.get("next")) or home_of(g.slug)
    try:
        return redirect(journey.leave(provider, flow.AGAIN if again else flow.ENTER, target))
    except Trouble as problem:
        return _trouble(provider, problem)


@sso.get("/callback")
@personal_link
@limited("60 per minute")
def callback() -> ResponseReturnValue:
    """Come back from the provider."""
    provider = in_force()
    if provider is None:
        return _trouble(None, Trouble("unknown_state"))
    try:
        begun, person = journey.come_back(provider, request.args.to_dict())
        if begun.purpose == flow.TRY:
            flash(journey.tried(provider, person), "success")
            return redirect(begun.next)
        if begun.purpose == flow.AGAIN:
            journey.confirmed(provider, person)
            return redirect(begun.next)
        account = journey.entered(provider, person)
    except NotConnectedError:
        pending.keep(provider, person)
        return redirect(url_for("access_sso.ask_to_connect", next=begun.next))
    except Problem as problem:
        return _trouble(provider, problem)
    _enter(provider, account)
    return redirect(begun.next)


@sso.get("/needed")
@personal_link
def needed() -> str:
    """Why another way to sign in is needed here, and the door."""
    tenant = tenancy.current_tenant()
    provider = in_force() if tenant.single_sign_on else None
    return render_template(
        "access/sso/needed.html",
        provider=provider,
        tenant=tenant,
        next=inside(request.args.get("next")) or home_of(tenant.slug),
    )


@sso.get("/connect")
@personal_link
def ask_to_connect() -> ResponseReturnValue:
    """Whose account the provider means is for its owner to say."""
    return _connect_page(offered())


@sso.post("/connect")
@personal_link
@limited("20 per minute")
def connect_account() -> ResponseReturnValue:
    """Connect the provider with the account of whoever is signed in by an own way."""
    provider = offered()
    person = pending.waiting(provider)
    if person is None or not came_by_own_way():
        return redirect(url_for("access_sso.needed"), code=303)
    try:
        account = connect(provider, person, current_user._get_current_object())  # noqa: SLF001  the row itself
    except Problem as problem:
        return _trouble(provider, problem)
    pending.forget()
    _enter(provider, account)
    flash(_("From now on you can sign in with “%(button)s”.", button=provider.button_text), "success")
    return redirect(inside(request.form.get("next")) or home_of(g.slug), code=303)


@sso.get("/signed-out")
@personal_link
def signed_out() -> str:
    """Signed out here; the provider may still know the person."""
    provider = offered()
    return render_template(
        "access/sso/signed_out.html",
        provider=provider,
        tenant=tenancy.current_tenant(),
        address=journey.way_out(provider),
    )


def _connect_page(provider: ProviderCard) -> ResponseReturnValue:
    person = pending.waiting(provider)
    if person is None:
        return redirect(url_for("access_sso.needed"))
    return render_template(
        "access/sso/connect.html",
        provider=provider,
        tenant=tenancy.current_tenant(),
        person=person,
        present=current_user if came_by_own_way() else None,
        next=inside(request.args.get("next")) or home_of(g.slug),
    )


def _enter(provider: ProviderCard, account: Account) -> None:
    """Begin a session; what the same person has shown before in this browser still counts."""
    same = current_user.is_authenticated and current_user.id == account.id
    sessions.begin(account, sorted({provider.way} | (ways() if same else set())))
    cookie[HOME] = g.slug


def _trouble(provider: ProviderCard | None, problem: Problem) -> ResponseReturnValue:
    page = render_template(
        "access/sso/trouble.html", provider=provider, tenant=tenancy.current_tenant(), message=problem.message
    )
    return make_response(page, problem.status)
