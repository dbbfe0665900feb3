"""Inviting somebody to a tenant by e-mail, and joining by the personal link."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from flask_babel import lazy_gettext as _
from flask_security import current_user, hash_password
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from core.access import mails
from core.access.appointments import change_units
from core.access.members import is_open
from core.access.models import Account, Invitation, Membership
from core.access.own_roles import grantable_roles
from core.access.passwords import normalised, password_complaints
from core.access.proof import shows_password
from core.access.service import account_by_email, add_member, new_account, require
from core.kernel import audit, clock
from core.kernel.database import db
from core.kernel.errors import Conflict, Gone, Invalid, NotFound
from core.kernel.ids import new_id
from core.kernel.tokens import new_token, token_hash
from core.kernel.unit_of_work import unit_of_work
from core.tenancy import service as tenancy
from core.tenancy.units import open_units_among

LASTS = timedelta(days=14)
AGAIN_AFTER = timedelta(minutes=1)


@dataclass(frozen=True)
class Joining:
    """What the page behind a link shows.

    ``way`` says what the person must do: choose a password (``new``), enter the one they have (``known``),
    or only agree (``here``: signed in already). ``instead_of`` names somebody else who is signed in.
    """

    name: str
    email: str
    role: str
    way: str
    instead_of: str


def open_invitations() -> list[Invitation]:
    """Invitations that still can be accepted, newest first."""
    require("people:manage")
    query = select(Invitation).where(is_open()).order_by(Invitation.invited_at.desc()).limit(200)
    return list(db.session.scalars(query))


def invite(
    email: str, name: str, role: str, link: Callable[[str], str], *, unit_ids: Collection[UUID] = ()
) -> Invitation:
    """Invite somebody by e-mail. ``link`` gives the full address of the page for a token.

    Raises Invalid for a role one may not give, for an unknown unit, for a member, and for somebody with an
    open invitation.
    """
    member = require("people:manage")
    if open_units_among(unit_ids) != set(unit_ids):
        wrong = _("Choose among the units on the page.")
        raise Invalid("invitation.unknown_unit", wrong, {"units": wrong})
    if role not in {one.key for one in grantable_roles()}:
        raise Invalid(
            "invitation.unknown_role", _("Choose a role."), {"role": _("Choose a role from the list.")}
        )
    with unit_of_work():
        account = account_by_email(email)
        _refuse_known(email, account)
        token = new_token()
        invitation = Invitation(
            id=new_id(),
            email=email.casefold(),
            name=name,
            role=role,
            unit_ids=[str(one) for one in unit_ids],
            token_hash=token_hash(token),
            invited_by=member.account_id,
            expires_at=clock.now() + LASTS,
        )
        db.session.add(invitation)
        audit.record("member.invited", "invitation", invitation.id, fields=["email", "name", "role"])
        _write(invitation, member.name, link(token))
    return invitation


def _refuse_known(email: str, account: Account | None) -> None:
    member = _membership_of(account.id) if account else None
    if member is not None and member.ended_at is None:
        known = _("This person is a member already.")
        raise Invalid("invitation.member", known, {"email": known})
    query = select(Invitation.id).where(Invitation.email == email.casefold(), is_open()).limit(1)
    if db.session.scalar(query) is not None:
        waiting = _("This person has an open invitation. Take it back first if you want to send a new one.")
        raise Invalid("invitation.waiting", waiting, {"email": waiting})


def resend(invitation_id: UUID, link: Callable[[str], str]) -> Invitation:
    """Send an invitation once more with a new link; the old one stops working, and 14 days begin again.

    Raises NotFound, Gone when it can no longer be used, and Conflict within a minute of the last time.
    """
    member = require("people:manage")
    with unit_of_work():
        invitation = db.session.scalar(
            select(Invitation).where(Invitation.id == invitation_id).with_for_update()
        )
        if invitation is None:
            raise NotFound("invitation.not_found", _("We cannot find this invitation."))
        if invitation.accepted_at or invitation.revoked_at:
            raise Gone("invitation.gone", _("This invitation can no longer be used. Ask for a new one."))
        if invitation.expires_at > clock.now() + LASTS - AGAIN_AFTER:
            raise Conflict("invitation.too_soon", _("It was sent a moment ago. Wait a minute."))
        token = new_token()
        invitation.token_hash, invitation.expires_at = token_hash(token), clock.now() + LASTS
        audit.record("member.invitation_resent", "invitation", invitation.id)
        _write(invitation, member.name, link(token))
    return invitation


def _write(invitation: Invitation, inviter: str, link: str) -> None:
    account, tenant = account_by_email(invitation.email), tenancy.current_tenant()
    mails.post(
        invitation.email,
        (account.language if account else "") or tenant.language,
        lambda: mails.invitation(name=invitation.name, inviter=inviter, tenant=tenant.name, link=link),
    )


def revoke_invitation(invitation_id: UUID) -> None:
    """Take an invitation back: its link stops working. Raises NotFound, and Conflict when it was accepted."""
    require("people:manage")
    with unit_of_work():
        query = select(Invitation).where(Invitation.id == invitation_id).with_for_update()
        invitation = db.session.scalar(query)
        if invitation is None:
            raise NotFound("invitation.not_found", _("We cannot find this invitation."))
        if invitation.accepted_at is not None:
            raise Conflict("invitation.accepted", _("This invitation has already been accepted."))
        if invitation.revoked_at is None:
            invitation.revoked_at = clock.now()
            audit.record("member.invitation_revoked", "invitation", invitation.id)


def joining(token: str) -> Joining:
    """What the link leads to, for whoever opens it. Raises NotFound or Gone."""
    invitation = _open_invitation(token)
    account = account_by_email(invitation.email)
    instead_of = current_user.name if current_user.is_authenticated and not _is_here(account) else ""
    return Joining(invitation.name, invitation.email, invitation.role, _way(account), instead_of)


def _way(account: Account | None) -> str:
    if account is None or account.confirmed_at is None:
        return "new"
    return "here" if _is_here(account) else "known"


def _is_here(account: Account | None) -> bool:
    return bool(account and current_user.is_authenticated and current_user.id == account.id)


def accept_invitation(token: str, password: str) -> Account:
    """Join by a personal link, which proves the address; twice is refused, so nobody joins twice.

    A new e-mail gets a new account. An account whose address nobody has confirmed yet is taken over with the
    new password, because only now somebody has shown that the address is theirs.
    Raises Invalid when the password is not good enough or not that of the account, Locked after too many.
    """
    is_own = _is_own(_open_invitation(token).email, password)
    try:
        with unit_of_work():
            invitation = _open_invitation(token, lock=True)
            account = _account_for(invitation, password, is_own=is_own)
            _become_member(account.id, invitation)
            invitation.accepted_at = clock.now()
            audit.record("member.joined", "invitation", invitation.id)
    except IntegrityError as error:
        raise Conflict(
            "invitation.twice", _("This was sent twice. Sign in, and you are a member.")
        ) from error
    return account


def is_invited(email: str) -> bool:
    """Whether an e-mail address has an open invitation to the tenant in scope."""
    return _open_to(email) is not None


def accept_for(account: Account) -> None:
    """Accept the open invitation to an account's address, which the tenant's own provider has verified.

    Joins the caller's unit of work.
    """
    invitation = _open_to(account.email)
    if invitation is not None:
        _become_member(account.id, invitation)
        invitation.accepted_at = clock.now()
        audit.record("member.joined", "invitation", invitation.id)


def _open_to(email: str) -> Invitation | None:
    query = select(Invitation).where(Invitation.email == email.casefold(), is_open()).limit(1)
    return db.session.scalar(query.with_for_update())


def _account_for(invitation: Invitation, password: str, *, is_own: bool) -> Account:
    account = account_by_email(invitation.email)
    if account is not None and account.confirmed_at is not None:
        if not is_own:
            raise _wrong_password()
        return account
    complaints = password_complaints(password, (invitation.name, invitation.email))
    if complaints:
        raise Invalid("invitation.weak_password", complaints[0], {"password": complaints[0]})
    if account is None:
        account = new_account(invitation.email, invitation.name, password, confirmed=True)
    else:
        account.password, account.name = hash_password(normalised(password)), invitation.name
        account.fs_uniquifier, account.confirmed_at = new_id().hex, clock.now()
    db.session.flush()
    return account


def _is_own(email: str, password: str) -> bool:
    """Whether the person has shown that the account of an address is theirs, where it has one."""
    account = account_by_email(email)
    way = _way(account)
    return way == "here" or (way == "known" and shows_password(email, account, password))


def _wrong_password() -> Invalid:
    wrong = _("This e-mail address already has an account. Enter the password of that account.")
    return Invalid("invitation.wrong_password", wrong, {"password": wrong})


def _become_member(account_id: UUID, invitation: Invitation) -> None:
    existing = _membership_of(account_id)
    if existing is not None and existing.ended_at is None:
        return
    if existing is None:
        existing = add_member(account_id, invitation.role)
        db.session.flush()
    else:
        existing.ended_at, existing.roles, existing.since = None, [invitation.role], clock.now()
        audit.record("member.added", "membership", existing.id, fields=["roles"])
    still_open = open_units_among(UUID(one) for one in invitation.unit_ids)
    change_units(existing, still_open)


def _membership_of(account_id: UUID) -> Membership | None:
    return db.session.scalar(select(Membership).where(Membership.account_id == account_id))


def _open_invitation(token: str, *, lock: bool = False) -> Invitation:
    query = select(Invitation).where(Invitation.token_hash == token_hash(token))
    found = db.session.scalar(query.with_for_update() if lock else query)
    if found is None:
        raise NotFound("invitation.not_found", _("This link is not valid. Check that you copied all of it."))
    if found.accepted_at or found.revoked_at or found.expires_at <= clock.now():
        raise Gone("invitation.gone", _("This invitation can no longer be used. Ask for a new one."))
    return found
