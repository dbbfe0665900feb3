"""Participants of make-believe, drawn by seed: the same number is always the same person.

The dates of a person follow each other as they do in life; what else the rule sets ask for is drawn by its
type, and one fact in ten of those is not given. What the formulas of `floor_law` need is always there.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from core.rules.facts import FactDeclaration
from core.rules.value_types import ValueType
from plugins.no_introduction.law import rule_sets

AS_OF: Final = date(2026, 10, 15)
NIGHT: Final = AS_OF.isoformat()
FIRST_DECISION: Final = date(2023, 8, 1)
PERMITS: Final = (
    "S28",
    "S34",
    "S34",
    "S34",
    "FAMILY",
    "S35_3",
    "S38_1",
    "S38_5",
    "S53",
    "FAMILY_OTHER",
    "OTHER",
)
GOALS: Final = ("WORK", "VGS_FULL", "VGS_PART", "VOCATIONAL_CERT", "HIGHER_PREP")
NOT_GIVEN: Final = 0.1
MISSING_IN_ALL: Final = frozenset({
    "s34_decision_date", "reference_permanent_on", "job_ended_on", "interrupted_on", "permit_ended_on",
    "moved_on", "household_changes", "used_months_before",
})  # fmt: skip
"""What has not happened to anybody here, so that the formulas are about everybody."""

DECLARED: Final[Mapping[str, FactDeclaration]] = {
    key: one for rule_set in rule_sets() for key, one in rule_set.law.facts.items()
}


def person(number: int, seed: int = 1) -> dict[str, Any]:
    """The facts of a person, by their names in JSON."""
    chance = Random(f"{seed} {number}")  # noqa: S311  nothing secret
    life = _life(chance)
    others = DECLARED.keys() - life.keys() - MISSING_IN_ALL
    drawn = {key: _value(chance, DECLARED[key].type, life["programme_start"]) for key in sorted(others)}
    kept = {key: value for key, value in drawn.items() if chance.random() > NOT_GIVEN}
    return {DECLARED[key].json_key: _plain(value) for key, value in (life | kept).items()}


def _life(chance: Random) -> dict[str, Any]:
    """What belongs together: permit, household, dates in their order, goal and education."""
    decision = FIRST_DECISION + timedelta(days=chance.randrange((AS_OF - FIRST_DECISION).days - 30))
    residence = decision - timedelta(days=chance.choice((20, 60, 90, 200, 400, 760)))
    permit = residence - timedelta(days=chance.randrange(20, 200))
    applied = date(2021, 1, 1) + timedelta(days=chance.randrange(600))
    start = decision + timedelta(days=chance.randrange(30))
    kind = chance.choice(PERMITS)
    return {
        "birth_date": permit - timedelta(days=chance.randrange(16 * 365, 60 * 365)),
        "permit_type": kind,
        "is_s34": kind == "S34",
        "permit_decision_date": permit,
        "applied_from_abroad": chance.random() < 0.3,
        "arrival_date": permit - timedelta(days=10),
        "settled_date": residence,
        "residence_start": residence,
        "decision_date": decision,
        "offer_date": decision - timedelta(days=chance.randrange(14)),
        "programme_start": start,
        "programme_last_day": start + timedelta(days=chance.randrange(150, 1400)),
        "settled_by_agreement": chance.random() < 0.9,
        "had_family_permit": chance.random() < 0.1,
        "family_application_date": applied,
        "reference_settled_date": applied - timedelta(days=chance.randrange(3000)),
        "nordic_or_eea": chance.random() < 0.02,
        "job_hours_per_week": chance.choice((0, 0, 0, 7.5, 29.5, 30, 37.5)),
        "edu_level": chance.choice(("NO_PRIMARY", "PRIMARY", "VGS_PLUS")),
        "gsu_education_met": chance.random() < 0.4,
        "ukrainian_upper_secondary": kind == "S34" and chance.random() < 0.5,
        "goal": chance.choice(GOALS),
        "lives_with_parent": chance.random() < 0.1,
        "partner_also_participant": chance.random() < 0.3,
        "has_children": chance.random() < 0.4,
    }


def _value(chance: Random, kind: ValueType, start: date) -> Any:
    """Any value of a type, dates about the time of the programme."""
    match kind.kind:
        case "list":
            return [one for one in kind.choices if chance.random() < 0.7]
        case "record":
            return {one.json_key: _plain(_value(chance, one.type, start)) for one in kind.fields.values()}
        case "records":
            record = ValueType("record", fields=kind.fields)
            return [_value(chance, record, start) for _ in range(chance.randrange(4))]
    bare = {
        "boolean": chance.random() < 0.5,
        "date": start + timedelta(days=chance.randrange(-60, 700)),
        "choice": chance.choice([*kind.choices] or [""]),
        "text": "-",
    }
    return bare.get(kind.kind, chance.randrange(40))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
