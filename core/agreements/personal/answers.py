"""What the rules of law answered about a person who is a party: handed out, erased with the agreement."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select

from core.agreements.by_law import service as by_law
from core.agreements.by_law.models import LawAnswer
from core.agreements.catalogue import types_of
from core.agreements.models import Agreement, Contact
from core.agreements.personal.declared import IN_FORCE, KEPT
from core.agreements.personal.reading import named, titles_of
from core.agreements.types import AgreementType
from core.kernel.database import db
from core.kernel.personal import values_of
from core.kernel.personal_texts import mentioning, mentions
from core.plugin_host.privacy import Outcome, PersonalColumn, PersonalData, PersonKey, PersonRecord
from core.plugin_host.wording import Wording

ANSWERS = "agreements.law_answers"


def declared() -> PersonalData:
    """The category."""
    return PersonalData(
        key=ANSWERS,
        title=Wording(
            nb="Svar fra regler i loven om avtaler",
            da="Svar fra lovens regler om aftaler",
            en="Answers of the rules of law about agreements",
        ),
        about=Wording(
            nb="Personer som selv er part i en avtale, som deltakere",
            da="Personer, der selv er part i en aftale, som deltagere",
            en="People who are a party of an agreement themselves, such as participants",
        ),
        purpose=Wording(
            nb="Vise hva reglene sa om avtalen da den ble laget, også etter at loven er endret",
            da="Vise, hvad reglerne sagde om aftalen, da den blev lavet, også efter at loven er ændret",
            en="Showing what the rules said of the agreement when it was made, also after a change of law",
        ),
        legal_basis=Wording(
            nb="Oppgave i allmennhetens interesse (GDPR artikkel 6 nr. 1 e)",
            da="Opgave i samfundets interesse (GDPR artikel 6, stk. 1, litra e)",
            en="Task in the public interest (GDPR article 6(1)(e))",
        ),
        retention=KEPT,
        outcome=Outcome.ERASE,
        kept_because=IN_FORCE,
        columns=(
            PersonalColumn(
                "agreements_law_answer.answer",
                Wording(
                    nb="Svaret med opplysningene det bygger på",
                    da="Svaret med de oplysninger, det bygger på",
                    en="The answer, with the facts that it rests on",
                ),
            ),
        ),
    )


def export(who: PersonKey) -> list[PersonRecord]:
    """The answers about a person."""
    rows = about(who)
    titles = titles_of({row.agreement_id for row in rows})
    return [
        PersonRecord(ANSWERS, "law_answer", row.id, values_of(row), titles[row.agreement_id], row.asked_at)
        for row in rows
    ]


def about(who: PersonKey) -> list[LawAnswer]:
    """Answers about agreements whose party a person is, and those that mention the person."""
    if who.is_nobody:
        return []
    mine = {row.id: row for row in by_law.of_agreements(_own(named(who, Contact)))}
    named_there = db.session.scalars(select(LawAnswer).where(mentions(LawAnswer, who.words)))
    return list((mine | {row.id: row for row in named_there if mentioning(row, who.words)}).values())


def _own(contacts: Iterable[Contact]) -> set[UUID]:
    """The agreements in which a contact is a private person who is a party; an adviser's are not."""
    keys: dict[UUID, set[str]] = {}
    for one in contacts:
        keys.setdefault(one.agreement_id, set()).add(one.key)
    rows = list(db.session.scalars(select(Agreement).where(Agreement.id.in_(list(keys)))))
    kinds = types_of([(row.type_key, row.edition) for row in rows])
    return {
        row.id
        for row in rows
        if (kind := kinds.get((row.type_key, row.edition))) and keys[row.id] & _of_persons(kind)
    }


def _of_persons(kind: AgreementType) -> set[str]:
    persons = {party.key for party in kind.parties if party.is_person}
    return {contact.key for contact in kind.contacts if contact.party in persons}


def erase(rows: Iterable[LawAnswer]) -> None:
    """Erase answers about agreements that are no evidence any longer, inside a unit of work."""
    for row in rows:
        db.session.delete(row)
