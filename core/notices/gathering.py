"""The gathered mail: each morning what waits is told in one mail to each member, and forgotten."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select

from core.access.addressees import accounts_of
from core.access.service import Person
from core.kernel import audit, clock, jobs
from core.kernel.database import db
from core.kernel.unit_of_work import unit_of_work
from core.notices.kinds import Kind, kind_named
from core.notices.letters import write
from core.notices.models import Choice, Waiting
from core.notices.own_words import GATHERED
from core.notices.rhythms import Rhythm, is_due
from core.tenancy.service import current_tenant, every_tenant
from core.web.languages import current_language, in_language

EVERYWHERE = "notices.gather_everywhere"
IN_TENANT = "notices.gather"
MOST_IN_ONE_RUN = 2000


@jobs.job(EVERYWHERE, cron="40 5 * * *")
def gather_everywhere() -> None:
    """Each morning, after the reminders: one job for each tenant."""
    with unit_of_work():
        for tenant in every_tenant("gather notices"):
            jobs.defer(IN_TENANT, tenant_id=str(tenant.id))


@jobs.job(IN_TENANT)
def gather_in_tenant() -> None:
    """Write one mail to each member for whom something waits that is due today, and delete it, together.

    A second run finds nothing. What is settled meanwhile, and what waits for somebody who has left, is
    deleted without a mail.
    """
    with unit_of_work():
        rows = _due()
        if not rows:
            return
        open_ids = _still_open(rows)
        people = accounts_of({row.account_id for row in rows})
        for account_id, mine in _by_account(row for row in rows if row.id in open_ids).items():
            if account_id in people:
                _tell(people[account_id], mine)
        for row in rows:
            db.session.delete(row)
        audit.record("notices.gathered", "tenant", current_tenant().id)


def _due() -> list[Waiting]:
    """Locked, so that two workers at once write a mail only once."""
    day = clock.today(current_tenant().timezone)
    query = (
        select(Waiting, Choice.rhythm)
        .outerjoin(
            Choice,
            (Choice.tenant_id == Waiting.tenant_id)
            & (Choice.account_id == Waiting.account_id)
            & (Choice.kind == Waiting.kind),
        )
        .order_by(Waiting.written_at, Waiting.id)
        .limit(MOST_IN_ONE_RUN)
        .with_for_update(of=Waiting, skip_locked=True)
    )
    found = db.session.execute(query)
    return [row for row, rhythm in found if is_due(Rhythm(rhythm or Rhythm.AT_ONCE), day)]


def _still_open(rows: Iterable[Waiting]) -> set[UUID]:
    """Ids of the rows that still want attention."""
    by_kind: dict[str, list[Waiting]] = defaultdict(list)
    for row in rows:
        by_kind[row.kind].append(row)
    return {row.id for key, waiting in by_kind.items() for row in _open_among(kind_named(key), waiting)}


def _open_among(kind: Kind | None, rows: Sequence[Waiting]) -> list[Waiting]:
    if kind is None or kind.still_open is None:
        return list(rows)
    known = kind.still_open({row.about_id for row in rows if row.about_id is not None})
    return [row for row in rows if row.about_id is None or row.about_id in known]


def _by_account(rows: Iterable[Waiting]) -> dict[UUID, list[Waiting]]:
    found: dict[UUID, list[Waiting]] = defaultdict(list)
    for row in rows:
        found[row.account_id].append(row)
    return found


def _tell(person: Person, rows: Sequence[Waiting]) -> None:
    with in_language(person.language or current_tenant().language):
        paragraphs = [_("Hello %(name)s", name=person.name), _("This has happened since the last mail.")]
        for title, told in _sections(rows).items():
            paragraphs += [title, *told]
        write(GATHERED, person.email, _("News from %(tenant)s", tenant=current_tenant().name), paragraphs)


def _sections(rows: Iterable[Waiting]) -> dict[str, list[str]]:
    """What is told by kind and by what it has in common; the same thing is told once."""
    found: dict[str, list[str]] = {}
    for row in sorted(rows, key=lambda one: one.kind):
        kind = kind_named(row.kind)
        title = kind.title.in_language(current_language()) if kind else ""
        told = found.setdefault(f"{title}: {row.heading}", [])
        if row.body not in told:
            told.append(row.body)
    return found
