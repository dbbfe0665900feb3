"""Links that ask the same question on the day of a change and on the day before."""

from dataclasses import dataclass
from datetime import timedelta

from core.law.changes import ChangeDay
from core.law.explorer.asked import AS_OF, Asked
from core.rules import rule
from core.rules.rule_set import RuleSet
from core.rules.texts import Text


@dataclass(frozen=True)
class Moved:
    """The question on both sides of a change. ``by`` is the date that is moved; None: the question's own."""

    before: str
    after: str
    by: Text | None


def moved(rule_set: RuleSet, asked: Asked, day: ChangeDay) -> list[Moved]:
    """One for each date that decides on which side of the day's changes a matter is."""
    names = {name: None for change in day.changes for name in change.moved_by}
    facts = [rule_set.law.facts[name] for name in names if name in rule_set.law.facts]
    found = [_moved(asked, day, one.json_key, one.title) for one in facts if one.type.kind == "date"]
    by_question = rule.AS_OF in names or not found
    return ([_moved(asked, day, AS_OF, None)] if by_question else []) + found


def _moved(asked: Asked, day: ChangeDay, name: str, title: Text | None) -> Moved:
    before = day.day - timedelta(days=1)
    sides = [asked.address(**{name: one.isoformat()}) for one in (before, day.day)]
    return Moved(sides[0], sides[1], title)
