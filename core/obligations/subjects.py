"""Where promises were made: each room whose things make promises says which of its things one may reach."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, or_, true

from core.access import service as access
from core.obligations.models import Obligation

Within = Callable[[str], Select[Any] | None]
"""Gives the ids of a room's things that a permission reaches, or None when it reaches all of them."""

_SUBJECTS: dict[str, Within] = {}


def register(subject_kind: str, within: Within) -> None:
    """Let a room above answer for its kind of subject."""
    _SUBJECTS[subject_kind] = within


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
