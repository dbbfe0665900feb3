"""Whether somebody must show more than a password before coming into a tenant."""

from collections.abc import Callable

from core.access import sessions
from core.access.membership import Member
from core.tenancy import service as tenancy

EVERYBODY = "everybody"
WIDE = "wide"
RULES = ("", WIDE, EVERYBODY)
WIDE_RIGHTS = frozenset({"people:manage", "privacy:manage"})
"""Whoever has one of these can reach everybody else's work."""


_standing_in: list[Callable[[], bool]] = []


def let_stand_in(has_answered: Callable[[], bool]) -> None:
    """Count whoever else has made sure of both steps here, such as the organisation's own sign-in service."""
    if has_answered not in _standing_in:
        _standing_in.append(has_answered)


def is_missing(member: Member) -> bool:
    """Whether the tenant in scope asks for a second factor of a member who came in without one."""
    rule = tenancy.current_tenant().second_factor
    if not rule or sessions.is_strong():
        return False
    if any(has_answered() for has_answered in _standing_in):
        return False
    return rule == EVERYBODY or not WIDE_RIGHTS.isdisjoint(member.permissions)
