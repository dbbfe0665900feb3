"""Commands that ask the rule sets of the plugins, and give pending law its day; a tenant only where named."""

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from importlib.metadata import entry_points
from typing import Any, TextIO

import click
from flask import Flask, current_app, has_app_context
from flask.cli import ScriptInfo
from sqlalchemy.exc import OperationalError

from core.kernel.scope import tenant_scope
from core.kernel.settings import SettingsError
from core.law import pending
from core.law.catalogue import MissingRuleSetError, all_rule_sets, find_rule_set, read_rule_set
from core.law.command_input import (
    Asking,
    Day,
    Key,
    WrongCommandError,
    facts_file,
    loose,
    pairs,
    source_in_words,
    unanswered,
)
from core.law.decided import Practice, practice_of
from core.law.sets import plugin_of
from core.plugin_host.host import GROUP, Host
from core.rules.describe import describe
from core.rules.describe_lines import in_lines
from core.rules.examples import example_question
from core.rules.facts import AN_OBJECT, WrongFactsError
from core.rules.json_text import read_json
from core.rules.parameters import old_confirmations
from core.rules.question import Question
from core.rules.rule_set import RuleSet
from core.rules.texts import LANGUAGES
from core.tenancy import service as tenancy

NO_DATABASE = "this asks the database of Fotfeste, which does not answer: look at DATABASE_URL"

rules = click.Group("rules", help="The rule sets of the plugins.")


def _host() -> Host:
    """That of the application; without one, every installed plugin asked for its law alone.

    So a question can be asked with no database and no settings.
    """
    given = click.get_current_context().ensure_object(ScriptInfo).create_app
    if given is None and not has_app_context():
        alone = Host()
        plugins = {entry.name: entry.load for entry in entry_points(group=GROUP)}
        alone.start(plugins, {"register_rule_sets": read_rule_set})
        return alone
    app = current_app if has_app_context() else _app()
    host: Host = app.extensions["fotfeste_host"]
    return host


def _app() -> Flask:
    try:
        return click.get_current_context().ensure_object(ScriptInfo).load_app()
    except SettingsError as error:
        raise WrongCommandError([f"this asks the database of Fotfeste: {error}"]) from error


@contextmanager
def _database() -> Iterator[None]:
    with _app().app_context():
        try:
            yield
        except OperationalError as error:
            raise WrongCommandError([NO_DATABASE]) from error


def _rule_set(key: str) -> RuleSet:
    try:
        return find_rule_set(_host(), key)
    except MissingRuleSetError as error:
        raise WrongCommandError([str(error)]) from error


@rules.command("list")
def list_rule_sets() -> None:
    """Name every rule set."""
    for key, one in all_rule_sets(_host()).items():
        click.echo(f"{key:40} {one.title.en}")


@rules.command("describe")
@click.argument("key", type=Key())
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.option("--example", is_flag=True, help="Only a question that can be evaluated as it is.")
def describe_rule_set(key: str, language: str, *, as_json: bool, example: bool) -> None:
    """Say what the rule set KEY asks for, what it rests on, and what it can answer."""
    rule_set = _rule_set(key)
    if example:
        click.echo(_json(example_question(rule_set), indent=2))
        return
    described = describe(rule_set, language) | {"ruleSet": key}
    click.echo(_json(described, indent=2) if as_json else "\n".join(in_lines(described)))


@rules.command("evaluate")
@click.argument("key", type=Key())
@click.option("--facts", default="", metavar="FILE", help="JSON; - for standard input.")
@click.option("--as-of", type=Day(), help="The day on which the question is asked.")
@click.option("--known-on", type=Day(), help="Leave out what was made public after this day.")
@click.option("--switch", "switches", multiple=True, metavar="KEY=DATE", help="Pending law, with its day.")
@click.option(
    "--setting", "settings", multiple=True, metavar="KEY=VALUE", help="A choice of the tenant, in JSON."
)
@click.option("--as-set", is_flag=True, help="With pending law as it is switched on here.")
@click.option("--tenant", default="", help="As the organisation with this address is answered.")
@click.option("--lines", is_flag=True, help="Many questions, one a line; an answer a line.")
def evaluate_rule_set(  # noqa: PLR0913  an argument for each option
    key: str,
    facts: str,
    as_of: date | None,
    known_on: date | None,
    switches: tuple[str, ...],
    settings: tuple[str, ...],
    tenant: str,
    *,
    as_set: bool,
    lines: bool,
) -> None:
    """Ask the rule set KEY about one matter, or with --lines about many.

    A question is the facts, or an object with facts and perhaps id, asOf, knownOn, switches and settings.
    With --tenant, pending law counts as it is switched on here, and so does what the organisation decided.
    Only answers stand on standard output. The exit code is 2 when nothing could be asked, and 1 when some of
    many lines could not be answered.
    """
    rule_set = _rule_set(key)
    practice = _practice_of(tenant, key)
    usual = Question(
        as_of=as_of,
        known_on=known_on,
        switches={**_days_here(key, as_set or bool(tenant)), **_switches(rule_set, key, switches)},
        settings=_settings(rule_set, key, settings),
    )
    with facts_file(facts, key) as file:
        answer = _answer_lines if lines else _answer_one
        answer(Asking(rule_set, key, source_in_words(facts), usual, practice), file)


def _switches(rule_set: RuleSet, key: str, given: tuple[str, ...]) -> Mapping[str, date]:
    such_as = f"a switch and its first day, such as {next(iter(rule_set.law.switches), 'KEY')}=2026-01-31"
    days = pairs("--switch", given, such_as, plugin_of(key))
    with _told("--switch "):
        return rule_set.switches_from_json(days)


def _settings(rule_set: RuleSet, key: str, given: tuple[str, ...]) -> Mapping[str, Any]:
    one = next(iter(rule_set.law.settings.values()), None)
    such_as = f"a setting and its value, such as {one.key}={one.default}" if one else "KEY=VALUE"
    values = pairs("--setting", given, such_as, plugin_of(key))
    with _told("--setting "):
        return rule_set.settings_from_json({name: loose(value) for name, value in values.items()})


@contextmanager
def _told(place: str) -> Iterator[None]:
    try:
        yield
    except WrongFactsError as error:
        raise WrongCommandError([f"{place}{one}" for one in error.problems]) from error


def _answer_one(asking: Asking, file: TextIO) -> None:
    text = file.read()
    with _told(f"{asking.source} "):
        given = read_json(text)
    with _told(f"{asking.source}: "):
        click.echo(_json(asking.answered(given), indent=2))


def _answer_lines(asking: Asking, file: TextIO) -> None:
    wrong: list[int] = []
    count = 0
    for one in asking.answers(file):
        count += 1
        wrong += [one["line"]] if "errors" in one else []
        click.echo(_json(one))
    if not count:
        raise WrongCommandError([f"{asking.source} is empty: expected a question on each line, {AN_OBJECT}"])
    if wrong:
        click.echo(f"Error: {unanswered(asking.source, wrong, count)}", err=True)
        sys.exit(1)


def _json(value: Any, indent: int | None = None) -> str:
    """Half a character, which JSON can name and UTF-8 cannot hold, becomes a question mark."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return text.encode(errors="replace").decode()


def _days_here(key: str, as_set: bool) -> Mapping[str, date]:  # noqa: FBT001  what the option said
    if not as_set:
        return {}
    with _database():
        return pending.days_of(plugin_of(key))


def _practice_of(slug: str, key: str) -> Practice:
    if not slug:
        return Practice({})
    with _database():
        card = tenancy.by_slug(slug)
        if card is None:
            raise WrongCommandError([f"--tenant {slug}: no organisation has this address"])
        with tenant_scope(card.id):
            return practice_of(plugin_of(key))


@rules.command("pending")
def list_pending() -> None:
    """Name the law that is passed and waits, and from when it is in force here."""
    with _database():
        every_switch = pending.every_switch(_host())
    for one in every_switch:
        state = f"in force from {one.in_force_from} ({one.reference})" if one.in_force_from else "off"
        click.echo(f"{one.key:40} {state}: {one.switch.meaning.en} ({one.switch.reference})")


@rules.command("switch")
@click.argument("key", type=Key())
@click.option("--from", "day", type=Day(), help="The day from which the law is in force.")
@click.option("--reference", default="", help="The decision that puts it in force.")
@click.option("--off", is_flag=True, help="Take back a day that was given by mistake.")
def switch(key: str, day: date | None, reference: str, *, off: bool) -> None:
    """Give the pending law KEY the day from which it is in force, for all organisations."""
    if off == (day is not None):
        raise WrongCommandError(["give either --from, the first day such as 2026-01-31, or --off"])
    if day and not reference.strip():
        raise WrongCommandError(["--reference is missing: name the decision that puts the law in force"])
    with _database():
        try:
            _decide(key, day, reference)
        except pending.MissingSwitchError as error:
            raise WrongCommandError([str(error)]) from error
    click.echo(f"{key} is {f'in force from {day}' if day else 'off'}")


def _decide(key: str, day: date | None, reference: str) -> None:
    if day:
        pending.put_in_force(_host(), key, day, reference)
    else:
        pending.take_back(_host(), key)


@rules.command("check")
@click.option("--on", type=Day(), required=True, help="The day from which 13 months are counted back.")
def check_rule_sets(on: date) -> None:
    """Name every value in force that nobody has compared with its source for 13 months."""
    for key, one in all_rule_sets(_host()).items():
        for name, value in old_confirmations(one.own_parameters, on):
            click.echo(f"{key} {name}: confirmed on {value.confirmed_on} ({value.reference})")
