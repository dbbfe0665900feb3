"""The rule sets that the reader may look up: those of the modules that the organisation has switched on."""

from flask_babel import lazy_gettext as _

from core.access import service as access
from core.kernel.errors import NotFound
from core.law.catalogue import rule_sets_in_force
from core.law.permissions import READ
from core.rules.rule_set import RuleSet
from core.tenancy.kinds import host


def readable_rule_sets() -> dict[str, RuleSet]:
    """All of them, by full key. Raises NotFound or Refused for whoever may not look them up."""
    access.require(READ)
    return rule_sets_in_force(host())


def readable_rule_set(key: str) -> RuleSet:
    """One of them. Raises NotFound for others as for those that do not exist."""
    found = readable_rule_sets().get(key)
    if found is None:
        raise NotFound("law.no_rule_set", _("We cannot find this page."))
    return found


def plugin_of(key: str) -> str:
    """The plugin of a rule set, by the set's full key."""
    return key.partition(".")[0]


def has_rule_sets() -> bool:
    """Whether the organisation has rules to look up; asks no more than which modules are on."""
    return bool(rule_sets_in_force(host()))
