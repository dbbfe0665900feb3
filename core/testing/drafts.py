"""Drafts for tests, written through the services: complete, whatever their type asks for."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from flask import Flask
from flask_security import login_user

from core.access import service as access
from core.agreements import parts as agreement_parts
from core.agreements.catalogue import choice_of, types_on_offer
from core.agreements.drafts import service as drafts
from core.agreements.parts import Parts
from core.agreements.types import DeclaredPlaceholder, PlaceholderKind
from core.kernel import audit
from core.kernel.scope import tenant_scope
from core.testing.factories import MadeTenant

NUMBER = "312345676"


@contextmanager
def acting(app: Flask, tenant: MadeTenant, email: str = "") -> Iterator[None]:
    """Work in a tenant as one of its members, its first administrator unless named, as a request does."""
    with app.app_context(), app.test_request_context(f"/t/{tenant.slug}/", headers={"Cookie": "language=en"}):
        account = access.account_by_email(email or tenant.admin_email)
        if account is None:
            raise LookupError(f"nobody has the address {email}")
        with tenant_scope(tenant.id), audit.acting_as(audit.Actor("account", account.id)):
            login_user(account)
            yield


def complete_draft(title: str = "Samarbeid om arbeidstrening", *, type_key: str = "") -> UUID:
    """A draft of the first type on offer (or the named one) that lacks nothing; inside `acting`.

    Who signs for a party is called ``Signerer <party key>`` with the address ``<party key>@example.org``.
    """
    offered = types_on_offer()
    kind = next((one for one in offered if choice_of(one) == type_key), offered[0])
    agreement_id = drafts.begin(drafts.Beginning(choice_of(kind), title, {}))
    parts = agreement_parts.load(agreement_id)
    for placeholder in kind.placeholders:
        if not placeholder.source:
            drafts.save_value(agreement_id, placeholder.key, _value(placeholder))
    _name_people(agreement_id, parts)
    return agreement_id


def _value(placeholder: DeclaredPlaceholder) -> str:
    if placeholder.kind is PlaceholderKind.CHOICE:
        return placeholder.choices[0]
    if placeholder.kind is PlaceholderKind.DATE:
        return "2027-01-15"
    if placeholder.kind in {PlaceholderKind.TEXT, PlaceholderKind.LIST}:
        return f"verdi for {placeholder.key}"
    if placeholder.kind is PlaceholderKind.PERIOD:
        return "2027-01-15/2027-06-30"
    return str(placeholder.minimum or 1)


def _name_people(agreement_id: UUID, parts: Parts) -> None:
    signing = {}
    for party in parts.kind.parties:
        row = parts.parties[party.key]
        signing[row.signatory_key] = party.key
        values = {"name": row.name or f"Part {party.key}", "number": NUMBER, "sector": "private"}
        drafts.save_party(agreement_id, party.key, values | {"signatory_key": row.signatory_key})
    for contact in parts.kind.contacts:
        party_key = signing.get(contact.key, "")
        person = {
            "name": f"Signerer {party_key}" if party_key else f"Kontakt {contact.key}",
            "role_title": "leder",
            "email": f"{party_key or contact.key}@example.org".replace("_", "-"),
            "phone": "",
            "authority": True,
        }
        drafts.save_contact(agreement_id, contact.key, person)
