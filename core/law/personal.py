"""What local practice says about people: those who decided, and whoever a reason mentions."""

from sqlalchemy import or_, select

from core.kernel.database import db
from core.kernel.personal import values_of
from core.kernel.personal_texts import mentioning, mentions, redact
from core.law.choices.service import titles_of
from core.law.models import LawChoice
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

CHOICES = "law.choices"


def declared() -> PersonalData:
    """The category."""
    return PersonalData(
        key=CHOICES,
        title=Wording(nb="Lokal praksis", da="Lokal praksis", en="Local practice"),
        about=Wording(
            nb="Ansatte som bestemmer lokal praksis, og dem de nevner",
            da="Medarbejdere, der beslutter lokal praksis, og dem, de nævner",
            en="Members of staff who decide on local practice, and those they mention",
        ),
        purpose=Wording(
            nb="Vise hva reglene går etter hos oss, hvem som bestemte det og hvorfor",
            da="Vise, hvad reglerne går efter hos os, hvem der besluttede det, og hvorfor",
            en="Showing what the rules go by here, who decided it and why",
        ),
        legal_basis=Wording(
            nb="Oppgave i allmennhetens interesse (GDPR artikkel 6 nr. 1 e)",
            da="Opgave i samfundets interesse (GDPR artikel 6, stk. 1, litra e)",
            en="Task in the public interest (GDPR article 6(1)(e))",
        ),
        retention=Retention(
            Wording(
                nb="virksomheten slutter å bruke Fotfeste",
                da="organisationen holder op med at bruge Fotfeste",
                en="the organisation ends its use of Fotfeste",
            )
        ),
        outcome=Outcome.ANONYMISE,
        columns=(
            PersonalColumn("law_choice.reason", Wording(nb="Begrunnelse", da="Begrundelse", en="Reason")),
        ),
    )


def export(who: PersonKey) -> list[PersonRecord]:
    """What the person decided, and what the reasons of others say about the person."""
    rows = _about(who)
    titles = titles_of([row.id for row in rows])
    return [
        PersonRecord(CHOICES, "law_choice", row.id, _values(row, who), titles.get(row.id, ""), row.decided_at)
        for row in rows
    ]


def erase(who: PersonKey, *, dry_run: bool) -> list[Erasure]:
    """Take a person out of the reasons. The decision stays: the rules have answered by it."""
    rows = _about(who)
    if not dry_run:
        for row in rows:
            redact(row, who.words)
    return [Erasure(CHOICES, Outcome.ANONYMISE, len(rows))] if rows else []


def _values(row: LawChoice, who: PersonKey) -> dict[str, object]:
    return values_of(row) if row.decided_by == who.account_id else mentioning(row, who.words)


def _about(who: PersonKey) -> list[LawChoice]:
    rows = db.session.scalars(
        select(LawChoice)
        .where(or_(LawChoice.decided_by == who.account_id, mentions(LawChoice, who.words)))
        .order_by(LawChoice.decided_at)
    )
    return [row for row in rows if row.decided_by == who.account_id or mentioning(row, who.words)]
