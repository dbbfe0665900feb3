"""Asking the other parties by a personal link, as often as it takes; a new link replaces the one before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _

from core.access import service as access
from core.agreements import parts as agreement_parts
from core.agreements.evaluating import mails
from core.agreements.evaluating.finding import content_of, open_case
from core.kernel import audit, clock
from core.kernel.errors import Conflict, Invalid, Refused
from core.kernel.tokens import new_token, token_hash
from core.kernel.unit_of_work import unit_of_work
from core.obligations.finding import DO
from core.tenancy.service import current_tenant

LINK_LASTS = timedelta(days=30)
BETWEEN_MAILS = timedelta(hours=1)


@dataclass(frozen=True)
class Addressee:
    """Somebody who can answer for a party; `key` is that of the contact."""

    key: str
    name: str
    role_title: str
    email: str


@dataclass(frozen=True)
class AskedLink:
    """A link that was just mailed. The token lives here and in the mail; only its hash is stored."""

    assessment_id: UUID
    token: str


def addressees(content: Mapping[str, Any], party_key: str) -> list[Addressee]:
    """Those named in an agreement who can answer for a party by mail, who signed for it first."""
    names = {one["name"] for one in content["parties"] if one["key"] == party_key}
    signing = {one["email"] for one in content["signatories"] if one["party_key"] == party_key}
    found = [
        Addressee(one["key"], one["name"], one["role_title"], one["email"])
        for section in content["sections"]
        for one in section["contacts"]
        if one["party"] in names and one["email"]
    ]
    return sorted(found, key=lambda one: one.email not in signing)


def ask(obligation_id: UUID, party_key: str, contact_key: str) -> AskedLink:
    """Mail somebody of another party a link to its assessment. What it has said already stays.

    Raises NotFound, Refused, Invalid for somebody whom the agreement does not name, or Conflict when a mail
    went out less than an hour ago.
    """
    access.require(DO)
    _refuse_unconfirmed()
    with unit_of_work():
        case = open_case(obligation_id)
        asked = case.assessment(party_key)
        to = next((one for one in _others(case, party_key) if one.key == contact_key), None)
        if to is None or asked.is_ours:
            wrong = _("Choose one of the people of the party.")
            raise Invalid("evaluation.nobody", wrong, {"contact": wrong})
        if asked.asked_at and asked.email == to.email and clock.now() - asked.asked_at < BETWEEN_MAILS:
            raise Conflict(
                "evaluation.just_mailed",
                _("A mail went out less than an hour ago. Give the receiver some time before the next one."),
            )
        token = new_token()
        asked.name, asked.role_title, asked.email = to.name, to.role_title, to.email.casefold()
        asked.token_hash, asked.asked_at = token_hash(token), clock.now()
        asked.expires_at = clock.now() + LINK_LASTS
        mails.ask_to_assess(agreement_parts.find(case.evaluation.agreement_id), asked, token)
        audit.record("evaluation.asked", "assessment", asked.id)
        return AskedLink(asked.id, token)


def _others(case: Any, party_key: str) -> list[Addressee]:
    return addressees(content_of(case.evaluation), party_key)


def _refuse_unconfirmed() -> None:
    if not current_tenant().may_send:
        raise Refused(
            "evaluation.may_not_send",
            _("Your organisation is not confirmed yet, so nothing can be sent to others."),
        )
