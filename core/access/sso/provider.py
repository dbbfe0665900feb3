"""The provider of the tenant in scope, as a value that outlives the session it was read in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from core.access.sso.models import IdentityProvider
from core.kernel.database import db
from core.kernel.errors import NotFound

WAY = "sso:"


@dataclass(frozen=True)
class ProviderCard:
    """What a tenant has said about its provider."""

    id: UUID
    tenant_id: UUID
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    button_text: str
    scopes: str
    subject_claim: str
    email_claim: str
    name_claim: str
    roles_claim: str
    role_map: tuple[tuple[str, str], ...]
    default_role: str
    levels: tuple[str, ...]
    parameters: Mapping[str, str]
    checked_at: datetime | None
    tried_at: datetime | None
    tried_by: UUID | None
    offered_from: datetime | None
    enforced_from: datetime | None

    @property
    def way(self) -> str:
        """The word by which a session remembers that somebody came in through this provider."""
        return f"{WAY}{self.id}"


def card_of(row: IdentityProvider) -> ProviderCard:
    """A row as a value."""
    return ProviderCard(
        id=row.id,
        tenant_id=row.tenant_id,
        issuer=row.issuer,
        client_id=row.client_id,
        client_secret=row.client_secret,
        button_text=row.button_text,
        scopes=row.scopes,
        subject_claim=row.subject_claim,
        email_claim=row.email_claim,
        name_claim=row.name_claim,
        roles_claim=row.roles_claim,
        role_map=tuple((value, role) for value, role in row.role_map),
        default_role=row.default_role,
        levels=tuple(row.levels.split()),
        parameters=dict(row.parameters),
        checked_at=row.checked_at,
        tried_at=row.tried_at,
        tried_by=row.tried_by,
        offered_from=row.offered_from,
        enforced_from=row.enforced_from,
    )


def row_in_force(*, lock: bool = False) -> IdentityProvider | None:
    """The row of the tenant in scope that has not ended."""
    query = select(IdentityProvider).where(IdentityProvider.ended_at.is_(None))
    return db.session.scalar(query.with_for_update() if lock else query)


def in_force() -> ProviderCard | None:
    """The provider of the tenant in scope, offered or not."""
    row = row_in_force()
    return card_of(row) if row else None


def offered() -> ProviderCard:
    """The provider that people of the tenant in scope may use. Raises NotFound when there is none."""
    found = in_force()
    if found is None or found.offered_from is None:
        raise NotFound("sso.not_offered", _("We cannot find this page."))
    return found
