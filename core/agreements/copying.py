"""Copying what stands in one agreement into another: the renewal and the new draft begin so."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import inspect

from core.agreements.models import Clause, Contact, Party, Value
from core.agreements.parts import Parts
from core.documents.blocks import parse, to_source

OF_ITS_OWN = frozenset({"tenant_id", "id", "agreement_id", "revision", "edited_by", "edited_at"})
"""What a copied part does not take over."""
OTHER_PARTY = ("name", "number", "sector", "logo_id")
PERSON = ("name", "role_title", "email", "phone", "authority")


def copied(old: Parts, agreement_id: UUID, *, with_others: bool = True) -> Iterator[Any]:
    """New rows for an agreement, with the texts, values, goals, meetings, parties and people of another.

    Without ``with_others`` the other parties and their people are left empty, as in a new agreement. With a
    private person as party so are the values, and the clauses read as the type has them.
    """
    kinds = (old.parties, old.clauses, old.values, old.contacts, old.goals, old.meetings)
    for row in (row for rows in kinds for row in rows.values()):
        new = _copy(row, agreement_id)
        if not with_others and _is_of_others(old, row):
            _empty(new)
        if not with_others and old.kind.is_with_a_person:
            _forget(old, new)
        yield new


def _copy(row: Any, agreement_id: UUID) -> Any:
    columns = [one.key for one in inspect(type(row)).column_attrs if one.key not in OF_ITS_OWN]
    return type(row)(agreement_id=agreement_id, **{name: getattr(row, name) for name in columns})


def _is_of_others(old: Parts, row: Any) -> bool:
    own = old.kind.tenant_party.key
    if isinstance(row, Party):
        return row.key != own
    return isinstance(row, Contact) and old.kind.contact(row.key).party != own


def _forget(old: Parts, row: Any) -> None:
    """Take out of a part what may have been written about the person who is no party of the copy."""
    if isinstance(row, Value):
        default = old.kind.placeholder(row.key).default
        row.value = "" if default is None else str(default)
    if isinstance(row, Clause):
        row.text = to_source(parse(old.text.clause(row.key).text))
        row.included = old.kind.clause(row.key).included


def _empty(row: Any) -> None:
    for name in OTHER_PARTY if isinstance(row, Party) else PERSON:
        setattr(row, name, {"logo_id": None, "authority": False}.get(name, ""))


def take_over(target: Parts, source: Parts) -> list[Any]:
    """Let the parts of one agreement stand as in another; gives rows for what it did not have yet."""
    return [
        *_taken(target.parties, source.parties, target.agreement.id),
        *_taken(target.clauses, source.clauses, target.agreement.id),
        *_taken(target.values, source.values, target.agreement.id),
        *_taken(target.contacts, source.contacts, target.agreement.id),
        *_taken(target.goals, source.goals, target.agreement.id),
        *_taken(target.meetings, source.meetings, target.agreement.id),
    ]


def _taken(mine: Mapping[str, Any], theirs: Mapping[str, Any], agreement_id: UUID) -> Iterator[Any]:
    for key, row in theirs.items():
        if key not in mine:
            yield _copy(row, agreement_id)
            continue
        for column in inspect(type(row)).column_attrs:
            if column.key not in OF_ITS_OWN:
                setattr(mine[key], column.key, getattr(row, column.key))
