"""Three questions of the Norwegian law as an OpenFisca system: the formulas of `tests/bench/floor_law.py`.

They are written as OpenFisca wants them, for whole columns of people at once, and are read only by
``ask.py``, in an environment that has OpenFisca.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import DateUnit
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

DAY = np.timedelta64(1, "D")
NONE, DISCRETIONARY, RIGHT_ONLY, RIGHT_AND_DUTY = range(4)
GROUPS = ("NONE", "DISCRETIONARY", "RIGHT_ONLY", "RIGHT_AND_DUTY")
PERMITS = ("OTHER", "S28", "S35_3", "S38_1", "S38_5", "S34", "FAMILY", "S53", "FAMILY_OTHER")
GOALS = ("WORK", "VGS_FULL", "VGS_PART", "VOCATIONAL_CERT", "HIGHER_PREP")
PARAMETERS = {
    "age_min": {"2021-01-01": 18},
    "age_max": {"2021-01-01": 55},
    "residence_months": {"2021-01-01": 24},
    "reference_months": {"2021-01-01": 60},
    "job_hours": {"2026-01-01": 30},
    "full_age": {"2004-01-01": 25},
    "grunnbelop": {"2024-05-01": 124028, "2025-05-01": 130160, "2026-05-01": 136549},
    "basic_amounts": {"2004-01-01": 2},
    "days_per_month": {"2004-01-01": 30},
    "young": {"2021-01-01": 2 / 3},
    "with_parent": {"2021-01-01": 1 / 3},
    "couple": {"2024-07-01": 5 / 6},
}
NEW_LAW, SCHOOL_LAW, COUPLES_LAW = (np.datetime64(day) for day in ("2026-01-01", "2025-01-01", "2024-07-01"))
PERSON = build_entity("person", "persons", "A participant", is_person=True)
HOUSEHOLD = build_entity(
    "household", "households", "A household", roles=[{"key": "member", "plural": "members"}]
)


def months_after(days: Any, months: Any) -> Any:
    """The same day number some months later, or the last day of a shorter month."""
    before = days.astype("M8[M]")
    after = before + np.asarray(months).astype("m8[M]")
    last = (after + 1).astype("M8[D]") - DAY
    return np.minimum(after.astype("M8[D]") + (days - before.astype("M8[D]")), last)


def input_of(name: str, kind: type) -> type[Variable]:
    """A variable that is given and never changes."""
    fields = {"value_type": kind, "entity": PERSON, "definition_period": DateUnit.ETERNITY, "label": name}
    return type(name, (Variable,), fields)


def reader(person: Any, period: Any) -> Callable[[str], Any]:
    """What is known of the people in a period, by name."""
    return lambda name: person(name, period)


INPUTS = {
    "birth_date": date, "permit_decision_date": date, "residence_start": date, "decision_date": date,
    "offer_date": date, "programme_start": date, "programme_last_day": date, "family_application_date": date,
    "reference_settled_date": date, "permit_type": int, "goal": int, "nordic_or_eea": bool,
    "job_hours_per_week": float, "settled_by_agreement": bool, "had_family_permit": bool,
    "gsu_education_met": bool, "ukrainian_upper_secondary": bool, "lives_with_parent": bool,
    "partner_also_participant": bool, "has_children": bool,
}  # fmt: skip
PERMIT, GOAL = PERMITS.index, GOALS.index


class target_group(Variable):
    """What a person has."""

    value_type, entity, definition_period, label = int, PERSON, DateUnit.YEAR, "Target group"

    def formula(person, period, parameters):
        law = parameters(period)
        of = reader(person, period)
        permit, decision, kind = of("permit_decision_date"), of("decision_date"), of("permit_type")
        working = (decision >= NEW_LAW) & (of("job_hours_per_week") >= law.job_hours)
        lettered = (kind != PERMIT("OTHER")) & (kind != PERMIT("FAMILY_OTHER"))
        young = permit < months_after(of("birth_date"), law.age_min * 12)
        old = permit >= months_after(of("birth_date"), (law.age_max + 1) * 12)
        newcomer = decision < months_after(of("residence_start"), law.residence_months)
        settled = months_after(of("reference_settled_date"), law.reference_months)
        family = (kind != PERMIT("FAMILY")) | (of("family_application_date") < settled)
        once_family = (kind == PERMIT("S28")) & of("had_family_permit")
        by_itself = (kind == PERMIT("FAMILY")) | (kind == PERMIT("S53"))
        agreed = by_itself | of("settled_by_agreement") | once_family
        right = lettered & newcomer & family & agreed & ~young & ~old
        only = (kind == PERMIT("S34")) & (decision < NEW_LAW)
        offered = ~young & newcomer & (lettered | (kind == PERMIT("FAMILY_OTHER")))
        return np.select(
            [of("nordic_or_eea") | working, right & only, right, offered],
            [NONE, RIGHT_ONLY, RIGHT_AND_DUTY, DISCRETIONARY],
            NONE,
        )


def limits(person: Any, period: Any) -> tuple[Any, Any]:
    """The most months and the extension; 0 where a person has to decide."""
    offer, goal = person("offer_date", period), person("goal", period)
    collective = person("permit_type", period) == PERMIT("S34")
    listed = person("gsu_education_met", period)
    ukrainian = collective & person("ukrainian_upper_secondary", period)
    upper, new, school = listed | ukrainian, offer >= NEW_LAW, offer >= SCHOOL_LAW
    prepares = ukrainian & ~listed & (goal == GOAL("HIGHER_PREP"))
    part, trade = goal == GOAL("VGS_PART"), goal == GOAL("VOCATIONAL_CERT")
    complete = trade | (goal == GOAL("VGS_FULL"))
    cases = [
        upper & (new | prepares), upper, school & part, school & trade, school & complete,
        ~new & complete, ~new, goal == GOAL("WORK"),
    ]  # fmt: skip
    return np.select(cases, [12, 6, 36, 60, 48, 36, 24, 24], 0), np.select(
        cases, [0, 6, 12, 0, 12, 12, 12, 0], 0
    )


class max_months(Variable):
    """The most months."""

    value_type, entity, definition_period, label = int, PERSON, DateUnit.YEAR, "Most months"

    def formula(person, period):
        return limits(person, period)[0]


class extension_months(Variable):
    """The extension."""

    value_type, entity, definition_period, label = int, PERSON, DateUnit.YEAR, "Extension"

    def formula(person, period):
        return limits(person, period)[1]


class max_last_day(Variable):
    """The last possible day of the programme."""

    value_type, entity, definition_period, label = date, PERSON, DateUnit.YEAR, "Last possible day"

    def formula(person, period):
        start = person("programme_start", period)
        end = months_after(start, person("max_months", period) + person("extension_months", period))
        same_day = (end - end.astype("M8[M]")) == (start - start.astype("M8[M]"))
        return np.where(same_day, end - DAY, end)


class benefit(Variable):
    """The benefit of a month before deductions."""

    value_type, entity, definition_period, label = float, PERSON, DateUnit.MONTH, "Introduction benefit"

    def formula(person, period, parameters):
        law = parameters(period)
        of = reader(person, period)
        first, last = np.datetime64(str(period.start)), np.datetime64(str(period.stop))
        begins = np.maximum(first, of("programme_start"))
        ends = np.minimum(last, of("programme_last_day"))
        days = ((ends - begins) // DAY) + 1
        whole = (begins == first) & (ends == last)
        units = np.where(whole, law.days_per_month, np.clip(days, 0, law.days_per_month))
        turns = months_after(of("birth_date"), law.full_age * 12)
        before = np.where(turns > ends, units, np.clip((turns - begins) // DAY, 0, units))
        young = np.where(of("lives_with_parent"), law.with_parent, law.young)
        couple = of("partner_also_participant") & ~of("has_children") & (of("programme_start") >= COUPLES_LAW)
        parts = before * young + (units - before) * np.where(couple, law.couple, 1)
        month = law.grunnbelop * law.basic_amounts / 12
        return np.floor(month / law.days_per_month * parts * 100 + 0.5) / 100


VARIABLES = (target_group, max_months, extension_months, max_last_day, benefit)


def make_system() -> TaxBenefitSystem:
    """The inputs, the formulas and the parameters."""
    system = TaxBenefitSystem([PERSON, HOUSEHOLD])
    for variable in (*(input_of(name, kind) for name, kind in INPUTS.items()), *VARIABLES):
        system.add_variable(variable)
    dated = {
        name: {"values": {day: {"value": value} for day, value in values.items()}}
        for name, values in PARAMETERS.items()
    }
    system.parameters = ParameterNode("", data=dated)
    return system
