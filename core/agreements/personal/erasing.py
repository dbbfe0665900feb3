"""Anonymising people in agreements that are no evidence any more; the others keep their names."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from core.agreements.amending.models import RevisionRequest
from core.agreements.by_law import service as by_law
from core.agreements.by_law.models import LawAnswer
from core.agreements.models import Agreement, Contact, SignatureRequest
from core.agreements.personal import answers
from core.agreements.personal.answers import ANSWERS
from core.agreements.personal.declared import IN_FORCE, KEPT, PEOPLE, SIGNATURES, TEXTS
from core.agreements.personal.reading import CIRCLE, circle_of, mentions_of, named, promises_about
from core.agreements.printing.service import SIGNED
from core.agreements.signing.case import base_of
from core.agreements.signing.models import PaperSignature
from core.agreements.signing.paper.service import SCAN
from core.agreements.signing.providers.files import OF_SERVICE
from core.agreements.states import IN_FORCE as APPLIES
from core.agreements.states import OVER, Status, status_of
from core.documents import service as documents
from core.kernel import audit, clock
from core.kernel.database import db
from core.kernel.personal import values_of, words_in
from core.kernel.personal_texts import redact
from core.obligations import personal as obligations
from core.plugin_host.privacy import Erasure, Outcome, PersonKey
from core.tenancy.service import current_tenant

NAMED = (
    *("name", "role_title", "email", "phone", "signed_name", "signed_role", "confirmed_name"),
    *("proposed_name", "proposed_role", "proposed_email", "proposed_phone"),
)


def erase(who: PersonKey, *, dry_run: bool) -> list[Erasure]:
    """Empty a person's name and address where the agreement is no evidence, and take it out of the texts."""
    if who.is_nobody:
        return []
    people = [*named(who, Contact), *named(who, SignatureRequest), *circle_of(who)]
    texts = mentions_of(who.words)
    promises, checked = promises_about(who), answers.about(who)
    ids = {row.agreement_id for row in people} | {one for _row, one in texts}
    evidence = _evidence(ids | {one.subject_id for _key, one in promises} | _agreements_of(checked))
    places = [
        *((SIGNATURES if isinstance(row, SignatureRequest) else PEOPLE, row.agreement_id) for row in people),
        *((TEXTS, agreement_id) for _row, agreement_id in texts),
        *((key, one.subject_id) for key, one in promises),
        *((ANSWERS, row.agreement_id) for row in checked),
    ]
    if not dry_run:
        answers.erase(row for row in checked if row.agreement_id not in evidence)
        touched = ids - evidence
        _anonymise(
            [row for row in people if row.agreement_id in touched],
            [row for row, one in texts if one in touched],
            touched,
            who.words,
        )
        for agreement_id in {one.subject_id for _key, one in promises} - evidence:
            obligations.erase_in(agreement_id, who.emails, who.words)
    return [
        Erasure(key, Outcome.KEEP if stays else _outcome(key), count, IN_FORCE if stays else None)
        for (key, stays), count in sorted(Counter((key, one in evidence) for key, one in places).items())
    ]


def _agreements_of(rows: Iterable[LawAnswer]) -> set[UUID]:
    return {row.agreement_id for row in rows}


def _outcome(key: str) -> Outcome:
    return Outcome.ERASE if key == ANSWERS else Outcome.ANONYMISE


def _evidence(ids: Collection[UUID]) -> set[UUID]:
    """Those of the agreements that are out for signing, in force, or ended within the period."""
    rows = db.session.scalars(select(Agreement).where(Agreement.id.in_(list(ids))))
    return {row.id for row in rows if is_evidence(row, clock.now())}


def is_evidence(agreement: Agreement, now: datetime) -> bool:
    """Whether the names in an agreement still show who is bound."""
    if agreement.taken_up_at is not None:
        base = base_of(agreement)
        return base is not None and is_evidence(base, now)
    status = status_of(agreement, clock.local(now, current_tenant().timezone).date())
    if status is Status.SENT or status in APPLIES:
        return True
    if status not in OVER or agreement.ends_on is None:
        return False
    return agreement.ends_on > KEPT.cut_off(now).date()


def _anonymise(
    people: Iterable[Any], texts: Iterable[Any], agreement_ids: Iterable[UUID], words: Collection[str]
) -> None:
    for row in people:
        _empty(row)
    for row in texts:
        redact(row, words)
    for agreement_id in agreement_ids:
        documents.remove(agreement_id, SIGNED)
        documents.remove(agreement_id, SCAN)
        documents.remove(agreement_id, OF_SERVICE)
        audit.record("agreement.person_erased", "agreement", agreement_id, fields=["name", "email"])


def _empty(row: Any) -> None:
    for field in NAMED:
        if hasattr(row, field):
            setattr(row, field, "")


def expired(now: datetime, held: list[PersonKey], keys: list[str]) -> list[Erasure]:
    """Agreements that ended so long ago that nobody needs the names: everybody in them is anonymised."""
    kept = {email for who in held for email in who.emails}
    due = [row for row in _with_names() if not is_evidence(row, now) and _has_ended(row, now)]
    rows = [row for row in due if not (_emails_in(row.id) | obligations.emails_in(row.id)) & kept]
    if PEOPLE in keys:
        for row in rows:
            _anonymise_whole(row)
    return [Erasure(PEOPLE, Outcome.ANONYMISE, len(rows))] if rows else []


def _has_ended(agreement: Agreement, now: datetime) -> bool:
    lasting = base_of(agreement) if agreement.taken_up_at is not None else agreement
    ends_on = lasting.ends_on if lasting is not None else None
    return ends_on is not None and ends_on <= KEPT.cut_off(now).date()


def _with_names() -> list[Agreement]:
    """Agreements in force once, in which somebody is still named."""
    query = select(Agreement).where(
        Agreement.activated_at.is_not(None),
        or_(Agreement.ends_on.is_not(None), Agreement.taken_up_at.is_not(None)),
        or_(
            Agreement.id.in_(select(Contact.agreement_id).where(Contact.name != "")),
            Agreement.id.in_(select(SignatureRequest.agreement_id).where(SignatureRequest.name != "")),
            Agreement.id.in_(select(RevisionRequest.agreement_id).where(RevisionRequest.name != "")),
        ),
    )
    return list(db.session.scalars(query))


def _people_in(agreement_id: UUID) -> list[Any]:
    models: tuple[type[Any], ...] = (Contact, SignatureRequest, RevisionRequest, *CIRCLE)
    return [
        row
        for model in models
        for row in db.session.scalars(select(model).where(model.agreement_id == agreement_id))
    ]


def _on_paper(agreement_id: UUID) -> list[Any]:
    return list(db.session.scalars(select(PaperSignature).where(PaperSignature.agreement_id == agreement_id)))


def _emails_in(agreement_id: UUID) -> set[str]:
    return {row.email.casefold() for row in _people_in(agreement_id) if getattr(row, "email", "")}


def _anonymise_whole(agreement: Agreement) -> None:
    people = [*_people_in(agreement.id), *_on_paper(agreement.id)]
    words = frozenset().union(*(words_in(values_of(row)) for row in people))
    texts = [row for row, agreement_id in mentions_of(words) if agreement_id == agreement.id]
    by_law.forget(agreement.id)
    obligations.anonymise_in(agreement.id)
    obligations.erase_in(agreement.id, _emails_in(agreement.id), words)
    _anonymise(people, texts, [agreement.id], words)
