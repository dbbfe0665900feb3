"""What a newer edition of an original changes, beside what a tenant has made of it. Pure functions."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from core.agreements.declaration_content import Content
from core.agreements.variants.units import WHOLE, Name, Unit, units_of, with_unit


class Choice(StrEnum):
    """What becomes of a thing that the newer edition changes."""

    NEW = "new"
    OWN = "own"


@dataclass(frozen=True)
class Change:
    """One thing that differs between two editions of the original; None where it is not there."""

    name: Name
    old: Unit | None
    new: Unit | None
    own: Unit | None

    @property
    def is_untouched(self) -> bool:
        """Whether the tenant has left the old original as it was, so that the new can stand in its place."""
        return self.own == self.old

    @property
    def is_taken(self) -> bool:
        """Whether the tenant's own is already what the newer edition says."""
        return self.own == self.new


def changes(old: Content, new: Content, own: Content | None = None) -> list[Change]:
    """What differs between two editions, in the order of the new one; then what it has left out."""
    before, after = units_of(old), units_of(new)
    mine = before if own is None else units_of(own)
    names = [*after, *(name for name in before if name not in after)]
    return [
        Change(name, before.get(name), after.get(name), mine.get(name))
        for name in names
        if before.get(name) != after.get(name)
    ]


def merged(old: Content, new: Content, own: Content, chosen: Mapping[Name, Choice | Unit]) -> Content:
    """The tenant's content with what was chosen of each change; everything else stays as it is.

    A change without a choice stays as the tenant has it. A unit in place of a choice is a text of one's own
    that takes both into account.
    """
    made = own
    for change in sorted(changes(old, new, own), key=_order):
        choice = chosen.get(change.name, Choice.OWN)
        if choice is Choice.NEW:
            made = with_unit(made, change.name, change.new, like=new)
        elif not isinstance(choice, Choice):
            made = with_unit(made, change.name, choice, like=new)
    return made


def _order(change: Change) -> tuple[bool, bool, int]:
    """Sections come before their clauses, and go after them."""
    goes = change.new is None
    is_clause = change.name.group == "clauses"
    return (change.name.group in WHOLE, goes, int(is_clause) if not goes else int(not is_clause))
