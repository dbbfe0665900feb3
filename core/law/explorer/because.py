"""Why a finding is as it is: every fact, parameter, switch and rule that was read, in words."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from core.access.roles import all_roles
from core.law import wording
from core.law.decided import read_source
from core.law.words import CONFIDENCE, STATUSES
from core.rules.findings import UNKNOWN
from core.rules.rule_set import RuleSet
from core.rules.trail import CALENDAR, DAY, FACT, NOT_GIVEN, PARAMETER, RULE, SETTING, SWITCH, Entry
from core.web.languages import current_language


@dataclass(frozen=True)
class Reason:
    """One reading. ``anchor`` is the id of a rule on the same page, or empty."""

    kind: str
    name: str
    value: str
    source: str
    valid_from: date | None
    reference: str
    anchor: str = ""


def reason(rule_set: RuleSet, tried: Collection[str], entry: Entry) -> Reason:
    """A reading in words; ``tried`` are the switches that the reader tries here."""
    name, value, source = _BY_KIND[entry.kind](rule_set, entry)
    if entry.kind == SWITCH and entry.name in tried:
        source = _("tried here")
    return Reason(
        kinds()[entry.kind],
        name,
        value,
        source,
        entry.valid_from if entry.kind != RULE else None,
        wording.cited(entry.reference),
        entry.name if entry.kind == RULE else "",
    )


def kinds() -> dict[str, str]:
    """What the kinds of readings are called."""
    return {
        FACT: _("Fact"),
        PARAMETER: _("Value in the law"),
        SWITCH: _("Pending law"),
        SETTING: _("Choice of the organisation"),
        RULE: _("Rule"),
        CALENDAR: _("Calendar"),
        DAY: _("Day"),
    }


Words = tuple[str, str, str]


def _fact(rule_set: RuleSet, entry: Entry) -> Words:
    declared = rule_set.law.facts[entry.name]
    source = _("not given") if entry.source == NOT_GIVEN else _("typed here")
    return wording.spoken(declared.title), wording.value(entry.value, declared.type), source


def _parameter(rule_set: RuleSet, entry: Entry) -> Words:
    declared = rule_set.law.parameters[entry.name]
    value = wording.value(entry.value, declared.type)
    return wording.spoken(declared.title), value, sureness(entry.source)


def sureness(source: str) -> str:
    """How sure a value in the law is, or that there is none for the day."""
    confidence = CONFIDENCE.get(source)
    return _("no value for this day") if confidence is None else str(confidence)


def _switch(rule_set: RuleSet, entry: Entry) -> Words:
    title = wording.spoken(rule_set.law.switches[entry.name].title)
    return title, _("in force") if entry.value else _("not in force"), _("set for the whole of Fotfeste")


def _setting(rule_set: RuleSet, entry: Entry) -> Words:
    declared = rule_set.law.settings[entry.name]
    return wording.spoken(declared.title), wording.value(entry.value, declared.type), chosen(entry.source)


def chosen(source: str) -> str:
    """Why a setting is as it is: tried on the page, decided by the organisation, or assumed."""
    if source == "default":
        return _("assumed: nothing is decided")
    decision = read_source(source)
    if decision is None:
        return _("tried here")
    day, role = decision
    title = next((one.title for one in all_roles() if one.key == role), None)
    if title is None:
        return _("decided by the organisation on %(day)s", day=wording.value(day))
    by = title.in_language(current_language())
    return _("decided by the organisation on %(day)s (%(role)s)", day=wording.value(day), role=by)


def _rule(rule_set: RuleSet, entry: Entry) -> Words:
    title = rule_set.rules[entry.name][0].title
    value = (
        wording.NOTHING
        if isinstance(entry.value, bool)
        else wording.value(wording.named(rule_set, entry.value))
    )
    return wording.spoken(title), value, outcome(entry.source)


def outcome(source: str) -> str:
    """What another rule answered."""
    return _("Unknown") if source == UNKNOWN else str(STATUSES[source])


def _calendar(_rule_set: RuleSet, entry: Entry) -> Words:
    return _("Working days"), wording.NOTHING, entry.source


def _day(_rule_set: RuleSet, entry: Entry) -> Words:
    return _("The day of the question"), wording.value(entry.value), _("typed here")


_BY_KIND: Mapping[str, Callable[[RuleSet, Entry], Words]] = {
    FACT: _fact,
    PARAMETER: _parameter,
    SWITCH: _switch,
    SETTING: _setting,
    RULE: _rule,
    CALENDAR: _calendar,
    DAY: _day,
}
