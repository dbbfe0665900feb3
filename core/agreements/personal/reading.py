"""Finding people in agreements and handing out what is kept about them there."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import and_, false, func, or_, select

from core.agreements.amending.models import Amendment, RevisionRequest
from core.agreements.contacts.models import ContactCheck, ContactDeputy, Undelivered
from core.agreements.models import (
    Agreement,
    Clause,
    ClauseRevision,
    Contact,
    Goal,
    LifeEvent,
    Party,
    SignatureRequest,
    Value,
    Version,
)
from core.agreements.personal.declared import DEADLINES, MEETINGS, PEOPLE, SIGNATURES, TEXTS
from core.agreements.printing.service import SIGNED
from core.agreements.reports.models import Report, ReportReceiver
from core.agreements.signing.models import Gathering, PaperCopy, PaperSignature, Proof
from core.documents import service as documents
from core.kernel.database import db
from core.kernel.personal import values_of
from core.kernel.personal_texts import mentioning, mentions
from core.obligations import personal as obligations
from core.plugin_host.privacy import PersonFile, PersonFound, PersonKey, PersonRecord
from core.plugin_host.wording import Wording

MOST_FOUND = 50
CIRCLE: tuple[type[Any], ...] = (ReportReceiver, ContactDeputy, ContactCheck, Undelivered)
"""Whoever has to do with an agreement in force, by address."""
PARTS: tuple[type[Any], ...] = (
    *(Party, Clause, Value, Goal, Contact, Version, SignatureRequest, LifeEvent),
    *(Proof, Gathering, PaperCopy, PaperSignature),
    *(Report, ReportReceiver, ContactCheck),
    *(Amendment, RevisionRequest),
)
"""What has free text and names its agreement."""
_IN_AGREEMENTS = Wording(nb="Nevnt i avtaler", da="Nævnt i aftaler", en="Named in agreements")
_ROLE = Wording(nb="Rolle", da="Rolle", en="Role")
_ADVISER = Wording(nb="Ansvarlig for avtalen", da="Ansvarlig for aftalen", en="Responsible for the agreement")


def people(text: str) -> list[PersonFound]:
    """Contact persons and signatories whose name or address contains a text, one for each address."""
    if not text:
        return []
    found: dict[str, str] = {}
    for model in (Contact, SignatureRequest):
        query = (
            select(func.lower(model.email), model.name)
            .where(model.email != "", or_(_has(model.name, text), _has(model.email, text)))
            .limit(MOST_FOUND)
        )
        found |= dict(iter(db.session.execute(query)))
    return [
        PersonFound(PersonKey(emails=frozenset({email})), name, email, _IN_AGREEMENTS)
        for email, name in sorted(found.items())
    ]


def _has(column: Any, text: str) -> Any:
    return column.icontains(text, autoescape=True)


def export(who: PersonKey) -> list[PersonRecord]:
    """What agreements say about a person: as contact, signatory and adviser, and in their texts."""
    if who.is_nobody:
        return []
    rows = [*named(who, Contact), *named(who, SignatureRequest), *circle_of(who)]
    texts = mentions_of(who.words)
    promises = promises_about(who)
    advised = _advised(who)
    ids = {row.agreement_id for row in rows} | {one for _row, one in texts}
    ids |= {one.subject_id for _key, one in promises}
    titles = titles_of(ids | {row.id for row in advised})
    return [
        *(_record(row, titles) for row in rows),
        *(_text_record(row, agreement_id, who.words, titles) for row, agreement_id in texts),
        *(
            PersonRecord(key, one.kind, one.id, one.values, titles.get(one.subject_id, ""))
            for key, one in promises
        ),
        *(
            PersonRecord(PEOPLE, "agreement", row.id, {}, row.title, row.created_at, ((_ROLE, _ADVISER),))
            for row in advised
        ),
    ]


def promises_about(who: PersonKey) -> list[tuple[str, obligations.Mention]]:
    """Deadlines and meetings about a person, each with its category."""
    return [
        *((DEADLINES, one) for one in obligations.mentioning(who.words)),
        *((MEETINGS, one) for one in obligations.meetings_about(who.emails, who.words)),
    ]


def _record(row: Any, titles: dict[UUID, str]) -> PersonRecord:
    where = titles[row.agreement_id]
    if isinstance(row, Contact):
        return PersonRecord(PEOPLE, "contact", row.id, values_of(row), where)
    if isinstance(row, CIRCLE):
        kind = type(row).__tablename__.partition("_")[2]
        return PersonRecord(PEOPLE, kind, row.id, values_of(row), where)
    kept = documents.newest(row.agreement_id, SIGNED) if row.signed_at else None
    values = values_of(row) | ({"documents_stored_file.name": kept.name} if kept else {})
    files = (PersonFile(kept.name, kept.media_type, kept.content),) if kept else ()
    return PersonRecord(SIGNATURES, "signature_request", row.id, values, where, row.requested_at, files=files)


def _text_record(
    row: Any, agreement_id: UUID, words: Collection[str], titles: dict[UUID, str]
) -> PersonRecord:
    kind = type(row).__tablename__.partition("_")[2]
    return PersonRecord(TEXTS, kind, row.id, mentioning(row, words), titles.get(agreement_id, ""))


def named(who: PersonKey, model: type[Any]) -> list[Any]:
    """Rows of contacts or of signature requests with a person's address, or with the name and no address."""
    by_address = func.lower(model.email).in_(who.emails)
    return list(db.session.scalars(select(model).where(or_(by_address, _by_name_alone(model, who.words)))))


def _by_name_alone(model: type[Any], words: Collection[str]) -> Any:
    """A private person as party may have no address; nothing else would find them then."""
    if not hasattr(model, "name"):
        return false()
    return and_(model.email == "", func.lower(model.name).in_([word.lower() for word in words]))


def circle_of(who: PersonKey) -> list[Any]:
    """Receivers of reports, deputies, contacts who were asked, and addresses that mail did not reach."""
    rows = [row for model in CIRCLE for row in named(who, model)]
    proposed = select(ContactCheck).where(func.lower(ContactCheck.proposed_email).in_(who.emails))
    known = {row.id for row in rows}
    return [*rows, *(row for row in db.session.scalars(proposed) if row.id not in known)]


def _advised(who: PersonKey) -> list[Agreement]:
    query = select(Agreement).where(Agreement.adviser_id == who.account_id)
    return list(db.session.scalars(query)) if who.account_id else []


def mentions_of(words: Collection[str]) -> list[tuple[Any, UUID]]:
    """Every row with a text that mentions a person, with its agreement; contacts as free text too."""
    return [(row, agreement_id) for row, agreement_id in _candidates(words) if mentioning(row, words)]


def _candidates(words: Collection[str]) -> Iterator[tuple[Any, UUID]]:
    for row in db.session.scalars(select(Agreement).where(mentions(Agreement, words))):
        yield row, row.id
    for model in PARTS:
        for row in db.session.scalars(select(model).where(mentions(model, words))):
            yield row, row.agreement_id
    query = (
        select(ClauseRevision, Clause.agreement_id)
        .join(
            Clause, (Clause.id == ClauseRevision.clause_id) & (Clause.tenant_id == ClauseRevision.tenant_id)
        )
        .where(mentions(ClauseRevision, words))
    )
    yield from ((row.ClauseRevision, row.agreement_id) for row in db.session.execute(query))


def titles_of(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Titles of agreements, in one query."""
    query = select(Agreement.id, Agreement.title).where(Agreement.id.in_(list(ids)))
    return {row.id: row.title for row in db.session.execute(query)}
