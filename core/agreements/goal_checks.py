"""What must hold of a goal that an agreement type declares."""

from collections.abc import Iterator

from core.agreements.declaration_problem import Problem
from core.agreements.types import AgreementType, DeclaredGoal, GoalUnit
from core.rules.yaml_lines import Place

_LARGEST_PERCENT = 100


def problems_of_goal(kind: AgreementType, index: int) -> Iterator[Problem]:
    """Everything about one goal but where it is printed."""
    goal, place = kind.goals[index], ("goals", index)
    yield from _number(goal, place)
    yield from _measure(kind, goal, place)
    yield from _parent(kind, index, place)


def _number(goal: DeclaredGoal, place: Place) -> Iterator[Problem]:
    if goal.qualitative and (goal.unit is not None or goal.target is not None):
        yield Problem((*place, "qualitative"), "a qualitative goal has neither unit nor target")
    if not goal.qualitative and (goal.unit is None or goal.target is None):
        yield Problem(place, "a goal needs unit and target, or qualitative: true")
    if goal.unit is GoalUnit.PERCENT and (goal.target or 0) > _LARGEST_PERCENT:
        yield Problem((*place, "target"), "a percentage is at most 100")


def _measure(kind: AgreementType, goal: DeclaredGoal, place: Place) -> Iterator[Problem]:
    if goal.measure and goal.qualitative:
        yield Problem((*place, "measure"), "a qualitative goal is not counted, so it has no measure")
    if goal.meetings and not goal.measure:
        yield Problem((*place, "meetings"), "meetings are those that the measure counts: name the measure")
    declared = {meeting.key for meeting in kind.meetings}
    for position, meeting in enumerate(goal.meetings):
        if meeting not in declared:
            yield Problem((*place, "meetings", position), f"the meeting {meeting} is not declared")


def _parent(kind: AgreementType, index: int, place: Place) -> Iterator[Problem]:
    goal, where = kind.goals[index], (*place, "parent")
    if not goal.parent:
        return
    before = {one.key: one for one in kind.goals[:index]}
    if goal.parent not in before:
        yield Problem(where, f"the goal {goal.parent} must be declared before its sub-goals")
    elif before[goal.parent].parent:
        yield Problem(where, f"{goal.parent} is a sub-goal itself; sub-goals have none")
