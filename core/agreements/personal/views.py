"""Saved views of the list: handed out to whoever saved them, and gone with them."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, or_, select

from core.access.members import left_before
from core.agreements.finding.models import SavedView
from core.agreements.personal.declared import LEFT, VIEWS
from core.kernel.database import db
from core.kernel.personal import values_of
from core.kernel.personal_texts import mentioning, mentions, redact
from core.plugin_host.privacy import Erasure, Outcome, PersonKey, PersonRecord


def export(who: PersonKey) -> list[PersonRecord]:
    """Views of the person, and what others' views say about the person."""
    return [
        PersonRecord(
            VIEWS,
            "saved_view",
            row.id,
            values_of(row) if _is_own(row, who) else mentioning(row, who.words),
            "",
            row.saved_at,
        )
        for row in _about(who)
    ]


def erase(who: PersonKey, *, dry_run: bool) -> list[Erasure]:
    """Delete the person's views; take the name out of those of others."""
    rows = _about(who)
    if not dry_run:
        for row in rows:
            if _is_own(row, who):
                db.session.delete(row)
            else:
                redact(row, who.words)
    return [Erasure(VIEWS, Outcome.ERASE, len(rows))] if rows else []


def expired(now: datetime, held: list[PersonKey], keys: list[str]) -> list[Erasure]:
    """Views that only those saw who left; shared ones stay with those who still use them."""
    left = left_before(LEFT.cut_off(now)) - {who.account_id for who in held}
    mine = SavedView.account_id.in_(left), SavedView.is_shared.is_(False)
    rows = list(db.session.scalars(select(SavedView.id).where(*mine)))
    if VIEWS in keys:
        db.session.execute(delete(SavedView).where(*mine))
    return [Erasure(VIEWS, Outcome.ERASE, len(rows))] if rows else []


def _about(who: PersonKey) -> list[Any]:
    if who.is_nobody:
        return []
    query = select(SavedView).where(
        or_(SavedView.account_id == who.account_id, mentions(SavedView, who.words))
    )
    return [row for row in db.session.scalars(query) if _is_own(row, who) or mentioning(row, who.words)]


def _is_own(row: SavedView, who: PersonKey) -> bool:
    return row.account_id == who.account_id
