"""What goals may say about people: names in examples and in the sources of figures that were noted."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from core.agreements.measuring.models import GoalEvidence, GoalValue
from core.agreements.models import Agreement
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

GOALS = "agreements.goals"
TABLES: tuple[type[Any], ...] = (GoalEvidence, GoalValue)
KEPT = Retention(
    Wording(nb="avtalen er utløpt", da="aftalen er udløbet", en="the agreement has expired"), months=120
)
_TITLES = {
    "agreements_goal_evidence.told_by": Wording(
        nb="Hvem som fortalte", da="Hvem der fortalte", en="Who told it"
    ),
    "agreements_goal_evidence.text": Wording(nb="Eksempel", da="Eksempel", en="Example"),
    "agreements_goal_evidence.withdrawn_reason": Wording(
        nb="Grunn til å trekke tilbake", da="Grund til at trække tilbage", en="Reason for withdrawing"
    ),
    "agreements_goal_value.source": Wording(nb="Kilde", da="Kilde", en="Source"),
    "agreements_goal_value.reason": Wording(
        nb="Grunn til å rette", da="Grund til at rette", en="Reason for correcting"
    ),
}


def declared() -> PersonalData:
    """The category."""
    return PersonalData(
        key=GOALS,
        title=Wording(nb="Mål som følges opp", da="Mål, der følges op", en="Goals that are followed up"),
        about=Wording(
            nb="De som nevnes i et eksempel eller i kilden til et tall",
            da="De, der nævnes i et eksempel eller i kilden til et tal",
            en="Those who are mentioned in an example or in the source of a figure",
        ),
        purpose=Wording(
            nb="Vise om avtalens mål nås",
            da="Vise, om aftalens mål nås",
            en="Showing whether the goals of the agreement are reached",
        ),
        legal_basis=Wording(
            nb="Oppgave i allmennhetens interesse (GDPR artikkel 6 nr. 1 e)",
            da="Opgave i samfundets interesse (GDPR artikel 6, stk. 1, litra e)",
            en="Task in the public interest (GDPR article 6(1)(e))",
        ),
        retention=KEPT,
        outcome=Outcome.ANONYMISE,
        columns=tuple(PersonalColumn(name, title) for name, title in _TITLES.items()),
    )


def export(who: PersonKey) -> list[PersonRecord]:
    """Examples and sources that mention a person."""
    return [
        PersonRecord(GOALS, _kind_of(row), row.id, mentioning(row, who.words), "", row.recorded_at)
        for row in _mentioning(who.words)
    ]


def erase(who: PersonKey, *, dry_run: bool) -> list[Erasure]:
    """Take a person's name out of them, whether the agreement applies or not."""
    rows = _mentioning(who.words)
    if not dry_run:
        for row in rows:
            redact(row, who.words)
    return [Erasure(GOALS, Outcome.ANONYMISE, len(rows))] if rows else []


def expired(now: datetime, held: list[PersonKey], keys: list[str]) -> list[Erasure]:
    """Words about the goals of agreements that ended long ago; the figures themselves stay."""
    kept = frozenset().union(*(who.words for who in held))
    ended = select(Agreement.id).where(Agreement.ends_on <= KEPT.cut_off(now).date())
    rows = [
        row
        for model in TABLES
        for row in db.session.scalars(select(model).where(model.agreement_id.in_(ended), _has_words(model)))
        if not mentioning(row, kept)
    ]
    if GOALS in keys:
        for row in rows:
            _empty(row)
    return [Erasure(GOALS, Outcome.ANONYMISE, len(rows))] if rows else []


def _kind_of(row: Any) -> str:
    return type(row).__tablename__.removeprefix("agreements_")


def _columns(model: type[Any]) -> list[str]:
    return [name.rpartition(".")[2] for name in _TITLES if name.startswith(f"{model.__tablename__}.")]


def _has_words(model: type[Any]) -> Any:
    return or_(*(getattr(model, name) != "" for name in _columns(model)))


def _empty(row: Any) -> None:
    for name in _columns(type(row)):
        setattr(row, name, "")


def _mentioning(words: Collection[str]) -> list[Any]:
    found = (
        row for model in TABLES for row in db.session.scalars(select(model).where(mentions(model, words)))
    )
    return [row for row in found if mentioning(row, words)]
