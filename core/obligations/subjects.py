"""Where promises were made: each room whose things make promises says what the promises must know of them."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
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


@dataclass(frozen=True)
class Subject:
    """A thing that made promises: who is responsible for it, and the language it is written in."""

    responsible_id: UUID
    language: str


@dataclass(frozen=True)
class Contact:
    """Somebody named in a thing that made promises; ``role`` is what the thing calls the contact."""

    key: str
    name: str
    role: str
    email: str


@dataclass(frozen=True)
class Source:
    """What a room tells of its things: many subjects by one query, and the contacts of one."""

    subjects: Callable[[Collection[UUID]], dict[UUID, Subject]]
    contacts: Callable[[UUID], list[Contact]]


_SOURCES: dict[str, Source] = {}


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


def register_source(subject_kind: str, source: Source) -> None:
    """Let a room above tell who belongs to its kind of subject."""
    _SOURCES[subject_kind] = source


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


def subjects_of(rows: Iterable[Obligation]) -> dict[UUID, Subject]:
    """What made the promises, by id: one query for each kind. What is unknown is left out."""
    ids: dict[str, set[UUID]] = defaultdict(set)
    for row in rows:
        ids[row.subject_kind].add(row.subject_id)
    found: dict[UUID, Subject] = {}
    for kind, wanted in ids.items():
        if kind in _SOURCES:
            found |= _SOURCES[kind].subjects(wanted)
    return found


def contacts_of(row: Obligation) -> list[Contact]:
    """Whom to ask to a meeting: the contacts that the promise names, or all where it names none."""
    source = _SOURCES.get(row.subject_kind)
    contacts = source.contacts(row.subject_id) if source else []
    named = [one for one in contacts if one.key in row.participants]
    return named or contacts
