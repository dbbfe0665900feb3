"""How far a permission reaches: one's own, what concerns one, one's units, or everything of the tenant."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

OWN, RELATED, UNIT, ALL = SCOPES = ("own", "related", "unit", "all")
"""From the narrowest to the widest; each holds the ones before it."""

Grants = Mapping[str, str]
"""The widest scope of each permission that somebody has."""


@dataclass(frozen=True)
class Reach:
    """Whom one row concerns: whose it is, whom else it is about, and the unit it belongs to."""

    own: frozenset[UUID] = frozenset()
    related: frozenset[UUID] = frozenset()
    unit_id: UUID | None = None


@dataclass(frozen=True)
class Extent:
    """The rows that a permission reaches, for a room to turn into a condition.

    ``scope`` is "" when the permission is not granted at all. ``account_ids`` are those for whom somebody
    stands, themselves among them; ``unit_ids`` are their units.
    """

    scope: str = ""
    account_ids: frozenset[UUID] = frozenset()
    unit_ids: frozenset[UUID] = field(default_factory=frozenset)

    @property
    def is_everything(self) -> bool:
        """Whether no condition is needed."""
        return self.scope == ALL

    @property
    def with_related(self) -> bool:
        """Whether rows that concern somebody are reached, and not only their own."""
        return self.scope in {RELATED, UNIT, ALL}

    @property
    def with_units(self) -> bool:
        """Whether rows of somebody's units are reached."""
        return self.scope in {UNIT, ALL}

    def covers(self, row: Reach) -> bool:
        """Whether one row is reached."""
        return (
            self.is_everything
            or bool(self.scope and row.own & self.account_ids)
            or bool(self.with_related and row.related & self.account_ids)
            or (self.with_units and row.unit_id in self.unit_ids)
        )


def widest(grants: Iterable[str]) -> dict[str, str]:
    """What several grants (``scope:resource:action``) come to together."""
    found: dict[str, str] = {}
    for grant in grants:
        scope, _colon, permission = grant.partition(":")
        known = found.get(permission)
        if known is None or SCOPES.index(scope) > SCOPES.index(known):
            found[permission] = scope
    return found


def holds(grants: Grants, permission: str, scope: str) -> bool:
    """Whether grants let one do something as far as a scope reaches."""
    known = grants.get(permission)
    return known is not None and SCOPES.index(known) >= SCOPES.index(scope)
