"""Three questions of the Norwegian law in plain Python, without trail and reasons: the floor of the rules.

Only for people as `people` draws them, under the law of the day on which they are asked. The numbers are
written out, so that the floor is also a second opinion.
"""

from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from fractions import Fraction
from math import floor
from typing import Any, Final

LETTERS: Final = {
    "S28": "a", "S35_3": "b", "S38_1": "c", "S38_5": "d", "S34": "e", "FAMILY": "f", "S53": "g"
}  # fmt: skip
COMPLETE: Final = {"VGS_FULL", "VOCATIONAL_CERT"}
NEW_LAW, SCHOOL_LAW, COUPLES_LAW = date(2026, 1, 1), date(2025, 1, 1), date(2024, 7, 1)
BASIC_AMOUNT: Final = 136549
DAY: Final = timedelta(days=1)
Person = Mapping[str, Any]


def add_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def birthday(born: date, years: int) -> date:
    leap = (born.month, born.day) == (2, 29) and monthrange(born.year + years, 2)[1] == 28
    return date(born.year + years, 2, 28) if leap else born.replace(year=born.year + years)


def target_group(person: Person, _: date) -> str:
    """What a person has: a right and a duty, a right, perhaps an offer, or nothing."""
    decision = person["decision_date"]
    if person["nordic_or_eea"] or (decision >= NEW_LAW and person["job_hours_per_week"] >= 30):
        return "NONE"
    letter, permit = LETTERS.get(person["permit_type"], ""), person["permit_decision_date"]
    young, old = permit < birthday(person["birth_date"], 18), permit >= birthday(person["birth_date"], 56)
    newcomer = decision < add_months(person["residence_start"], 24)
    limit = add_months(person["reference_settled_date"], 60)
    family = letter != "f" or person["family_application_date"] < limit
    once_family = letter == "a" and person["had_family_permit"]
    agreed = letter in {"f", "g"} or person["settled_by_agreement"] or once_family
    if letter and newcomer and family and agreed and not young and not old:
        return "RIGHT_ONLY" if letter == "e" and decision < NEW_LAW else "RIGHT_AND_DUTY"
    if young or not newcomer:
        return "NONE"
    return "DISCRETIONARY" if letter or person["permit_type"] == "FAMILY_OTHER" else "NONE"


def duration(person: Person, _: date) -> tuple[int, int, date] | None:
    """The most months, the extension, and the last possible day; None where a person has to decide."""
    found = _limits(person)
    if found is None:
        return None
    start, months = person["programme_start"], sum(found)
    end = add_months(start, months)
    return *found, end if end.day != start.day else end - DAY


def _limits(person: Person) -> tuple[int, int] | None:
    offer, goal = person["offer_date"], person["goal"]
    collective = person["permit_type"] == "S34"
    ukrainian = collective and person["ukrainian_upper_secondary"]
    if person["gsu_education_met"] or ukrainian:
        return _with_upper_secondary(person, goal, ukrainian=ukrainian) if offer < NEW_LAW else (12, 0)
    if goal in {*COMPLETE, "VGS_PART"} and offer >= SCHOOL_LAW:
        return {"VGS_PART": (36, 12), "VGS_FULL": (48, 12), "VOCATIONAL_CERT": (60, 0)}[goal]
    if offer < NEW_LAW:
        return (36, 12) if goal in COMPLETE else (24, 12)
    return (24, 0) if goal == "WORK" else None


def _with_upper_secondary(person: Person, goal: str, *, ukrainian: bool) -> tuple[int, int]:
    prepares = ukrainian and goal == "HIGHER_PREP" and not person["gsu_education_met"]
    return (12, 0) if prepares else (6, 6)


def benefit(person: Person, as_of: date) -> Fraction | None:
    """The benefit of the month before deductions; None when the person takes no part in it."""
    last = as_of.replace(day=monthrange(as_of.year, as_of.month)[1])
    begins = max(as_of.replace(day=1), person["programme_start"])
    ends = min(last, person["programme_last_day"])
    if begins > ends:
        return None
    units = min(30, (ends - begins).days + 1)
    if (begins, ends) == (as_of.replace(day=1), last):
        units = 30
    turns = birthday(person["birth_date"], 25)
    before = units if turns > ends else min(units, max(0, (turns - begins).days))
    young = Fraction(1, 3) if person["lives_with_parent"] else Fraction(2, 3)
    couple = person["partner_also_participant"] and not person["has_children"]
    older = Fraction(5, 6) if couple and person["programme_start"] >= COUPLES_LAW else Fraction(1)
    exact = Fraction(BASIC_AMOUNT * 2, 12 * 30) * (before * young + (units - before) * older)
    return Fraction(floor(exact * 100 + Fraction(1, 2)), 100)


FORMULAS: Final[dict[str, Callable[[Person, date], Any]]] = {
    "target_group": target_group,
    "duration": duration,
    "benefit": benefit,
}


def in_short(name: str, value: Any) -> Any:
    """Of the answer of a rule set, what the formula of the same name answers."""
    if value is None or name == "target_group":
        return value
    return value["benefit"] if name == "benefit" else (value["max"], value["ext"], value["max_last_day"])
