"""What is kept about guests: why, for how long, and what becomes of it."""

from datetime import datetime

from sqlalchemy import or_, select

from core.sdk import (
    Erasure,
    Outcome,
    PersonalColumn,
    PersonalData,
    PersonFound,
    PersonKey,
    PersonRecord,
    Retention,
    Wording,
)
from core.sdk.tables import values_of
from core.sdk.verbs import db
from seminars.models import Guest, Seminar

GUESTS = "seminars.guests"
GUEST = Wording(nb="Gjest", da="Gæst", en="Guest")
DECLARED = PersonalData(
    key=GUESTS,
    title=Wording(nb="Gjester på seminarer", da="Gæster på seminarer", en="Guests of seminars"),
    about=Wording(nb="De som kommer på seminar", da="De, der kommer til seminar", en="Those who come"),
    purpose=Wording(nb="Dekke på bordet", da="Dække bordet", en="Laying the table"),
    legal_basis=Wording(
        nb="Samtykke (GDPR artikkel 6 nr. 1 a)",
        da="Samtykke (GDPR artikel 6, stk. 1, litra a)",
        en="Consent (GDPR article 6(1)(a))",
    ),
    retention=Retention(
        Wording(nb="seminaret er holdt", da="seminaret er holdt", en="the seminar was held"), months=12
    ),
    outcome=Outcome.ANONYMISE,
    columns=(
        PersonalColumn("seminars_guest.name", Wording(nb="Navn", da="Navn", en="Name")),
        PersonalColumn("seminars_guest.email", Wording(nb="E-post", da="E-mail", en="E-mail")),
    ),
)


def found(text: str) -> list[PersonFound]:
    """Guests whose name or address contains a text."""
    if not text:
        return []
    query = select(Guest).where(or_(Guest.name.icontains(text), Guest.email.icontains(text))).limit(50)
    return [
        PersonFound(PersonKey(emails=frozenset({row.email})), row.name, row.email, GUEST)
        for row in db.session.scalars(query)
        if row.email
    ]


def records_of(who: PersonKey) -> list[PersonRecord]:
    """One record for each seat that was taken in a person's name."""
    return [PersonRecord(GUESTS, "guest", row.id, values_of(row)) for row in seats_of(who)]


def seats_of(who: PersonKey) -> list[Guest]:
    """The rows of a person; a key that names nobody finds nothing."""
    if not who.emails:
        return []
    return list(db.session.scalars(select(Guest).where(Guest.email.in_(who.emails))))


def seats_before(now: datetime, held: list[PersonKey]) -> list[Guest]:
    """Rows whose time is over, without those of people whose data may not be erased now."""
    query = (
        select(Guest)
        .join(Seminar, (Seminar.id == Guest.seminar_id) & (Seminar.tenant_id == Guest.tenant_id))
        .where(Seminar.held_on <= DECLARED.retention.cut_off(now).date(), Guest.name != "")
    )
    kept = {email for who in held for email in who.emails}
    return [row for row in db.session.scalars(query) if row.email not in kept]


def anonymise(rows: list[Guest], *, dry_run: bool) -> list[Erasure]:
    """Empty the names, or only say how many there are."""
    for row in rows if not dry_run else ():
        row.name = row.email = ""
    return [Erasure(GUESTS, Outcome.ANONYMISE, len(rows))] if rows else []
