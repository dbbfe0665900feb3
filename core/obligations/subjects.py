"""Where promises were made: each room whose things make promises says which of its things one may reach."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, or_, true

from core.access import service as access
from core.obligations.models import Obligation

Within = Callable[[str], Select[Any] | None]
"""Gives the ids of a room's things that a permission reaches, or None when it reaches all of them."""


@dataclass(frozen=True)
class Selection:
    """Which promises are wanted: of one thing, of a person's things, or of a unit's; of all by itself."""

    subject_id: UUID | None = None
    account_id: UUID | None = None
    unit_id: UUID | None = None


Belonging = Callable[[Selection], Select[Any]]
"""Gives the ids of a room's things that belong to the person and the unit of a selection."""

_SUBJECTS: dict[str, Within] = {}
_BELONGING: dict[str, Belonging] = {}


def register(subject_kind: str, within: Within, belonging: Belonging) -> None:
    """Let a room above answer for its kind of subject."""
    _SUBJECTS[subject_kind] = within
    _BELONGING[subject_kind] = belonging


def chosen(selection: Selection) -> ColumnElement[bool]:
    """The condition on promises that a selection makes; it says nothing of what one may see."""
    if selection.subject_id is not None:
        return Obligation.subject_id == selection.subject_id
    if selection.account_id is None and selection.unit_id is None:
        return true()
    conditions = [
        and_(Obligation.subject_kind == kind, Obligation.subject_id.in_(ids(selection)))
        for kind, ids in _BELONGING.items()
    ]
    return or_(false(), *conditions)


def within(permission: str) -> ColumnElement[bool]:
    """The condition on promises that a permission reaches for the signed-in member."""
    if access.reach(permission).is_everything:
        return true()
    found = {kind: ids_within(permission) for kind, ids_within in _SUBJECTS.items()}
    conditions = [
        and_(Obligation.subject_kind == kind, true() if ids is None else Obligation.subject_id.in_(ids))
        for kind, ids in found.items()
    ]
    return or_(false(), *conditions)
