"""What access keeps about people: accounts, memberships and invitations; handed out, ended and erased."""

from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select

from core.access.members import has_administrator_besides
from core.access.models import Account, Invitation, Membership
from core.access.roles import role_by_key
from core.kernel import audit, clock
from core.kernel.database import db
from core.kernel.personal import values_of
from core.plugin_host.privacy import (
    Erasure,
    Outcome,
    PersonalColumn,
    PersonalData,
    PersonFound,
    PersonKey,
    PersonRecord,
    Retention,
)
from core.plugin_host.wording import Wording

ACCOUNTS, INVITATIONS = "access.accounts", "access.invitations"
MOST_FOUND = 50
_NAME = Wording(nb="Navn", da="Navn", en="Name")
_EMAIL = Wording(nb="E-postadresse", da="E-mailadresse", en="E-mail address")
_ROLE = Wording(nb="Rolle", da="Rolle", en="Role")
_SINCE = Wording(nb="Medlem fra", da="Medlem fra", en="Member since")
_UNTIL = Wording(nb="Medlem til", da="Medlem til", en="Member until")
_MEMBER = Wording(nb="Medarbeider", da="Medarbejder", en="Member")
_INVITED = Wording(nb="Invitert", da="Inviteret", en="Invited")
_PUBLIC_TASK = Wording(
    nb="Oppgave i allmennhetens interesse og sikker behandling (GDPR artikkel 6 nr. 1 e og artikkel 32)",
    da="Opgave i samfundets interesse og sikker behandling (GDPR artikel 6, stk. 1, litra e, og artikel 32)",
    en="Task in the public interest and security of processing (GDPR article 6(1)(e) and article 32)",
)
_LAST_ADMINISTRATOR = Wording(
    nb="Personen er den siste administratoren. Gi en annen rollen først.",
    da="Personen er den sidste administrator. Giv en anden rollen først.",
    en="This is the last administrator. Give somebody else the role first.",
)
_USED_ELSEWHERE = Wording(
    nb="Tilgangen her avsluttes. Kontoen slettes også, med mindre en annen virksomhet bruker den.",
    da="Adgangen her afsluttes. Kontoen slettes også, medmindre en anden organisation bruger den.",
    en="Access here ends. The account is erased as well, unless another organisation uses it.",
)


def declared() -> list[PersonalData]:
    """Accounts of members, and invitations."""
    return [_accounts(), _invited()]


def _accounts() -> PersonalData:
    return PersonalData(
        key=ACCOUNTS,
        title=Wording(nb="Kontoer og tilgang", da="Konti og adgang", en="Accounts and access"),
        about=Wording(nb="Medarbeidere", da="Medarbejdere", en="Members of staff"),
        purpose=Wording(
            nb="Vite hvem som logger inn og hva de kan gjøre",
            da="Vide, hvem der logger ind, og hvad de må gøre",
            en="Knowing who signs in and what they may do",
        ),
        legal_basis=_PUBLIC_TASK,
        retention=Retention(
            Wording(nb="tilgangen tok slutt", da="adgangen ophørte", en="access has ended"), months=24
        ),
        outcome=Outcome.ANONYMISE,
        columns=(
            PersonalColumn("access_account.email", _EMAIL),
            PersonalColumn("access_account.name", _NAME),
            PersonalColumn(
                "access_account.password",
                Wording(nb="Passord (uleselig)", da="Adgangskode (ulæselig)", en="Password (unreadable)"),
            ),
            PersonalColumn(
                "access_account.fs_uniquifier",
                Wording(nb="Nøkkel for innlogging", da="Nøgle til login", en="Key of the sign-in"),
            ),
        ),
    )


def _invited() -> PersonalData:
    return PersonalData(
        key=INVITATIONS,
        title=Wording(nb="Invitasjoner", da="Invitationer", en="Invitations"),
        about=Wording(
            nb="Personer som er invitert", da="Personer, der er inviteret", en="People who were invited"
        ),
        purpose=Wording(
            nb="Slippe inn dem som skal arbeide her",
            da="Lukke dem ind, der skal arbejde her",
            en="Letting in those who shall work here",
        ),
        legal_basis=_PUBLIC_TASK,
        retention=Retention(
            Wording(nb="invitasjonen gikk ut", da="invitationen udløb", en="the invitation has expired"),
            months=6,
        ),
        outcome=Outcome.ERASE,
        automatic=True,
        columns=(
            PersonalColumn("access_invitation.email", _EMAIL),
            PersonalColumn("access_invitation.name", _NAME),
        ),
    )


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
    """The account and memberships of a member, and invitations to the person."""
    if who.is_nobody:
        return []
    records = []
    for membership, account in _memberships(who):
        facts = [(_ROLE, _title_of(key)) for key in membership.roles]
        facts.append((_SINCE, str(membership.since.date())))
        if membership.ended_at:
            facts.append((_UNTIL, str(membership.ended_at.date())))
        values = values_of(account)
        records.append(
            PersonRecord(ACCOUNTS, "membership", membership.id, values, "", membership.since, tuple(facts))
        )
    return records + [
        PersonRecord(INVITATIONS, "invitation", row.id, values_of(row), "", row.invited_at)
        for row in _invitations(who)
    ]


def _title_of(role_key: str) -> Wording | str:
    role = role_by_key(role_key)
    return role.title if role else role_key


def erase(who: PersonKey, *, dry_run: bool) -> list[Erasure]:
    """End access and take away invitations. The account itself is a row of the platform's: see `accounts`."""
    if who.is_nobody:
        return []
    done = []
    if memberships := _memberships(who):
        rows = [membership for membership, _account in memberships]
        if not has_administrator_besides({row.id for row in rows}):
            done.append(Erasure(ACCOUNTS, Outcome.KEEP, len(rows), _LAST_ADMINISTRATOR, stops=True))
        else:
            done.append(Erasure(ACCOUNTS, Outcome.ANONYMISE, len(rows), _USED_ELSEWHERE))
            if not dry_run:
                _end(rows)
    if invitations := _invitations(who):
        done.append(Erasure(INVITATIONS, Outcome.ERASE, len(invitations)))
        if not dry_run:
            _delete(invitations)
    return done


def expired(now: datetime, held: list[PersonKey], keys: list[str]) -> list[Erasure]:
    """Invitations whose time is over."""
    period = next(one.retention for one in declared() if one.key == INVITATIONS)
    query = select(Invitation).where(Invitation.expires_at <= period.cut_off(now))
    kept = {email for who in held for email in who.emails}
    rows = [row for row in db.session.scalars(query) if row.email not in kept]
    if INVITATIONS in keys:
        _delete(rows)
    return [Erasure(INVITATIONS, Outcome.ERASE, len(rows))] if rows else []


def _memberships(who: PersonKey) -> list[tuple[Membership, Account]]:
    is_person: ColumnElement[bool] = Account.email.in_(who.emails)
    if who.account_id is not None:
        is_person = or_(is_person, Account.id == who.account_id)
    query = select(Membership, Account).join(Account, Account.id == Membership.account_id).where(is_person)
    return [(membership, account) for membership, account in db.session.execute(query)]


def _invitations(who: PersonKey) -> list[Invitation]:
    return list(db.session.scalars(select(Invitation).where(Invitation.email.in_(who.emails))))


def _end(rows: list[Membership]) -> None:
    for row in rows:
        if row.ended_at is None:
            row.ended_at = clock.now()
            audit.record("member.ended", "membership", row.id)


def _delete(rows: list[Invitation]) -> None:
    for row in rows:
        db.session.delete(row)
