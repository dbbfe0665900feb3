"""Whether somebody must show more than a password before coming into a tenant."""

from core.access import sessions
from core.access.membership import Member
from core.tenancy import service as tenancy

EVERYBODY = "everybody"
WIDE = "wide"
RULES = ("", WIDE, EVERYBODY)
WIDE_RIGHTS = frozenset({"people:manage", "privacy:manage"})
"""Whoever has one of these can reach everybody else's work."""


def is_missing(member: Member) -> bool:
    """Whether the tenant in scope asks for a second factor of a member who came in without one."""
    rule = tenancy.current_tenant().second_factor
    if not rule or sessions.is_strong():
        return False
    return rule == EVERYBODY or not WIDE_RIGHTS.isdisjoint(member.permissions)
