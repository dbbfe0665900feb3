"""What drafts in Word say about people: working papers, which are erased a year after they came."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import select

from core.agreements.word.models import WordAnswer, WordCopy, WordFinding
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

WORD = "agreements.word"
MODELS: tuple[type[Any], ...] = (WordCopy, WordAnswer, WordFinding)
KEPT = Retention(
    Wording(nb="utkastet ble hentet eller svaret mottatt", da="udkastet blev hentet eller svaret modtaget",
            en="the draft was fetched or the answer received"),
    months=12,
)  # fmt: skip
_TEXT = Wording(nb="Tekst i utkastet eller svaret", da="Tekst i udkastet eller svaret", en="Text of either")


def declared() -> PersonalData:
    """The category."""
    texts = ("before", "removed", "added", "after", "words", "reason")
    return PersonalData(
        key=WORD,
        title=Wording(nb="Utkast i Word", da="Udkast i Word", en="Drafts in Word"),
        about=Wording(
            nb="De som skriver i utkast, og de som nevnes der",
            da="Dem, der skriver i udkast, og dem, der nævnes der",
            en="Those who write in drafts, and those who are mentioned there",
        ),
        purpose=Wording(
            nb="Se hva en part foreslår i avtaleteksten, og hvem som foreslår det",
            da="Se, hvad en part foreslår i aftaleteksten, og hvem der foreslår det",
            en="Seeing what a party proposes in the text of an agreement, and who proposes it",
        ),
        legal_basis=Wording(
            nb="Avtale og oppgave i allmennhetens interesse (GDPR artikkel 6 nr. 1 b og e)",
            da="Aftale og opgave i samfundets interesse (GDPR artikel 6, stk. 1, litra b og e)",
            en="Contract and task in the public interest (GDPR article 6(1)(b) and (e))",
        ),
        retention=KEPT,
        outcome=Outcome.ERASE,
        columns=(
            PersonalColumn("agreements_word_copy.sent", _TEXT),
            PersonalColumn(
                "agreements_word_answer.name", Wording(nb="Filnavn", da="Filnavn", en="File name")
            ),
            PersonalColumn(
                "agreements_word_finding.author", Wording(nb="Skrevet av", da="Skrevet af", en="Writer")
            ),
            *(PersonalColumn(f"agreements_word_finding.{name}", _TEXT) for name in texts),
        ),
    )


def export(who: PersonKey) -> list[PersonRecord]:
    """Drafts and answers that mention a person."""
    return [
        PersonRecord(WORD, type(row).__tablename__.partition("_")[2], row.id, mentioning(row, who.words))
        for row in _mentioning(who.words)
    ]


def erase(who: PersonKey, *, dry_run: bool) -> list[Erasure]:
    """Take a person's name out of drafts and answers: they are no evidence."""
    rows = _mentioning(who.words)
    if not dry_run:
        for row in rows:
            redact(row, who.words)
    return [Erasure(WORD, Outcome.ANONYMISE, len(rows))] if rows else []


def expired(now: datetime, held: list[PersonKey], keys: list[str]) -> list[Erasure]:
    """Drafts and answers a year old, unless they mention somebody whose data are held."""
    cut_off, kept = KEPT.cut_off(now), {one for who in held for one in who.words}
    stay = {row.agreement_id for row in _mentioning(kept)} if kept else set()
    due = [
        *db.session.scalars(select(WordAnswer).where(WordAnswer.received_at <= cut_off)),
        *db.session.scalars(select(WordCopy).where(WordCopy.made_at <= cut_off)),
    ]
    rows = [row for row in due if row.agreement_id not in stay]
    if WORD in keys:
        for row in rows:
            db.session.delete(row)
    return [Erasure(WORD, Outcome.ERASE, len(rows))] if rows else []


def _mentioning(words: Collection[str]) -> list[Any]:
    found = (
        row for model in MODELS for row in db.session.scalars(select(model).where(mentions(model, words)))
    )
    return [row for row in found if mentioning(row, words)]
