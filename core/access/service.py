"""The verbs of access: who is here, what they may do, inviting and joining."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from flask import g, has_request_context
from flask_babel import gettext, lazy_gettext as _
from flask_security import current_user, hash_password
from sqlalchemy import select

from core.access.models import Account, Invitation, Membership
from core.access.roles import role_by_key
from core.kernel import audit, clock, mail
from core.kernel.database import db
from core.kernel.errors import Conflict, Gone, Invalid, NotFound, Refused
from core.kernel.ids import new_id
from core.kernel.scope import account_scope, platform_scope
from core.kernel.tokens import new_token, token_hash
from core.kernel.unit_of_work import unit_of_work
from core.tenancy import service as tenancy

INVITATION_LASTS = timedelta(days=14)


@dataclass(frozen=True)
class Member:
    """The signed-in person in the tenant in scope."""

    account_id: UUID
    name: str
    email: str
    role: str
    permissions: frozenset[str]


@dataclass(frozen=True)
class Verdict:
    """The answer to a question of access: allowed, or refused with a code and a sentence."""

    allowed: bool
    code: str = ""
    message: object = ""


def current_member() -> Member | None:
    """Who is signed in and belongs to the tenant in scope; None otherwise."""
    if not has_request_context() or not current_user.is_authenticated:
        return None
    tenant = tenancy.current_tenant()
    known = getattr(g, "member", None)
    if known is None or known[0] != tenant.id:
        g.member = known = (tenant.id, _member(current_user))
    return known[1]  # type: ignore[no-any-return]


def _member(account: Account) -> Member | None:
    query = select(Membership).where(Membership.account_id == account.id, Membership.ended_at.is_(None))
    row = db.session.scalar(query)
    if row is None:
        return None
    role = role_by_key(row.role)
    return Member(account.id, account.name, account.email, row.role, role.permissions if role else frozenset())


def decide(permission: str) -> Verdict:
    """May the signed-in person do this in the tenant in scope?"""
    member = current_member()
    if member is None:
        return Verdict(allowed=False, code="access.not_a_member", message=_("We cannot find this page."))
    if permission not in member.permissions:
        return Verdict(
            allowed=False,
            code="access.not_in_role",
            message=_("Your role here does not allow this. Ask an administrator if you need it."),
        )
    return Verdict(allowed=True)


def require(permission: str) -> Member:
    """The member, when allowed. Raises NotFound for strangers and Refused for members whose role does not allow it."""
    verdict = decide(permission)
    if not verdict.allowed:
        problem = NotFound if verdict.code == "access.not_a_member" else Refused
        raise problem(verdict.code, verdict.message)
    member = current_member()
    assert member is not None  # noqa: S101  decide() allowed it, so there is one
    return member


def my_tenants(account_id: UUID) -> list[tuple[tenancy.TenantCard, str]]:
    """The tenants of an account with its role key in each, by name."""
    with account_scope(account_id):
        query = select(Membership.tenant_id, Membership.role).where(Membership.ended_at.is_(None))
        roles = {tenant_id: role for tenant_id, role in db.session.execute(query)}
        cards = tenancy.by_ids(roles)
    return sorted(((card, roles[card.id]) for card in cards.values()), key=lambda pair: pair[0].name)


def names_of(account_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Names of accounts, in one query."""
    wanted = list(set(account_ids))
    if not wanted:
        return {}
    rows = db.session.execute(select(Account.id, Account.name).where(Account.id.in_(wanted)))
    return {account_id: name for account_id, name in rows}


def account_by_email(email: str) -> Account | None:
    """The account with an e-mail address, whatever its case."""
    return db.session.scalar(select(Account).where(Account.email == email.casefold()))


def new_account(email: str, name: str, password: str, *, confirmed: bool = False) -> Account:
    """An account with a hashed password, added to the open unit of work."""
    account = Account(
        id=new_id(),
        email=email.casefold(),
        name=name,
        password=hash_password(password),
        fs_uniquifier=new_id().hex,
        active=True,
        confirmed_at=clock.now() if confirmed else None,
    )
    db.session.add(account)
    return account


def add_member(account_id: UUID, role: str, *, tenant_id: UUID | None = None) -> Membership:
    """Make an account a member, inside the caller's unit of work. ``tenant_id`` only for the platform."""
    membership = Membership(id=new_id(), account_id=account_id, role=role)
    if tenant_id is not None:
        membership.tenant_id = tenant_id
    db.session.add(membership)
    audit.record("member.added", "membership", membership.id, fields=["role"], tenant_id=tenant_id)
    return membership


def members() -> list[tuple[Membership, str, str]]:
    """Members of the tenant in scope with name and e-mail, by name."""
    require("agreement:read")
    query = (
        select(Membership, Account.name, Account.email)
        .join(Account, Account.id == Membership.account_id)
        .where(Membership.ended_at.is_(None))
        .order_by(Account.name)
        .limit(500)
    )
    return [(membership, name, email) for membership, name, email in db.session.execute(query)]


def open_invitations() -> list[Invitation]:
    """Invitations that still can be accepted, newest first."""
    require("people:manage")
    query = (
        select(Invitation)
        .where(Invitation.accepted_at.is_(None), Invitation.revoked_at.is_(None), Invitation.expires_at > clock.now())
        .order_by(Invitation.invited_at.desc())
        .limit(200)
    )
    return list(db.session.scalars(query))


def invite(email: str, name: str, role: str, link: str) -> Invitation:
    """Invite somebody by e-mail. ``link`` is the address with ``{token}`` where the token goes."""
    member = require("people:manage")
    if role_by_key(role) is None:
        raise Invalid("invitation.unknown_role", _("Choose a role."), {"role": _("Choose a role from the list.")})
    token = new_token()
    with unit_of_work():
        invitation = Invitation(
            id=new_id(),
            email=email.casefold(),
            name=name,
            role=role,
            token_hash=token_hash(token),
            invited_by=member.account_id,
            expires_at=clock.now() + INVITATION_LASTS,
        )
        db.session.add(invitation)
        audit.record("member.invited", "invitation", invitation.id, fields=["email", "role"])
        tenant = tenancy.current_tenant()
        body = gettext(
            "Hello %(name)s\n\n%(inviter)s invites you to work in Fotfeste for %(tenant)s.\n\n"
            "Open this link within 14 days to join:\n%(link)s\n",
            name=name,
            inviter=member.name,
            tenant=tenant.name,
            link=link.replace("{token}", token),
        )
        mail.send(email, gettext("Invitation to Fotfeste from %(tenant)s", tenant=tenant.name), body)
    return invitation


def revoke_invitation(invitation_id: UUID) -> None:
    """Take an invitation back."""
    require("people:manage")
    with unit_of_work():
        invitation = db.session.scalar(select(Invitation).where(Invitation.id == invitation_id))
        if invitation is None:
            raise NotFound("invitation.not_found", _("We cannot find this invitation."))
        if invitation.accepted_at is not None:
            raise Conflict("invitation.accepted", _("This invitation has already been accepted."))
        invitation.revoked_at = invitation.revoked_at or clock.now()
        audit.record("member.invitation_revoked", "invitation", invitation.id)


def open_invitation(token: str) -> Invitation:
    """The invitation behind a personal link of the tenant in scope. Raises NotFound or Gone."""
    found = db.session.scalar(select(Invitation).where(Invitation.token_hash == token_hash(token)))
    if found is None:
        raise NotFound("invitation.not_found", _("This link is not valid. Check that you copied all of it."))
    if found.accepted_at or found.revoked_at or found.expires_at <= clock.now():
        raise Gone("invitation.gone", _("This invitation can no longer be used. Ask for a new one."))
    return found


def accept_invitation(token: str, password: str) -> Account:
    """Join by a personal link. A new account is made for a new e-mail; the link proves the address.

    Raises Invalid when the e-mail has an account and the password is not its own.
    """
    invitation = open_invitation(token)
    with unit_of_work():
        account = account_by_email(invitation.email)
        if account is None:
            account = new_account(invitation.email, invitation.name, password, confirmed=True)
            db.session.flush()
        elif not account.verify_and_update_password(password):
            wrong = _("This e-mail address already has an account. Enter the password of that account.")
            raise Invalid("invitation.wrong_password", wrong, {"password": wrong})
        account.confirmed_at = account.confirmed_at or clock.now()
        existing = db.session.scalar(select(Membership).where(Membership.account_id == account.id))
        if existing is None:
            add_member(account.id, invitation.role)
        elif existing.ended_at is not None:
            existing.ended_at, existing.role = None, invitation.role
        invitation.accepted_at = clock.now()
        audit.record("member.joined", "invitation", invitation.id)
    return account


def set_language(account_id: UUID, language: str) -> None:
    """Remember the language an account reads in."""
    with unit_of_work():
        db.session.get_one(Account, account_id).language = language


def sign_up(new: tenancy.NewTenant, *, email: str, name: str, password: str, confirmed: bool = False) -> tuple[UUID, UUID]:
    """Make a tenant and its first administrator together; gives (tenant id, account id).

    Raises Conflict when the tenant exists or the e-mail has an account already.
    """
    with platform_scope("sign-up of a new tenant"), unit_of_work():
        if account_by_email(email) is not None:
            taken = _("This e-mail address already has an account. Sign in, or use another address.")
            raise Conflict("account.taken", taken, {"email": taken})
        tenant = tenancy.set_up(new)
        account = new_account(email, name, password, confirmed=confirmed)
        db.session.flush()
        add_member(account.id, "access.administrator", tenant_id=tenant.id)
        audit.record("tenant.signed_up", "tenant", tenant.id, tenant_id=tenant.id)
        return tenant.id, account.id
