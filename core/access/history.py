"""What the audit says in plain words about members and invitations."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import select

from core.access.models import Account, Invitation, Membership, OwnRole, SupportVisit
from core.access.permissions import PERMISSIONS
from core.access.roles import all_roles
from core.kernel.database import db
from core.plugin_host.declarations import (
    ActionText,
    SubjectText,
)
from core.plugin_host.wording import Wording
from core.tenancy.history import unit_names


def _members(ids: Collection[UUID]) -> Mapping[UUID, str]:
    query = (
        select(Membership.id, Account.name)
        .join(Account, Account.id == Membership.account_id)
        .where(Membership.id.in_(ids))
    )
    return {row.id: row.name for row in db.session.execute(query)}


def everybody_ever() -> dict[UUID, str]:
    """Accounts that are or were members of the tenant in scope, with their names."""
    query = select(Account.id, Account.name).join(Membership, Membership.account_id == Account.id)
    return {row.id: row.name for row in db.session.execute(query)}


def memberships_of(account_id: UUID) -> list[UUID]:
    """Ids of an account's memberships in the tenant in scope, ended ones too."""
    query = select(Membership.id).where(Membership.account_id == account_id)
    return list(db.session.scalars(query))


def _invited(ids: Collection[UUID]) -> Mapping[UUID, str]:
    query = select(Invitation.id, Invitation.name).where(Invitation.id.in_(ids))
    return {row.id: row.name for row in db.session.execute(query)}


def _visitors(ids: Collection[UUID]) -> Mapping[UUID, str]:
    query = select(SupportVisit.id, SupportVisit.name).where(SupportVisit.id.in_(ids))
    return {row.id: row.name for row in db.session.execute(query)}


def _own_roles(ids: Collection[UUID]) -> Mapping[UUID, str]:
    query = select(OwnRole.id, OwnRole.title).where(OwnRole.id.in_(ids))
    return {row.id: row.title for row in db.session.execute(query)}


def _role_or_unit(field: str, language: str) -> str:
    """The title of a role by its key, or the name of a unit by its id."""
    titles = {role.key: role.title.in_language(language) for role in all_roles()}
    if field in titles:
        return titles[field]
    own = select(OwnRole.title).where(OwnRole.key == field)
    try:
        return unit_names([UUID(field)]).get(UUID(field), "")
    except ValueError:
        return db.session.scalar(own) or ""


def _grant(field: str, language: str) -> str:
    """What a grant (``scope:resource:action``) lets one do."""
    permission = PERMISSIONS.get(field.partition(":")[2])
    return permission.in_language(language) if permission else ""


_NAME = Wording(nb="navn", da="navn", en="name")
_DEPUTY = Wording(nb="vikar", da="stedfortræder", en="deputy")
_EMAIL = Wording(nb="e-post", da="e-mail", en="e-mail")
_ROLE = Wording(nb="rolle", da="rolle", en="role")
_ROLE_TITLE = Wording(nb="Rolle", da="Rolle", en="Role")
_ROLES = Wording(nb="roller", da="roller", en="roles")

HISTORY: tuple[ActionText | SubjectText, ...] = (
    SubjectText(
        "membership",
        Wording(nb="Medlem", da="Medlem", en="Member"),
        {"name": _NAME, "email": _EMAIL, "role": _ROLE, "roles": _ROLES, "deputy": _DEPUTY},
        field_text=_role_or_unit,
        names=_members,
        endpoint="tenants_people.member",
        argument="membership_id",
    ),
    SubjectText(
        "role",
        _ROLE_TITLE,
        {
            "title": Wording(nb="navn", da="navn", en="name"),
            "ended_at": Wording(nb="tatt ut av bruk", da="taget ud af brug", en="out of use"),
        },
        field_text=_grant,
        names=_own_roles,
    ),
    SubjectText(
        "invitation",
        Wording(nb="Invitasjon", da="Invitation", en="Invitation"),
        {"name": _NAME, "email": _EMAIL, "role": _ROLE, "roles": _ROLES},
        names=_invited,
    ),
    SubjectText(
        "support_visit",
        Wording(nb="Besøk fra support", da="Besøg fra support", en="Visit by support"),
        {},
        names=_visitors,
    ),
    ActionText(
        "support_visit.began",
        Wording(nb="kom på besøk for å lese", da="kom på besøg for at læse", en="came on a visit to read"),
    ),
    ActionText(
        "support_visit.ended",
        Wording(nb="avsluttet besøket av", da="afsluttede besøget af", en="ended the visit of"),
    ),
    ActionText(
        "support_visit.read",
        Wording(
            nb="åpnet en side under besøket",
            da="åbnede en side under besøget",
            en="looked at a page on the visit",
        ),
    ),
    ActionText(
        "member.invitation_resent",
        Wording(nb="sendte på nytt", da="sendte igen", en="sent again"),
    ),
    ActionText(
        "work.handed_over",
        Wording(nb="flyttet arbeidet fra", da="flyttede arbejdet fra", en="moved the work of"),
    ),
    ActionText(
        "work.taken_over", Wording(nb="flyttet arbeid til", da="flyttede arbejde til", en="moved work to")
    ),
    ActionText(
        "approval.asked",
        Wording(nb="ba om godkjenning for", da="bad om godkendelse for", en="asked for approval about"),
    ),
    ActionText(
        "approval.approved",
        Wording(nb="godkjente det om", da="godkendte det om", en="approved what is about"),
    ),
    ActionText(
        "approval.refused", Wording(nb="avslo det om", da="afviste det om", en="refused what is about")
    ),
    ActionText(
        "approval.withdrawn",
        Wording(
            nb="tok tilbake spørsmålet om", da="tog spørgsmålet tilbage om", en="took back the question about"
        ),
    ),
    ActionText(
        "deputy.set", Wording(nb="satte vikar for", da="satte stedfortræder for", en="set a deputy for")
    ),
    ActionText(
        "deputy.ended",
        Wording(nb="avsluttet vikariatet for", da="afsluttede stedfortræderen for", en="ended the deputy of"),
    ),
    ActionText(
        "on_behalf.begun",
        Wording(
            nb="begynte å handle på vegne av",
            da="begyndte at handle på vegne af",
            en="began to act on behalf of",
        ),
    ),
    ActionText(
        "on_behalf.ended",
        Wording(
            nb="sluttet å handle på vegne av",
            da="holdt op med at handle på vegne af",
            en="stopped acting on behalf of",
        ),
    ),
    ActionText("member.added", Wording(nb="ga tilgang til", da="gav adgang til", en="gave access to")),
    ActionText(
        "member.ended",
        Wording(nb="avsluttet tilgangen til", da="afsluttede adgangen for", en="ended the access of"),
    ),
    ActionText(
        "member.roles_changed",
        Wording(nb="endret rollene til", da="ændrede rollerne for", en="changed the roles of"),
    ),
    ActionText(
        "member.units_changed",
        Wording(nb="endret enhetene til", da="ændrede afdelingerne for", en="changed the units of"),
    ),
    ActionText("role.made", Wording(nb="laget rollen", da="lavede rollen", en="made the role")),
    ActionText("role.changed", Wording(nb="endret rollen", da="ændrede rollen", en="changed the role")),
    ActionText(
        "role.retired",
        Wording(nb="tok rollen ut av bruk", da="tog rollen ud af brug", en="took the role out of use"),
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
