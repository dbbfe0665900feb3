"""The verb of handing over: every room and plugin moves what it has, or nothing is moved at all."""

from uuid import UUID

from flask_babel import lazy_gettext as _

from core.access.directory import Colleague, colleague
from core.access.service import require
from core.kernel import audit
from core.kernel.errors import Conflict, Invalid
from core.kernel.unit_of_work import unit_of_work
from core.plugin_host.declarations import HandedOver
from core.tenancy.kinds import host
from core.web.languages import current_language

HAND_OVER = "work:hand_over"


def waiting(membership_id: UUID) -> tuple[Colleague, list[HandedOver]]:
    """A member, and the open work that is theirs. Raises NotFound, and Conflict when a room fails."""
    require(HAND_OVER)
    person = colleague(membership_id)
    return person, _ask(person.account_id, person.account_id, dry_run=True)


def hand_over(from_membership: UUID, to_membership: UUID, reason: str) -> int:
    """Move all open work of one member to another; gives how many things.

    Raises NotFound, Invalid for handing over to the same person, Conflict when a room fails.
    """
    require(HAND_OVER)
    giver, taker = colleague(from_membership), colleague(to_membership)
    if giver.account_id == taker.account_id:
        other = _("Choose somebody else.")
        raise Invalid("work.same", other, {"to": other})
    with unit_of_work():
        moved = _ask(giver.account_id, taker.account_id, dry_run=False)
        audit.record("work.handed_over", "membership", from_membership, reason=reason)
        audit.record("work.taken_over", "membership", to_membership, reason=reason)
    return sum(one.count for one in moved)


def _ask(from_account: UUID, to_account: UUID, *, dry_run: bool) -> list[HandedOver]:
    found: list[HandedOver] = []
    for plugin in host().implementing("hand_over_work"):
        answer = host().ask(
            plugin, "hand_over_work", from_account=from_account, to_account=to_account, dry_run=dry_run
        )
        if answer.error:
            title = host().manifests[plugin].title.in_language(current_language())
            raise Conflict(
                "work.stopped",
                _("Nothing was moved, because one part of Fotfeste could not answer (%(part)s).", part=title),
            )
        found += [one for one in answer.value if one.count]
    return found
