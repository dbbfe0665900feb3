"""What the rules of law answer about an agreement, from the facts that plugins read in it."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from core.kernel import clock
from core.law.asking_for_tenant import answer_here
from core.law.catalogue import MissingRuleSetError, find_rule_set
from core.law.sets import plugin_of
from core.plugin_host.declarations import AgreementFacts
from core.plugin_host.law import ProvidedFact, ProvidedFacts
from core.plugin_host.wording import Wording
from core.rules.facts import Given, WrongFactsError
from core.rules.result import Result
from core.rules.rule_set import RuleSet
from core.rules.texts import Text
from core.rules.wrong import WrongValueError
from core.tenancy.kinds import host
from core.tenancy.service import current_tenant

HOOK = "provide_facts"
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Asked:
    """One question that a plugin put to a rule set, and the answer. ``key`` is the set's full key."""

    plugin: str
    question: ProvidedFacts
    key: str
    rule_set: RuleSet
    result: Result

    @property
    def sources(self) -> Mapping[str, Text]:
        """Where each fact was read, by the source that stands in the trail."""
        return {_source(one): _text(one.source) for one in self.question.facts}


class UnansweredError(Exception):
    """The plugin of an agreement's type could not give facts that can be read; ``plugin`` names it."""

    def __init__(self, plugin: str) -> None:
        self.plugin = plugin
        super().__init__(f"the plugin {plugin} gave no facts that can be read")


def is_asked_about(type_key: str) -> bool:
    """Whether the plugin of a type gives facts of its agreements to rules, and is switched on here."""
    return plugin_of(type_key) in host().listeners(HOOK)


def ask(facts: AgreementFacts) -> list[Asked]:
    """The answers about an agreement; none for a type whose plugin gives no facts. Raises UnansweredError."""
    plugin = plugin_of(facts.type_key)
    if not is_asked_about(facts.type_key):
        return []
    contribution = host().ask(plugin, HOOK, facts=facts)
    if contribution.error:
        raise UnansweredError(plugin)
    try:
        return [_answered(plugin, one) for one in contribution.value]
    except (MissingRuleSetError, WrongFactsError) as error:
        log.exception("the facts of the plugin %s cannot be read", plugin)
        raise UnansweredError(plugin) from error


def _answered(plugin: str, question: ProvidedFacts) -> Asked:
    key = f"{plugin}.{question.rule_set}"
    rule_set = find_rule_set(host(), key)
    facts = {one.name: _given(rule_set, one) for one in question.facts}
    as_of = question.as_of or clock.today(current_tenant().timezone)
    return Asked(plugin, question, key, rule_set, answer_here(key, rule_set, facts, as_of))


def _given(rule_set: RuleSet, one: ProvidedFact) -> Given:
    declared = rule_set.law.facts.get(one.name)
    if declared is None:
        raise WrongFactsError((f"{one.name}: expected a fact that {rule_set.key} knows",))
    try:
        return Given(declared.type.parse(one.value), _source(one), one.on)
    except WrongValueError as error:
        raise WrongFactsError((f"{one.name}: {error}",)) from error


def _source(one: ProvidedFact) -> str:
    return f"agreement:{one.name}"


def _text(wording: Wording) -> Text:
    return Text(wording.nb, wording.en, wording.da)
