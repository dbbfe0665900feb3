"""Whom a party may ask about an agreement: its adviser."""

from core.access.service import Person, people_of
from core.access.standing_in.service import deputies_of
from core.agreements.models import Agreement


def adviser_of(agreement: Agreement) -> Person:
    """The adviser of an agreement."""
    return people_of([agreement.adviser_id])[agreement.adviser_id]


def advisers_of(agreement: Agreement) -> list[Person]:
    """The adviser, and who stands in for the adviser today."""
    return [adviser_of(agreement), *deputies_of(agreement.adviser_id)]
