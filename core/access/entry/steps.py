"""The two steps of coming in: the first is remembered in the cookie for a few minutes, until the second."""

from datetime import datetime, timedelta
from uuid import UUID

from flask import redirect, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue

from core.access import sessions
from core.access.methods import service as methods
from core.access.models import Account
from core.access.returning import FIRST_PAGE
from core.kernel import clock
from core.kernel.database import db

HALF_WAY = "half_way"
LASTS = timedelta(minutes=10)


def lead_in(account: Account, way: str, target: str = FIRST_PAGE, code: int = 302) -> ResponseReturnValue:
    """Sign somebody in who has shown one thing, and lead on; or to the second step, where one is set up."""
    if not methods.has_second_factor(account):
        sessions.begin(account, [way])
        return redirect(target, code)
    sessions.leave()
    cookie[HALF_WAY] = [str(account.id), account.fs_uniquifier, way, clock.now().isoformat()]
    return redirect(url_for("access_entry.second", next=target), code)


def half_way() -> Account | None:
    """Whoever took the first step in this browser a moment ago, and is still the same."""
    held = cookie.get(HALF_WAY)
    if not held:
        return None
    account_id, uniquifier, _way, at = held
    account = db.session.get(Account, UUID(account_id))
    is_late = clock.now() - datetime.fromisoformat(at) > LASTS
    if account is None or is_late or not account.active or account.fs_uniquifier != uniquifier:
        cookie.pop(HALF_WAY)
        return None
    return account


def finish(account: Account, second_way: str) -> None:
    """Sign somebody in who has taken both steps."""
    _id, _uniquifier, first_way, _at = cookie[HALF_WAY]
    sessions.begin(account, [first_way, second_way])
