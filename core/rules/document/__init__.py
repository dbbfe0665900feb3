"""A law as one page in Markdown, for lawyers and programmers: written from what its files declare."""

from collections.abc import Iterator, Mapping

from core.rules.cases import cases_of
from core.rules.document.closing import flags, not_confirmed, others, sources_in_words
from core.rules.document.overview import choices, facts, fixed_table
from core.rules.document.sets import section
from core.rules.not_functions import not_functions
from core.rules.rule_set import RuleSet
from core.rules.sources import sources


def document(title: str, rule_sets: Mapping[str, RuleSet]) -> str:
    """The page about rule sets, which are given by their full keys. Raises DeclarationError."""
    left_out = not_functions(rule_sets.values())
    cases = {key: cases_of(one) for key, one in rule_sets.items()}
    rules = {rule_id for one in rule_sets.values() for rule_id in one.own_rules}
    parts = (
        _opening(title, (len(rule_sets), len(rules), sum(map(len, cases.values())), len(left_out))),
        fixed_table(rule_sets),
        choices(rule_sets),
        facts(rule_sets.values()),
        *(section(key, one, cases[key]) for key, one in rule_sets.items()),
        others(left_out),
        not_confirmed(rule_sets.values()),
        flags(rule_sets.values()),
        sources_in_words(sources(rule_sets.values())),
    )
    return "\n".join(line for part in parts for line in part).rstrip() + "\n"


def _opening(title: str, numbers: tuple[int, int, int, int]) -> Iterator[str]:
    rule_sets, rules, cases, left_out = numbers
    yield f"""\
# {title}

What the rule sets ask for, what they rest on, and how they are tried. `core.testing.law_document` writes
this page from the files of the law: correct those, not the page. It is not legal advice.

{rule_sets} rule sets have {rules} rules and {cases} cases; {left_out} more rules of the source are no
functions, and stand with the reason near the end.

A rule answers *met*, *not met*, *unknown* or *not applicable*, and a person decides. *From* is the first day
on which a version is in force, *until* the first day on which it no longer is. Confidence is **H** when the
text of the law was read, **M** when it needs interpretation or is guidance alone, **L** when no source
confirms it. The cases named at a rule are those that expect something of it by name; the other cases of its
set try it too. [Writing law as rules](../writing-rules.md) explains the files.
"""
