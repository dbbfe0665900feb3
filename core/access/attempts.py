"""Attempts to show who one is, counted in the database, so that guessing takes too long to be worth it.

An attempt is kept under a key made from the address that was typed, whether or not it has an account, and
from the network it came from. Neither can be read back from the key.
"""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil
from uuid import UUID

from flask import current_app
from flask_babel import lazy_gettext as _
from sqlalchemy import delete, func, select, update

from core.access import mails
from core.access.devices import network_of_request
from core.access.models import Account, Attempt
from core.kernel import clock, jobs, security_log
from core.kernel.database import db
from core.kernel.errors import TooMany
from core.kernel.ids import new_id
from core.kernel.settings import Settings
from core.kernel.unit_of_work import unit_of_work

FREE = 10
"""Failures after which the next attempt has to wait."""
FIRST_WAIT = timedelta(minutes=15)
DOUBLINGS = 4
REMEMBERED = timedelta(hours=24)
FROM_A_NETWORK = 200
NETWORK_WAIT = timedelta(minutes=15)
KEPT = timedelta(days=30)


class Kind(StrEnum):
    """What is shown or asked for; each is counted by itself, so that one that succeeds frees no other."""

    PASSWORD = "password"  # noqa: S105  the name of a kind
    CODE = "code"
    RECOVERY = "recovery"
    PASSKEY = "passkey"
    MAIL = "mail"


class Locked(TooMany):
    """Too many attempts; ``until`` says when the next one is allowed."""

    def __init__(self, until: datetime) -> None:
        seconds = max(1, ceil((until - clock.now()).total_seconds()))
        words = _(
            "There were too many attempts. Try again in %(minutes)s minutes.", minutes=ceil(seconds / 60)
        )
        super().__init__("sign_in.locked", words, seconds)
        self.until = until


@dataclass(frozen=True)
class Past:
    """An attempt as its owner sees it."""

    at: datetime
    kind: str
    succeeded: bool


def wait_after(failures: int) -> timedelta:
    """How long to wait after so many failures in a row: nothing, a quarter of an hour, then ever longer."""
    if failures < FREE:
        return timedelta(0)
    return FIRST_WAIT * 2 ** min(failures // FREE - 1, DOUBLINGS)


def begin(kind: Kind, who: str) -> UUID:
    """Count an attempt before it is made, as a failure until ``succeed`` is called. Raises Locked.

    It is stored first and the earlier ones are counted then, so that many at once do not slip by together.
    """
    mine = _attempt(kind, who, succeeded=False)
    with unit_of_work():
        db.session.add(mine)
    until = max(_open_again(mine), _network_open_again(mine))
    if until <= clock.now():
        return mine.id
    with unit_of_work():
        db.session.delete(mine)
    raise Locked(until)


def begin_once(kind: Kind, what: str) -> UUID:
    """Count an attempt with something that may be tried once only. Raises Locked, also when it was tried."""
    attempt_id = begin(kind, what)
    mine = db.session.get_one(Attempt, attempt_id)
    tried = select(Attempt.id).where(Attempt.key == mine.key, Attempt.id != mine.id).limit(1)
    if db.session.scalar(tried) is not None:
        raise Locked(mine.at + FIRST_WAIT)
    return attempt_id


def succeed(attempt_id: UUID) -> None:
    """The attempt was right: earlier failures of its kind count no longer."""
    with unit_of_work():
        db.session.execute(update(Attempt).where(Attempt.id == attempt_id).values(succeeded=True))


def forgive(kind: Kind, who: str) -> None:
    """Let earlier failures count no longer: the person has shown in another way who they are."""
    with unit_of_work():
        db.session.add(_attempt(kind, who, succeeded=True))


def fail(attempt_id: UUID, account: Account | None) -> None:
    """The attempt was wrong: the owner of the account hears of it once, when it is locked by this one."""
    mine = db.session.get_one(Attempt, attempt_id)
    failures, _last = _failures(mine)
    account_id = account.id if account else None
    security_log.note(security_log.SIGN_IN_FAILED, kind=mine.kind, account=account_id, failures=failures + 1)
    if account is not None and failures + 1 == FREE:
        mails.post(account.email, account.language, lambda: mails.locked(name=account.name))


def of_address(email: str, limit: int = 10) -> Sequence[Past]:
    """The latest attempts with an address, for its owner."""
    query = (
        select(Attempt.at, Attempt.kind, Attempt.succeeded)
        .where(Attempt.key == _key(email.casefold()), Attempt.kind != Kind.MAIL.value)
        .order_by(Attempt.at.desc())
        .limit(limit)
    )
    return [Past(*row) for row in db.session.execute(query)]


def _attempt(kind: Kind, who: str, *, succeeded: bool) -> Attempt:
    return Attempt(
        id=new_id(),
        at=clock.now(),
        kind=kind.value,
        key=_key(who.strip().casefold()),
        network_key=_key(network_of_request()),
        succeeded=succeeded,
    )


def _failures(mine: Attempt) -> tuple[int, datetime | None]:
    """How many like it failed since one succeeded, and when the last did."""
    same = (Attempt.key == mine.key, Attempt.kind == mine.kind, Attempt.at > mine.at - REMEMBERED)
    success = select(func.max(Attempt.at)).where(*same, Attempt.succeeded).scalar_subquery()
    query = select(func.count(), func.max(Attempt.at)).where(
        *same,
        Attempt.succeeded.is_(False),
        Attempt.id != mine.id,
        Attempt.at > func.coalesce(success, mine.at - REMEMBERED),
    )
    count, last = db.session.execute(query).one()
    return count, last


def _open_again(mine: Attempt) -> datetime:
    failures, last = _failures(mine)
    return mine.at if last is None else last + wait_after(failures)


def _network_open_again(mine: Attempt) -> datetime:
    query = select(func.count()).where(
        Attempt.network_key == mine.network_key,
        Attempt.succeeded.is_(False),
        Attempt.at > mine.at - NETWORK_WAIT,
    )
    count = db.session.scalar(query) or 0
    return mine.at + NETWORK_WAIT if count > FROM_A_NETWORK else mine.at


def _key(text: str) -> str:
    settings: Settings = current_app.config["FOTFESTE"]
    return hmac.new(
        f"access_attempt:{settings.secret_key}".encode(), text.encode(), hashlib.sha256
    ).hexdigest()


@jobs.job("access.forget_attempts", cron="10 2 * * *")
def forget_old() -> None:
    """Delete attempts that are older than a month."""
    with unit_of_work():
        db.session.execute(delete(Attempt).where(Attempt.at < clock.now() - KEPT))
