"""A small law in files, which a test can change before it is loaded."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from core.rules.context import Context
from core.rules.evaluate import evaluate
from core.rules.findings import Outcome, met, not_met
from core.rules.rule import rule
from core.rules.rule_set import RuleSet, load_rule_set

TEXTS = """
    title: {nb: Bidrag, en: Grant}
    summary: {nb: Om bidrag kan gis., en: Whether a grant can be given.}
    value: {type: boolean}
    facts:
      applied_on:
        type: date
        title: {nb: søknadsdato, en: date of application}
        meaning: {nb: Dagen det ble søkt., en: The day of the application.}
      hours:
        type: decimal
        unit: hours per week
        title: {nb: timer, en: hours}
        meaning: {nb: Timer i uka., en: Hours a week.}
      stays:
        type: records
        fields:
          days: {type: integer, title: {nb: dager, en: days}}
          place: {type: text, optional: true, title: {nb: sted, en: place}}
        title: {nb: opphold, en: stays}
        meaning: {nb: Tidligere opphold., en: Earlier stays.}
    settings:
      MODE:
        type: choice
        choices: {ALL: {nb: alle, en: all}, SOME: {nb: noen, en: some}}
        default: ALL
        title: {nb: måte, en: mode}
        meaning: {nb: Hva som telles., en: What is counted.}
        reference: § 3
    flags:
      DOUBT: {nb: I tvil., en: In doubt.}
    rules:
      - id: GRANT-01
        title: {nb: Timer, en: Hours}
        statement: {nb: Færre timer enn grensen., en: Fewer hours than the limit.}
        reference: § 1
        selected_by: applied_on
        valid_from: 2024-01-01
        confidence: H
        flags: [DOUBT]
        messages:
          below: {nb: "{hours} er under {limit} den {day}.", en: "{hours} is below {limit} on {day}."}
    """
PARAMETERS = """
    parameters:
      limit:
        title: {nb: grense, en: limit}
        type: decimal
        unit: hours per week
        values:
          - {value: 30, valid_from: 2024-01-01, reference: § 1, confidence: H, confirmed_on: 2025-11-01}
          - value: 37.5
            valid_from: 2026-05-01
            known_from: 2026-05-22
            reference: § 1 (2026)
            confidence: H
            confirmed_on: 2026-06-01
    """
SWITCHES = """
    switches:
      NEW_LAW:
        title: {nb: Ny lov, en: New law}
        meaning: {nb: Vedtatt., en: Passed.}
        reference: § 9
    """


@rule("GRANT-01")
def few_hours(ctx: Context) -> Outcome:
    hours, limit = ctx.fact("hours"), ctx.parameter("limit")
    return met(message="below", hours=hours, limit=limit, day=ctx.on) if hours < limit else not_met()


def conclude(ctx: Context) -> Outcome:
    return met() if ctx.value_of("GRANT-01") is True else not_met()


class Law:
    """The files of a law in a folder of the test's own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "parameters").mkdir()
        self.write("grant.yaml", TEXTS)
        self.write("parameters/grant.yaml", PARAMETERS)
        self.write("switches.yaml", SWITCHES)

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(dedent(text), encoding="utf-8")

    def change(self, name: str, old: str, new: str) -> None:
        text = (self.folder / name).read_text(encoding="utf-8")
        assert old in text
        self.write(name, text.replace(old, new))

    def add(self, name: str, text: str) -> None:
        file = self.folder / name
        file.write_text(f"{file.read_text(encoding='utf-8')}{text}", encoding="utf-8")

    def load(self, *rules: Any, conclusion: Callable[[Context], Outcome] = conclude) -> RuleSet:
        file = str(self.folder / "grant.py")
        return load_rule_set(file, rules=rules or (few_hours,), conclude=conclusion)

    def ask(self, function: Callable[[Context], Outcome], given: dict[str, Any], **options: Any) -> Any:
        """The finding of the only rule, with another function."""
        rule_set = self.load(
            rule("GRANT-01")(function), conclusion=lambda ctx: met(ctx.rule("GRANT-01").status)
        )
        facts = rule_set.facts_from_json({"appliedOn": "2026-06-01", **given}, "test")
        options = {"strict": True, **options}
        return evaluate(rule_set, facts, date(2026, 11, 27), **options)


@pytest.fixture
def law(tmp_path: Path) -> Law:
    return Law(tmp_path)
