"""What is done when all have signed an amendment: the room above that knows of amending says it here."""

from collections.abc import Callable

from core.agreements.signing.case import Case

TakeUp = Callable[[Case], None]
"""Takes an amendment up into the agreement in force, inside the unit of work of the last signature."""

_REGISTERED: list[TakeUp] = []


def register(take: TakeUp) -> None:
    """Let a room above take amendments up."""
    _REGISTERED.append(take)


def take_up(case: Case) -> None:
    """Take up an amendment that all have signed."""
    for take in _REGISTERED:
        take(case)
