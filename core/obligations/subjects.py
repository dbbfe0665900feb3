"""Where promises were made: each room whose things make promises says which of its things one may reach."""

from collections.abc import Callable, Mapping
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
    """Which promises are wanted: of one thing, or of a person's, a unit's or a type's things; else all."""

    subject_id: UUID | None = None
    account_id: UUID | None = None
    unit_id: UUID | None = None
    type_key: str = ""

    @property
    def narrows(self) -> bool:
        """Whether it leaves any room's things out."""
        return self.account_id is not None or self.unit_id is not None or bool(self.type_key)


Belonging = Callable[[Selection], Select[Any]]
"""Gives the ids of a room's things that belong to the person, the unit and the type of a selection."""

Types = Callable[[], Mapping[str, str]]
"""Gives the types of a room's things that can be chosen here, with their titles in the reader's language."""


@dataclass(frozen=True)
class Answers:
    """What a room says of its things."""

    within: Within
    belonging: Belonging
    types: Types


_SUBJECTS: dict[str, Answers] = {}


def register(subject_kind: str, within: Within, belonging: Belonging, types: Types) -> None:
    """Let a room above answer for its kind of subject."""
    _SUBJECTS[subject_kind] = Answers(within, belonging, types)


def types() -> dict[str, str]:
    """Every type of thing that promises can be filtered by."""
    return {key: title for one in _SUBJECTS.values() for key, title in one.types().items()}


def chosen(selection: Selection) -> ColumnElement[bool]:
    """The condition on promises that a selection makes; it says nothing of what one may see."""
    if selection.subject_id is not None:
        return Obligation.subject_id == selection.subject_id
    if not selection.narrows:
        return true()
    conditions = [
        and_(Obligation.subject_kind == kind, Obligation.subject_id.in_(one.belonging(selection)))
        for kind, one in _SUBJECTS.items()
    ]
    return or_(false(), *conditions)


def within(permission: str) -> ColumnElement[bool]:
    """The condition on promises that a permission reaches for the signed-in member."""
    if access.reach(permission).is_everything:
        return true()
    found = {kind: one.within(permission) for kind, one in _SUBJECTS.items()}
    conditions = [
        and_(Obligation.subject_kind == kind, true() if ids is None else Obligation.subject_id.in_(ids))
        for kind, ids in found.items()
    ]
    return or_(false(), *conditions)
