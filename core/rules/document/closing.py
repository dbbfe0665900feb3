"""The end of the page: rules that are no functions, what no source confirms, and flags in plain words."""

from collections.abc import Iterable, Iterator

from core.rules.document.markdown import table, titled
from core.rules.frame import frame
from core.rules.not_functions import NotFunction
from core.rules.rule import RuleVersion
from core.rules.rule_set import RuleSet
from core.rules.texts import Flag


def others(left_out: Iterable[NotFunction]) -> Iterator[str]:
    """The rules of the source that no rule set answers."""
    yield "## Rules of the source that are no functions\n"
    rows = ([one.id, titled(one.title), one.reason] for one in left_out)
    yield from table(("Rule", "Title", "Why it is no function"), rows)


def not_confirmed(rule_sets: Iterable[RuleSet]) -> Iterator[str]:
    """The rules that rest on a choice of ours."""
    yield "## Rules that no source confirms\n"
    yield "They rest on a choice made here. Whoever runs the product should have them judged first.\n"
    found = {one.id: one for each in rule_sets for one in _versions(each) if one.confidence == "L"}
    yield from table(("Rule", "Title"), ([key, titled(one.title)] for key, one in found.items()))


def flags(rule_sets: Iterable[RuleSet]) -> Iterator[str]:
    """Every flag that may be raised, in words."""
    yield "## What a caseworker must know\n"
    yield "Flags in plain words. A flag is shown with the answer and blocks nothing.\n"
    words: dict[str, Flag] = dict(frame().flags)
    for one in rule_sets:
        words |= one.law.flags
    rows = ([f"`{key}`", _title(words[key]), words[key].en] for key in sorted(words))
    yield from table(("Flag", "Title", "What a caseworker has to do"), rows)


def _title(flag: Flag) -> str:
    return titled(flag.title) if flag.title.en else ""


def sources_in_words(named: Iterable[tuple[str, str]]) -> Iterator[str]:
    """What the short names of sources stand for."""
    yield "## Sources\n"
    yield from table(("Short name", "Source"), named)


def _versions(rule_set: RuleSet) -> list[RuleVersion]:
    return [one for key in rule_set.own_rules for one in rule_set.rules[key]]
