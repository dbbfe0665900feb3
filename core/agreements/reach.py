"""Which agreements a permission reaches: the same answer for one agreement and for a list."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, false, func, or_, select, true
from sqlalchemy.orm import aliased

from core.access import service as access
from core.agreements import parts as agreement_parts
from core.agreements.catalogue import types_in_force
from core.agreements.models import Agreement, Contact, SignatureRequest
from core.kernel.database import db
from core.obligations import subjects
from core.web.languages import current_language

READ = "agreement:read"


def require(permission: str, agreement: Agreement) -> access.Member:
    """The member, when the permission reaches the agreement.

    Raises NotFound for an agreement that the member may not read, Refused for one that belongs to others.
    """
    return access.require(permission, of=_reach_of(agreement, permission))


def may(permission: str, agreement: Agreement) -> bool:
    """Whether the permission reaches the agreement."""
    return access.decide(permission, of=_reach_of(agreement, permission)).allowed


def find(permission: str, agreement_id: UUID, *, lock: bool = False) -> Agreement:
    """An agreement that a permission reaches. Raises NotFound or Refused."""
    agreement = agreement_parts.find(agreement_id, lock=lock)
    require(permission, agreement)
    return agreement


def _reach_of(agreement: Agreement, permission: str) -> access.Reach:
    own, unit_id = frozenset({agreement.adviser_id}), agreement.unit_id
    without_names = access.Reach(own=own, unit_id=unit_id)
    member = access.current_member()
    asked = [access.reach(one) for one in (permission, READ)]
    names_matter = any(one.with_related and not one.covers(without_names) for one in asked)
    if member is None or not names_matter or not _names(agreement.id, member.email):
        return without_names
    return access.Reach(own=own, related=frozenset({member.account_id}), unit_id=unit_id)


def _names(agreement_id: UUID, email: str) -> bool:
    query = select(Agreement.id).where(Agreement.id == agreement_id, _naming(email))
    return db.session.scalar(query) is not None


def _naming(email: str) -> ColumnElement[bool]:
    """Agreements in which an e-mail address is that of a contact or of somebody who was asked to sign.

    Who was asked to sign what an agreement has taken up, was asked to sign that agreement.
    """
    contacts = select(Contact.agreement_id).where(func.lower(Contact.email) == email)
    asked = select(SignatureRequest.agreement_id).where(
        SignatureRequest.email == email, SignatureRequest.revoked_at.is_(None)
    )
    changes = aliased(Agreement)
    taken_up = select(changes.amends_id).where(changes.id.in_(asked), changes.taken_up_at.is_not(None))
    return or_(Agreement.id.in_(contacts), Agreement.id.in_(asked), Agreement.id.in_(taken_up))


def within(permission: str) -> ColumnElement[bool]:
    """The condition on agreements that a permission reaches for the signed-in member."""
    extent, member = access.reach(permission), access.current_member()
    if extent.is_everything:
        return true()
    conditions: list[Any] = []
    if extent.scope:
        conditions.append(Agreement.adviser_id.in_(extent.account_ids))
    if extent.with_related and member is not None:
        conditions.append(_naming(member.email))
    if extent.with_units:
        conditions.append(Agreement.unit_id.in_(extent.unit_ids))
    return or_(false(), *conditions)


def _ids_within(permission: str) -> Select[UUID] | None:
    everything = access.reach(permission).is_everything
    return None if everything else select(Agreement.id).where(within(permission))


def _ids_of(selection: subjects.Selection) -> Select[UUID]:
    query = select(Agreement.id)
    if selection.type_key:
        query = query.where(Agreement.type_key == selection.type_key)
    if selection.account_id is not None:
        query = query.where(Agreement.adviser_id == selection.account_id)
    if selection.unit_id is not None:
        query = query.where(Agreement.unit_id == selection.unit_id)
    return query


def _types() -> dict[str, str]:
    return types_in_force(current_language())


subjects.register("agreement", _ids_within, _ids_of, _types)
