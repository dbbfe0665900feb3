"""What notices may say about people: texts that wait to be gathered, and a tenant's own words."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from core.kernel.database import db
from core.kernel.personal_texts import mentioning, mentions, redact
from core.notices.models import OwnText, Waiting
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

NOTICES = "notices.texts"
Row = Waiting | OwnText


def declared() -> PersonalData:
    """The category."""
    return PersonalData(
        key=NOTICES,
        title=Wording(nb="Tekster i e-post", da="Tekster i e-mail", en="Texts in mail"),
        about=Wording(
            nb="De som nevnes i varsler som venter på å bli samlet, og i organisasjonens egne tekster",
            da="De, der nævnes i beskeder, som venter på at blive samlet, og i organisationens egne tekster",
            en="Those who are mentioned in notices that wait, and in the organisation's own texts",
        ),
        purpose=Wording(
            nb="Varsle ansatte om frister og svar",
            da="Give ansatte besked om frister og svar",
            en="Telling employees of deadlines and answers",
        ),
        legal_basis=Wording(
            nb="Oppgave i allmennhetens interesse (GDPR artikkel 6 nr. 1 e)",
            da="Opgave i samfundets interesse (GDPR artikel 6, stk. 1, litra e)",
            en="Task in the public interest (GDPR article 6(1)(e))",
        ),
        retention=Retention(
            Wording(
                nb="den samlede e-posten er skrevet, senest etter en uke; egne tekster til de endres",
                da="den samlede e-mail er skrevet, senest efter en uge; egne tekster til de ændres",
                en="the gathered mail is written, after a week at most; own texts until they are changed",
            )
        ),
        outcome=Outcome.ANONYMISE,
        columns=(
            PersonalColumn(
                "notices_waiting.heading", Wording(nb="Overskrift", da="Overskrift", en="Heading")
            ),
            PersonalColumn("notices_waiting.body", Wording(nb="Varsel", da="Besked", en="Notice")),
            PersonalColumn(
                "notices_own_text.opening", Wording(nb="Innledning", da="Indledning", en="Opening")
            ),
            PersonalColumn(
                "notices_own_text.closing", Wording(nb="Avslutning", da="Afslutning", en="Closing")
            ),
        ),
    )


def export(who: PersonKey) -> list[PersonRecord]:
    """Texts that mention a person."""
    return [
        PersonRecord(NOTICES, row.__tablename__, row.id, mentioning(row, who.words), "", _at(row))
        for row in _mentioning(who.words)
    ]


def erase(who: PersonKey, *, dry_run: bool) -> list[Erasure]:
    """Take a person's name out of texts."""
    rows = _mentioning(who.words)
    if not dry_run:
        for row in rows:
            redact(row, who.words)
    return [Erasure(NOTICES, Outcome.ANONYMISE, len(rows))] if rows else []


def _at(row: Row) -> datetime:
    return row.written_at if isinstance(row, Waiting) else row.changed_at


def _mentioning(words: Collection[str]) -> list[Row]:
    waiting = db.session.scalars(select(Waiting).where(mentions(Waiting, words)))
    own = db.session.scalars(select(OwnText).where(mentions(OwnText, words)))
    return [row for row in (*waiting, *own) if mentioning(row, words)]
