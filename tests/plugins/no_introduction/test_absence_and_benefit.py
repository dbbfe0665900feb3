"""What holds for any absence and any benefit, whatever the facts."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from core.rules.evaluate import evaluate
from core.rules.result import Result
from core.rules.rule_set import RuleSet
from plugins.no_introduction.law import absence_effect, benefit

FIRST, LAST = date(2025, 6, 1), date(2027, 6, 30)
DAYS = st.dates(FIRST, LAST)
KINDS = st.sampled_from(
    sorted(absence_effect.RULE_SET.law.facts["absences"].type.fields["kind"].type.choices)
)
VALID = KINDS.filter(lambda kind: kind not in {"HOLIDAY", "RELIGIOUS_DAY", "UNAUTHORISED"})
HOURS = st.none() | st.integers(0, 40).map(lambda quarters: str(Fraction(quarters, 4)))
KRONER = st.integers(0, 4_000_000).map(lambda oere: str(Fraction(oere, 100)))


def answer(rule_set: RuleSet, facts: dict[str, Any], as_of: date, **settings_: Any) -> Result:
    given_ = rule_set.facts_from_json(facts, "test")
    return evaluate(rule_set, given_, as_of, settings=settings_, strict=True)


@st.composite
def an_absence(draw: st.DrawFn, kinds: st.SearchStrategy[str]) -> dict[str, Any]:
    first = draw(DAYS)
    last = first + timedelta(days=draw(st.integers(0, 20)))
    return {
        "kind": draw(kinds),
        "firstDay": first.isoformat(),
        "lastDay": last.isoformat(),
        "hours": draw(HOURS),
    }


@settings(max_examples=60)
@given(st.lists(an_absence(KINDS), max_size=6), an_absence(VALID), DAYS, st.sampled_from(["ALL", "EXCESS"]))
def test_more_valid_absence_never_shortens_a_programme(
    absences: list[dict[str, Any]], more: dict[str, Any], last_day: date, mode: str
) -> None:
    def new_last_day(listed: list[dict[str, Any]]) -> Any:
        facts = {"absences": listed, "programmeLastDay": last_day.isoformat()}
        return answer(absence_effect.RULE_SET, facts, date(2026, 11, 27), ADD_MODE=mode).value["last_day"]

    assert last_day <= new_last_day(absences) <= new_last_day([*absences, more])


OTHER_BENEFITS = st.lists(
    st.fixed_dictionaries(
        {
            "kind": st.sampled_from(
                sorted(benefit.RULE_SET.law.facts["other_benefits"].type.fields["kind"].type.choices)
            ),
            "amount": KRONER,
            "earnedBeforeProgramme": st.booleans(),
        }
    ),
    max_size=2,
)
UNAUTHORISED = st.lists(
    st.fixed_dictionaries({"date": st.dates(date(2026, 11, 1), date(2026, 11, 30)).map(str), "hours": HOURS}),
    max_size=25,
)
MATTER = st.fixed_dictionaries(
    {
        "programmeStart": st.dates(date(2026, 1, 1), date(2026, 11, 30)).map(str),
        "permitDecisionDate": st.just("2025-06-10"),
        "unauthorisedAbsence": UNAUTHORISED,
        "otherBenefits": OTHER_BENEFITS,
        "transitionalBenefitYear": KRONER,
        "programmeWorkHours": st.integers(0, 300),
        "programmeWorkWage": KRONER,
        "partnerProgrammeStart": st.just("2026-01-05"),
    }
)
YOUNG, GROWN = {"birthDate": "2004-03-04"}, {"birthDate": "1990-03-04"}
SINGLE = {"partnerAlsoParticipant": False, "hasChildren": False}
COUPLE = {"partnerAlsoParticipant": True, "hasChildren": False}
BY_RISING_RATE: tuple[dict[str, Any], ...] = (
    YOUNG | SINGLE | {"livesWithParent": True},
    YOUNG | SINGLE | {"livesWithParent": False},
    GROWN | COUPLE,
    GROWN | SINGLE,
)


@settings(max_examples=60)
@given(MATTER, st.booleans())
def test_a_higher_rate_never_pays_less_and_nothing_is_paid_below_zero(
    matter: dict[str, Any], capped: bool
) -> None:
    answers = [
        answer(benefit.RULE_SET, matter | person, date(2026, 11, 27), CAP_AT_DAY_RATE=capped)
        for person in BY_RISING_RATE
    ]
    paid = [one.value["payable"] for one in answers]
    assert paid == sorted(paid)
    assert paid[0] >= 0


@settings(max_examples=40)
@given(MATTER, st.integers(2022, 2026))
def test_a_higher_basic_amount_never_pays_less(matter: dict[str, Any], year: int) -> None:
    person = matter | GROWN | SINGLE | {"programmeStart": "2021-02-01", "unauthorisedAbsence": []}
    before, after = (
        answer(benefit.RULE_SET, person, day).value["payable"]
        for day in (date(year, 4, 30), date(year, 5, 31))
    )
    assert before <= after


@given(st.dates(date(2026, 10, 1), date(2026, 11, 30)))
def test_a_rate_that_changes_pays_between_the_two(birthday: date) -> None:
    born = birthday.replace(year=2001).isoformat()
    person = {"birthDate": born, "livesWithParent": False, "programmeStart": "2026-01-05"} | SINGLE
    value = answer(benefit.RULE_SET, person, date(2026, 10, 31)).value
    assert sum(one["day_units"] for one in value["parts"]) == value["day_units"]
    month = value["rates"]["month"]
    assert month * Fraction(2, 3) - 1 <= value["benefit"] <= month
