"""Views of the list that people keep: their own, and those shared with everybody in the tenant."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, func, select

from core.access import service as access
from core.agreements import reach
from core.agreements.finding.models import SavedView
from core.kernel import audit
from core.kernel.database import db
from core.kernel.errors import Conflict, Invalid, NotFound, Refused
from core.kernel.ids import new_id
from core.kernel.sorting import nordic_sort_key
from core.kernel.unit_of_work import unit_of_work
from core.web.languages import current_language

READ: Final = reach.READ
SHARE: Final = "tenant:manage"
MOST: Final = 30
"""Of one person's own: more would be no help."""


@dataclass(frozen=True)
class View:
    """One saved view as it is listed; ``may_change`` for its owner and, when shared, for who may share."""

    id: UUID
    name: str
    address: str
    is_shared: bool
    may_change: bool


def views() -> list[View]:
    """The member's own and the shared ones, by name."""
    member, language = access.require(READ), current_language()
    rows = db.session.scalars(select(SavedView).where(_seen_by(member)))
    found = [
        View(row.id, row.name, urlencode(row.asked, doseq=True), row.is_shared, _may_change(row, member))
        for row in rows
    ]
    return sorted(found, key=lambda one: (nordic_sort_key(one.name, language), one.name, one.id))


def may_share() -> bool:
    """Whether the member may share a view with everybody."""
    return access.decide(SHARE).allowed


def save(name: str, asked: Mapping[str, Any], *, shared: bool) -> UUID:
    """Keep a selection under a name. Raises Invalid for a name in use, Refused, or Conflict for too many."""
    member = access.require(READ)
    if shared:
        access.require(SHARE)
    with unit_of_work():
        _refuse_one_too_many(member)
        _refuse_known_name(name, member)
        row = SavedView(id=new_id(), account_id=member.account_id, name=name, asked=dict(asked))
        row.is_shared = shared
        db.session.add(row)
        audit.record("saved_view.saved", "saved_view", row.id, fields=["name"])
    return row.id


def changeable(view_id: UUID) -> None:
    """Raise NotFound or Refused unless the member may change a view."""
    _held(view_id, access.require(READ))


def rename(view_id: UUID, name: str) -> None:
    """Call a view something else. Raises NotFound, Refused, or Invalid for a name in use."""
    member = access.require(READ)
    with unit_of_work():
        row = _held(view_id, member)
        if row.name == name:
            return
        _refuse_known_name(name, member, but=row.id)
        row.name = name
        audit.record("saved_view.renamed", "saved_view", row.id, fields=["name"])


def delete(view_id: UUID) -> None:
    """Take a view away. Raises NotFound or Refused."""
    member = access.require(READ)
    with unit_of_work():
        row = _held(view_id, member)
        db.session.delete(row)
        audit.record("saved_view.deleted", "saved_view", row.id)


def names_of(ids: Collection[UUID]) -> Mapping[UUID, str]:
    """Names for the log, of the views that the reader sees."""
    member = access.current_member()
    if member is None:
        return {}
    query = select(SavedView.id, SavedView.name).where(SavedView.id.in_(ids), _seen_by(member))
    return {row.id: row.name for row in db.session.execute(query)}


def _seen_by(member: access.Member) -> ColumnElement[bool]:
    return (SavedView.account_id == member.account_id) | SavedView.is_shared


def _may_change(row: SavedView, member: access.Member) -> bool:
    return row.account_id == member.account_id or (row.is_shared and may_share())


def _held(view_id: UUID, member: access.Member) -> SavedView:
    query = select(SavedView).where(SavedView.id == view_id, _seen_by(member)).with_for_update()
    row = db.session.scalar(query)
    if row is None:
        raise NotFound("saved_view.not_found", _("We cannot find this view."))
    if not _may_change(row, member):
        raise Refused(
            "saved_view.not_yours",
            _("This view is shared. Whoever saved it, or an administrator, can change it."),
        )
    return row


def _refuse_known_name(name: str, member: access.Member, *, but: UUID | None = None) -> None:
    known = db.session.execute(select(SavedView.id, SavedView.name).where(_seen_by(member)))
    if any(row.name.casefold() == name.casefold() and row.id != but for row in known):
        wrong = _("There is a view with this name. Choose another one.")
        raise Invalid("saved_view.known_name", wrong, {"name": wrong})


def _refuse_one_too_many(member: access.Member) -> None:
    query = select(func.count(SavedView.id)).where(SavedView.account_id == member.account_id)
    if (db.session.scalar(query) or 0) >= MOST:
        raise Conflict(
            "saved_view.too_many",
            _("You have as many views as one can keep. Delete one that you no longer use."),
        )
