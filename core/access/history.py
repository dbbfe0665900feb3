"""What the audit says in plain words about members and invitations."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import select

from core.access.models import Account, Invitation, Membership
from core.kernel.database import db
from core.plugin_host.declarations import ActionText, SubjectText
from core.plugin_host.wording import Wording


def _members(ids: Collection[UUID]) -> Mapping[UUID, str]:
    query = (
        select(Membership.id, Account.name)
        .join(Account, Account.id == Membership.account_id)
        .where(Membership.id.in_(ids))
    )
    return {row.id: row.name for row in db.session.execute(query)}


def _invited(ids: Collection[UUID]) -> Mapping[UUID, str]:
    query = select(Invitation.id, Invitation.name).where(Invitation.id.in_(ids))
    return {row.id: row.name for row in db.session.execute(query)}


_NAME = Wording(nb="navn", da="navn", en="name")
_EMAIL = Wording(nb="e-post", da="e-mail", en="e-mail")
_ROLE = Wording(nb="rolle", da="rolle", en="role")
_ROLES = Wording(nb="roller", da="roller", en="roles")

HISTORY: tuple[ActionText | SubjectText, ...] = (
    SubjectText(
        "membership",
        Wording(nb="Medlem", da="Medlem", en="Member"),
        {"name": _NAME, "email": _EMAIL, "role": _ROLE, "roles": _ROLES},
        names=_members,
    ),
    SubjectText(
        "invitation",
        Wording(nb="Invitasjon", da="Invitation", en="Invitation"),
        {"name": _NAME, "email": _EMAIL, "role": _ROLE, "roles": _ROLES},
        names=_invited,
    ),
    ActionText("member.added", Wording(nb="ga tilgang til", da="gav adgang til", en="gave access to")),
    ActionText(
        "member.ended",
        Wording(nb="avsluttet tilgangen til", da="afsluttede adgangen for", en="ended the access of"),
    ),
    ActionText("member.invited", Wording(nb="inviterte", da="inviterede", en="invited")),
    ActionText(
        "member.invitation_revoked",
        Wording(
            nb="trakk tilbake invitasjonen til",
            da="trak invitationen tilbage til",
            en="took back the invitation to",
        ),
    ),
    ActionText(
        "member.joined",
        Wording(
            nb="tok imot invitasjonen til", da="tog imod invitationen til", en="accepted the invitation to"
        ),
    ),
)
