"""Commands that ask the rule sets of the plugins, and give pending law its day; a tenant only where named."""

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from importlib.metadata import entry_points
from typing import Any, TextIO

import click
from flask import Flask, current_app, has_app_context
from flask.cli import ScriptInfo, with_appcontext

from core.kernel.scope import tenant_scope
from core.law import pending
from core.law.catalogue import MissingRuleSetError, all_rule_sets, find_rule_set, read_rule_set
from core.law.decided import Practice, practice_of
from core.plugin_host.host import GROUP, Host
from core.rules.describe import describe, in_lines
from core.rules.facts import WrongFactsError
from core.rules.parameters import old_confirmations
from core.rules.question import Question, answer, question_from_json, switches_from_json
from core.rules.rule_set import RuleSet
from core.rules.texts import LANGUAGES
from core.rules.value_types import WrongValueError
from core.tenancy import service as tenancy

rules = click.Group("rules", help="The rule sets of the plugins.")
DAY = click.DateTime(["%Y-%m-%d"])


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
    return click.get_current_context().ensure_object(ScriptInfo).load_app()


def _rule_set(key: str) -> RuleSet:
    try:
        return find_rule_set(_host(), key)
    except MissingRuleSetError as error:
        raise click.ClickException(str(error)) from error


@rules.command("list")
def list_rule_sets() -> None:
    """Name every rule set."""
    for key, one in all_rule_sets(_host()).items():
        click.echo(f"{key:40} {one.title.en}")


@rules.command("describe")
@click.argument("key")
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def describe_rule_set(key: str, language: str, *, as_json: bool) -> None:
    """Say what the rule set KEY asks for, what it rests on, and what it can answer."""
    described = describe(_rule_set(key), language)
    described["ruleSet"] = key
    click.echo(_json(described, indent=2) if as_json else "\n".join(in_lines(described)))


@rules.command("evaluate")
@click.argument("key")
@click.option("--facts", type=click.File(encoding="utf-8"), required=True, help="JSON; - for standard input.")
@click.option("--as-of", type=DAY, help="The day on which the question is asked.")
@click.option("--known-on", type=DAY, help="Leave out what was made public after this day.")
@click.option("--switch", "switches", multiple=True, metavar="KEY=DATE", help="Pending law, with its day.")
@click.option(
    "--setting", "settings", multiple=True, metavar="KEY=VALUE", help="A choice of the tenant, in JSON."
)
@click.option("--as-set", is_flag=True, help="With pending law as it is switched on here.")
@click.option("--tenant", default="", help="As the organisation with this address is answered.")
@click.option("--lines", is_flag=True, help="Many questions, one a line; an answer a line.")
def evaluate_rule_set(  # noqa: PLR0913  an argument for each option
    key: str,
    facts: TextIO,
    as_of: datetime | None,
    known_on: datetime | None,
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
    """
    rule_set = _rule_set(key)
    practice = _practice_of(tenant, key)
    try:
        usual = Question(
            as_of=_day(as_of),
            known_on=_day(known_on),
            switches={
                **_days_here(key, as_set or bool(tenant)),
                **switches_from_json(rule_set, dict(_pairs(switches))),
            },
            settings=rule_set.settings_from_json({name: _loose(value) for name, value in _pairs(settings)}),
        )
        if not lines:
            click.echo(_json(_answered(rule_set, key, facts.read(), facts.name, usual, practice), indent=2))
            return
    except (WrongFactsError, WrongValueError) as error:
        raise click.ClickException("\n".join(getattr(error, "problems", (str(error),)))) from error
    if not _answer_lines(rule_set, key, facts, usual, practice):
        sys.exit(1)


def _answer_lines(rule_set: RuleSet, key: str, facts: TextIO, usual: Question, practice: Practice) -> bool:
    """Whether every line could be answered; one that could not says why in its place."""
    good = True
    for number, line in enumerate(facts, start=1):
        if not line.strip():
            continue
        try:
            answered = _answered(rule_set, key, line, facts.name, usual, practice)
        except WrongFactsError as error:
            good = False
            answered = {"line": number, "errors": list(error.problems)}
        click.echo(_json(answered))
    return good


def _answered(
    rule_set: RuleSet, key: str, text: str, source: str, usual: Question, practice: Practice
) -> dict[str, Any]:
    try:
        given = json.loads(text, parse_float=Decimal)
    except ValueError as error:
        raise WrongFactsError((f"{source}: not JSON: {error}",)) from error
    question = question_from_json(rule_set, given, source, usual)
    if question.as_of is not None:
        decided = practice.settings(rule_set, question.as_of)
        question = replace(question, settings={**decided, **question.settings})
    result = answer(rule_set, question)
    named = {"id": given["id"]} if "id" in given and "facts" in given else {}
    return {**named, **result.to_json(), "ruleSet": key}


def _pairs(options: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for option in options:
        name, _, value = option.partition("=")
        yield name, value


def _loose(value: str) -> Any:
    """A value in JSON; a bare word is a text."""
    try:
        return json.loads(value, parse_float=Decimal)
    except ValueError:
        return value


def _json(value: Any, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent)


def _day(given: datetime | None) -> date | None:
    return given and given.date()


def _days_here(key: str, as_set: bool) -> Mapping[str, date]:  # noqa: FBT001  what the option said
    if not as_set:
        return {}
    with _app().app_context():
        return pending.days_of(key.partition(".")[0])


def _practice_of(slug: str, key: str) -> Practice:
    if not slug:
        return Practice({})
    with _app().app_context():
        card = tenancy.by_slug(slug)
        if card is None:
            raise click.ClickException(f"no tenant has the address {slug}")
        with tenant_scope(card.id):
            return practice_of(key.partition(".")[0])


@rules.command("pending")
@with_appcontext
def list_pending() -> None:
    """Name the law that is passed and waits, and from when it is in force here."""
    for one in pending.every_switch(_host()):
        state = f"in force from {one.in_force_from} ({one.reference})" if one.in_force_from else "off"
        click.echo(f"{one.key:40} {state}: {one.switch.meaning.en} ({one.switch.reference})")


@rules.command("switch")
@click.argument("key")
@click.option("--from", "day", type=DAY, help="The day from which the law is in force.")
@click.option("--reference", default="", help="The decision that puts it in force.")
@click.option("--off", is_flag=True, help="Take back a day that was given by mistake.")
@with_appcontext
def switch(key: str, day: datetime | None, reference: str, *, off: bool) -> None:
    """Give the pending law KEY the day from which it is in force, for all organisations."""
    if off == (day is not None) or (day and not reference):
        raise click.UsageError("give --from and --reference, or --off")
    try:
        if day:
            pending.put_in_force(_host(), key, day.date(), reference)
        else:
            pending.take_back(_host(), key)
    except pending.MissingSwitchError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{key} is {f'in force from {day.date()}' if day else 'off'}")


@rules.command("check")
@click.option("--on", type=DAY, required=True, help="The day from which 13 months are counted back.")
def check_rule_sets(on: datetime) -> None:
    """Name every value in force that nobody has compared with its source for 13 months."""
    for key, one in all_rule_sets(_host()).items():
        for name, value in old_confirmations(one.own_parameters, on.date()):
            click.echo(f"{key} {name}: confirmed on {value.confirmed_on} ({value.reference})")
