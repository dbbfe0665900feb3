"""The rule sets that plugins declare, by their full keys."""

import re
from collections.abc import Iterable
from typing import cast

from core.plugin_host.checks import BadPluginError
from core.plugin_host.host import Host
from core.rules.rule_set import RuleSet
from core.rules.wrong import did_you_mean, nearest

KEY = re.compile(r"[a-z][a-z0-9_]*")


class MissingRuleSetError(LookupError):
    """No plugin declares the rule set; the message says what may have been meant."""


def read_rule_set(plugin: str, rule_set: RuleSet) -> tuple[str, RuleSet]:
    """A declared rule set under its full key, `<plugin>.<key>`. Raises BadPluginError."""
    if not KEY.fullmatch(rule_set.key):
        raise BadPluginError(f"{plugin}: {rule_set.key!r} is no key of a rule set")
    return f"{plugin}.{rule_set.key}", rule_set


def all_rule_sets(host: Host) -> dict[str, RuleSet]:
    """Every declared rule set, by its full key."""
    return dict(cast("tuple[str, RuleSet]", one.value) for one in host.declared("register_rule_sets"))


def rule_sets_in_force(host: Host) -> dict[str, RuleSet]:
    """The rule sets of the plugins that the tenant in scope has switched on, by full key."""
    on = host.in_force()
    return {key: one for key, one in all_rule_sets(host).items() if key.partition(".")[0] in on}


def find_rule_set(host: Host, key: str) -> RuleSet:
    """One rule set, by its full key. Raises MissingRuleSetError."""
    found = all_rule_sets(host)
    if key not in found:
        raise MissingRuleSetError(f"there is no rule set {key}{_instead(host, key, found)}")
    return found[key]


def _instead(host: Host, key: str, found: Iterable[str]) -> str:
    broken = host.unavailable.get(key.partition(".")[0])
    if broken:
        return f": its module cannot be used: {broken}"
    return did_you_mean(nearest(key, found)) or "; flask rules list names them all"
