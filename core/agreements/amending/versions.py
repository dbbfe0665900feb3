"""The versions of an agreement in force: what was new in each, why and from when, and what differs."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from core.access import service as access
from core.agreements import reach
from core.agreements.amending.models import Amendment
from core.agreements.changes import Changes, changes_between
from core.agreements.looking import looked
from core.agreements.models import Agreement, Version
from core.agreements.printing.labels import labels_in
from core.agreements.printing.reading import Reading, reading_of
from core.agreements.printing.service import PrintedFile, printed_version
from core.agreements.signing.case import Case, case_of, today, versions_in_force
from core.agreements.states import SIGNED_BY_ALL, status_of
from core.kernel.database import db
from core.kernel.errors import Conflict, NotFound


@dataclass(frozen=True)
class VersionLine:
    """One version as it is listed. `signed_by` are those whose signatures stand for it.

    `places` are where it differs from the one before; `draft_id` is the amendment that brought it.
    """

    number: int
    applies_from: date | None
    is_newest: bool
    is_by_notice: bool
    signed_by: tuple[str, ...]
    reason: str
    origin: str
    begun_by: str
    places: tuple[str, ...]
    draft_id: UUID | None


@dataclass(frozen=True)
class Versions:
    """The context of `agreements/amending/versions.html`; the newest first."""

    agreement: Agreement
    lines: tuple[VersionLine, ...]


@dataclass(frozen=True)
class OneVersion:
    """The context of `agreements/amending/version.html`."""

    agreement: Agreement
    line: VersionLine
    text: Reading


@dataclass(frozen=True)
class TwoVersions:
    """The context of `agreements/amending/compare.html`; `numbers` are those to choose from."""

    agreement: Agreement
    before: int
    after: int
    numbers: tuple[int, ...]
    changes: Changes


def versions(agreement_id: UUID) -> Versions:
    """Every version that has been in force. Raises NotFound, or Conflict for an agreement that never was."""
    agreement, found = _found(agreement_id)
    return Versions(agreement, tuple(reversed(_lines(agreement, found))))


def version(agreement_id: UUID, number: int) -> OneVersion:
    """One version to read. Raises NotFound."""
    agreement, found = _found(agreement_id)
    row, lines = _numbered(found, number), _lines(agreement, found)
    looked(agreement_id)
    text = reading_of(row.content, labels_in(row.content["language"]))
    return OneVersion(agreement, next(one for one in lines if one.number == number), text)


def version_pdf(agreement_id: UUID, number: int) -> PrintedFile:
    """The PDF of a version: the sealed one that all have signed, or one made now for what came by notice."""
    agreement, found = _found(agreement_id)
    looked(agreement_id)
    return printed_version(case_of(agreement, _numbered(found, number)))


def compare(agreement_id: UUID, before: int | None, after: int | None) -> TwoVersions:
    """What differs between two versions, the last two unless named. Raises NotFound."""
    agreement, found = _found(agreement_id)
    numbers = tuple(one.number for one in found)
    new = _numbered(found, after if after is not None else numbers[-1])
    old = _numbered(found, before if before is not None else _before(numbers, new.number))
    looked(agreement_id)
    return TwoVersions(agreement, old.number, new.number, numbers, _changes(agreement, old, new))


def _before(numbers: Iterable[int], number: int) -> int:
    return max((one for one in numbers if one < number), default=number)


def _found(agreement_id: UUID) -> tuple[Agreement, list[Version]]:
    access.require(reach.READ)
    agreement = reach.find(reach.READ, agreement_id)
    found = versions_in_force(agreement_id)
    if agreement.amends_id or not found or status_of(agreement, today()) not in SIGNED_BY_ALL:
        raise Conflict("agreement.no_versions", _("This agreement has not been in force yet."))
    return agreement, found


def _numbered(found: Iterable[Version], number: int) -> Version:
    row = next((one for one in found if one.number == number), None)
    if row is None:
        raise NotFound("agreement.no_version", _("We cannot find this version."))
    return row


def _lines(agreement: Agreement, found: list[Version]) -> list[VersionLine]:
    query = select(Amendment).where(Amendment.agreement_id == agreement.id, Amendment.number.is_not(None))
    amendments = {one.number: one for one in db.session.scalars(query)}
    names = access.names_of(one.begun_by for one in amendments.values() if one.begun_by)
    lines = []
    for place, row in enumerate(found):
        places = _changes(agreement, found[place - 1], row).headings if place else ()
        lines.append(_line(agreement, case_of(agreement, row), amendments.get(row.number), names, places))
    return [*lines[:-1], replace(lines[-1], is_newest=True)]


def _line(
    agreement: Agreement, case: Case, amendment: Amendment | None, names: Any, places: tuple[str, ...]
) -> VersionLine:
    row = case.version
    return VersionLine(
        number=row.number,
        applies_from=row.applies_from or agreement.starts_on,
        is_newest=False,
        is_by_notice=case.is_by_notice,
        signed_by=tuple(f"{one.signed_name} ({one.party_name})" for one in case.requests),
        reason=amendment.reason if amendment else "",
        origin=amendment.origin if amendment else "",
        begun_by=names.get(amendment.begun_by, "") if amendment and amendment.begun_by else "",
        places=places,
        draft_id=amendment.draft_id if amendment and not case.is_by_notice else None,
    )


def _changes(agreement: Agreement, old: Version, new: Version) -> Changes:
    """A first day that was "from signing" is the day on which it was signed, not a change."""
    first = agreement.starts_on.isoformat() if agreement.starts_on else None
    before, after = (_begun(one.content, first) for one in (old, new))
    return changes_between(before, after, labels_in(agreement.language))


def _begun(content: dict[str, Any], first: str | None) -> dict[str, Any]:
    starts = content["duration"]["starts_on"] or first
    return {**content, "duration": {**content["duration"], "starts_on": starts}}
