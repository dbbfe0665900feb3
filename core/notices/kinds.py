"""The kinds of mail about the work. Each room declares its own by importing this module.

Mails about accounts (sign-in, a new password, an invitation) are no notices: they always come at once, and in
the product's own words.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from uuid import UUID

from core.plugin_host.wording import Wording

StillOpen = Callable[[Collection[UUID]], set[UUID]]
"""Which of the given things still want attention; what does not falls out of a gathered mail."""


@dataclass(frozen=True)
class Kind:
    """One kind of mail. Those to ``colleagues`` may be gathered; those to the parties come at once."""

    key: str
    title: Wording
    when: Wording
    to_colleagues: bool
    still_open: StillOpen | None = None


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Add a kind, or the same kind again; the rooms' modules do it when they are imported."""
    _kinds[kind.key] = kind
    return kind


def every_kind() -> list[Kind]:
    """All kinds, in the order of their keys."""
    return [_kinds[key] for key in sorted(_kinds)]


def gathered_kinds() -> list[Kind]:
    """The kinds of which a member chooses how often they come."""
    return [kind for kind in every_kind() if kind.to_colleagues]


def kind_named(key: str) -> Kind | None:
    """A kind by its key."""
    return _kinds.get(key)
