"""Who comes in by single sign-on: finding the account, making it, and the roles that the provider gives.

A provider speaks for people in its own tenant only, and an account that was there before is never handed over
because of an e-mail address alone.
"""

from collections.abc import Iterable
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from core.access import invitations
from core.access import service as access
from core.access.members import ADMINISTERS, own_role_grants
from core.access.membership import grants_of
from core.access.models import Account, Membership
from core.access.roles import roles_in_force
from core.access.sso.exchange import Asserted
from core.access.sso.guardians import is_guardian
from core.access.sso.models import FederatedIdentity
from core.access.sso.provider import ProviderCard
from core.access.sso.service import note_trial
from core.kernel import audit, clock
from core.kernel.database import db
from core.kernel.errors import Conflict, Refused
from core.kernel.ids import new_id
from core.kernel.secrets import blind_index, blind_indexes
from core.kernel.unit_of_work import unit_of_work

CONTEXT = "access_federated_identity.subject"
REASON = "single sign-on"


class NotConnectedError(Exception):
    """Nobody knows yet whose account the provider means."""


def arrive(provider: ProviderCard, person: Asserted, present: UUID | None) -> Account:
    """The account of whoever came back from the provider, with its membership brought up to date.

    ``present`` is the account of a member who has signed in here by an own way; no other is taken for them.
    Raises NotConnectedError when the owner must connect the account first, Refused for somebody without
    access.
    """
    return _admit(provider, person, present, None)


def connect(provider: ProviderCard, person: Asserted, account: Account) -> Account:
    """Let the provider speak for an account whose owner is here and agrees. Raises Refused or Conflict."""
    return _admit(provider, person, None, account)


def try_out(provider: ProviderCard, person: Asserted, account: Account) -> list[str]:
    """Connect an administrator's own account to see whether all works; gives the roles that would come of it.

    The administrator keeps the roles that they have. Raises Conflict when it speaks for somebody else.
    """
    with unit_of_work():
        identity = _identity(provider, person.subject) or _connected(provider, person, account)
        _refuse_other(identity, account)
        note_trial(provider.id, account.id)
    return roles_given(provider, person.values)


def is_of(provider: ProviderCard, person: Asserted, account: Account) -> bool:
    """Whether the provider speaks for this account."""
    identity = _identity(provider, person.subject)
    return identity is not None and identity.account_id == account.id


def _refuse_other(identity: FederatedIdentity, account: Account) -> None:
    if identity.account_id != account.id:
        raise Conflict("sso.other_account", _("This sign-in belongs to another account already."))


def _admit(provider: ProviderCard, person: Asserted, present: UUID | None, owner: Account | None) -> Account:
    given = roles_given(provider, person.values)
    try:
        with unit_of_work():
            identity = _identity(provider, person.subject)
            if identity is None:
                found = owner or _account_for(person, given, present)
                identity = _connected(provider, person, found)
            elif owner is not None:
                _refuse_other(identity, owner)
            account = db.session.get_one(Account, identity.account_id)
            audit.name_actor(audit.Actor("account", account.id))
            is_in = account.active and _keep_membership(provider, identity, given)
    except IntegrityError as error:
        raise Conflict("sso.twice", _("Two sign-ins came at the same moment. Begin again.")) from error
    if not is_in:
        raise Refused(
            "sso.no_role",
            _("Your organisation has not given you a role in Fotfeste. Ask an administrator there."),
        )
    return account


def roles_given(provider: ProviderCard, values: Iterable[str]) -> list[str]:
    """The keys of the roles that a provider gives for what it says; those no longer in use are left out."""
    said = set(values)
    mapped = [role for value, role in provider.role_map if value in said]
    known = {role.key for role in roles_in_force()} | own_role_grants().keys()
    wanted = mapped or ([provider.default_role] if provider.default_role else [])
    return [role for role in dict.fromkeys(wanted) if role in known]


def _identity(provider: ProviderCard, subject: str) -> FederatedIdentity | None:
    keys = blind_indexes(CONTEXT, subject, provider.tenant_id)
    query = select(FederatedIdentity).where(
        FederatedIdentity.issuer == provider.issuer, FederatedIdentity.subject_key.in_(keys)
    )
    return db.session.scalar(query.with_for_update())


def _account_for(person: Asserted, given: list[str], present: UUID | None) -> Account:
    invited = person.email_verified and invitations.is_invited(person.email)
    account = access.account_by_email(person.email) if person.email else None
    if present is not None and (account is None or account.id != present):
        raise NotConnectedError
    if account is None and person.email and (given or invited):
        account = _new_account(person)
    elif account is None or not (invited or (person.email_verified and _is_member(account.id))):
        raise NotConnectedError
    if invited:
        invitations.accept_for(account)
    return account


def _new_account(person: Asserted) -> Account:
    """An account without a password. Nobody has shown us that the address is theirs, so that stays open."""
    account = Account(
        id=new_id(),
        email=person.email.casefold(),
        name=person.name or person.email.partition("@")[0],
        password=None,
        fs_uniquifier=new_id().hex,
        active=True,
    )
    db.session.add(account)
    db.session.flush()
    return account


def _connected(provider: ProviderCard, person: Asserted, account: Account) -> FederatedIdentity:
    identity = FederatedIdentity(
        id=new_id(),
        account_id=account.id,
        issuer=provider.issuer,
        subject=person.subject,
        subject_key=blind_index(CONTEXT, person.subject, provider.tenant_id),
    )
    db.session.add(identity)
    db.session.flush()
    audit.name_actor(audit.Actor("account", account.id))
    audit.record("identity.connected", "identity", identity.id, fields=["account_id"])
    return identity


def _membership(account_id: UUID) -> Membership | None:
    query = select(Membership).where(Membership.account_id == account_id)
    return db.session.scalar(query.with_for_update())


def _is_member(account_id: UUID) -> bool:
    membership = _membership(account_id)
    return membership is not None and membership.ended_at is None


def _keep_membership(provider: ProviderCard, identity: FederatedIdentity, given: list[str]) -> bool:
    """Give what the provider gives now, and withdraw what it gave before. Tells whether the person is in."""
    membership = _membership(identity.account_id)
    taken, identity.given_roles = set(identity.given_roles) - set(given), given
    if membership is None:
        if given:
            access.add_member(identity.account_id, *given)
        return bool(given)
    if membership.ended_at is not None:
        return _admit_again(membership, identity, given)
    if not provider.role_map and not provider.default_role:
        return True
    kept = [role for role in membership.roles if role not in taken]
    wanted = list(dict.fromkeys((*kept, *given)))
    if taken and (is_guardian(membership.id) or _would_lock_out(membership, wanted)):
        wanted = list(dict.fromkeys((*membership.roles, *given)))
    if wanted != list(membership.roles):
        _change_roles(membership, identity, wanted)
    return membership.ended_at is None


def _admit_again(membership: Membership, identity: FederatedIdentity, given: list[str]) -> bool:
    """Whom the provider put out it may let in again; whom a colleague put out it may not."""
    if not given or identity.withdrawn_at is None:
        return False
    membership.ended_at, identity.withdrawn_at = None, None
    membership.roles, membership.since = given, clock.now()
    audit.record("member.added", "membership", membership.id, fields=["roles"], reason=REASON)
    return True


def _change_roles(membership: Membership, identity: FederatedIdentity, wanted: list[str]) -> None:
    if wanted:
        membership.roles = wanted
        audit.record("member.roles_changed", "membership", membership.id, fields=["roles"], reason=REASON)
        return
    membership.ended_at = identity.withdrawn_at = clock.now()
    audit.record("member.ended", "membership", membership.id, reason=REASON)


def _would_lock_out(membership: Membership, wanted: list[str]) -> bool:
    own_roles = own_role_grants()
    if grants_of(wanted, own_roles).keys() >= ADMINISTERS:
        return False
    query = (
        select(Membership)
        .where(Membership.ended_at.is_(None), Membership.id != membership.id)
        .order_by(Membership.id)
        .with_for_update()
    )
    return not any(grants_of(row.roles, own_roles).keys() >= ADMINISTERS for row in db.session.scalars(query))
