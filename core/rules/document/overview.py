"""The tables that hold for all rule sets: values, facts, dates, pending law and settings."""

from collections.abc import Iterable, Iterator, Mapping

from core.rules.document.markdown import amount, codes, table, titled, typed
from core.rules.rule import AS_OF
from core.rules.rule_set import RuleSet
from core.rules.set_reads import reads_of_set


def fixed_table(rule_sets: Mapping[str, RuleSet]) -> Iterator[str]:
    """The keys that programs rely on, with the shape of the value and the facts that are read."""
    yield "## The rule sets: value and facts\n"
    yield "Names are those of JSON. A field with ? may be null. The facts of used rules are counted in.\n"
    rows = (
        [f"`{key}`", one.summary.en, typed(one.value), codes(sorted(_facts_of(one)))]
        for key, one in rule_sets.items()
    )
    yield from table(("Rule set", "Question", "Shape of `value`", "Facts read"), rows)


def _facts_of(rule_set: RuleSet) -> list[str]:
    return [rule_set.law.facts[key].json_key for key in reads_of_set(rule_set).facts]


def choices(rule_sets: Mapping[str, RuleSet]) -> Iterator[str]:
    """What selects versions of rules, apart from the facts."""
    yield "## The rule sets: dates, pending law and settings\n"
    yield "The dates select the version of each rule; `asOf` is the day of the question. Pending law is"
    yield "passed, and off until an administrator gives its day. Settings are choices the law leaves open.\n"
    rows = ([f"`{key}`", *map(codes, _selectors(one))] for key, one in rule_sets.items())
    yield from table(("Rule set", "Dates that select versions", "Pending law", "Settings"), rows)
    yield from _pending(rule_sets.values())
    yield from _settings(rule_sets.values())


def _selectors(rule_set: RuleSet) -> tuple[Iterable[str], Iterable[str], Iterable[str]]:
    reads = reads_of_set(rule_set)
    versions = [one for key in rule_set.own_rules for one in rule_set.rules[key]]
    dates = dict.fromkeys(date_name(rule_set, name) for one in versions for name in one.selected_by)
    return dates, reads.switches, reads.settings


def date_name(rule_set: RuleSet, name: str) -> str:
    """A date that selects versions: a fact as JSON has it, a rule, or the day of the question."""
    fact = rule_set.law.facts.get(name)
    return fact.json_key if fact else {AS_OF: "asOf"}.get(name, name)


def _pending(rule_sets: Iterable[RuleSet]) -> Iterator[str]:
    found = {key: one for each in rule_sets for key, one in each.law.switches.items()}
    rows = ([f"`{key}`", titled(one.title), one.meaning.en, one.reference] for key, one in found.items())
    return table(("Pending law", "Title", "Meaning", "Reference"), rows)


def _settings(rule_sets: Iterable[RuleSet]) -> Iterator[str]:
    found = {key: one for each in rule_sets for key, one in each.law.settings.items()}
    rows = (
        [
            f"`{key}`",
            titled(one.title),
            one.meaning.en,
            typed(one.type),
            f"`{amount(one.default)}`",
            one.reference,
        ]
        for key, one in found.items()
    )
    return table(("Setting", "Title", "Meaning", "Type", "Default", "Reference"), rows)


def facts(rule_sets: Iterable[RuleSet]) -> Iterator[str]:
    """Every fact once, in words; its name is the English title."""
    found = {one.json_key: one for each in rule_sets for one in each.law.facts.values()}
    yield "## The facts\n"
    rows = (
        [f"`{key}`", f"*{one.title.nb}*", typed(one.type), one.meaning.en]
        for key, one in sorted(found.items())
    )
    yield from table(("Fact", "Title", "Type", "Meaning"), rows)
