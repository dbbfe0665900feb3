"""How much of a law its reader wants: all of it, the rules of a day, or what changes from a day on."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from core.law.changes import ChangeDay
from core.law.explorer.typed import Typed
from core.law.reading.page import Law, LawRule, Version
from core.rules.parameters import DatedValue, Parameter
from core.web.fields import Choice
from core.web.forms import FormState

ALL, ON, SINCE = "all", "on", "since"
WAYS: Final = (ALL, ON, SINCE)
FOLDED, UNFOLDED, NONE = "folded", "unfolded", "none"
CASES: Final = (FOLDED, UNFOLDED, NONE)


@dataclass(frozen=True)
class Shown:
    """What the reader chose. ``day`` is today unless another was typed; ``state`` shows the form again.

    ``way`` is one of `WAYS`, ``cases`` one of `CASES`.
    """

    way: str
    day: date
    cases: str
    state: FormState

    @property
    def with_cases(self) -> bool:
        """Whether there are worked cases."""
        return self.cases != NONE

    @property
    def is_good(self) -> bool:
        """Whether everything could be read."""
        return not self.state.errors

    @property
    def is_usual(self) -> bool:
        """Whether the reader has chosen nothing."""
        return self.way == ALL and self.cases == FOLDED

    def changes(self, days: tuple[ChangeDay, ...]) -> tuple[ChangeDay, ...]:
        """The days of change that are shown."""
        return tuple(one for one in days if self.way != SINCE or one.day >= self.day)


def read_shown(given: Mapping[str, str], today: date) -> Shown:
    """The choice in an address. A day that cannot be read is named, and everything is shown."""
    typed = Typed(given)
    way, day = typed.take("show", Choice(WAYS)), typed.day("day")
    cases = typed.take("cases", Choice(CASES))
    values = {"show": ALL, "day": today.isoformat(), "cases": FOLDED, **typed.taken}
    state = FormState(values, typed.errors)
    return Shown((not typed.errors and way) or ALL, day or today, cases or FOLDED, state)


def only(law: Law, shown: Shown) -> Law:
    """The part of a law that is shown."""
    rules = [_rule(one, shown) for one in law.rules]
    parameters = [replace(one, values=tuple(_values(one, shown))) for one in law.parameters]
    return replace(
        law,
        rules=tuple(one for one in rules if one.versions),
        parameters=tuple(one for one in parameters if one.values),
        cases=law.cases if shown.way == ALL and shown.with_cases else (),
    )


def _rule(one: LawRule, shown: Shown) -> LawRule:
    """A rule of a day has the version of that day; one that changes has all, to be compared."""
    versions = one.versions
    if shown.way == ON:
        versions = tuple(each for each in versions if each.rule.in_force(shown.day))
    if shown.way == SINCE and not any(_changes(each, shown.day) for each in versions):
        versions = ()
    return replace(one, versions=versions, cases=one.cases if shown.with_cases else ())


def _changes(each: Version, day: date) -> bool:
    ends = each.rule.valid_from, each.rule.valid_until
    return any(one is not None and one >= day for one in ends)


def _values(one: Parameter, shown: Shown) -> list[DatedValue]:
    """The value of a day; or those that begin from a day on, after the one that they replace."""
    now = one.on(shown.day)
    later = [value for value in one.values if value.valid_from >= shown.day and value is not now]
    if shown.way == ON:
        return [now] if now else []
    if shown.way == SINCE:
        begins = now is not None and now.valid_from == shown.day
        before = [value for value in one.values if value.valid_from < shown.day][-1:]
        return [*before, *([now] if begins and now else []), *later] if begins or later else []
    return list(one.values)
