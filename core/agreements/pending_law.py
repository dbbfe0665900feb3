"""Law that is adopted but not in force: which of the switches that agreement types name are on."""

from collections.abc import Collection
from datetime import date

from core.agreements.types import AgreementType
from core.law import pending


def in_force(kinds: Collection[AgreementType], day: date) -> frozenset[str]:
    """The full keys of the switches that are on, on a day; asked for only when a type names one."""
    named = any(kind.from_switch or kind.until_switch for kind in kinds)
    return pending.in_force(day) if named else frozenset()
