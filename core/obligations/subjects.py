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

Chosen = Callable[[str, UUID | None], Select[Any]]
"""Gives the ids of a room's things of a type ("" for any) that an account answers for (None for anybody)."""

Types = Callable[[], Mapping[str, str]]
"""Gives the types of a room's things that can be chosen here, with their titles in the reader's language."""


@dataclass(frozen=True)
class Answers:
    """What a room says of its things."""

    within: Within
    chosen: Chosen
    types: Types


_SUBJECTS: dict[str, Answers] = {}


def register(subject_kind: str, within: Within, chosen: Chosen, types: Types) -> None:
    """Let a room above answer for its kind of subject."""
    _SUBJECTS[subject_kind] = Answers(within, chosen, types)


def types() -> dict[str, str]:
    """Every type of thing that promises can be filtered by."""
    return {key: title for one in _SUBJECTS.values() for key, title in one.types().items()}


def chosen(type_key: str, account_id: UUID | None) -> ColumnElement[bool]:
    """The condition on promises of things of a type, or that an account answers for."""
    conditions = [
        and_(Obligation.subject_kind == kind, Obligation.subject_id.in_(one.chosen(type_key, account_id)))
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
