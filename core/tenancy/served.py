"""The places that a tenant serves beside its own: a service between several municipalities."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from core.kernel import audit, clock
from core.kernel.database import db
from core.kernel.errors import Conflict, Invalid, NotFound
from core.kernel.ids import new_id
from core.kernel.scope import current_tenant_id
from core.kernel.sorting import nordic_sort_key
from core.kernel.unit_of_work import unit_of_work
from core.plugin_host.declarations import (
    OfficialPlace,
    TenantKind,
)
from core.tenancy.kinds import all_kinds, kind_of
from core.tenancy.models import ServedPlace
from core.tenancy.service import current_tenant, hold_current_tenant


@dataclass(frozen=True)
class Served:
    """A place that the tenant serves; ``name`` is "" when its list no longer has it."""

    id: UUID
    kind: str
    code: str
    name: str
    served_from: date
    served_until: date | None


def servable_kinds() -> list[TenantKind]:
    """Kinds of the tenant's country whose places it may serve: those that are not parts of others."""
    country = current_tenant().country
    return [kind for kind in all_kinds() if kind.country == country and kind.district is None]


def served_places() -> list[Served]:
    """The places that the tenant in scope serves or has served, those of today first, by name."""
    today, language = clock.today(current_tenant().timezone), current_tenant().language
    found = [_served(row) for row in db.session.scalars(select(ServedPlace))]
    return sorted(
        found,
        key=lambda one: (
            one.served_until is not None and one.served_until < today,
            nordic_sort_key(one.name, language),
            one.served_from,
        ),
    )


def _served(row: ServedPlace) -> Served:
    name = official_name(row.kind, row.place_code)
    return Served(row.id, row.kind, row.place_code, name, row.served_from, row.served_until)


def official_name(kind_key: str, code: str) -> str:
    """What a place of an official list is called; "" when the list no longer has it."""
    place = _official(kind_key, code)
    return (place.full_name or place.name) if place else ""


def _official(kind_key: str, code: str) -> OfficialPlace | None:
    kind = kind_of(kind_key)
    return kind.place(code) if kind else None


def serve(kind: str, code: str, served_from: date, served_until: date | None = None) -> None:
    """Say that the tenant serves a place of an official list from a day; several tenants may serve one place.

    Raises Invalid for a place that is not on a list, for days that do not follow, and when it is served then.
    """
    if kind not in {one.key for one in servable_kinds()} or _official(kind, code) is None:
        wrong = _("Choose a place from the list.")
        raise Invalid("served_place.unknown", wrong, {"place": wrong})
    if served_until is not None and served_until < served_from:
        wrong = _("The last day must not come before the first.")
        raise Invalid("served_place.days", wrong, {"served_until": wrong})
    with unit_of_work():
        hold_current_tenant()
        same = select(ServedPlace).where(ServedPlace.kind == kind, ServedPlace.place_code == code)
        if any(_overlap(row, served_from, served_until) for row in db.session.scalars(same)):
            wrong = _("You serve this place in that time already.")
            raise Invalid("served_place.known", wrong, {"place": wrong})
        row = ServedPlace(
            id=new_id(), kind=kind, place_code=code, served_from=served_from, served_until=served_until
        )
        db.session.add(row)
        audit.record("served_place.added", "served_place", row.id, fields=["place_code", "served_from"])


def _overlap(row: ServedPlace, first: date, last: date | None) -> bool:
    begins_in_time = last is None or row.served_from <= last
    return begins_in_time and (row.served_until is None or row.served_until >= first)


def serve_until(served_id: UUID, last: date) -> None:
    """Say until which day a place is served. Raises NotFound, Conflict when it has ended, and Invalid."""
    with unit_of_work():
        row = db.session.get(ServedPlace, (current_tenant_id(), served_id), with_for_update=True)
        if row is None:
            raise NotFound("served_place.not_found", _("We cannot find this place among those you serve."))
        if row.served_until is not None:
            raise Conflict("served_place.ended", _("The last day of this place has been set already."))
        if last < row.served_from:
            wrong = _("The last day must not come before the first.")
            raise Invalid("served_place.days", wrong, {"served_until": wrong})
        row.served_until = last
        audit.record("served_place.ended", "served_place", row.id, fields=["served_until"])
