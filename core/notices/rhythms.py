"""How often a member is told: at once, or gathered once a day or a week."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select

from core.access import service as access
from core.kernel import audit
from core.kernel.database import db
from core.kernel.unit_of_work import unit_of_work
from core.notices.kinds import gathered_kinds
from core.notices.models import Choice
from core.plugin_host.wording import Wording


class Rhythm(StrEnum):
    """When a kind of mail comes."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"


TITLES: dict[Rhythm, Wording] = {
    Rhythm.AT_ONCE: Wording(nb="Med en gang", da="Med det samme", en="At once"),
    Rhythm.DAILY: Wording(nb="Samlet hver morgen", da="Samlet hver morgen", en="Gathered each morning"),
    Rhythm.WEEKLY: Wording(nb="Samlet hver mandag", da="Samlet hver mandag", en="Gathered each Monday"),
}


def is_due(rhythm: Rhythm, day: date) -> bool:
    """Whether what was gathered goes out on a local day; what waits for nothing any more goes at once."""
    return rhythm is not Rhythm.WEEKLY or day.isoweekday() == 1


def rhythm_of(account_id: UUID, kind: str) -> Rhythm:
    """What a member has chosen for a kind."""
    query = select(Choice.rhythm).where(Choice.account_id == account_id, Choice.kind == kind)
    found = db.session.scalar(query)
    return Rhythm(found) if found else Rhythm.AT_ONCE


def chosen() -> dict[str, Rhythm]:
    """The signed-in member's choice for each kind."""
    member = access.require_member()
    query = select(Choice.kind, Choice.rhythm).where(Choice.account_id == member.account_id)
    mine = {kind: Rhythm(rhythm) for kind, rhythm in db.session.execute(query)}
    return {kind.key: mine.get(kind.key, Rhythm.AT_ONCE) for kind in gathered_kinds()}


def choose(wanted: dict[str, Rhythm]) -> None:
    """Save the signed-in member's choices. What waits already goes with the next mail of the new rhythm."""
    member = access.require_member()
    with unit_of_work():
        query = select(Choice).where(Choice.account_id == member.account_id).with_for_update()
        rows = {row.kind: row for row in db.session.scalars(query)}
        for kind, rhythm in wanted.items():
            if kind in rows:
                rows[kind].rhythm = rhythm.value
            else:
                db.session.add(Choice(account_id=member.account_id, kind=kind, rhythm=rhythm.value))
        audit.record("notices.chosen", "membership", member.membership_id)
