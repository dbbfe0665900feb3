"""One agreement as it reads, and the unit it belongs to."""

from dataclasses import dataclass
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from core.access import service as access
from core.agreements import parts as agreement_parts
from core.agreements import reach
from core.agreements.annexes.start import start_of
from core.agreements.by_law import service as by_law
from core.agreements.catalogue import title_of
from core.agreements.content import resolved
from core.agreements.drafts.completeness import facts_of
from core.agreements.models import Agreement, SignatureRequest, Version
from core.agreements.parts import Parts
from core.agreements.printing.labels import labels_in
from core.agreements.printing.reading import Reading as AgreementText
from core.agreements.printing.reading import reading_of
from core.agreements.signing.case import newest_version
from core.agreements.states import EDITABLE, Status, status_of
from core.kernel import audit, clock
from core.kernel.database import db
from core.kernel.errors import Conflict, Invalid
from core.kernel.unit_of_work import unit_of_work
from core.tenancy.kinds import host
from core.tenancy.service import current_tenant
from core.tenancy.units import UnitCard, open_units_among, units
from core.web.languages import current_language

READ, WRITE = "agreement:read", "agreement:write"


@dataclass(frozen=True)
class Reading:
    """One agreement: the text as it stands or as it was sent, and what people usually do next.

    ``unavailable`` names plugins whose advice could not be shown. ``is_checked`` says whether answers of the
    rules of law are kept about it.
    """

    agreement: Agreement
    status: Status
    type_title: str
    adviser: str
    text: AgreementText
    next_steps: list[str]
    unavailable: list[str]
    may_write: bool
    units: list[UnitCard]
    unit: UnitCard | None
    is_checked: bool

    @property
    def taken_up_by(self) -> UUID | None:
        """The agreement that has taken up what this one changed."""
        return self.agreement.amends_id if self.agreement.taken_up_at is not None else None


def read(agreement_id: UUID) -> Reading:
    """An agreement of the tenant in scope.

    Raises NotFound; and Conflict for a draft whose type is not available. What was sent can always be read.
    """
    access.require(READ)
    agreement = reach.find(READ, agreement_id)
    status = status_of(agreement, clock.today(current_tenant().timezone))
    version = newest_version(agreement_id) if status not in EDITABLE else None
    parts = agreement_parts.load(agreement_id) if version is None else _parts_if_known(agreement_id)
    steps, unavailable = _next_steps(parts)
    known = units(closed=True)
    return Reading(
        agreement,
        status,
        parts.kind.title.in_language(current_language())
        if parts
        else title_of(agreement.type_key, current_language()),
        access.names_of([agreement.adviser_id]).get(agreement.adviser_id, ""),
        _text(agreement, version, parts),
        steps,
        unavailable,
        may_write=reach.may("agreement:write", agreement),
        units=[one for one in known if one.is_open or one.id == agreement.unit_id],
        unit=next((one for one in known if one.id == agreement.unit_id), None),
        is_checked=by_law.has_answers(agreement),
    )


def with_requests(agreement_id: UUID) -> tuple[str, list[UUID]]:
    """The title of an agreement with the ids of all its requests to sign. Raises NotFound."""
    access.require(READ)
    agreement = reach.find(READ, agreement_id)
    query = select(SignatureRequest.id).where(SignatureRequest.agreement_id == agreement_id)
    return agreement.title, list(db.session.scalars(query))


def put_in_unit(agreement_id: UUID, unit_id: UUID | None) -> None:
    """Let an agreement belong to a unit, whose people then find it, or to none. Raises Invalid."""
    access.require(WRITE)
    with unit_of_work():
        agreement = reach.find(WRITE, agreement_id, lock=True)
        if agreement.unit_id == unit_id:
            return
        if unit_id is not None and not open_units_among([unit_id]):
            wrong = _("Choose one of the units on the page.")
            raise Invalid("agreement.unknown_unit", wrong, {"unit_id": wrong})
        agreement.unit_id = unit_id
        for amendment in db.session.scalars(select(Agreement).where(Agreement.amends_id == agreement_id)):
            amendment.unit_id = unit_id
        audit.record("agreement.put_in_unit", "agreement", agreement.id, fields=["unit_id"])


def _parts_if_known(agreement_id: UUID) -> Parts | None:
    try:
        return agreement_parts.load(agreement_id)
    except Conflict:
        return None


def _text(agreement: Agreement, version: Version | None, parts: Parts | None) -> AgreementText:
    labels = labels_in(agreement.language)
    if version is not None:
        return reading_of(version.content, labels, start=start_of(agreement.starts_on))
    draft = parts or agreement_parts.load(agreement.id)
    open_fields = {one.key: one.label for one in draft.text.placeholders}
    return reading_of(resolved(draft), labels, open_fields, start_of(agreement.starts_on))


def _next_steps(parts: Parts | None) -> tuple[list[str], list[str]]:
    if parts is None:
        return [], []
    steps, unavailable = [], []
    for contribution in host().collect("slot_next_steps", facts=facts_of(parts)):
        if contribution.error:
            unavailable.append(host().manifests[contribution.plugin].title.in_language(current_language()))
        else:
            steps += [wording.in_language(current_language()) for wording in contribution.value]
    return steps, unavailable
