"""An answer as the page shows it: the conclusion, and each finding with its reasons."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from core.law import wording
from core.law.explorer.because import Reason, reason
from core.law.words import MORE_FACTS, SEVERITIES, STATUSES
from core.rules.facts import FactDeclaration
from core.rules.findings import NOT_APPLICABLE, UNKNOWN, Finding
from core.rules.frame import frame
from core.rules.result import Result
from core.rules.rule_set import RuleSet
from core.rules.texts import Flag as DeclaredFlag
from core.rules.texts import Text
from core.rules.trail import without_repeats
from core.rules.value_types import ValueType


@dataclass(frozen=True)
class Flag:
    """What a person has to do, in plain words, with a title."""

    code: str
    title: str
    text: str


@dataclass(frozen=True)
class Found:
    """One finding in words. ``value`` is empty where the status says it all.

    ``parts`` are the fields of a conclusion that has several: each with its name.
    """

    id: str
    title: str
    status: str
    word: str
    sign: str
    severity: str
    message: str
    value: str
    flags: tuple[Flag, ...]
    missing: tuple[FactDeclaration, ...]
    reference: str
    valid_from: date | None
    valid_until: date | None
    on: date
    because: tuple[Reason, ...]
    parts: tuple[tuple[str, str], ...] = ()

    def says(self) -> tuple[object, ...]:
        """What two findings on the same rule are compared by. Why a rule does not apply is no answer."""
        told = self.answers()
        return told if self.status == NOT_APPLICABLE else (*told, self.valid_from, self.reference)

    def answers(self) -> tuple[object, ...]:
        """The answer alone, without where it stands."""
        if self.status == NOT_APPLICABLE:
            return self.status, self.flags
        return self.status, str(self.message), str(self.value), self.flags


@dataclass(frozen=True)
class Answer:
    """The whole answer; ``findings`` in the order of the law."""

    conclusion: Found
    findings: tuple[Found, ...]
    flags: tuple[Flag, ...]
    as_of: date


def in_words(rule_set: RuleSet, result: Result, tried: Collection[str]) -> Answer:
    """An answer in the reader's language."""
    findings = tuple(_found(rule_set, one, tried, None) for one in result.findings.values())
    conclusion = _found(rule_set, result.conclusion, tried, rule_set.value)
    return Answer(conclusion, findings, _flags(rule_set, result.flags), result.as_of)


def _found(rule_set: RuleSet, found: Finding, tried: Collection[str], kind: ValueType | None) -> Found:
    versions = rule_set.rules.get(found.rule_id)
    title = versions[0].title if versions else rule_set.title
    missing = found.missing if found.status == UNKNOWN else ()
    return Found(
        found.rule_id,
        wording.spoken(_of_version(rule_set, found, title)),
        found.status,
        str(MORE_FACTS if missing else STATUSES[found.status]),
        wording.sign(found.status, found.severity),
        str(SEVERITIES[found.severity]),
        wording.spoken(found.sentence()),
        _value(rule_set, found, kind),
        _flags(rule_set, found.flags),
        tuple(rule_set.law.facts[key] for key in missing),
        wording.cited(found.reference),
        found.valid_from,
        found.valid_until,
        found.on,
        tuple(reason(rule_set, tried, entry) for entry in without_repeats(found.trail)),
        parts=tuple(wording.parts(found.value, kind)) if kind and found.value is not None else (),
    )


def _of_version(rule_set: RuleSet, found: Finding, usual: Text) -> Text:
    """The title of the version that answered; versions of one rule may be called differently."""
    for one in rule_set.rules.get(found.rule_id, ()):
        if (one.valid_from, one.valid_until) == (found.valid_from, found.valid_until):
            return one.title
    return usual


def _value(rule_set: RuleSet, found: Finding, kind: ValueType | None) -> str:
    if found.value in (None, (), []) or (isinstance(found.value, bool) and kind is None):
        return ""
    written = wording.value(found.value if kind else wording.named(rule_set, found.value), kind)
    return "" if written == wording.NOTHING else written


def _flags(rule_set: RuleSet, codes: tuple[str, ...]) -> tuple[Flag, ...]:
    texts = {**frame().flags, **rule_set.law.flags}
    return tuple(_flag(code, texts.get(code) or DeclaredFlag(code, code)) for code in codes)


def _flag(code: str, declared: DeclaredFlag) -> Flag:
    return Flag(code, wording.spoken(declared.title), wording.spoken(declared))
