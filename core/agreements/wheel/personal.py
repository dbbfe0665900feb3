"""What the annual wheel may say about people: names that somebody wrote in a title or a note."""

from collections.abc import Collection

from sqlalchemy import select

from core.agreements.wheel.models import YearlyActivity
from core.kernel.database import db
from core.kernel.personal_texts import mentioning, mentions, redact
from core.plugin_host.privacy import (
    Erasure,
    Outcome,
    PersonalColumn,
    PersonalData,
    PersonKey,
    PersonRecord,
    Retention,
)
from core.plugin_host.wording import Wording

WHEEL = "agreements.wheel"


def declared() -> PersonalData:
    """The category."""
    return PersonalData(
        key=WHEEL,
        title=Wording(nb="Årshjul", da="Årshjul", en="Annual wheel"),
        about=Wording(
            nb="De som nevnes i en aktivitet",
            da="De, der nævnes i en aktivitet",
            en="Those who are mentioned in an activity",
        ),
        purpose=Wording(
            nb="Planlegge det som gjøres hvert år",
            da="Planlægge det, der gøres hvert år",
            en="Planning what is done each year",
        ),
        legal_basis=Wording(
            nb="Oppgave i allmennhetens interesse (GDPR artikkel 6 nr. 1 e)",
            da="Opgave i samfundets interesse (GDPR artikel 6, stk. 1, litra e)",
            en="Task in the public interest (GDPR article 6(1)(e))",
        ),
        retention=Retention(
            Wording(
                nb="aktiviteten er fjernet; teksten slettes straks",
                da="aktiviteten er fjernet; teksten slettes straks",
                en="the activity is removed; its text is erased at once",
            )
        ),
        outcome=Outcome.ANONYMISE,
        columns=(
            PersonalColumn(
                "agreements_yearly_activity.title",
                Wording(nb="Aktivitet", da="Aktivitet", en="Activity"),
            ),
            PersonalColumn(
                "agreements_yearly_activity.note", Wording(nb="Merknad", da="Bemærkning", en="Note")
            ),
        ),
    )


def export(who: PersonKey) -> list[PersonRecord]:
    """Activities that mention a person."""
    return [
        PersonRecord(WHEEL, "yearly_activity", row.id, mentioning(row, who.words), "", row.made_at)
        for row in _mentioning(who.words)
    ]


def erase(who: PersonKey, *, dry_run: bool) -> list[Erasure]:
    """Take a person's name out of activities."""
    rows = _mentioning(who.words)
    if not dry_run:
        for row in rows:
            redact(row, who.words)
    return [Erasure(WHEEL, Outcome.ANONYMISE, len(rows))] if rows else []


def _mentioning(words: Collection[str]) -> list[YearlyActivity]:
    rows = db.session.scalars(select(YearlyActivity).where(mentions(YearlyActivity, words)))
    return [row for row in rows if mentioning(row, words)]
