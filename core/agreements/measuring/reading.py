"""The goals of one agreement as they are looked at: figures by period, and what people noted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import select

from core.access import service as access
from core.agreements import reach
from core.agreements.measuring.catalogue import Answers, ask, measures_here
from core.agreements.measuring.figures import FEWEST, Figure, Outcome, Trend, outcome_of, trend_of
from core.agreements.measuring.keeping import Place, place_of, question_of, snapshots_of
from core.agreements.measuring.models import GoalEvidence, GoalSnapshot, GoalValue
from core.agreements.measuring.periods import Period, periods_of
from core.agreements.measuring.picture import Picture, picture_of
from core.agreements.measuring.terms import Agreed, goals_of
from core.agreements.models import Agreement
from core.agreements.signing.case import today
from core.agreements.states import SIGNED_BY_ALL, status_of
from core.kernel.database import db
from core.plugin_host.declarations import (
    GoalMeasure,
    Measured,
    MeasureQuestion,
)

MOST_PERIODS: Final = 6
READ, WRITE = "agreement:read", "agreement:write"


@dataclass(frozen=True)
class Counted:
    """A goal in one period. ``noted`` is the row that a person typed, ``now`` what counting again gave."""

    period: Period
    is_over: bool
    outcome: Outcome
    figure: Figure | None = None
    noted: GoalValue | None = None
    now: Figure | None = None
    is_hidden: bool = False


@dataclass(frozen=True)
class Goal:
    """One goal with everything about it. ``measure`` is None when nothing that is switched on counts it."""

    agreed: Agreed
    measure: GoalMeasure | None
    failed: bool
    counted: tuple[Counted, ...]
    trend: Trend
    picture: Picture | None
    noted: tuple[GoalValue, ...]
    evidence: tuple[GoalEvidence, ...]
    sub_goals: tuple["Goal", ...] = ()

    @property
    def current(self) -> Counted | None:
        """The period that is under way, or the last one."""
        return self.counted[-1] if self.counted else None

    @property
    def outcome(self) -> Outcome:
        """How it stands now."""
        if self.agreed.is_described:
            return Outcome.DESCRIBED
        if self.current is None:
            return Outcome.TOO_EARLY
        return self.current.outcome

    @property
    def corrected(self) -> set[UUID]:
        """The ids of noted figures whose place another one has taken."""
        return {one.corrects_id for one in self.noted if one.corrects_id}


@dataclass(frozen=True)
class Goals:
    """The context of the page. ``names`` are those who noted something, by account."""

    agreement: Agreement
    goals: tuple[Goal, ...]
    names: dict[UUID, str]
    may_note: bool
    is_signed: bool

    def every(self) -> list[Goal]:
        """All of them, each before its sub-goals."""
        return [one for goal in self.goals for one in (goal, *goal.sub_goals)]


@dataclass(frozen=True)
class Board:
    """What the figures of an agreement are put together from: what is stored, and what was just counted."""

    agreement: Agreement
    day: date
    here: Mapping[str, GoalMeasure]
    kept: Mapping[Place, list[GoalSnapshot]]
    noted: Sequence[GoalValue]
    evidence: Sequence[GoalEvidence]
    answers: Answers = field(default_factory=Answers)

    def measure_of(self, goal: Agreed) -> GoalMeasure | None:
        """What counts a goal here, in its unit."""
        return measure_of(goal, self.here)

    def more_is_better(self, goal: Agreed) -> bool:
        """In which direction a goal gets better."""
        measure = self.measure_of(goal)
        return measure.more_is_better if measure else goal.more_is_better

    def periods(self, goal: Agreed) -> tuple[Period, ...]:
        """The last periods of a counted goal that have begun."""
        if self.agreement.activated_at is None or goal.is_described:
            return ()
        starts, ends = self.agreement.starts_on, self.agreement.ends_on
        return periods_of(starts, ends, goal.months, self.day)[-MOST_PERIODS:]

    def place(self, goal: Agreed, period: Period) -> Place:
        """Where the figure of a period is kept."""
        return self.agreement.id, goal.key, period

    def question(self, goal: Agreed, period: Period) -> MeasureQuestion:
        """What is asked of the measure."""
        return question_of(self.agreement.id, goal, period)


def goals_on_page(agreement_id: UUID) -> Goals:
    """The goals of an agreement that the member may read, in a fixed number of queries. Raises NotFound."""
    access.require(READ)
    agreement = reach.find(READ, agreement_id)
    agreed, board = goals_of(agreement), _board(agreement)
    questions = [
        board.question(goal, period)
        for goal in agreed
        for period in board.periods(goal)
        if board.measure_of(goal) and board.place(goal, period) not in board.kept
    ]
    board = replace(board, answers=ask(questions))
    signed = status_of(agreement, board.day) in SIGNED_BY_ALL
    return Goals(
        agreement,
        nested([_goal(board, goal) for goal in agreed]),
        access.names_of(
            [*(one.recorded_by for one in board.noted), *(one.recorded_by for one in board.evidence)]
        ),
        may_note=signed and reach.may(WRITE, agreement),
        is_signed=signed,
    )


def measure_of(goal: Agreed, here: Mapping[str, GoalMeasure]) -> GoalMeasure | None:
    """The measure of a goal among those that are switched on; one that counts in another unit is none."""
    found = here.get(goal.measure)
    return found if found is not None and found.unit == goal.unit else None


def _board(agreement: Agreement) -> Board:
    kept: dict[Place, list[GoalSnapshot]] = {}
    for row in snapshots_of([agreement.id]):
        kept.setdefault(place_of(row), []).append(row)
    evidence = select(GoalEvidence).where(GoalEvidence.agreement_id == agreement.id)
    newest_first = evidence.order_by(GoalEvidence.happened_on.desc(), GoalEvidence.id.desc())
    return Board(
        agreement,
        today(),
        measures_here(),
        kept,
        noted_of(agreement.id),
        list(db.session.scalars(newest_first)),
    )


def noted_of(agreement_id: UUID) -> list[GoalValue]:
    """The figures that people noted, the newest first."""
    query = select(GoalValue).where(GoalValue.agreement_id == agreement_id)
    order = GoalValue.counted_on.desc(), GoalValue.recorded_at.desc(), GoalValue.id.desc()
    return list(db.session.scalars(query.order_by(*order)))


def _goal(board: Board, agreed: Agreed) -> Goal:
    noted = tuple(one for one in board.noted if one.goal_key == agreed.key)
    counted = tuple(_counted(board, agreed, period, noted) for period in board.periods(agreed))
    figures = [None if one.is_hidden else one.figure for one in counted]
    return Goal(
        agreed,
        board.measure_of(agreed),
        failed=agreed.measure in board.answers.failed,
        counted=counted,
        trend=trend_of(figures, more_is_better=board.more_is_better(agreed)),
        picture=picture_of(figures, agreed.target or 0, agreed.unit),
        noted=noted,
        evidence=tuple(one for one in board.evidence if one.goal_key == agreed.key),
    )


def _counted(board: Board, agreed: Agreed, period: Period, noted: Sequence[GoalValue]) -> Counted:
    measure = board.measure_of(agreed)
    kept = board.kept.get(board.place(agreed, period), [])
    row = None if measure or kept else noted_in(period, noted)
    source = kept[0] if kept else board.answers.found.get(board.question(agreed, period)) or row
    figure = _figure(agreed, source) if source else None
    is_over = period.is_over(board.day)
    outcome = outcome_of(
        figure,
        agreed.target or 0,
        more_is_better=board.more_is_better(agreed),
        is_over=is_over,
        is_counted=measure is not None,
    )
    is_hidden = bool(measure and measure.about_people and figure and 0 < (figure.of or 0) < FEWEST)
    return Counted(
        period,
        is_over,
        Outcome.TOO_FEW if is_hidden else outcome,
        figure,
        row,
        _figure(agreed, kept[-1]) if len(kept) > 1 else None,
        is_hidden,
    )


def _figure(agreed: Agreed, row: GoalSnapshot | GoalValue | Measured) -> Figure:
    return Figure(agreed.unit, row.of, row.hits, row.value)


def noted_in(period: Period, noted: Sequence[GoalValue]) -> GoalValue | None:
    """The newest figure that was noted for a period and still counts; rows come the newest first."""
    replaced = {one.corrects_id for one in noted}
    counting = (one for one in noted if one.id not in replaced and has_number(one))
    return next((one for one in counting if period.holds(one.counted_on)), None)


def has_number(row: GoalValue) -> bool:
    """Whether a noted figure says anything; one that takes another back does not."""
    return row.value is not None or row.hits is not None


def nested(goals: Sequence[Goal]) -> tuple[Goal, ...]:
    """Sub-goals under their goal; one whose goal was left out stands by itself."""
    keys = {one.agreed.key for one in goals}
    return tuple(
        replace(goal, sub_goals=tuple(one for one in goals if one.agreed.parent == goal.agreed.key))
        for goal in goals
        if goal.agreed.parent not in keys
    )
