"""What goals can count of seminars."""

from sqlalchemy import select

from core.sdk import GoalMeasure, Measured, MeasureQuestion, Wording, today
from core.sdk.verbs import db
from seminars.models import Seminar

HELD = GoalMeasure(
    key="seminars.held",
    title=Wording(nb="Seminarer som er holdt", da="Afholdte seminarer", en="Seminars that were held"),
    how=Wording(
        nb="Seminarene på listen telles på dagen de holdes.",
        da="Seminarerne på listen tælles på den dag, de afholdes.",
        en="The seminars on the list are counted on the day when they are held.",
    ),
    counts_over=Wording(nb="Alle seminarer", da="Alle seminarer", en="All seminars"),
    unit="count",
)


def answers_to(wanted: list[MeasureQuestion]) -> list[Measured]:
    """One answer for each question, by one query for all of them."""
    if not wanted:
        return []
    first, last = min(one.first for one in wanted), min(max(one.last for one in wanted), today("UTC"))
    days = list(db.session.scalars(select(Seminar.held_on).where(Seminar.held_on.between(first, last))))
    counts = [(one, sum(one.first <= day <= one.last for day in days)) for one in wanted]
    return [Measured(one, of=count, value=count) for one, count in counts]
