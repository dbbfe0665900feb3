"""Who is signed in where. The browser holds a secret in its signed cookie, the database its hash.

A session ends at sign-out, when nothing has been seen of it for a while, when it is too old, when the
password changes, and when its owner ends it from another device.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from uuid import UUID

from flask import Flask, current_app, g
from flask import session as cookie
from flask_login import user_logged_out
from flask_security import current_user, login_user, password_reset
from sqlalchemy import delete, select, update

from core.access.devices import device_of_request, network_of_request
from core.access.models import Account, AccountSession
from core.kernel import clock, jobs, security_log
from core.kernel.database import db
from core.kernel.ids import new_id
from core.kernel.settings import Settings
from core.kernel.tokens import new_token, token_hash
from core.kernel.unit_of_work import unit_of_work

SECRET = "session"  # noqa: S105  the name under which the cookie holds it
FRESH_FOR = timedelta(minutes=15)
NOTED_EVERY = timedelta(minutes=5)
KEPT = timedelta(days=90)
SECOND_FACTORS = frozenset({"code", "passkey", "recovery"})
"""Ways to sign in that a password alone does not open.

An organisation's own sign-in service answers for both steps, but in that organisation only: see ``sso.gate``.
"""


def init_sessions(app: Flask) -> None:
    """Let a session, not the account's name in a cookie, say who is signed in."""
    app.login_manager.user_loader(_load)  # type: ignore[attr-defined]
    # Flask-Security would also take a token that it signs itself, and that nobody could end.
    app.login_manager.request_loader(lambda _request: None)  # type: ignore[attr-defined]
    user_logged_out.connect(_forget, app)
    password_reset.connect(_end_after_new_password, app)


def begin(account: Account, ways: Iterable[str]) -> None:
    """Sign somebody in on this device, with a new secret and nothing left of what the cookie held before."""
    _end_this()
    login_user(account, authn_via=list(ways))
    secret = new_token()
    with unit_of_work():
        g.signed_in = AccountSession(
            id=new_id(),
            account_id=account.id,
            secret_hash=token_hash(secret),
            ways=list(ways),
            device=device_of_request(),
            network=network_of_request(),
        )
        db.session.add(g.signed_in)
    cookie[SECRET] = secret
    security_log.note(security_log.SIGNED_IN, account=account.id, ways="+".join(g.signed_in.ways))


def leave() -> None:
    """Sign out on this device, and forget what its cookie held."""
    security_log.note(security_log.SIGNED_OUT)
    _end_this()


def current() -> AccountSession | None:
    """The session of this request, for somebody who is signed in."""
    if not current_user.is_authenticated:
        return None
    found: AccountSession | None = g.get("signed_in")
    return found


def is_fresh() -> bool:
    """Whether the person has shown who they are in the last 15 minutes."""
    here = current()
    return here is not None and clock.now() - here.authenticated_at <= FRESH_FOR


def is_strong() -> bool:
    """Whether this session was begun, or later confirmed, by more than a password."""
    here = current()
    return here is not None and any(way.partition(":")[0] in SECOND_FACTORS for way in here.ways)


def is_proven() -> bool:
    """Whether this session is strong enough for operators; on a developer's own machine each one is."""
    return _settings().development or is_strong()


def renew(way: str) -> None:
    """Note that the person has shown again who they are; the secret changes with it."""
    here = current()
    if here is None:
        return
    secret = new_token()
    with unit_of_work():
        row = db.session.get_one(AccountSession, here.id)
        row.secret_hash, row.authenticated_at = token_hash(secret), clock.now()
        row.ways = [*row.ways, *({way} - set(row.ways))]
        g.signed_in = row
    cookie[SECRET] = secret


def note_presence() -> None:
    """Write down that the person is here, at most every few minutes."""
    here = current()
    if here is None or clock.now() - here.seen_at < NOTED_EVERY:
        return
    with unit_of_work():
        db.session.execute(
            update(AccountSession).where(AccountSession.id == here.id).values(seen_at=clock.now())
        )


def of_account(account_id: UUID) -> Sequence[AccountSession]:
    """The sessions of an account that are alive, the latest first."""
    query = (
        select(AccountSession)
        .where(AccountSession.account_id == account_id, AccountSession.ended_at.is_(None))
        .order_by(AccountSession.seen_at.desc())
        .limit(50)
    )
    return [one for one in db.session.scalars(query) if _is_alive(one)]


def end(account_id: UUID, session_id: UUID) -> None:
    """End one session of an account; one that is over, or another's, needs nothing."""
    query = update(AccountSession).where(
        AccountSession.id == session_id,
        AccountSession.account_id == account_id,
        AccountSession.ended_at.is_(None),
    )
    with unit_of_work():
        db.session.execute(query.values(ended_at=clock.now()))


def end_all(account_id: UUID, *, but: UUID | None = None) -> None:
    """End every session of an account, except one."""
    query = update(AccountSession).where(
        AccountSession.account_id == account_id, AccountSession.ended_at.is_(None)
    )
    if but is not None:
        query = query.where(AccountSession.id != but)
    with unit_of_work():
        db.session.execute(query.values(ended_at=clock.now()))


def end_others() -> None:
    """End every session of the signed-in person but this one."""
    here = current()
    if here is not None:
        end_all(here.account_id, but=here.id)


def idle_limit() -> timedelta:
    """How long nothing may be seen of a session."""
    return timedelta(minutes=_settings().session_idle_minutes)


def _load(user_id: str) -> Account | None:
    secret = cookie.get(SECRET)
    if not secret:
        return None
    query = (
        select(AccountSession, Account)
        .join(Account, Account.id == AccountSession.account_id)
        .where(AccountSession.secret_hash == token_hash(secret), AccountSession.ended_at.is_(None))
    )
    found = db.session.execute(query).one_or_none()
    if found is None:
        return None
    row, account = found
    if not account.active or account.fs_uniquifier != user_id or not _is_alive(row):
        return None
    g.signed_in = row
    return account


def _is_alive(row: AccountSession) -> bool:
    now = clock.now()
    oldest = now - timedelta(hours=_settings().session_hours)
    return row.created_at > oldest and row.seen_at > now - idle_limit()


def _settings() -> Settings:
    settings: Settings = current_app.config["FOTFESTE"]
    return settings


def _forget(_app: Flask, **_rest: object) -> None:
    _end_this()


def _end_this() -> None:
    """End what the cookie holds, and leave nothing of it but messages that nobody has read yet."""
    secret, unread = cookie.get(SECRET), cookie.get("_flashes")
    cookie.clear()
    if unread:
        cookie["_flashes"] = unread
    for name in ("signed_in", "csrf_token"):
        g.pop(name, None)
    if secret:
        query = update(AccountSession).where(
            AccountSession.secret_hash == token_hash(secret), AccountSession.ended_at.is_(None)
        )
        with unit_of_work():
            db.session.execute(query.values(ended_at=clock.now()))


def _end_after_new_password(_app: Flask, user: Account, **_rest: object) -> None:
    end_all(user.id)


@jobs.job("access.forget_sessions", cron="20 2 * * *")
def forget_old() -> None:
    """Delete sessions that have been over for three months."""
    with unit_of_work():
        db.session.execute(delete(AccountSession).where(AccountSession.seen_at < clock.now() - KEPT))
