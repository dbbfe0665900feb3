"""The page of a member: roles and units, what happened to them, and changing both with a reason."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import current_user

from core.access import appointments, directory, members, own_roles
from core.access import service as access
from core.access.handing_over.service import HAND_OVER
from core.history.paging import before, older_url
from core.history.service import history_of
from core.kernel import audit
from core.kernel.errors import Conflict, Invalid, Message, Refused
from core.tenancy import units
from core.web.forms import FormState, read_form, with_errors
from core.web.languages import current_language
from tenants.people.schemas import appointment_form
from tenants.people.views import people

SHOWN = ("email", "name")


@people.get("/people/<uuid:membership_id>")
def member(membership_id: UUID) -> str:
    """One member, or somebody who was one."""
    here = directory.somebody(membership_id)
    shown = _page(here)
    audit.looked_at("membership", membership_id, fields=["name"] if here.ended_at else SHOWN)
    return shown


@people.post("/people/<uuid:membership_id>")
def appoint(membership_id: UUID) -> ResponseReturnValue:
    """Give a member other roles and units."""
    here = directory.colleague(membership_id, to=members.MANAGE)
    mine = {role.key for role in own_roles.grantable_roles()}
    loaded, state = read_form(appointment_form(mine, [str(one.id) for one in units.units()]), request.form)
    if loaded is None:
        return _page(here, state), 422
    # What one may not give is not on the form, and stays as it is.
    roles = set(loaded["roles"]) | (set(here.roles) - mine)
    try:
        appointments.appoint(membership_id, roles, {UUID(one) for one in loaded["units"]}, loaded["reason"])
    except Invalid as problem:
        return _page(here, with_errors(state, problem.fields)), problem.status
    except (Conflict, Refused) as problem:
        return _page(here, state, problem.message), problem.status
    flash(_("%(name)s has other roles and units now.", name=here.name), "success")
    return redirect(url_for("tenants_people.member", membership_id=membership_id), code=303)


@people.get("/people/<uuid:membership_id>/history")
def history(membership_id: UUID) -> str:
    """What has happened to a member's roles, units and access."""
    access.require(members.MANAGE)
    here = directory.somebody(membership_id)
    found = history_of("membership", membership_id, before=before())
    return render_template(
        "history/page.html",
        title=here.name,
        back=(here.name, url_for("tenants_people.member", membership_id=membership_id)),
        active="tenants.people",
        history=found,
        history_of="membership",
        older_url=older_url(found),
    )


def _page(here: directory.Colleague, form: FormState | None = None, trouble: Message = "") -> str:
    may_manage = access.decide(members.MANAGE).allowed
    language, known = current_language(), units.units(closed=True)
    grantable = own_roles.grantable_roles() if may_manage else []
    titles = own_roles.role_titles(language)
    stored = FormState({"roles": here.roles, "units": [str(one) for one in here.unit_ids]})
    return render_template(
        "tenants/people/member.html",
        here=here,
        titles=[titles[key] for key in here.roles if key in titles],
        units=[one.name for one in known if one.id in here.unit_ids],
        kept=[
            titles[key] for key in here.roles if key in titles and key not in {one.key for one in grantable}
        ],
        role_options=[(one.key, titles[one.key]) for one in grantable],
        unit_options=[(str(one.id), one.name) for one in known if one.is_open],
        may_manage=may_manage,
        may_hand_over=access.decide(HAND_OVER).allowed,
        is_me=here.account_id == current_user.id,
        form=form or stored,
        trouble=trouble,
    )
