"""The verbs of calendar feeds: made with a link that is shown once, read as its owner, taken back."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import func, select

from core.access import service as access
from core.kernel import audit, clock
from core.kernel.database import db
from core.kernel.errors import Conflict, Invalid, NotFound
from core.kernel.ids import new_id
from core.kernel.tokens import new_token, token_hash
from core.kernel.unit_of_work import unit_of_work
from core.obligations import period
from core.obligations.feeds.models import Feed
from core.obligations.period import READ, Dated
from core.obligations.subjects import Selection
from core.tenancy.service import current_tenant
from core.tenancy.units import units

MINE, UNIT, AGREEMENT = "mine", "unit", "agreement"
MOST: Final = 10
NOTED_EVERY: Final = timedelta(minutes=15)
BACK, AHEAD = timedelta(days=366), timedelta(days=3 * 366)


@dataclass(frozen=True)
class Choice:
    """Something that can be followed. ``key`` is what the form sends."""

    scope: str
    title: str
    subject_id: UUID | None = None

    @property
    def key(self) -> str:
        """The scope, with its unit or agreement."""
        return f"{self.scope}:{self.subject_id}" if self.subject_id else self.scope


@dataclass(frozen=True)
class FeedCard:
    """A feed as its owner sees it in the list."""

    id: UUID
    title: str
    made_at: datetime
    fetched_at: datetime | None


@dataclass(frozen=True)
class Fetched:
    """What a feed holds now."""

    title: str
    promises: list[Dated]


def choices() -> list[Choice]:
    """What the member can follow: their own, their units', and each agreement that they may see."""
    member = access.require(READ)
    mine = [one for one in units() if one.id in member.unit_ids]
    return [
        Choice(MINE, gettext("My agreements")),
        *(Choice(UNIT, one.name, one.id) for one in mine),
        *(Choice(AGREEMENT, title, one) for one, title in period.subjects_with_promises()),
    ]


def my_feeds() -> list[FeedCard]:
    """The member's own feeds, the newest first."""
    member = access.require(READ)
    query = select(Feed).where(Feed.account_id == member.account_id).order_by(Feed.made_at.desc(), Feed.id)
    titles = {one.key: one.title for one in choices()}
    return [
        FeedCard(row.id, titles.get(_key(row)) or gettext("Nothing more"), row.made_at, row.fetched_at)
        for row in db.session.scalars(query)
    ]


def _key(feed: Feed) -> str:
    return Choice(feed.scope, "", feed.subject_id).key


def make(key: str) -> str:
    """Make a feed of one of the `choices`; gives the token, which is not kept. Raises Invalid or Conflict."""
    member = access.require(READ)
    chosen = next((one for one in choices() if one.key == key), None)
    if chosen is None:
        wrong = _("Choose one of the alternatives.")
        raise Invalid("feed.unknown", wrong, {"what": wrong})
    token = new_token()
    with unit_of_work():
        _refuse_too_many(member.account_id)
        feed = Feed(
            id=new_id(),
            membership_id=member.membership_id,
            account_id=member.account_id,
            scope=chosen.scope,
            subject_id=chosen.subject_id,
            token_hash=token_hash(token),
        )
        db.session.add(feed)
        audit.record("calendar_feed.made", "calendar_feed", feed.id, fields=["scope"])
    return token


def _refuse_too_many(account_id: UUID) -> None:
    count = db.session.scalar(select(func.count()).select_from(Feed).where(Feed.account_id == account_id))
    if (count or 0) >= MOST:
        raise Conflict("feed.too_many", _("You have 10 calendar links. Stop one that you no longer use."))


def stop(feed_id: UUID) -> None:
    """Make one of the member's own feeds stop working at once. Raises NotFound."""
    member = access.require(READ)
    with unit_of_work():
        query = select(Feed).where(Feed.id == feed_id, Feed.account_id == member.account_id)
        feed = db.session.scalar(query.with_for_update())
        if feed is None:
            raise NotFound("feed.not_found", _("We cannot find this calendar link."))
        db.session.delete(feed)
        audit.record("calendar_feed.stopped", "calendar_feed", feed.id)


def fetch(token: str) -> Fetched:
    """What a link holds, as its owner may see it at this moment.

    A role that may read no agreements leaves it empty, so that a calendar program takes away what it showed.
    Raises NotFound for a link that is not known, or whose owner is no member any more.
    """
    feed = db.session.scalar(select(Feed).where(Feed.token_hash == token_hash(token)))
    if feed is None or current_tenant().suspended:
        raise _unknown()
    with access.seeing_as(feed.account_id):
        found = Fetched(current_tenant().name, _promises(feed) if access.decide(READ).allowed else [])
    _note(feed)
    return found


def _promises(feed: Feed) -> list[Dated]:
    today = clock.today(current_tenant().timezone)
    return period.between(today - BACK, today + AHEAD, _selection(feed))


def _selection(feed: Feed) -> Selection:
    return Selection(
        subject_id=feed.subject_id if feed.scope == AGREEMENT else None,
        unit_id=feed.subject_id if feed.scope == UNIT else None,
        account_id=feed.account_id if feed.scope == MINE else None,
    )


def _note(feed: Feed) -> None:
    if feed.fetched_at is None or clock.now() - feed.fetched_at >= NOTED_EVERY:
        with unit_of_work():
            feed.fetched_at = clock.now()


def _unknown() -> NotFound:
    return NotFound("feed.unknown_link", _("This calendar link does not work, or no longer does."))
