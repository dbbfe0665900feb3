"""The worked cases of a rule set in words, each beside the rule that it shows."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from core.law import wording
from core.law.explorer.address import address_of
from core.law.known import once_in_each_language, worked_cases
from core.law.words import STATUSES
from core.rules.cases import NOTHING, Case, Expected
from core.rules.frame import frame
from core.rules.rule_set import RuleSet
from core.rules.texts import Text
from core.rules.trail import plain
from core.rules.value_types import json_key
from core.rules.wrong import WrongValueError


@dataclass(frozen=True)
class CaseLine:
    """A worked case in words. ``address`` is the end of the address that asks it of the explorer."""

    id: str
    title: Text
    given: tuple[str, ...]
    as_of: date
    expected: tuple[str, ...]
    address: str


@once_in_each_language
def cases_by_rule(rule_set: RuleSet) -> Mapping[str, tuple[CaseLine, ...]]:
    """The cases by the rule that each shows; under "" those of the whole answer."""
    found: dict[str, list[CaseLine]] = {}
    for one in worked_cases(rule_set):
        found.setdefault(shown_rule(rule_set, one), []).append(_case(rule_set, one))
    return {rule_id: tuple(those) for rule_id, those in found.items()}


def shown_rule(rule_set: RuleSet, one: Case) -> str:
    """The rule that a case is called after, or else the first that it expects something of; or ""."""
    expected = [*one.expected.rule_ids, *one.expected.findings]
    called = (rule_id for rule_id in rule_set.own_rules if _is_called(one.id, rule_id))
    return next(called, next((name for name in expected if name in rule_set.own_rules), ""))


def _is_called(case_id: str, rule_id: str) -> bool:
    """Whether a case is called after a rule, such as ``DUR-12-first-day`` after ``NO-DUR-12``."""
    return f"{case_id}-".startswith(f"{rule_id.partition('-')[2]}-")


def _case(rule_set: RuleSet, one: Case) -> CaseLine:
    return CaseLine(
        one.id,
        one.title,
        tuple(_given(rule_set, one)),
        one.as_of,
        tuple(_expected(rule_set, one.expected)),
        address_of(rule_set, one),
    )


def _given(rule_set: RuleSet, one: Case) -> Iterator[str]:
    facts = rule_set.law.facts
    for key, given in one.facts.items():
        name = wording.spoken(facts[key].title)
        yield wording.labelled(name, wording.value(given.value, facts[key].type))
    yield from _also(rule_set, one)


def _also(rule_set: RuleSet, one: Case) -> Iterator[str]:
    law = rule_set.law
    if one.known_on is not None:
        yield _("known on %(day)s", day=wording.value(one.known_on))
    for key, day in one.switches.items():
        title = wording.spoken(law.switches[key].title)
        yield wording.labelled(title, _("in force from %(day)s", day=wording.value(day)))
    for key, value in one.settings.items():
        setting = law.settings[key]
        yield wording.labelled(wording.spoken(setting.title), wording.value(value, setting.type))


def _expected(rule_set: RuleSet, one: Expected) -> Iterator[str]:
    if one.status:
        yield str(STATUSES[one.status])
    if one.value is not NOTHING and one.value is not None:
        yield _answer(rule_set, one.value)
    for name, given in one.fields.items():
        yield _field(rule_set, name, given)
    if one.missing:
        yield wording.labelled(_("Missing"), wording.joined(_titles(rule_set, one.missing)))
    for rule_id, wanted in one.findings.items():
        yield wording.labelled(rule_id, _finding(rule_set, wanted))
    texts = {**frame().flags, **rule_set.law.flags}
    for code in one.flags:
        yield wording.labelled(
            _("To be looked at by a person"), wording.spoken(texts[code]) if code in texts else code
        )


def _answer(rule_set: RuleSet, value: Any) -> str:
    try:
        return wording.value(rule_set.value.parse(value), rule_set.value)
    except WrongValueError:
        return str(plain(value))


def _field(rule_set: RuleSet, name: str, value: Any) -> str:
    """One field of an answer that has several."""
    one = next((one for one in rule_set.value.fields.values() if one.json_key == name), None)
    if one is None or value is None:
        return wording.labelled(wording.spoken(one.title) if one else name, wording.value(value))
    try:
        return wording.labelled(wording.spoken(one.title), wording.value(one.type.parse(value), one.type))
    except WrongValueError:
        return wording.labelled(wording.spoken(one.title), str(plain(value)))


def _titles(rule_set: RuleSet, names: Iterable[str]) -> Iterator[str]:
    titles = {json_key(key): one.title for key, one in rule_set.law.facts.items()}
    return (wording.spoken(titles[name]) if name in titles else name for name in names)


def _finding(rule_set: RuleSet, wanted: Any) -> str:
    """What a case expects of one rule: its status, its value, what is missing."""
    fields = wanted if isinstance(wanted, Mapping) else {"status": wanted}
    parts = [str(STATUSES.get(fields.get("status", ""), ""))]
    value = fields.get("value")
    if value and not isinstance(value, bool):
        parts.append(wording.value(wording.named(rule_set, value)))
    if fields.get("missing"):
        parts.append(wording.labelled(_("missing"), wording.joined(_titles(rule_set, fields["missing"]))))
    return wording.joined(part for part in parts if part)
