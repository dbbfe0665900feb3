"""Whatever happens in whatever order: no promise is lost or doubled, and the dates follow from the facts."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from functools import reduce
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from core.agreements import parts
from core.agreements.amending import service as amending
from core.agreements.drafts import service as drafts
from core.agreements.life import service
from core.agreements.life.facts import Standing, after, standing_of
from core.agreements.life.recording import events_of, terms_of
from core.agreements.models import Agreement
from core.agreements.signing import service as signing
from core.agreements.states import status_of, status_sql
from core.kernel import clock
from core.kernel.database import db
from core.kernel.errors import Conflict, Invalid
from core.obligations import following
from core.obligations import service as obligations
from core.obligations.models import Obligation
from tests.agreements.life.steps import ENDS, TODAY, noon, sign_all

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["extend", "shorten", "pause", "rest", "resume", "end", "done", "amend"]),
        st.integers(0, 200),
        st.integers(-20, 900),
    ),
    min_size=1,
    max_size=7,
)


def act(verb: str, agreement_id: UUID, now: date, days: int) -> None:
    day = now + timedelta(days=days)
    acts: dict[str, Callable[[], Any]] = {
        "extend": lambda: service.extend(agreement_id, day + timedelta(days=500), "x"),
        "shorten": lambda: service.shorten(agreement_id, day, "x"),
        "pause": lambda: service.pause(agreement_id, day, day + timedelta(days=60), "x"),
        "rest": lambda: service.pause(agreement_id, now, None, "x"),
        "resume": lambda: service.resume(agreement_id, "x"),
        "end": lambda: service.end(agreement_id, day, "x", agreed=True),
        "amend": lambda: amend(agreement_id, days),
        "done": lambda: obligations.mark_done(open_ones(agreement_id)[0].id),
    }
    with suppress(Conflict, Invalid, IndexError):
        acts[verb]()


def amend(agreement_id: UUID, days: int) -> None:
    """All sign another rhythm, a meeting more or less, and sometimes another last day."""
    draft_id = amending.begin(agreement_id, "x")
    draft = parts.load(draft_id)
    for place, (key, row) in enumerate(sorted(draft.meetings.items())):
        months = (days + place) % 7 + 1
        included = row.included if days % 2 else not row.included
        rhythm = {"every_months": months, "first_after_months": months}
        drafts.save_meeting(draft_id, key, {"included": included, **rhythm})
    if days % 3 == 0 and draft.agreement.ends_on:
        last_day = draft.agreement.ends_on + timedelta(days=days)
        drafts.save_duration(draft_id, draft.agreement.starts_on, last_day)
    try:
        sign_all(signing.send(draft_id), draft_id)
    except (Conflict, Invalid):
        drafts.discard(draft_id, "x")


def rows(agreement_id: UUID) -> list[Obligation]:
    query = select(Obligation).where(Obligation.subject_id == agreement_id)
    return list(db.session.scalars(query.order_by(Obligation.due_on, Obligation.id)))


def open_ones(agreement_id: UUID) -> list[Obligation]:
    return [one for one in rows(agreement_id) if one.done_at is None and one.dropped_at is None]


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_promises_and_status_follow_whatever_happens(begin: Callable[[], UUID], steps: list[Any]) -> None:
    agreement_id, now = begin(), TODAY
    known, done = {one.id for one in rows(agreement_id)}, set()
    for verb, later, days in steps:
        now += timedelta(days=later)
        with clock.frozen(noon(now)):
            act(verb, agreement_id, now, days)
            found = rows(agreement_id)
            assert known <= {one.id for one in found}, "a promise is lost"
            assert len({(one.key, one.index) for one in found}) == len(found), "a promise is doubled"
            assert done <= {one.id for one in found if one.done_at}, "something done is undone"
            known = {one.id for one in found}
            done = {one.id for one in found if one.done_at}
            _dates_follow_from_the_facts(agreement_id, now)
            _open_promises_are_those_of_the_terms(agreement_id)


def _dates_follow_from_the_facts(agreement_id: UUID, now: date) -> None:
    agreement = db.session.scalars(select(Agreement).where(Agreement.id == agreement_id)).one()
    assert reduce(after, events_of(agreement_id), Standing(ends_on=ENDS)) == standing_of(agreement)
    in_sql = db.session.scalar(select(status_sql(now)).where(Agreement.id == agreement_id))
    assert in_sql == status_of(agreement, now)


def _open_promises_are_those_of_the_terms(agreement_id: UUID) -> None:
    agreement = db.session.scalars(select(Agreement).where(Agreement.id == agreement_id)).one()
    terms = terms_of(agreement)
    asked = following.asked_for(terms)
    for one in open_ones(agreement_id):
        wanted = asked[one.key, one.index]
        assert (one.due_on, one.rests_from) == (wanted.due_on, wanted.rests_from)
    closed = {(one.key, one.index) for one in rows(agreement_id) if one.done_at}
    assert asked.keys() == {(one.key, one.index) for one in open_ones(agreement_id)} | (closed & asked.keys())
