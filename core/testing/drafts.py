"""Drafts for tests: begun through the service, and complete, whatever their type asks for.

What is filled in is written in one go, because hundreds of tests begin here; `tests/agreements/drafts` tests
the verbs that fill in.
"""

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
from core.agreements.types import DeclaredPlaceholder, NumberNeed, PlaceholderKind
from core.agreements.values import CONTACTS, checked
from core.kernel import audit
from core.kernel.scope import tenant_scope
from core.kernel.unit_of_work import unit_of_work
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
    """A draft of the first type between organisations on offer (or the named one) that lacks nothing.

    Inside `acting`.

    Who signs for a party is called ``Signerer <party key>`` with the address ``<party key>@example.org``.
    """
    offered = types_on_offer()
    first = next(one for one in offered if not one.is_with_a_person)
    kind = next((one for one in offered if choice_of(one) == type_key), first)
    with unit_of_work():
        agreement_id = drafts.begin(drafts.Beginning(choice_of(kind), title, {}))
        parts = agreement_parts.load(agreement_id)
        for placeholder in kind.placeholders:
            if not placeholder.source:
                people = [one.key for one in kind.contacts]
                typed = people[0] if placeholder.kind in CONTACTS else _value(placeholder)
                parts.values[placeholder.key].value = checked(placeholder, typed, people)
        _name_people(parts)
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


def _name_people(parts: Parts) -> None:
    signing = {}
    for party in parts.kind.parties:
        row = parts.parties[party.key]
        signing[row.signatory_key] = party.key
        row.name = row.name or f"Part {party.key}"
        row.number = "" if party.number is NumberNeed.NONE and not party.is_tenant else NUMBER
        row.sector = "private" if party.asks_sector else ""
    for key, contact in parts.contacts.items():
        party_key = signing.get(key, "")
        contact.name = f"Signerer {party_key}" if party_key else f"Kontakt {key}"
        contact.role_title = "leder"
        contact.email = f"{party_key or key}@example.org".replace("_", "-")
        contact.authority = True
