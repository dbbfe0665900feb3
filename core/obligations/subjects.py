"""Where promises were made: each room whose things make promises says what the promises must know of them."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, or_, true

from core.access import service as access
from core.obligations.models import Obligation

Within = Callable[[str], Select[Any] | None]
"""Gives the ids of a room's things that a permission reaches, or None when it reaches all of them."""


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


_SUBJECTS: dict[str, Within] = {}
_SOURCES: dict[str, Source] = {}


def register(subject_kind: str, within: Within) -> None:
    """Let a room above answer for its kind of subject."""
    _SUBJECTS[subject_kind] = within


def register_source(subject_kind: str, source: Source) -> None:
    """Let a room above tell who belongs to its kind of subject."""
    _SOURCES[subject_kind] = source


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
