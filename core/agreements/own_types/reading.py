"""The published versions of the tenant in scope as agreement types."""

import json
from collections.abc import Collection
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on

from core.agreements.declaration_content import Content, read_content
from core.agreements.own_types.models import Variant, VariantVersion
from core.agreements.types import AgreementType
from core.kernel.database import db
from core.kernel.scope import current_tenant_id

PREFIX: Final = "own-"


def is_own(edition: str) -> bool:
    """Whether an edition is a version of a tenant's own variant."""
    return edition.startswith(PREFIX)


def edition_of(version_id: UUID) -> str:
    """What an agreement names as its edition when it is begun from a version."""
    return f"{PREFIX}{version_id.hex}"


def find(edition: str) -> AgreementType | None:
    """A version by its edition, also when it is retired; None when the tenant in scope has none."""
    try:
        version_id = UUID(edition.removeprefix(PREFIX))
    except ValueError:
        return None
    row = db.session.get(VariantVersion, (current_tenant_id(), version_id))
    return kind_of(row) if row else None


def find_all(editions: Collection[str]) -> dict[str, AgreementType]:
    """Versions by their editions, in one query; none when no edition is a tenant's own."""
    ids = [UUID(one.removeprefix(PREFIX)) for one in editions if is_own(one)]
    if not ids:
        return {}
    rows = db.session.scalars(select(VariantVersion).where(VariantVersion.id.in_(ids)))
    return {edition_of(row.id): kind_of(row) for row in rows}


def on_offer(today: date) -> list[AgreementType]:
    """The newest version that is valid of each variant that is not retired, in one query."""
    query = (
        select(VariantVersion)
        .join(
            Variant,
            (Variant.id == VariantVersion.variant_id) & (Variant.tenant_id == VariantVersion.tenant_id),
        )
        .where(Variant.retired_at.is_(None), VariantVersion.valid_from <= today)
        .ext(distinct_on(VariantVersion.variant_id))
        .order_by(VariantVersion.variant_id, VariantVersion.number.desc())
    )
    return [kind_of(row) for row in db.session.scalars(query)]


def kind_of(version: VariantVersion) -> AgreementType:
    """A version as an agreement type: the original's key, an edition of its own."""
    kind = _read(json.dumps(version.content, sort_keys=True), version.type_key)
    return replace(kind, edition=edition_of(version.id), valid_from=version.valid_from, valid_to=None)


@lru_cache(maxsize=128)
def _read(content: str, type_key: str) -> AgreementType:
    """Keyed by the content itself, so that nothing that is kept here can belong to somebody else."""
    loaded: Content = json.loads(content)
    return read_content(loaded, type_key.partition(".")[0])
