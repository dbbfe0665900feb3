"""The facts of a rule set in words: what they are, what reads them, and what follows without them."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from core.rules.describe_types import inside, titled, type_in_words, typed
from core.rules.examples import example_values
from core.rules.facts import FactDeclaration
from core.rules.reads import Reads
from core.rules.rule import RuleVersion
from core.rules.rule_set import RuleSet
from core.rules.set_reads import asking_versions
from core.rules.wrong import shown

CONCLUSION = "conclusion"
ASSUMED = {
    "False": "false",
    "0": "0",
    "Fraction(0)": "0",
    "()": "an empty list",
    "ctx.as_of": "the day of the question",
}
"""What stands in the code of rules, in words."""


class Reader(NamedTuple):
    """A rule that reads a fact, and what happens when the fact is left out."""

    rule_id: str
    needed: bool
    when_left_out: str


def described_facts(rule_set: RuleSet, language: str) -> list[dict[str, Any]]:
    """Each fact that the set reads, for programs and for `fact_lines`."""
    readers = readers_of(rule_set)
    facts = [rule_set.law.facts[key] for key in readers]
    examples = example_values(rule_set, facts)
    return [_described(one, readers[one.key], examples[one.key], language) for one in facts]


def _described(
    one: FactDeclaration, readers: dict[str, Reader], example: Any, language: str
) -> dict[str, Any]:
    return {
        "name": one.json_key,
        **type_in_words(one.type, language),
        **titled(one.title, one.meaning, language),
        "personal": one.personal,
        "mayBeLeftOut": not any(reader.needed for reader in readers.values()),
        "readBy": [
            {"ruleId": reader.rule_id, "needed": reader.needed, "whenLeftOut": reader.when_left_out}
            for reader in readers.values()
        ],
        "example": example,
    }


def readers_of(rule_set: RuleSet) -> dict[str, dict[str, Reader]]:
    """By fact and rule: the rules that read it. One that needs it in any version needs it."""
    found: dict[str, dict[str, Reader]] = {}
    for version, reads in asking_versions(rule_set):
        for key in reads.facts:
            there = found.setdefault(key, {})
            reader = _reader(rule_set, key, version, reads)
            if reader.needed or reader.rule_id not in there:
                there[reader.rule_id] = reader
    return found


def _reader(rule_set: RuleSet, key: str, version: RuleVersion, reads: Reads) -> Reader:
    rule_id = CONCLUSION if version is rule_set.conclusion else version.id
    if key in reads.needed or version.selected_by == (key,):
        return Reader(rule_id, needed=True, when_left_out="the rule is unknown")
    if key in reads.assumed:
        code = reads.assumed[key]
        return Reader(rule_id, needed=False, when_left_out=_in_words(code, rule_set.law.facts[key]))
    return Reader(rule_id, needed=False, when_left_out="another date selects the version")


def _in_words(code: str, fact: FactDeclaration) -> str:
    if code == "None":
        return "taken as not having happened" if fact.type.kind == "date" else "the rule answers without it"
    return f"taken as {ASSUMED.get(code, 'what the rule works out')}"


def fact_lines(one: dict[str, Any]) -> Iterator[str]:
    """What is described of a fact, as lines for a terminal."""
    yield f"{one['name']} ({typed(one)}): {one['meaning']}"
    yield from (f"    {line}" for line in inside(one))
    needed = [reader["ruleId"] for reader in one["readBy"] if reader["needed"]]
    yield f"    needed by {', '.join(needed)}" if needed else "    may be left out"
    for said, rules in _left_out(one).items():
        yield f"    left out: {said} ({', '.join(rules)})"
    yield f"    example: {shown(one['example'])}"


def _left_out(one: dict[str, Any]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for reader in one["readBy"]:
        if not reader["needed"]:
            found.setdefault(reader["whenLeftOut"], []).append(reader["ruleId"])
    return found
