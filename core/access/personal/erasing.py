"""Ending access and erasing what it kept about a person, and what its period has passed for.

The account itself is a row of the platform's and goes when nobody uses it any more.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from core.access.members import has_administrator_besides
from core.access.models import Invitation, Membership
from core.access.personal import cooperation
from core.access.personal.declared import ACCOUNTS, IDENTITIES, INVITATIONS, VISITS, declared
from core.access.personal.reading import identities_of, invitations, memberships, subjects, visits
from core.kernel import audit, clock
from core.kernel.database import db
from core.plugin_host.privacy import Erasure, Outcome, PersonKey
from core.plugin_host.wording import Wording

_LAST_ADMINISTRATOR = Wording(
    nb="Personen er den siste administratoren. Gi en annen rollen først.",
    da="Personen er den sidste administrator. Giv en anden rollen først.",
    en="This is the last administrator. Give somebody else the role first.",
)
_USED_ELSEWHERE = Wording(
    nb="Tilgangen her avsluttes. Kontoen slettes også, med mindre en annen virksomhet bruker den.",
    da="Adgangen her afsluttes. Kontoen slettes også, medmindre en anden organisation bruger den.",
    en="Access here ends. The account is erased as well, unless another organisation uses it.",
)


def erase(who: PersonKey, *, dry_run: bool) -> list[Erasure]:
    """End access, and take identities and invitations away."""
    if who.is_nobody:
        return []
    held = memberships(who)
    rows = [membership for membership, _account in held]
    if rows and not has_administrator_besides({row.id for row in rows}):
        return [Erasure(ACCOUNTS, Outcome.KEEP, len(rows), _LAST_ADMINISTRATOR, stops=True)]
    identities = identities_of(account.id for _membership, account in held)
    words = cooperation.erase(
        subjects(who, held),
        [one.id for _row, one in held],
        [row.id for row in rows],
        who.words,
        dry_run=dry_run,
    )
    invited = invitations(who)
    if not dry_run:
        _end(rows)
        _delete([*identities, *invited])
    done = [
        Erasure(ACCOUNTS, Outcome.ANONYMISE, len(rows), _USED_ELSEWHERE),
        Erasure(IDENTITIES, Outcome.ERASE, len(identities)),
        Erasure(INVITATIONS, Outcome.ERASE, len(invited)),
        words,
        Erasure(VISITS, Outcome.KEEP, len(visits(who)), _because(VISITS)),
    ]
    return [one for one in done if one.count]


def expired(now: datetime, held: list[PersonKey], keys: list[str]) -> list[Erasure]:
    """Invitations whose time is over."""
    period = next(one.retention for one in declared() if one.key == INVITATIONS)
    query = select(Invitation).where(Invitation.expires_at <= period.cut_off(now))
    kept = {email for who in held for email in who.emails}
    rows = [row for row in db.session.scalars(query) if row.email not in kept]
    if INVITATIONS in keys:
        _delete(rows)
    return [Erasure(INVITATIONS, Outcome.ERASE, len(rows))] if rows else []


def _because(key: str) -> Wording | None:
    """Why the data of a category stay."""
    return next(one.kept_because for one in declared() if one.key == key)


def _end(rows: Iterable[Membership]) -> None:
    for row in rows:
        if row.ended_at is None:
            row.ended_at = clock.now()
            audit.record("member.ended", "membership", row.id)


def _delete(rows: Iterable[object]) -> None:
    for row in rows:
        db.session.delete(row)
