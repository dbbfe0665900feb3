"""Finding people in access and handing out what it keeps about them."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select

from core.access.models import Account, AccountSession, Invitation, Membership, Passkey, SupportVisit
from core.access.personal import cooperation
from core.access.personal.declared import ACCOUNTS, IDENTITIES, INVITATIONS, SIGN_INS, VISITS
from core.access.roles import role_by_key
from core.access.sso.models import FederatedIdentity
from core.kernel.database import db
from core.kernel.personal import values_of
from core.plugin_host.privacy import PersonFound, PersonKey, PersonRecord
from core.plugin_host.wording import Wording

MOST_FOUND = 50
_ROLE = Wording(nb="Rolle", da="Rolle", en="Role")
_SINCE = Wording(nb="Medlem fra", da="Medlem fra", en="Member since")
_UNTIL = Wording(nb="Medlem til", da="Medlem til", en="Member until")
_MEMBER = Wording(nb="Medarbeider", da="Medarbejder", en="Member")
_INVITED = Wording(nb="Invitert", da="Inviteret", en="Invited")


def people(text: str) -> list[PersonFound]:
    """Members, also former ones, and invited people whose name or address contains a text."""
    if not text:
        return []
    query = (
        select(Account)
        .join(Membership, Membership.account_id == Account.id)
        .where(_contains(Account.name, Account.email, text=text))
        .order_by(Account.name)
        .limit(MOST_FOUND)
    )
    members = [_member(row) for row in db.session.scalars(query)]
    invited = select(Invitation).where(_contains(Invitation.name, Invitation.email, text=text))
    known = {one.email for one in members}
    return members + [
        PersonFound(PersonKey(emails=frozenset({row.email})), row.name, row.email, _INVITED)
        for row in db.session.scalars(invited.limit(MOST_FOUND))
        if row.email not in known
    ]


def _contains(*columns: object, text: str) -> ColumnElement[bool]:
    wanted = text.casefold()
    return or_(*(func.lower(column).contains(wanted, autoescape=True) for column in columns))


def _member(account: Account) -> PersonFound:
    who = PersonKey(account_id=account.id, emails=frozenset({account.email}))
    return PersonFound(who, account.name, account.email, _MEMBER)


def export(who: PersonKey) -> list[PersonRecord]:
    """The account, membership and identities of a member, and invitations to the person."""
    if who.is_nobody:
        return []
    held = memberships(who)
    account_ids = [account.id for _membership, account in held]
    worked_together = cooperation.export(
        subjects(who, held), account_ids, [one.id for one, _account in held], who.words
    )
    identities = identities_of(account_ids)
    return [
        *(_membership_record(membership, account) for membership, account in held),
        *(
            PersonRecord(IDENTITIES, "federated_identity", row.id, values_of(row), row.issuer, row.linked_at)
            for row in identities
        ),
        *_sign_ins(account_ids),
        *worked_together,
        *(
            PersonRecord(VISITS, "support_visit", row.id, values_of(row), "", row.began_at)
            for row in visits(who)
        ),
        *(
            PersonRecord(INVITATIONS, "invitation", row.id, values_of(row), "", row.invited_at)
            for row in invitations(who)
        ),
    ]


def _membership_record(membership: Membership, account: Account) -> PersonRecord:
    facts = [(_ROLE, _title_of(key)) for key in membership.roles]
    facts.append((_SINCE, str(membership.since.date())))
    if membership.ended_at:
        facts.append((_UNTIL, str(membership.ended_at.date())))
    return PersonRecord(
        ACCOUNTS, "membership", membership.id, values_of(account), "", membership.since, tuple(facts)
    )


def _sign_ins(account_ids: list[UUID]) -> list[PersonRecord]:
    sessions = db.session.scalars(select(AccountSession).where(AccountSession.account_id.in_(account_ids)))
    keys = db.session.scalars(select(Passkey).where(Passkey.account_id.in_(account_ids)))
    return [
        *(PersonRecord(SIGN_INS, "session", row.id, values_of(row), "", row.created_at) for row in sessions),
        *(PersonRecord(SIGN_INS, "passkey", row.id, values_of(row), "", row.created_at) for row in keys),
    ]


def _title_of(role_key: str) -> Wording | str:
    role = role_by_key(role_key)
    return role.title if role else role_key


def memberships(who: PersonKey) -> list[tuple[Membership, Account]]:
    """The memberships of a person, also ended ones, with the account of each."""
    is_person: ColumnElement[bool] = Account.email.in_(who.emails)
    if who.account_id is not None:
        is_person = or_(is_person, Account.id == who.account_id)
    query = select(Membership, Account).join(Account, Account.id == Membership.account_id).where(is_person)
    return [(membership, account) for membership, account in db.session.execute(query)]


def account_ids_of(who: PersonKey) -> set[UUID]:
    """The accounts of a person that are or were members of the tenant in scope."""
    return {account.id for _membership, account in memberships(who)}


def subjects(who: PersonKey, held: list[tuple[Membership, Account]]) -> list[UUID]:
    """Every id under which something may be asked about a person."""
    ids = [who.person_id, who.account_id, *(one for pair in held for one in (pair[0].id, pair[1].id))]
    return [one for one in ids if one is not None]


def invitations(who: PersonKey) -> list[Invitation]:
    """Invitations to the addresses of a person, also those that were accepted."""
    return list(db.session.scalars(select(Invitation).where(Invitation.email.in_(who.emails))))


def visits(who: PersonKey) -> list[SupportVisit]:
    """When the person was here to help, as one of those who run the product."""
    query = select(SupportVisit).where(SupportVisit.account_id == who.account_id)
    return list(db.session.scalars(query))


def identities_of(account_ids: Iterable[UUID]) -> list[FederatedIdentity]:
    """What identity providers call the holders of accounts."""
    query = select(FederatedIdentity).where(FederatedIdentity.account_id.in_(list(account_ids)))
    return list(db.session.scalars(query))
