"""Whether the rules of another day answer as those of today do."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from core.law.explorer.answer import Answer
from core.law.explorer.asked import AS_OF, COMPARE, SECOND, Asked
from core.rules.question import Question


@dataclass(frozen=True)
class Standing:
    """What the rules of today say about what was asked as on another day.

    ``today`` and ``compared`` are ends of addresses: the question asked today, and both days side by side.
    """

    is_earlier: bool
    is_same: bool
    today: str
    compared: str


def standing(asked: Asked, answer: Answer, ask: Callable[[Question], Answer], today: date) -> Standing | None:
    """None when the question is asked today, or when two cases are compared already."""
    day = asked.first.as_of
    if asked.second is not None or day is None or day == today:
        return None
    now = ask(replace(asked.first, as_of=today)).conclusion
    on = today.isoformat()
    compared = asked.address(**{COMPARE: "on", f"{SECOND}{AS_OF}": on})
    is_same = now.answers() == answer.conclusion.answers()
    return Standing(day < today, is_same, asked.address(**{AS_OF: on}), compared)
