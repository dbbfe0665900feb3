"""The verb of sign-up: a new tenant, for a visitor or for somebody who has an account."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import lazy_gettext as _

from core.access import mails
from core.access import service as access
from core.access.links import public_link
from core.access.proof import spend_a_hash
from core.kernel.errors import Conflict
from core.plugin_host.declarations import TenantKind
from core.tenancy import service as tenancy


def sign_up(kind: TenantKind, form: Mapping[str, Any]) -> None:
    """Make a tenant with its first administrator, who gets a mail to confirm the address.

    To an address that has an account nothing is made and its owner is told by mail: the page never says which
    addresses are known. Raises Conflict when the organisation is a tenant already.
    """
    new = _checked(kind, form)
    if access.account_by_email(form["email"]) is None:
        try:
            access.sign_up(new, email=form["email"], name=form["name"], password=form["password"])
        except Conflict as problem:
            if problem.code != "account.taken":
                raise
        else:
            return
    spend_a_hash(form["password"])
    _tell_owner(kind, new, form["email"])


def found(kind: TenantKind, form: Mapping[str, Any], account_id: UUID) -> str:
    """Make a tenant for somebody who is signed in; gives its address. Raises Conflict when there is one."""
    tenant_id = access.found(_checked(kind, form), account_id)
    return tenancy.by_ids([tenant_id])[tenant_id].slug


def _checked(kind: TenantKind, form: Mapping[str, Any]) -> tenancy.NewTenant:
    new = tenancy.NewTenant(
        kind=kind.key,
        place_code=form["place_code"],
        district=form.get("district", ""),
        number=form["number"],
        office_word=form.get("office_word", ""),
    )
    there = tenancy.find_taken(new)
    if there is not None:
        taken = _("%(name)s already uses Fotfeste. Ask its administrator to invite you.", name=there.name)
        raise Conflict("tenant.taken", taken, {"place_code": taken})
    return new


def _tell_owner(kind: TenantKind, new: tenancy.NewTenant, email: str) -> None:
    owner = access.account_by_email(email)
    if owner is None:
        return
    place = kind.place(new.place_code)
    name = new.district or (place.name if place else "")
    link = public_link("security.login", next=url_for("tenants_sign_up.form", kind=kind.key))
    mails.post(
        owner.email,
        owner.language,
        lambda: mails.already_has_account(name=owner.name, tenant=name, link=link),
    )
