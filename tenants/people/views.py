"""Pages about people: members, inviting, ending access, joining by a personal link."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import current_user

from core.access import directory, invitations, members, own_roles
from core.access import service as access
from core.access.entry import steps
from core.access.limits import limited
from core.access.links import public_link
from core.access.security import personal_link
from core.access.views import home_of
from core.kernel.errors import Conflict, Gone, Invalid, Message, Refused
from core.tenancy import service as tenancy
from core.tenancy import units
from core.web.forms import FormState, read_form, with_errors
from core.web.languages import current_language
from tenants.people.asked import id_of, page_number, words_of
from tenants.people.schemas import JoinForm, invitation_form

people = Blueprint("tenants_people", __name__, url_prefix="/t/<slug>")


@people.get("/people")
def page() -> str:
    """Members, found by name, role and unit; for those who may invite also the open invitations."""
    asked = request.args
    words, role = words_of(asked.get("q", "")), words_of(asked.get("role", ""))
    found = directory.search(words=words, role=role, unit_id=id_of(asked.get("unit", "")), page=page_number())
    may_manage = access.decide("people:manage").allowed
    whole_list = not (words or role or asked.get("unit")) and found.page == 1
    return render_template(
        "tenants/people/page.html",
        found=found,
        words=words,
        role=role,
        unit=asked.get("unit", ""),
        invitations=invitations.open_invitations() if may_manage and whole_list else [],
        may_manage=may_manage,
        role_titles=_role_titles(),
        units=units.units(),
    )


@people.get("/people/invite")
def invite() -> str:
    """The form of an invitation."""
    return _invite_page(FormState())


@people.post("/people/invite")
@limited("30 per minute")
def send_invitation() -> ResponseReturnValue:
    """Invite somebody by mail."""
    roles = [role.key for role in own_roles.grantable_roles()]
    loaded, state = read_form(invitation_form(roles, [str(one.id) for one in units.units()]), request.form)
    if loaded is None:
        return _invite_page(state), 422
    unit_ids = [UUID(one) for one in loaded["units"]]
    try:
        invitations.invite(loaded["email"], loaded["name"], loaded["role"], _join_link, unit_ids=unit_ids)
    except Invalid as problem:
        return _invite_page(with_errors(state, problem.fields)), problem.status
    flash(_("The invitation is on its way to %(name)s.", name=loaded["name"]), "success")
    return redirect(url_for("tenants_people.page"), code=303)


@people.post("/people/invitations/<uuid:invitation_id>/resend")
@limited("30 per minute")
def resend(invitation_id: UUID) -> ResponseReturnValue:
    """Send an invitation once more."""
    invitation = invitations.resend(invitation_id, _join_link)
    flash(
        _(
            "The invitation is on its way to %(name)s again. The old link no longer works.",
            name=invitation.name,
        ),
        "success",
    )
    return redirect(url_for("tenants_people.page"), code=303)


@people.post("/people/invitations/<uuid:invitation_id>/revoke")
def revoke(invitation_id: UUID) -> ResponseReturnValue:
    """Take an invitation back."""
    invitations.revoke_invitation(invitation_id)
    flash(_("The invitation is taken back. Its link no longer works."), "success")
    return redirect(url_for("tenants_people.page"), code=303)


@people.get("/people/<uuid:membership_id>/end")
def ask_to_end(membership_id: UUID) -> str:
    """What it means to end somebody's access, and the button that does it."""
    return _end_page(membership_id)


@people.post("/people/<uuid:membership_id>/end")
def end(membership_id: UUID) -> ResponseReturnValue:
    """End somebody's access."""
    leaving = directory.colleague(membership_id, to=members.MANAGE)
    try:
        members.end_membership(membership_id)
    except (Conflict, Refused) as problem:
        return _end_page(membership_id, problem.message), problem.status
    flash(_("%(name)s no longer has access.", name=leaving.name), "success")
    if leaving.account_id == current_user.id:
        return redirect(url_for("access_account.my_tenants"), code=303)
    return redirect(url_for("tenants_people.page"), code=303)


@people.get("/join/<token>")
@personal_link
def join(token: str) -> ResponseReturnValue:
    """What the invited person sees; whoever has joined already goes home."""
    try:
        return _join_page(token, FormState())
    except Gone:
        if access.current_member() is None:
            raise
        return redirect(_home())


@people.post("/join/<token>")
@personal_link
@limited("20 per minute")
def accept(token: str) -> ResponseReturnValue:
    """Join, and be signed in."""
    loaded, state = read_form(JoinForm(), request.form)
    if loaded is None:
        return _join_page(token, state), 422
    try:
        account = invitations.accept_invitation(token, loaded["password"])
    except Invalid as problem:
        return _join_page(token, with_errors(state, problem.fields)), problem.status
    except Gone:
        if access.current_member() is None:
            raise
        return redirect(_home(), code=303)
    way_in: ResponseReturnValue = redirect(_home(), code=303)
    if not current_user.is_authenticated or current_user.id != account.id:
        way_in = steps.lead_in(account, "password", _home(), 303)
    flash(_("Welcome to %(tenant)s.", tenant=tenancy.current_tenant().name), "success")
    return way_in


def _join_link(token: str) -> str:
    return public_link("tenants_people.join", token=token)


def _home() -> str:
    return home_of(tenancy.current_tenant().slug)


def _role_titles() -> dict[str, str]:
    return own_roles.role_titles(current_language())


def _invite_page(state: FormState) -> str:
    language = current_language()
    roles = [(role.key, role.title.in_language(language)) for role in own_roles.grantable_roles()]
    known = [(str(one.id), one.name) for one in units.units()]
    return render_template("tenants/people/invite.html", form=state, roles=roles, units=known)


def _end_page(membership_id: UUID, trouble: Message = "") -> str:
    leaving = directory.colleague(membership_id, to=members.MANAGE)
    return render_template(
        "tenants/people/end.html",
        leaving=leaving,
        trouble=trouble,
        may_hand_over=access.decide("work:hand_over").allowed,
    )


def _join_page(token: str, state: FormState) -> str:
    return render_template(
        "tenants/people/join.html",
        joining=invitations.joining(token),
        tenant=tenancy.current_tenant(),
        role_titles=_role_titles(),
        form=state,
        token=token,
    )
