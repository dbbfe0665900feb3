"""A rule answers met, not met, unknown or not applicable, and says why."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from core.rules.context import Context, NotDeclaredError
from core.rules.evaluate import RuleCircleError, evaluate
from core.rules.facts import Given
from core.rules.findings import Outcome, met, not_applicable, not_met, unknown
from core.rules.rule import rule
from core.rules.trail import Entry

GRANT = "GRANT-01"


def few(ctx: Context) -> Outcome:
    hours, limit = ctx.fact("hours"), ctx.parameter("limit")
    return met(message="below", hours=hours, limit=limit, day=ctx.on) if hours < limit else not_met()


def test_a_missing_fact_is_unknown_and_named(law: Any) -> None:
    found = law.ask(few, {}).findings[GRANT]
    assert (found.status, found.missing) == ("unknown", ("hours",))
    assert found.sentence().nb == "Kan ikke avgjøres: opplysningen «timer» mangler."
    assert found.sentence().en == "Cannot be decided: the fact “hours” is missing."


def test_a_sentence_never_mixes_danish_with_the_language_of_the_law(law: Any) -> None:
    sentence = law.ask(few, {}).findings[GRANT].sentence()
    assert sentence.in_language("da") == "Kan ikke avgjøres: opplysningen «timer» mangler."
    assert sentence.stands_in("da") == "nb"
    of_day = law.ask(few, {"appliedOn": "2023-12-31", "hours": 10}).findings[GRANT].sentence()
    assert of_day.in_language("da") == "Reglen gjaldt ikke den 31.12.2023."


def test_several_missing_facts_are_named_at_once(law: Any) -> None:
    found = law.ask(lambda ctx: met(ctx.facts("hours", "stays")), {}).findings[GRANT]
    assert found.missing == ("hours", "stays")
    assert found.sentence().nb == "Kan ikke avgjøres: disse opplysningene mangler: timer, opphold."


def test_the_fact_that_selects_the_version_is_named_too(law: Any) -> None:
    assert law.ask(few, {"appliedOn": None}).findings[GRANT].missing == ("applied_on",)


def test_a_rule_that_was_not_in_force_says_so(law: Any) -> None:
    found = law.ask(few, {"appliedOn": "2023-12-31", "hours": 10}).findings[GRANT]
    assert found.status == "not_applicable"
    assert found.sentence().en == "The rule did not apply on 31 December 2023."


def test_the_selecting_day_selects_the_parameter(law: Any) -> None:
    assert law.ask(few, {"appliedOn": "2026-04-30", "hours": 30}).findings[GRANT].status == "not_met"
    assert law.ask(few, {"appliedOn": "2026-05-01", "hours": 30}).findings[GRANT].status == "met"


def test_what_was_not_yet_public_is_not_seen(law: Any) -> None:
    given = {"appliedOn": "2026-05-10", "hours": 30}
    assert law.ask(few, given, known_on=date(2026, 5, 21)).findings[GRANT].status == "not_met"


def test_a_day_without_a_value_is_unknown(law: Any) -> None:
    found = law.ask(lambda ctx: met(ctx.parameter("limit", on=date(2020, 1, 1))), {}).findings[GRANT]
    assert (found.status, found.flags) == ("unknown", ("NO_PARAMETER",))
    assert found.sentence().nb == "Kan ikke avgjøres: reglene har ingen verdi for «grense» den 01.01.2020."


def test_a_message_has_its_values_as_the_language_writes_them(law: Any) -> None:
    sentence = law.ask(few, {"hours": 29.5}).findings[GRANT].sentence()
    assert sentence.nb == "29,5 er under 37,5 den 01.06.2026."
    assert sentence.en == "29.5 is below 37.5 on 1 June 2026."


def test_the_trail_has_every_reading_with_its_source_and_reference(law: Any) -> None:
    result = law.ask(few, {"hours": {"value": 20, "source": "form:intake", "date": "2026-02-01"}})
    limit = Entry(
        "parameter", "limit", Fraction("37.5"), "H", date(2026, 5, 1), "§ 1 (2026)", date(2026, 6, 1)
    )
    assert result.findings[GRANT].trail == (
        Entry("fact", "applied_on", date(2026, 6, 1), "test"),
        Entry("fact", "hours", Fraction(20), "form:intake", date(2026, 2, 1)),
        limit,
    )
    assert limit in result.trail


def test_an_optional_reading_is_recorded_when_it_finds_nothing(law: Any) -> None:
    result = law.ask(lambda ctx: met(ctx.fact_or("hours", 0)), {})
    assert Entry("fact", "hours", None, "not given") in result.trail


def test_pending_law_is_off_until_its_day(law: Any) -> None:
    def ask(since: date | None) -> Any:
        switches = {"NEW_LAW": since} if since else {}
        result = law.ask(lambda ctx: met(ctx.switch("NEW_LAW")), {}, switches=switches)
        return result.findings[GRANT].value

    assert (ask(None), ask(date(2026, 6, 2)), ask(date(2026, 6, 1))) == (False, False, True)


def test_a_setting_is_the_default_until_a_tenant_chooses(law: Any) -> None:
    def mode(ctx: Context) -> Outcome:
        return met(ctx.setting("MODE"))

    assert Entry("setting", "MODE", "ALL", "default", None, "§ 3") in law.ask(mode, {}).trail
    chosen = law.ask(mode, {}, settings={"MODE": "SOME"})
    assert Entry("setting", "MODE", "SOME", "tenant", None, "§ 3") in chosen.trail


def test_a_chosen_value_says_where_it_comes_from_and_from_when(law: Any) -> None:
    def mode(ctx: Context) -> Outcome:
        return met(ctx.setting("MODE"))

    since = date(2026, 11, 1)
    chosen = law.ask(mode, {}, settings={"MODE": Given("SOME", "decision 2026-10-20", since)})
    assert chosen.findings["GRANT-01"].value == "SOME"
    assert Entry("setting", "MODE", "SOME", "decision 2026-10-20", since, "§ 3") in chosen.trail


def test_an_unconfirmed_rule_asks_for_a_decision_unless_it_says_when(law: Any) -> None:
    law.change("grant.yaml", "confidence: H", "confidence: L")
    assert law.ask(few, {"hours": 1}).flags == ()
    law.change("grant.yaml", "    flags: [DOUBT]\n", "")
    assert law.ask(few, {"hours": 1}).flags == ("NEEDS_CASEWORKER_DECISION",)
    assert law.ask(few, {}).flags == ()


def test_a_helper_raises_a_flag_whatever_the_answer(law: Any) -> None:
    def doubtful(ctx: Context) -> Outcome:
        ctx.flag("DOUBT")
        return met(ctx.fact("hours"))

    assert law.ask(doubtful, {}).flags == ("DOUBT",)


def test_a_rule_that_breaks_is_unknown_and_never_stops_the_others(law: Any) -> None:
    def broken(_: Context) -> Outcome:
        raise ZeroDivisionError

    found = law.ask(broken, {}, strict=False).findings[GRANT]
    assert (found.status, found.flags) == ("unknown", ("RULE_FAILED",))
    with pytest.raises(ZeroDivisionError):
        law.ask(broken, {})


def test_a_rule_cannot_ask_for_what_no_file_declares(law: Any) -> None:
    for ask in ("fact", "parameter", "switch", "setting", "rule"):
        with pytest.raises(NotDeclaredError, match=f"the {ask} nothing is not declared"):
            law.ask(lambda ctx, ask=ask: met(getattr(ctx, ask)("nothing")), {})


def test_rules_that_need_each_other_are_refused(law: Any) -> None:
    with pytest.raises(RuleCircleError, match="GRANT-01 needs its own finding"):
        law.ask(lambda ctx: met(ctx.value_of(GRANT)), {})


@pytest.mark.parametrize("answer", [unknown("DOUBT"), not_applicable()])
def test_what_is_unknown_or_not_applicable_stays_so_for_who_uses_it(law: Any, answer: Outcome) -> None:
    rule_set = law.load(rule(GRANT)(lambda _: answer))
    facts = rule_set.facts_from_json({"appliedOn": "2026-06-01"}, "test")
    result = evaluate(rule_set, facts, date(2026, 11, 27), strict=True)
    assert (result.status, result.value, result.flags) == (answer.status, None, answer.flags)


def test_a_parameter_read_for_many_days_stands_once_for_each_value(law: Any) -> None:
    def average(ctx: Context) -> Outcome:
        days = [date(2026, 4, 29), date(2026, 4, 30), date(2026, 5, 1), date(2026, 5, 2)]
        return met(sum(ctx.parameter("limit", on=day) for day in days) / 4)

    result = law.ask(average, {})
    assert result.findings[GRANT].value == Fraction("33.75")
    assert [entry.on for entry in result.trail if entry.kind == "parameter"] == [
        date(2026, 4, 29),
        date(2026, 5, 1),
    ]


def test_the_fields_of_a_record_have_their_names_of_json(law: Any) -> None:
    told = law.ask(lambda _: met({"max_months": 12, "BY_AGE": None}), {}).to_json()
    assert told["findings"][0]["value"] == {"maxMonths": 12, "BY_AGE": None}


def test_an_answer_in_json_has_plain_values_and_the_names_of_json(law: Any) -> None:
    told = law.ask(few, {"hours": 1}).to_json()
    assert told["ruleIds"] == [GRANT]
    assert {"kind": "fact", "name": "appliedOn"}.items() <= told["trail"][1].items()
    numbers = [Fraction(2, 3), Fraction(5, 2), Fraction(4)]
    assert law.ask(lambda _: met(numbers), {}).to_json()["findings"][0]["value"] == ["2/3", 2.5, 4]
