"""What operators see and decide of the law: pending law with its day, and values to confirm again."""

from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import lazy_gettext as _

from core.access import operators
from core.access.service import names_of
from core.kernel.errors import NotFound
from core.kernel.scope import platform_scope
from core.law import pending
from core.law.catalogue import all_rule_sets
from core.law.pending import PendingLaw
from core.rules.parameters import DatedValue, Parameter, old_confirmations
from core.tenancy.kinds import host


@dataclass(frozen=True)
class Decision:
    """What was once decided on a switch; ``set_by`` is empty for a command."""

    in_force_from: date | None
    reference: str
    set_by: str
    set_at: datetime


@dataclass(frozen=True)
class OldValue:
    """A value in force, or to come, that was confirmed more than 13 months ago."""

    rule_set: str
    parameter: Parameter
    value: DatedValue


def every_switch() -> list[PendingLaw]:
    """All pending law, with the day of each."""
    operators.require()
    with platform_scope("show operators which law is in force"):
        return pending.every_switch(host())


def one_switch(key: str) -> tuple[PendingLaw, list[Decision]]:
    """One switch with all that was decided on it, the newest first. Raises NotFound."""
    operators.require()
    with platform_scope("show operators what was decided on a law"):
        found = _found(key)
        rows = pending.decisions(key)
        names = names_of(row.set_by for row in rows if row.set_by)
    return found, [
        Decision(
            row.in_force_from, row.reference, names.get(row.set_by, "") if row.set_by else "", row.set_at
        )
        for row in rows
    ]


def _found(key: str) -> PendingLaw:
    try:
        return pending.one_switch(host(), key)
    except pending.MissingSwitchError as error:
        raise NotFound("law.no_switch", _("We cannot find this page.")) from error


def decide(key: str, day: date | None, reference: str) -> None:
    """Give a switch its day, or take it back (None), with the decision behind it."""
    account = operators.require()
    if day is None:
        pending.take_back(host(), key, reference, account.id)
    else:
        pending.put_in_force(host(), key, day, reference, account.id)


def old_values(today: date) -> list[OldValue]:
    """Values that nobody has compared with their source for 13 months, the oldest first."""
    operators.require()
    found = [
        OldValue(full_key, rule_set.own_parameters[key], value)
        for full_key, rule_set in all_rule_sets(host()).items()
        for key, value in old_confirmations(rule_set.own_parameters, today)
    ]
    return sorted(found, key=lambda one: (one.value.confirmed_on, one.rule_set))
