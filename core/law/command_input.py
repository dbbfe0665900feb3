"""What the commands need to ask rule sets: options as they are typed, and files of facts."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TextIO, cast

import click

from core.law.decided import Practice
from core.rules.facts import WrongFactsError
from core.rules.json_text import read_json
from core.rules.question import DATE, Question, answer, question_from_json
from core.rules.rule_set import RuleSet
from core.rules.wrong import WrongValueError, did_you_mean, nearest

STANDARD_INPUT = "standard input"
ENCODING = "utf-8-sig"


class WrongCommandError(click.ClickException):
    """Something that was typed, or a file that was named, is wrong; the message is a sentence for each."""

    exit_code = 2

    def __init__(self, problems: Iterable[str]) -> None:
        super().__init__("\n".join(problems))


class Day(click.ParamType):
    """A date, year first."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date. Fails with what was probably meant."""
        try:
            day: date = DATE.parse(value)
        except WrongValueError as error:
            self.fail(error.problem(), param, ctx)
        return day

    def get_missing_message(self, param: click.Parameter, ctx: click.Context | None = None) -> str:  # noqa: ARG002  click's
        """What to give."""
        return "Give a date such as 2026-01-31."


class Key(click.ParamType):
    """The full key of a rule set."""

    name = "key"

    def get_missing_message(self, param: click.Parameter, ctx: click.Context | None = None) -> str:  # noqa: ARG002  click's
        """What to give."""
        return "Name a rule set; flask rules list names them all."


def pairs(option: str, given: Iterable[str], such_as: str, plugin: str) -> dict[str, str]:
    """Names and values from ``KEY=VALUE``; the name of the plugin before a key may stand or not."""
    found: dict[str, str] = {}
    for one in given:
        name, sign, value = one.partition("=")
        if not sign or not name or not value:
            raise WrongCommandError([f"{option} {one}: expected {such_as}"])
        found[name.strip().removeprefix(f"{plugin}.")] = value.strip()
    return found


def loose(value: str) -> Any:
    """A value in JSON; what is no JSON is a text."""
    try:
        return json.loads(value, parse_float=Decimal)
    except ValueError:
        return value


@contextmanager
def facts_file(name: str, key: str) -> Iterator[TextIO]:
    """A file of facts, or standard input for ``-``. Raises WrongCommandError."""
    if not name:
        told = "a file with the facts in JSON, or - for standard input"
        raise WrongCommandError(
            [f"--facts is missing: {told}; flask rules describe {key} --example writes one"]
        )
    try:
        file = click.open_file(name, encoding=ENCODING, errors="surrogateescape")
    except OSError as error:
        raise WrongCommandError([_unopened(name, error)]) from error
    with file:
        yield cast("TextIO", file)


def _unopened(name: str, error: OSError) -> str:
    if not isinstance(error, FileNotFoundError):
        return f"--facts {name}: the file cannot be read: {error.strerror}"
    folder = Path(name).parent
    near = nearest(Path(name).name, [one.name for one in folder.iterdir()]) if folder.is_dir() else ""
    return f"--facts {name}: there is no such file{did_you_mean(near and str(folder / near))}"


@dataclass(frozen=True)
class Asking:
    """A rule set by its full key, the file whose questions it is asked, and what holds for all of them."""

    rule_set: RuleSet
    key: str
    source: str
    usual: Question
    practice: Practice

    def answered(self, given: Any) -> dict[str, Any]:
        """The answer to a question in JSON, with its id. Raises WrongFactsError."""
        question = question_from_json(self.rule_set, given, self.source, self.usual)
        if question.as_of is not None:
            decided = self.practice.settings(self.rule_set, question.as_of)
            question = replace(question, settings={**decided, **question.settings})
        return {**identity(given), **answer(self.rule_set, question).to_json(), "ruleSet": self.key}

    def answers(self, lines: Iterable[str]) -> Iterator[dict[str, Any]]:
        """An answer for every line; one that cannot be answered says why in its place."""
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                given = read_json(line)
            except WrongFactsError as error:
                yield {"line": number, "errors": [f"the line {one}" for one in error.problems]}
                continue
            try:
                yield self.answered(given)
            except WrongFactsError as error:
                yield {"line": number, **identity(given), "errors": list(error.problems)}


def identity(given: Any) -> dict[str, Any]:
    """The id of a question that has one."""
    named = isinstance(given, dict) and "facts" in given and "id" in given
    return {"id": given["id"]} if named else {}


def source_in_words(name: str) -> str:
    """What a file is called in a sentence."""
    return STANDARD_INPUT if name == "-" else name


def unanswered(source: str, lines: list[int], count: int) -> str:
    """What is said when lines of a batch could not be answered."""
    shown = ", ".join(map(str, lines[:10])) + (" …" if len(lines) > 10 else "")  # noqa: PLR2004  a line's room
    return (
        f"{source}: {len(lines)} of {count} questions could not be answered, line {shown}: see errors there"
    )
