"""What evaluations keep about people: those who answer, and those whom their texts mention."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from core.agreements.evaluating.models import Assessment, Evaluation, ImprovementPoint
from core.agreements.models import Agreement
from core.agreements.personal.declared import IN_FORCE, KEPT
from core.agreements.personal.erasing import is_evidence
from core.agreements.personal.reading import titles_of
from core.kernel import audit, clock
from core.kernel.database import db
from core.kernel.personal import values_of, words_in
from core.kernel.personal_texts import mentioning, mentions, redact
from core.plugin_host.privacy import (
    Erasure,
    Outcome,
    PersonalColumn,
    PersonalData,
    PersonKey,
    PersonRecord,
)
from core.plugin_host.wording import Wording

EVALUATIONS = "agreements.evaluations"
_COLUMNS = {
    "agreements_evaluation.attained": Wording(nb="Måloppnåelse", da="Målopfyldelse", en="Goals attained"),
    "agreements_evaluation.participants": Wording(
        nb="Deltakere og resultater", da="Deltagere og resultater", en="Participants and results"
    ),
    "agreements_assessment.party_name": Wording(nb="Part", da="Part", en="Party"),
    "agreements_assessment.name": Wording(nb="Navn", da="Navn", en="Name"),
    "agreements_assessment.role_title": Wording(nb="Stilling", da="Stilling", en="Position"),
    "agreements_assessment.email": Wording(nb="E-postadresse", da="E-mailadresse", en="E-mail address"),
    "agreements_assessment.ratings": Wording(
        nb="Vurdering av målene", da="Vurdering af målene", en="Rating of the aims"
    ),
    "agreements_assessment.experience": Wording(nb="Erfaringer", da="Erfaringer", en="Experience"),
    "agreements_assessment.practice": Wording(nb="Praksis", da="Praksis", en="Practice"),
    "agreements_improvement_point.text": Wording(nb="Forslag", da="Forslag", en="Proposal"),
    "agreements_improvement_point.wish": Wording(
        nb="Ønsket avtaletekst", da="Ønsket aftaletekst", en="Text that is wished"
    ),
    "agreements_improvement_point.reason": Wording(
        nb="Begrunnelse", da="Begrundelse", en="Reason why nothing is done"
    ),
}


def declared() -> PersonalData:
    """The category."""
    return PersonalData(
        key=EVALUATIONS,
        title=Wording(nb="Evalueringer", da="Evalueringer", en="Evaluations"),
        about=Wording(
            nb="De som svarer for partene, og de som tekstene nevner",
            da="Dem, der svarer for parterne, og dem, teksterne nævner",
            en="Those who answer for the parties, and those whom the texts mention",
        ),
        purpose=Wording(
            nb="Vurdere om avtalen virker, og bestemme hva som skal endres",
            da="Vurdere, om aftalen virker, og beslutte, hvad der skal ændres",
            en="Seeing whether the agreement works, and deciding what is to change",
        ),
        legal_basis=Wording(
            nb="Avtale og oppgave i allmennhetens interesse (GDPR artikkel 6 nr. 1 b og e)",
            da="Aftale og opgave i samfundets interesse (GDPR artikel 6, stk. 1, litra b og e)",
            en="Contract and task in the public interest (GDPR article 6(1)(b) and (e))",
        ),
        retention=KEPT,
        outcome=Outcome.ANONYMISE,
        kept_because=IN_FORCE,
        recipients=Wording(nb="Partene i avtalen", da="Aftalens parter", en="The parties of the agreement"),
        columns=tuple(PersonalColumn(name, title) for name, title in _COLUMNS.items()),
    )


def export(who: PersonKey) -> list[PersonRecord]:
    """What a person has answered, and the texts that mention the person."""
    found = [(row, agreement_id, values_of(row)) for row, agreement_id in _answered(who)]
    answered = {row.id for row, _agreement_id, _values in found}
    found += [
        (row, agreement_id, mentioning(row, who.words))
        for row, agreement_id in _mentioning(who.words)
        if row.id not in answered
    ]
    titles = titles_of(agreement_id for _row, agreement_id, _values in found)
    return [
        PersonRecord(EVALUATIONS, _kind(row), row.id, values, titles.get(agreement_id, ""))
        for row, agreement_id, values in found
    ]


def _kind(row: Any) -> str:
    return str(type(row).__tablename__).partition("_")[2]


def erase(who: PersonKey, *, dry_run: bool) -> list[Erasure]:
    """Take a person out of the evaluations of agreements that are no evidence any more."""
    if who.is_nobody:
        return []
    answered, texts = _answered(who), _mentioning(who.words)
    rows = {row.id: (row, agreement_id) for row, agreement_id in (*answered, *texts)}
    evidence = _evidence({agreement_id for _row, agreement_id in rows.values()})
    if not dry_run:
        _anonymise((one for one in answered if one[1] not in evidence), ())
        _anonymise((), (one for one in texts if one[1] not in evidence), who.words)
    counts = Counter(agreement_id in evidence for _row, agreement_id in rows.values())
    return [
        Erasure(EVALUATIONS, Outcome.KEEP if stays else Outcome.ANONYMISE, count, IN_FORCE if stays else None)
        for stays, count in sorted(counts.items())
    ]


def _evidence(ids: Collection[UUID]) -> set[UUID]:
    rows = db.session.scalars(select(Agreement).where(Agreement.id.in_(list(ids))))
    return {row.id for row in rows if is_evidence(row, clock.now())}


def _anonymise(
    people: Iterable[tuple[Assessment, UUID]],
    texts: Iterable[tuple[Any, UUID]],
    words: Collection[str] = (),
) -> None:
    for person, agreement_id in people:
        person.name = person.role_title = person.email = ""
        person.token_hash = None
        audit.record("evaluation.person_erased", "agreement", agreement_id)
    for row, _agreement_id in texts:
        redact(row, words)


def expired(now: datetime, held: list[PersonKey], keys: list[str]) -> list[Erasure]:
    """Evaluations of agreements that ended so long ago that nobody needs the names."""
    kept = {email for who in held for email in who.emails}
    query = _joined(Assessment).where(
        Assessment.name != "", Agreement.ends_on.is_not(None), Agreement.ends_on <= KEPT.cut_off(now).date()
    )
    due = [
        (row[0], row.agreement_id) for row in db.session.execute(query) if row[0].email.casefold() not in kept
    ]
    if EVALUATIONS in keys:
        words = frozenset().union(*(words_in(values_of(row)) for row, _agreement_id in due))
        ids = {agreement_id for _row, agreement_id in due}
        _anonymise(due, (one for one in _mentioning(words) if one[1] in ids), words)
    return [Erasure(EVALUATIONS, Outcome.ANONYMISE, len(due))] if due else []


def _answered(who: PersonKey) -> list[tuple[Assessment, UUID]]:
    query = _joined(Assessment).where(func.lower(Assessment.email).in_(who.emails))
    return [(row[0], row.agreement_id) for row in db.session.execute(query)]


def _mentioning(words: Collection[str]) -> list[tuple[Any, UUID]]:
    found: list[tuple[Any, UUID]] = []
    rows = db.session.scalars(select(Evaluation).where(mentions(Evaluation, words)))
    found += [(row, row.agreement_id) for row in rows]
    for model in (Assessment, ImprovementPoint):
        joined = db.session.execute(_joined(model).where(mentions(model, words)))
        found += [(row[0], row.agreement_id) for row in joined]
    return [(row, agreement_id) for row, agreement_id in found if mentioning(row, words)]


def _joined(model: Any) -> Any:
    """Rows of a part of evaluations, each with the agreement."""
    return (
        select(model, Evaluation.agreement_id)
        .join(Evaluation, (Evaluation.id == model.evaluation_id) & (Evaluation.tenant_id == model.tenant_id))
        .join(
            Agreement,
            (Agreement.id == Evaluation.agreement_id) & (Agreement.tenant_id == Evaluation.tenant_id),
        )
    )
