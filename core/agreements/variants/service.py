"""The verbs of variants: copied from a type, edited, published, retired."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select

from core.access import service as access
from core.agreements.catalogue import all_types, newest_editions
from core.agreements.declaration_content import Content, ContentError, content_of, read_content
from core.agreements.own_types.models import Variant, VariantVersion
from core.agreements.types import AgreementType
from core.agreements.variants.editing import named
from core.agreements.variants.states import State, state_of
from core.kernel import audit, clock
from core.kernel.database import db
from core.kernel.errors import Conflict, Invalid, NotFound
from core.kernel.ids import new_id
from core.kernel.scope import current_tenant_id
from core.kernel.unit_of_work import unit_of_work
from core.tenancy.kinds import host
from core.tenancy.service import current_tenant

MANAGE: Final = "tenant:manage"
SUBJECT: Final = "variant"
MOST: Final = 200


@dataclass(frozen=True)
class Card:
    """A variant in the list. ``version`` is the newest one published, 0 for none."""

    variant: Variant
    version: int
    state: State
    has_newer: bool


@dataclass(frozen=True)
class Opened:
    """A variant with its versions, the newest first."""

    variant: Variant
    kind: AgreementType
    versions: list[VariantVersion]
    state: State
    newer: AgreementType | None

    @property
    def is_changed(self) -> bool:
        """Whether something has been edited since it was last published."""
        return not self.versions or self.versions[0].content != self.variant.content

    @property
    def next_number(self) -> int:
        """The number of the version that would be published now."""
        return self.versions[0].number + 1 if self.versions else 1


def today() -> date:
    """The tenant's day."""
    return clock.today(current_tenant().timezone)


def originals() -> list[AgreementType]:
    """The types that can be copied: the newest valid edition of each that the tenant has on."""
    access.require(MANAGE)
    on, newest = host().in_force(), newest_editions(today())
    return [newest[key] for key in sorted(newest) if newest[key].plugin in on]


def editions(type_key: str) -> list[AgreementType]:
    """Every edition of a type that the tenant has on, the newest first, also those not valid yet."""
    access.require(MANAGE)
    on = host().in_force()
    found = [kind for kind in all_types() if kind.key == type_key and kind.plugin in on]
    return sorted(found, key=lambda kind: (kind.valid_from, kind.edition), reverse=True)


def variants() -> list[Card]:
    """Every variant of the tenant, by name, with two queries."""
    access.require(MANAGE)
    rows = list(db.session.scalars(select(Variant).order_by(Variant.name, Variant.id).limit(MOST)))
    query = (
        select(
            VariantVersion.variant_id, func.max(VariantVersion.number), func.min(VariantVersion.valid_from)
        )
        .where(VariantVersion.variant_id.in_([row.id for row in rows]))
        .group_by(VariantVersion.variant_id)
    )
    published = {one: (number, begins) for one, number, begins in db.session.execute(query)}
    newest = newest_editions(today())
    cards = []
    for row in rows:
        number, begins = published.get(row.id, (0, None))
        state = state_of(row.retired_at, begins, today())
        cards.append(Card(row, number, state, _is_newer(newest.get(row.type_key), row)))
    return cards


def _is_newer(kind: AgreementType | None, variant: Variant) -> bool:
    return kind is not None and kind.edition != variant.base_edition


def copy(type_key: str, name: str) -> UUID:
    """Copy a type; gives the id of the draft. Raises Invalid for a type that cannot be copied."""
    access.require(MANAGE)
    kind = next((one for one in originals() if one.key == type_key), None)
    if kind is None:
        message = _("Choose one of the agreements on the page.")
        raise Invalid("variant.unknown_type", message, {"type_key": message})
    base = content_of(kind)
    summary = kind.summary.in_language(current_tenant().language)
    content = named(base, name, summary, {})
    with unit_of_work():
        row = Variant(
            id=new_id(),
            type_key=kind.key,
            name=name,
            content=content,
            base_edition=kind.edition,
            base=base,
        )
        db.session.add(row)
        db.session.flush()
        audit.record("variant.copied", SUBJECT, row.id, fields=["type_key", "name"])
    return row.id


def find(variant_id: UUID, *, lock: bool = False) -> Variant:
    """A variant of the tenant in scope. Raises NotFound, Refused."""
    access.require(MANAGE)
    key = (current_tenant_id(), variant_id)
    found = db.session.get(Variant, key, with_for_update=True if lock else None, populate_existing=lock)
    if found is None:
        raise NotFound("variant.not_found", _("We cannot find this type of agreement."))
    return found


def opened(variant_id: UUID) -> Opened:
    """A variant as it is edited, with its versions."""
    row = find(variant_id)
    query = select(VariantVersion).where(VariantVersion.variant_id == row.id)
    versions = list(db.session.scalars(query.order_by(VariantVersion.number.desc())))
    kind = newest_editions(today()).get(row.type_key)
    begins = min((one.valid_from for one in versions), default=None)
    return Opened(
        row,
        kind_of(row),
        versions,
        state_of(row.retired_at, begins, today()),
        kind if _is_newer(kind, row) else None,
    )


def kind_of(variant: Variant) -> AgreementType:
    """A variant as it stands now, as an agreement type."""
    return read_content(variant.content, variant.type_key.partition(".")[0])


def version(variant_id: UUID, number: int) -> VariantVersion:
    """One version of a variant. Raises NotFound."""
    find(variant_id)
    query = select(VariantVersion).where(
        VariantVersion.variant_id == variant_id, VariantVersion.number == number
    )
    found = db.session.scalar(query)
    if found is None:
        raise NotFound("variant.no_version", _("We cannot find this version."))
    return found


def edit(
    variant_id: UUID, action: str, field: str, change: Callable[[Content], Content], *, name: str = ""
) -> None:
    """Change a variant's content, checked as the files of a type are.

    Raises NotFound for a thing it has not, Invalid when the content could not be used, Conflict when retired.
    """
    with unit_of_work():
        row = find(variant_id, lock=True)
        _refuse_retired(row)
        content = _changed(row.content, change)
        _check(content, row)
        row.content, row.changed_at = content, clock.now()
        row.name = name or row.name
        audit.record(action, SUBJECT, row.id, fields=[field])


def _refuse_retired(variant: Variant) -> None:
    if variant.retired_at is not None:
        raise Conflict(
            "variant.retired", _("This type is retired. Take it into use again before you edit it.")
        )


def _changed(content: Content, change: Callable[[Content], Content]) -> Content:
    try:
        return change(content)
    except KeyError as error:
        raise NotFound("variant.no_part", _("We cannot find this part of the agreement.")) from error


def _check(content: Content, variant: Variant) -> None:
    try:
        read_content(content, variant.type_key.partition(".")[0])
    except ContentError as error:
        raise Invalid(
            "variant.unusable",
            _("This cannot be saved, because the agreement would not hang together: %(why)s")
            % {"why": error.problems[0]},
        ) from error


def rebase(
    variant_id: UUID, kind: AgreementType, change: Callable[[Content, Content, Content], Content]
) -> None:
    """Take in what a newer edition changes; from now on the variant is compared with that edition."""
    base = content_of(kind)
    with unit_of_work():
        row = find(variant_id, lock=True)
        _refuse_retired(row)
        content = change(row.base, base, row.content)
        _check(content, row)
        row.content, row.base, row.base_edition = content, base, kind.edition
        row.changed_at = clock.now()
        audit.record("variant.rebased", SUBJECT, row.id, fields=["base_edition"])


def publish(variant_id: UUID, valid_from: date | None) -> int:
    """Freeze what stands as the next version, for new agreements from a day; gives its number.

    Raises Conflict when nothing has changed, Invalid for a day before the version that it replaces.
    """
    member = access.require(MANAGE)
    begins = valid_from or today()
    with unit_of_work():
        find(variant_id, lock=True)
        now = opened(variant_id)
        _refuse_retired(now.variant)
        if not now.is_changed:
            raise Conflict("variant.unchanged", _("Nothing has been changed since it was last published."))
        if now.versions and begins < now.versions[0].valid_from:
            wrong = _("The day must not come before the first day of the version that is replaced.")
            raise Invalid("variant.valid_from", wrong, {"valid_from": wrong})
        _check(now.variant.content, now.variant)
        db.session.add(
            VariantVersion(
                id=new_id(),
                variant_id=variant_id,
                number=now.next_number,
                type_key=now.variant.type_key,
                content=now.variant.content,
                valid_from=begins,
                published_by=member.account_id,
            )
        )
        audit.record("variant.published", SUBJECT, variant_id, fields=["valid_from"])
    return now.next_number


def retire(variant_id: UUID) -> None:
    """Begin no new agreements from a variant; those that were begun are as they were."""
    with unit_of_work():
        row = find(variant_id, lock=True)
        if row.retired_at is None:
            row.retired_at = clock.now()
            audit.record("variant.retired", SUBJECT, row.id)


def resume(variant_id: UUID) -> None:
    """Take a retired variant into use again."""
    with unit_of_work():
        row = find(variant_id, lock=True)
        if row.retired_at is not None:
            row.retired_at = None
            audit.record("variant.resumed", SUBJECT, row.id)
