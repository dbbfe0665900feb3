"""The words of the law: complete, without codes, and what a person has to do where a flag is raised."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from core.rules.evaluate import evaluate
from core.rules.frame import frame
from core.rules.law import Law
from core.rules.rule_set import RuleSet
from core.rules.texts import Flag, Text
from core.rules.value_types import ValueType
from plugins.no_introduction.law import rule_sets

FOLDER = Path(__file__).parents[3] / "plugins" / "no_introduction" / "law"
CODE = re.compile(r"\b[A-Z0-9]+_[A-Z0-9_]+\b")
SETS = [pytest.param(one, id=one.key) for one in rule_sets()]


def flags() -> dict[str, Flag]:
    found = dict(frame().flags)
    for one in rule_sets():
        found |= one.law.flags
    return found


def test_every_flag_has_a_title_and_says_what_to_do() -> None:
    for code, one in flags().items():
        for language in ("nb", "en"):
            title, text = getattr(one.title, language), getattr(one, language)
            assert title, f"{code} has no title in {language}"
            assert not title.endswith("."), code
            assert text.endswith("."), code
            assert text != title, code


def test_every_flag_is_raised_by_a_rule() -> None:
    code = "\n".join(one.read_text(encoding="utf-8") for one in FOLDER.glob("*.py"))
    named = {
        flag for one in rule_sets() for versions in one.rules.values() for v in versions for flag in v.flags
    }
    named |= {flag for one in rule_sets() for flag in one.conclusion.flags}
    declared = {flag for one in rule_sets() for flag in one.law.flags}
    assert {flag for flag in declared if f'"{flag}"' not in code} == set()
    assert named <= declared | set(frame().flags)


@pytest.mark.parametrize("rule_set", SETS)
def test_no_text_is_left_in_the_other_language_or_names_a_code(rule_set: RuleSet) -> None:
    for place, text in texts_of(rule_set):
        assert text.nb, place
        assert text.en, place
        for one in (text.nb, text.en):
            assert not CODE.search(one), f"{place}: {one}"
            assert '"' not in one, f"{place} has straight quotation marks: {one}"
            assert "  " not in one.strip(), place
        assert "eltager" not in text.nb, f"{place}: the word is deltaker"


def texts_of(rule_set: RuleSet) -> Iterator[tuple[str, Text]]:
    yield "title", rule_set.title
    yield "summary", rule_set.summary
    yield from _of_type("value", rule_set.value)
    yield from _of_law(rule_set.law)
    for versions in (*rule_set.rules.values(), (rule_set.conclusion,)):
        for one in versions:
            yield one.id, one.title
            yield one.id, one.statement
            yield from ((f"{one.id} {name}", text) for name, text in one.messages.items())


def _of_law(law: Law) -> Iterator[tuple[str, Text]]:
    for fact in law.facts.values():
        yield fact.key, fact.title
        yield fact.key, fact.meaning
        yield from _of_type(fact.key, fact.type)
    for setting in law.settings.values():
        yield setting.key, setting.meaning
        yield from _of_type(setting.key, setting.type)
    for switch in law.switches.values():
        yield switch.key, switch.meaning
    yield from law.flags.items()
    yield from law.messages.items()
    yield from law.words.items()


def _of_type(place: str, kind: ValueType) -> Iterator[tuple[str, Text]]:
    yield from ((f"{place} {key}", text) for key, text in kind.choices.items())
    for one in kind.fields.values():
        yield f"{place}.{one.key}", one.title
        yield from _of_type(f"{place}.{one.key}", one.type)
        if one.meaning:
            yield f"{place}.{one.key}", one.meaning


def test_what_a_value_of_the_law_says_is_said_in_words() -> None:
    """A list of codes that the law states is read by lawyers, so every code has words."""
    for rule_set in rule_sets():
        for key, one in rule_set.own_parameters.items():
            for code in (code for value in one.values for code in _codes(value.value)):
                assert code in one.type.words, f"{rule_set.key} {key}: {code}"


def _codes(value: object) -> list[str]:
    values = value if isinstance(value, tuple) else (value,)
    return [one for one in values if isinstance(one, str)]


def test_a_mapping_that_comes_too_late_is_told_with_its_day() -> None:
    deadlines = next(one for one in rule_sets() if one.key == "deadlines")
    facts = deadlines.facts_from_json({"decisionDate": "2026-11-02", "mappedOn": "2026-11-03"}, "test")
    said = evaluate(deadlines, facts, date(2026, 11, 27)).findings["NO-DL-05"].sentence()
    assert "2026" in said.nb
    assert "datert" in said.nb
    assert "dated" in said.en
