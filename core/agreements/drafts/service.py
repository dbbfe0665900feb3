"""The verbs of composing. Each saves one thing, so that what one types is kept as one types."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _
from marshmallow import ValidationError
from sqlalchemy import select

from core.access import service as access
from core.agreements import parts as agreement_parts
from core.agreements import reach
from core.agreements.catalogue import choice_of, types_on_offer
from core.agreements.drafts.beginning import rows_of
from core.agreements.drafts.completeness import Missing, missing
from core.agreements.looking import looked
from core.agreements.models import Agreement, Contact, Goal, Meeting, Party, Value
from core.agreements.parts import Parts, part
from core.agreements.states import EDITABLE, status_of
from core.agreements.types import AgreementType, NumberNeed, PlaceholderKind
from core.agreements.values import checked
from core.documents import service as documents
from core.documents.logos import safe_logo
from core.kernel import audit, clock
from core.kernel.database import db
from core.kernel.errors import Conflict, Invalid
from core.kernel.ids import new_id
from core.kernel.unit_of_work import unit_of_work
from core.tenancy import units
from core.tenancy.kinds import kind_of
from core.tenancy.service import current_tenant

WRITE = "agreement:write"
__all__ = ["Beginning", "Missing", "begin", "missing", "open_draft"]


@dataclass(frozen=True)
class Beginning:
    """How an agreement is begun. ``type_key`` is a type or the edition of a tenant's own variant.

    ``parties`` maps the key of each other party to its name. ``language`` is that of the text; "" takes the
    tenant's, or the type's preferred one.
    """

    type_key: str
    title: str
    parties: dict[str, str]
    language: str = ""


def begin(new: Beginning) -> UUID:
    """Start an agreement of a type on offer; gives its id. Raises Invalid for another type or language."""
    member = access.require(WRITE)
    kind = next((one for one in types_on_offer() if choice_of(one) == new.type_key), None)
    if kind is None:
        message = _("Choose one of the agreements on the page.")
        raise Invalid("agreement.unknown_type", message, {"type_key": message})
    tenant = current_tenant()
    _refuse_unwritten(kind, new.language)
    with unit_of_work():
        agreement = Agreement(
            id=new_id(),
            type_key=kind.key,
            edition=kind.edition,
            language=kind.nearest_language(new.language or tenant.language),
            title=new.title,
            adviser_id=member.account_id,
            unit_id=only_unit(member),
        )
        db.session.add(agreement)
        db.session.flush()
        db.session.add_all(rows_of(kind, agreement, tenant, new.parties))
        audit.record("agreement.begun", "agreement", agreement.id, fields=["type_key", "title"])
    return agreement.id


def _refuse_unwritten(kind: AgreementType, language: str) -> None:
    if language and language not in kind.text_languages:
        message = _("This agreement has no text in the language that you have chosen.")
        raise Invalid("agreement.no_text", message, {"language": message})


def only_unit(member: access.Member) -> UUID | None:
    """The unit of somebody who works in one, so that colleagues there find what is begun."""
    found = units.open_units_among(member.unit_ids) if len(member.unit_ids) == 1 else set()
    return next(iter(found), None)


def open_draft(agreement_id: UUID) -> Parts:
    """Everything of an agreement that is written now. Raises Conflict when it can no longer be changed."""
    access.require(WRITE)
    parts = agreement_parts.load(agreement_id)
    reach.require(WRITE, parts.agreement)
    refuse_unless_editable(parts.agreement)
    looked(agreement_id)
    return parts


def refuse_unless_editable(agreement: Agreement) -> None:
    """Raise Conflict when an agreement is out for signing, signed or cancelled."""
    if status_of(agreement, clock.today(current_tenant().timezone)) not in EDITABLE:
        raise Conflict(
            "agreement.not_editable",
            _("This agreement can no longer be changed, because it has been sent, signed or cancelled."),
        )


def touch(agreement_id: UUID, action: str, *fields: str) -> Agreement:
    """Note a change of a draft, inside the unit of work; holds the agreement until its end."""
    agreement = reach.find(WRITE, agreement_id, lock=True)
    refuse_unless_editable(agreement)
    agreement.changed_at = clock.now()
    audit.record(action, "agreement", agreement.id, fields=fields)
    return agreement


def rename(agreement_id: UUID, title: str) -> None:
    """Give an agreement another title."""
    access.require(WRITE)
    with unit_of_work():
        touch(agreement_id, "agreement.renamed", "title").title = title


def save_value(agreement_id: UUID, key: str, typed: str) -> str:
    """Fill a placeholder; gives what was stored. Raises Invalid with the message under ``value``."""
    access.require(WRITE)
    with unit_of_work():
        agreement = touch(agreement_id, "agreement.value_saved", key)
        row = part(Value, agreement_id, key)
        try:
            kind = agreement_parts.declared(agreement)
            row.value = checked(kind.placeholder(key), typed, [one.key for one in kind.contacts])
        except ValidationError as error:
            messages = error.normalized_messages()["value"]
            raise Invalid("agreement.value", messages[0], {"value": messages[0]}) from error
    return row.value


def save_party(agreement_id: UUID, key: str, values: dict[str, Any]) -> None:
    """Save name, number, sector and signatory of a party. Raises Invalid naming the field."""
    access.require(WRITE)
    with unit_of_work():
        agreement = touch(agreement_id, "agreement.party_saved", *values)
        row = part(Party, agreement_id, key)
        declared = agreement_parts.declared(agreement)
        party = declared.party(key)
        row.name = values["name"]
        row.number = (
            "" if party.number is NumberNeed.NONE and not party.is_tenant else _number(values["number"])
        )
        row.sector = values["sector"] if party.asks_sector else ""
        signing = {one.key for one in declared.contacts if one.party == key and one.may_sign}
        if values["signatory_key"] and values["signatory_key"] not in signing:
            wrong = _("Choose one of the people of this party.")
            raise Invalid("agreement.signatory", wrong, {"signatory_key": wrong})
        row.signatory_key = values["signatory_key"]


def save_party_logo(agreement_id: UUID, key: str, name: str, content: bytes) -> None:
    """Print another party's logo on the agreement, made safe. Raises LogoError."""
    access.require(WRITE)
    logo = safe_logo(content)
    with unit_of_work():
        touch(agreement_id, "agreement.logo_saved", key)
        part(Party, agreement_id, key).logo_id = documents.store(
            agreement_id, "logo", name, "image/png", logo.png
        ).id


def remove_party_logo(agreement_id: UUID, key: str) -> None:
    """Print no logo of another party."""
    access.require(WRITE)
    with unit_of_work():
        touch(agreement_id, "agreement.logo_removed", key)
        part(Party, agreement_id, key).logo_id = None


def _number(typed: str) -> str:
    kind = kind_of(current_tenant().kind)
    if not typed or kind is None:
        return typed
    compact = kind.number.normalise(typed)
    if compact is None:
        wrong = _("This number is not valid. Check the digits.")
        raise Invalid("agreement.number", wrong, {"number": wrong})
    return compact


def save_contact(agreement_id: UUID, key: str, values: dict[str, Any]) -> None:
    """Save a person named in the agreement."""
    access.require(WRITE)
    with unit_of_work():
        agreement = touch(agreement_id, "agreement.contact_saved", *values)
        row = part(Contact, agreement_id, key)
        for name in ("name", "role_title", "email", "phone", "authority"):
            setattr(row, name, values[name])
        _stand_for_oneself(agreement, row)


def _stand_for_oneself(agreement: Agreement, row: Contact) -> None:
    """A private person is the party and its only contact: one name, and the party's title as position."""
    kind = agreement_parts.declared(agreement)
    if kind.party(kind.contact(row.key).party).is_person:
        part(Party, agreement.id, kind.contact(row.key).party).name = row.name
        row.role_title = kind.text(agreement.language).contact(row.key).title


def save_goal(agreement_id: UUID, key: str, values: dict[str, Any]) -> None:
    """Save whether a goal is in, its target, period and counting rule."""
    access.require(WRITE)
    with unit_of_work():
        agreement = touch(agreement_id, "agreement.goal_saved", *values)
        row = part(Goal, agreement_id, key)
        required = agreement_parts.declared(agreement).goal(key).required
        row.included = values["included"] or required
        row.target, row.period_months = values.get("target", row.target), values["period_months"]
        row.counting_rule = values["counting_rule"]


def save_meeting(agreement_id: UUID, key: str, values: dict[str, Any]) -> None:
    """Save whether a meeting is in, and its rhythm."""
    access.require(WRITE)
    with unit_of_work():
        agreement = touch(agreement_id, "agreement.meeting_saved", *values)
        row = part(Meeting, agreement_id, key)
        row.included = values["included"] or agreement_parts.declared(agreement).meeting(key).required
        row.every_months, row.first_after_months = values["every_months"], values["first_after_months"]


def save_duration(agreement_id: UUID, starts_on: date | None, ends_on: date | None) -> None:
    """Save from when and until when. Raises Invalid when it ends before it begins."""
    access.require(WRITE)
    begins = starts_on or clock.today(current_tenant().timezone)
    if ends_on is not None and ends_on <= begins:
        wrong = _("The last day must come after the first.")
        raise Invalid("agreement.duration", wrong, {"ends_on": wrong})
    with unit_of_work():
        agreement = touch(agreement_id, "agreement.duration_saved", "starts_on", "ends_on")
        if agreement.amends_id and starts_on != agreement.starts_on and _has_begun(agreement):
            wrong = _("The agreement has begun, so its first day stays as it is.")
            raise Invalid("agreement.duration", wrong, {"starts_on": wrong})
        agreement.starts_on, agreement.ends_on = starts_on, ends_on


def _has_begun(agreement: Agreement) -> bool:
    return agreement.starts_on is not None and agreement.starts_on <= clock.today(current_tenant().timezone)


def discard(agreement_id: UUID, reason: str) -> None:
    """Give up a draft; it stays in the list as cancelled."""
    access.require(WRITE)
    with unit_of_work():
        agreement = touch(agreement_id, "agreement.discarded")
        agreement.cancelled_at, agreement.cancel_reason = clock.now(), reason


def typed_placeholders(parts: Parts) -> dict[str, PlaceholderKind]:
    """Keys and kinds of the placeholders that somebody must type."""
    return {one.key: one.kind for one in parts.kind.placeholders if not one.source}


def drafts_of(account_id: UUID, limit: int) -> list[Agreement]:
    """Unfinished agreements of an adviser, the last changed first."""
    query = (
        select(Agreement)
        .where(
            Agreement.adviser_id == account_id,
            Agreement.sent_at.is_(None),
            Agreement.activated_at.is_(None),
            Agreement.cancelled_at.is_(None),
        )
        .order_by(Agreement.changed_at.desc())
        .limit(limit)
    )
    return list(db.session.scalars(query))
