"""Comments as they are read: threads with their answers, in two queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select

from core.access import service as access
from core.agreements.comments.models import Comment
from core.kernel.database import db


@dataclass(frozen=True)
class Remark:
    """An answer in a thread."""

    author: str
    at: datetime
    text: str


@dataclass(frozen=True)
class Thread:
    """A comment with its answers. ``proposal`` is the text it suggests, ``outcome`` what became of that."""

    id: UUID
    clause_key: str
    author: str
    at: datetime
    text: str
    proposal: str
    outcome: str
    resolved_at: datetime | None
    resolver: str
    answers: tuple[Remark, ...]

    @property
    def is_open(self) -> bool:
        """Whether it still waits for somebody."""
        return self.resolved_at is None


def threads_of(agreement_id: UUID, *, only_open: bool = False) -> list[Thread]:
    """The threads of an agreement, the oldest first."""
    query = select(Comment).where(Comment.agreement_id == agreement_id)
    if only_open:
        still = select(Comment.id).where(
            Comment.agreement_id == agreement_id, Comment.thread_id.is_(None), Comment.resolved_at.is_(None)
        )
        query = query.where(or_(Comment.id.in_(still), Comment.thread_id.in_(still)))
    rows = list(db.session.scalars(query.order_by(Comment.written_at, Comment.id)))
    people = {row.written_by for row in rows} | {row.resolved_by for row in rows if row.resolved_by}
    names = access.names_of(people)
    answers: dict[UUID, list[Comment]] = defaultdict(list)
    for row in rows:
        if row.thread_id is not None:
            answers[row.thread_id].append(row)
    return [_thread(row, answers[row.id], names) for row in rows if row.thread_id is None]


def _thread(row: Comment, answers: Iterable[Comment], names: dict[UUID, str]) -> Thread:
    return Thread(
        row.id,
        row.clause_key,
        names.get(row.written_by, ""),
        row.written_at,
        row.text,
        row.proposal,
        row.outcome,
        row.resolved_at,
        names.get(row.resolved_by, "") if row.resolved_by else "",
        tuple(Remark(names.get(one.written_by, ""), one.written_at, one.text) for one in answers),
    )
