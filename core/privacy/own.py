"""What privacy itself keeps about people: inquiries, exports and holds."""

from datetime import datetime

from sqlalchemy import ColumnElement, or_, select

from core.documents import service as documents
from core.kernel import clock
from core.kernel.database import db
from core.kernel.personal import values_of
from core.kernel.personal_texts import mentions, redact
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
from core.privacy.models import ErasureRun, Export, Hold, Inquiry

INQUIRIES, HANDED_OUT = "privacy.inquiries", "privacy.exports"
FILE = "privacy-export"
"""The purpose of the file that an export makes."""
_NAME = Wording(nb="Navn", da="Navn", en="Name")
_EMAIL = Wording(nb="E-postadresse", da="E-mailadresse", en="E-mail address")
_REASON = Wording(nb="Grunn", da="Grund", en="Reason")
_BASIS = Wording(
    nb="Rettslig plikt: rettighetene til den registrerte (GDPR artikkel 6 nr. 1 c og kapittel III)",
    da="Retlig forpligtelse: den registreredes rettigheder (GDPR artikel 6, stk. 1, litra c, og kapitel III)",
    en="Legal obligation: rights of the data subject (GDPR article 6(1)(c) and chapter III)",
)
_WHOEVER = Wording(
    nb="De som ber om innsyn eller sletting", da="De, der beder om indsigt eller sletning", en="Those who ask"
)


def declared() -> list[PersonalData]:
    """Inquiries with their holds and erasures, and what was handed out."""
    return [_inquiries(), _handed_out()]


def _inquiries() -> PersonalData:
    columns = [
        PersonalColumn(f"privacy_{table}.{column}", label)
        for table in ("inquiry", "hold")
        for column, label in (("email", _EMAIL), ("name", _NAME))
    ]
    return PersonalData(
        key=INQUIRIES,
        title=Wording(nb="Innsyn og sletting", da="Indsigt og sletning", en="Inquiries and erasures"),
        about=_WHOEVER,
        purpose=Wording(
            nb="Gi innsyn, slette, og kunne vise at det er gjort",
            da="Give indsigt, slette og kunne vise, at det er gjort",
            en="Giving access, erasing, and being able to show that it was done",
        ),
        legal_basis=_BASIS,
        retention=Retention(
            Wording(nb="noen så etter", da="nogen så efter", en="somebody looked"), months=12
        ),
        outcome=Outcome.ANONYMISE,
        automatic=True,
        columns=(
            *columns,
            PersonalColumn("privacy_hold.reason", _REASON),
            PersonalColumn("privacy_erasure.reason", _REASON),
        ),
    )


def _handed_out() -> PersonalData:
    return PersonalData(
        key=HANDED_OUT,
        title=Wording(
            nb="Utleverte opplysninger", da="Udleverede oplysninger", en="Exports of a person's data"
        ),
        about=_WHOEVER,
        purpose=Wording(
            nb="La den registrerte få sine opplysninger",
            da="Lade den registrerede få sine oplysninger",
            en="Letting people have their data",
        ),
        legal_basis=_BASIS,
        retention=Retention(
            Wording(nb="filen ble laget", da="filen blev lavet", en="the file was made"), days=7
        ),
        outcome=Outcome.ERASE,
        automatic=True,
        columns=(),
    )


def export(who: PersonKey) -> list[PersonRecord]:
    """That somebody looked, and why data are held back."""
    return [
        PersonRecord(INQUIRIES, kind, row.id, values_of(row))
        for kind, rows in (("inquiry", _inquiries_of(who)), ("hold", _holds_of(who)))
        for row in rows
    ]


def erase(who: PersonKey, *, dry_run: bool) -> list[Erasure]:
    """Empty inquiries and holds of the person, and remove what was handed out."""
    inquiries: list[Inquiry] = _inquiries_of(who)
    held: list[Hold] = _holds_of(who)
    exports = _exports_of(inquiries)
    if not dry_run:
        for inquiry in inquiries:
            _empty(inquiry)
        for hold in held:
            _empty(hold)
        for run in db.session.scalars(select(ErasureRun).where(mentions(ErasureRun, who.words))):
            redact(run, who.words)
        _remove(exports)
    done = [
        Erasure(INQUIRIES, Outcome.ANONYMISE, len(inquiries) + len(held)),
        Erasure(HANDED_OUT, Outcome.ERASE, len(exports)),
    ]
    return [one for one in done if one.count]


def expired(now: datetime, keys: list[str]) -> list[Erasure]:
    """Inquiries of a year ago, and files that were made a week ago."""
    old = _inquiries().retention.cut_off(now)
    inquiries = list(
        db.session.scalars(
            select(Inquiry).where(Inquiry.opened_at <= old, or_(Inquiry.email != "", Inquiry.name != ""))
        )
    )
    exports = list(
        db.session.scalars(
            select(Export).where(
                Export.made_at <= _handed_out().retention.cut_off(now), Export.file_id.is_not(None)
            )
        )
    )
    if INQUIRIES in keys:
        for row in inquiries:
            _empty(row)
    if HANDED_OUT in keys:
        _remove(exports)
    done = [
        Erasure(INQUIRIES, Outcome.ANONYMISE, len(inquiries)),
        Erasure(HANDED_OUT, Outcome.ERASE, len(exports)),
    ]
    return [one for one in done if one.count]


def _inquiries_of(who: PersonKey) -> list[Inquiry]:
    return list(db.session.scalars(select(Inquiry).where(_is_about(Inquiry, who))))


def _holds_of(who: PersonKey) -> list[Hold]:
    return list(db.session.scalars(select(Hold).where(_is_about(Hold, who))))


def _is_about(model: type[Inquiry] | type[Hold], who: PersonKey) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [model.email.in_(who.emails)]
    if who.account_id is not None:
        conditions.append(model.account_id == who.account_id)
    if who.person_id is not None:
        conditions.append(model.person_id == who.person_id)
    return or_(*conditions)


def _exports_of(inquiries: list[Inquiry]) -> list[Export]:
    query = select(Export).where(
        Export.inquiry_id.in_([row.id for row in inquiries]), Export.file_id.is_not(None)
    )
    return list(db.session.scalars(query))


def _empty(row: Inquiry | Hold) -> None:
    row.email = row.name = ""
    row.account_id = row.person_id = None
    if isinstance(row, Hold):
        row.reason = ""
        row.lifted_at = row.lifted_at or clock.now()


def _remove(exports: list[Export]) -> None:
    for row in exports:
        documents.remove(row.id, FILE)
        row.file_id = None
