"""The verbs of access: who is here, what they may do, how a tenant begins and a membership ends."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from uuid import UUID

from flask import g, has_request_context
from flask_babel import lazy_gettext as _
from flask_security import current_user, hash_password
from flask_security.confirmable import send_confirmation_instructions
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from core.access.membership import Member, member_of
from core.access.models import Account, Membership
from core.access.passwords import normalised
from core.access.permissions import PERMISSIONS
from core.access.roles import ADMINISTRATOR
from core.access.scopes import Extent, Reach
from core.access.support import visitor
from core.kernel import audit, clock
from core.kernel.database import db
from core.kernel.errors import Conflict, NotFound, Refused
from core.kernel.ids import new_id
from core.kernel.scope import account_scope, platform_scope
from core.kernel.unit_of_work import unit_of_work
from core.tenancy import service as tenancy


@dataclass(frozen=True)
class Person:
    """A name with an e-mail address; ``language`` is "" when the person has not chosen one."""

    name: str
    email: str
    language: str


@dataclass(frozen=True)
class Verdict:
    """The answer to a question of access: allowed, or refused with a code and a sentence."""

    allowed: bool
    code: str = ""
    message: object = ""


def current_member() -> Member | None:
    """Who is signed in and belongs to the tenant in scope, or whose link was opened; None otherwise."""
    if has_request_context() and (lent := g.get("seeing_as")) is not None:
        return lent
    if not has_request_context() or not current_user.is_authenticated:
        return None
    tenant = tenancy.current_tenant()
    known = getattr(g, "member", None)
    if known is None or known[0] != tenant.id:
        g.member = known = (tenant.id, member_of(current_user) or visitor(current_user))
        _name_colleague(known[1])
    return known[1]


@contextmanager
def seeing_as(account_id: UUID) -> Iterator[None]:
    """Read, in a request, with the reach that a member has now: for whoever holds a link of the member's own.

    Raises NotFound when the account is closed or no member any more.
    """
    account = db.session.get(Account, account_id)
    member = member_of(account) if account is not None and account.active else None
    if member is None:
        raise NotFound("access.not_a_member", _("We cannot find this page."))
    g.seeing_as = member
    try:
        yield
    finally:
        g.seeing_as = None


def _name_colleague(member: Member | None) -> None:
    """Let every line of the audit say on whose behalf somebody acts."""
    if member and member.on_behalf:
        absent = member.on_behalf
        audit.name_actor(audit.Actor("account", member.account_id, absent.account_id, absent.reason))


def decide(permission: str, *, of: Reach | None = None) -> Verdict:
    """May the signed-in person do this in the tenant in scope, and to the thing that ``of`` describes?

    A thing out of the person's reach does not exist for them, unless they may read it.
    """
    member = current_member()
    if member is None:
        return Verdict(allowed=False, code="access.not_a_member", message=_("We cannot find this page."))
    if of is not None and not member.extent(permission).covers(of):
        return _out_of_reach(member, permission, of)
    if permission not in member.permissions:
        return _not_in_role()
    return Verdict(allowed=True)


def _not_in_role() -> Verdict:
    return Verdict(
        allowed=False,
        code="access.not_in_role",
        message=_("Your role here does not allow this. Ask an administrator if you need it."),
    )


def _out_of_reach(member: Member, permission: str, of: Reach) -> Verdict:
    reading = f"{permission.partition(':')[0]}:read"
    if reading not in PERMISSIONS or not member.extent(reading).covers(of):
        return Verdict(allowed=False, code="access.out_of_reach", message=_("We cannot find this page."))
    if permission not in member.permissions:
        return _not_in_role()
    return Verdict(
        allowed=False,
        code="access.not_this_one",
        message=_("You may read this, but it belongs to others. Ask them, or an administrator."),
    )


def require(permission: str, *, of: Reach | None = None) -> Member:
    """The member, when allowed. Raises NotFound for what one may not know of, else Refused."""
    verdict = decide(permission, of=of)
    if not verdict.allowed:
        unknown = verdict.code in {"access.not_a_member", "access.out_of_reach"}
        raise (NotFound if unknown else Refused)(verdict.code, verdict.message)
    member = require_member()
    _name_absent(member, of)
    return member


def _name_absent(member: Member, of: Reach | None) -> None:
    """What a deputy does with the things of somebody who is away is written down with both names."""
    if of is None or member.account_id in of.own or member.on_behalf:
        return
    for one in member.standing_in:
        if one.account_id in of.own:
            actor = audit.current_actor()
            audit.name_actor(replace(actor, on_behalf_of=one.account_id, reason=one.reason))


def require_member() -> Member:
    """The member, whatever the role. Raises NotFound for everybody else."""
    member = current_member()
    if member is None:
        raise NotFound("access.not_a_member", _("We cannot find this page."))
    return member


def reach(permission: str) -> Extent:
    """How far a permission reaches for the signed-in person; a list turns it into a condition."""
    member = current_member()
    return member.extent(permission) if member else Extent()


def my_tenants(account_id: UUID) -> list[tuple[tenancy.TenantCard, tuple[str, ...]]]:
    """The tenants of an account with the keys of its roles in each, by name."""
    with account_scope(account_id):
        query = select(Membership.tenant_id, Membership.roles).where(Membership.ended_at.is_(None))
        roles = {row.tenant_id: tuple(row.roles) for row in db.session.execute(query)}
        cards = tenancy.by_ids(roles)
    return sorted(((card, roles[card.id]) for card in cards.values()), key=lambda pair: pair[0].name)


def names_of(account_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Names of accounts, in one query."""
    wanted = list(set(account_ids))
    if not wanted:
        return {}
    rows = db.session.execute(select(Account.id, Account.name).where(Account.id.in_(wanted)))
    return {row.id: row.name for row in rows}


def people_of(account_ids: Iterable[UUID]) -> dict[UUID, Person]:
    """Accounts as people one can write to, in one query."""
    query = select(Account).where(Account.id.in_(list(set(account_ids))))
    return {one.id: Person(one.name, one.email, one.language) for one in db.session.scalars(query)}


def account_by_email(email: str) -> Account | None:
    """The account with an e-mail address, whatever its case."""
    return db.session.scalar(select(Account).where(Account.email == email.casefold()))


def new_account(email: str, name: str, password: str, *, confirmed: bool = False) -> Account:
    """An account with a hashed password, added to the open unit of work."""
    account = Account(
        id=new_id(),
        email=email.casefold(),
        name=name,
        password=hash_password(normalised(password)),
        fs_uniquifier=new_id().hex,
        active=True,
        confirmed_at=clock.now() if confirmed else None,
    )
    db.session.add(account)
    return account


def add_member(account_id: UUID, *roles: str, tenant_id: UUID | None = None) -> Membership:
    """Make an account a member, inside the caller's unit of work. ``tenant_id`` only for the platform."""
    membership = Membership(id=new_id(), account_id=account_id, roles=list(dict.fromkeys(roles)))
    if tenant_id is not None:
        membership.tenant_id = tenant_id
    db.session.add(membership)
    audit.record("member.added", "membership", membership.id, fields=["roles"], tenant_id=tenant_id)
    return membership


def set_language(account_id: UUID, language: str) -> None:
    """Remember the language an account reads in."""
    with unit_of_work():
        db.session.get_one(Account, account_id).language = language


def set_name(account_id: UUID, name: str) -> None:
    """Change the name that colleagues and parties see."""
    with unit_of_work():
        db.session.get_one(Account, account_id).name = name


def sign_up(
    new: tenancy.NewTenant,
    *,
    email: str,
    name: str,
    password: str,
    confirmed: bool = False,
) -> tuple[UUID, UUID]:
    """Make a tenant and its first administrator together; gives (tenant id, account id).

    Unless ``confirmed``, the account gets a mail with the link that confirms it; that needs a request.
    Raises Conflict when there is such a tenant (``tenant.taken``) or account (``account.taken``).
    """
    with _founding():
        if account_by_email(email) is not None:
            raise _account_taken()
        tenant = tenancy.set_up(new)
        account = new_account(email, name, password, confirmed=confirmed)
        db.session.flush()
        _make_administrator(account.id, tenant.id)
        if not confirmed:
            send_confirmation_instructions(account)
        return tenant.id, account.id


def found(new: tenancy.NewTenant, account_id: UUID) -> UUID:
    """Make another tenant, with an account as its first administrator. Raises Conflict when it exists."""
    with _founding():
        tenant = tenancy.set_up(new)
        _make_administrator(account_id, tenant.id)
        return tenant.id


@contextmanager
def _founding() -> Iterator[None]:
    """Work as the platform; what two sign-ups at the same moment both did is told as a conflict."""
    try:
        with platform_scope("sign-up of a new tenant"), unit_of_work():
            yield
    except IntegrityError as error:
        raise _collision(str(error.orig)) from error


def _make_administrator(account_id: UUID, tenant_id: UUID) -> None:
    add_member(account_id, ADMINISTRATOR, tenant_id=tenant_id)
    audit.record("tenant.signed_up", "tenant", tenant_id, tenant_id=tenant_id)


def _account_taken() -> Conflict:
    taken = _("This e-mail address already has an account. Sign in, or use another address.")
    return Conflict("account.taken", taken, {"email": taken})


def _collision(constraint: str) -> Conflict:
    if "access_account" in constraint:
        return _account_taken()
    if "slug" in constraint:
        return Conflict("tenant.address", _("Somebody signed up at the same moment. Try once more."))
    taken = _("This organisation already uses Fotfeste. Ask its administrator to invite you.")
    return Conflict("tenant.taken", taken, {"place_code": taken})
