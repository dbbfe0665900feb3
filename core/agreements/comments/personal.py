"""What comments say about people: who wrote them, and whom they mention. They are no evidence of anything."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import delete, or_, select

from core.agreements.comments.models import Comment
from core.agreements.models import Agreement
from core.kernel.database import db
from core.kernel.personal import values_of
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

COMMENTS = "agreements.comments"
KEPT = Retention(
    Wording(
        nb="avtalen er signert av alle, avlyst eller forkastet",
        da="aftalen er underskrevet af alle, aflyst eller kasseret",
        en="the agreement is signed by all, cancelled or given up",
    ),
    months=12,
)


def declared() -> PersonalData:
    """The category."""
    return PersonalData(
        key=COMMENTS,
        title=Wording(
            nb="Kommentarer mellom kolleger",
            da="Kommentarer mellem kolleger",
            en="Comments between colleagues",
        ),
        about=Wording(
            nb="Medarbeidere som kommenterer et utkast, og dem de nevner",
            da="Medarbejdere, der kommenterer et udkast, og dem, de nævner",
            en="Members of staff who comment on a draft, and those they mention",
        ),
        purpose=Wording(
            nb="Bli enige internt om teksten før den sendes",
            da="Blive enige internt om teksten, før den sendes",
            en="Agreeing on the text among colleagues before it is sent",
        ),
        legal_basis=Wording(
            nb="Oppgave i allmennhetens interesse (GDPR artikkel 6 nr. 1 e)",
            da="Opgave i samfundets interesse (GDPR artikel 6, stk. 1, litra e)",
            en="Task in the public interest (GDPR article 6(1)(e))",
        ),
        retention=KEPT,
        outcome=Outcome.ANONYMISE,
        columns=(
            PersonalColumn("agreements_comment.text", Wording(nb="Kommentar", da="Kommentar", en="Comment")),
            PersonalColumn(
                "agreements_comment.proposal",
                Wording(nb="Foreslått tekst", da="Foreslået tekst", en="Suggested text"),
            ),
        ),
    )


def export(who: PersonKey) -> list[PersonRecord]:
    """Comments that the person wrote, and what others' comments say about the person."""
    rows = _about(who)
    titles = _titles(rows)
    return [
        PersonRecord(
            COMMENTS,
            "comment",
            row.id,
            values_of(row) if row.written_by == who.account_id else mentioning(row, who.words),
            titles.get(row.agreement_id, ""),
            row.written_at,
        )
        for row in rows
    ]


def erase(who: PersonKey, *, dry_run: bool) -> list[Erasure]:
    """Take a person out of the comments of others; one's own stay without a name, for who answers them."""
    rows = _about(who)
    if not dry_run:
        for row in rows:
            redact(row, who.words)
    return [Erasure(COMMENTS, Outcome.ANONYMISE, len(rows))] if rows else []


def expired(now: datetime, held: list[PersonKey], keys: list[str]) -> list[Erasure]:
    """Comments on agreements that were signed by all or given up long ago; whole threads go."""
    cut_off = KEPT.cut_off(now)
    done = select(Agreement.id).where(
        or_(Agreement.activated_at <= cut_off, Agreement.cancelled_at <= cut_off)
    )
    rows = list(db.session.scalars(select(Comment).where(Comment.agreement_id.in_(done))))
    kept = {row.thread_id or row.id for row in rows if _is_held(row, held)}
    going = [row for row in rows if (row.thread_id or row.id) not in kept]
    if COMMENTS in keys:
        db.session.execute(delete(Comment).where(Comment.id.in_([row.id for row in going])))
    return [Erasure(COMMENTS, Outcome.ERASE, len(going))] if going else []


def _is_held(row: Comment, held: Collection[PersonKey]) -> bool:
    return any(row.written_by == who.account_id or mentioning(row, who.words) for who in held)


def _about(who: PersonKey) -> list[Comment]:
    if who.is_nobody:
        return []
    query = select(Comment).where(or_(Comment.written_by == who.account_id, mentions(Comment, who.words)))
    found = db.session.scalars(query)
    return [row for row in found if row.written_by == who.account_id or mentioning(row, who.words)]


def _titles(rows: Collection[Comment]) -> dict[Any, str]:
    query = select(Agreement.id, Agreement.title).where(Agreement.id.in_({row.agreement_id for row in rows}))
    return {row.id: row.title for row in db.session.execute(query)}
