"""The verbs of pending law: which switches there are, from which day each is on, and who said so."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import lazy_gettext as _
from sqlalchemy import Select, select
from sqlalchemy.dialects.postgresql import distinct_on

from core.access import operators
from core.access.service import names_of
from core.kernel.database import db
from core.kernel.errors import NotFound
from core.kernel.scope import platform_scope
from core.kernel.unit_of_work import unit_of_work
from core.law.catalogue import all_rule_sets
from core.law.models import LawSwitch
from core.plugin_host.host import Host
from core.rules.switches import Switch
from core.tenancy.kinds import host


@dataclass(frozen=True)
class Decision:
    """What was once decided on a switch; ``in_force_from`` is None when it was taken off."""

    in_force_from: date | None
    reason: str
    set_by: str
    set_at: datetime


@dataclass(frozen=True)
class Pending:
    """A declared switch, the day from which it is on (None: off), and its decisions, newest first."""

    plugin: str
    switch: Switch
    in_force_from: date | None
    decisions: tuple[Decision, ...] = ()


def dates_of(plugin: str) -> dict[str, date]:
    """The day from which each switch of a plugin is on, for `evaluate`; those that are off are left out."""
    return dates_of_each([plugin]).get(plugin, {})


def dates_of_each(plugins: Iterable[str]) -> dict[str, dict[str, date]]:
    """The same for several plugins, in one query."""
    newest = _newest().where(LawSwitch.plugin.in_(sorted(plugins)))
    found: dict[str, dict[str, date]] = {}
    for row in db.session.scalars(newest):
        if row.in_force_from is not None:
            found.setdefault(row.plugin, {})[row.key] = row.in_force_from
    return found


def _newest() -> Select[LawSwitch]:
    """The decision that counts, for each switch."""
    order = LawSwitch.plugin, LawSwitch.key, LawSwitch.set_at.desc(), LawSwitch.id.desc()
    return select(LawSwitch).ext(distinct_on(LawSwitch.plugin, LawSwitch.key)).order_by(*order)


def declared(plugins: Host) -> dict[tuple[str, str], Switch]:
    """Every switch that a rule set declares, by plugin and key."""
    return {
        (full_key.partition(".")[0], key): switch
        for full_key, rule_set in all_rule_sets(plugins).items()
        for key, switch in rule_set.law.switches.items()
    }


def every_switch() -> list[Pending]:
    """Every switch and whether it is on, for operators."""
    operators.require()
    known = declared(host())
    with platform_scope("show operators which law is switched on"):
        dates = dates_of_each({plugin for plugin, _key in known})
    return [
        Pending(plugin, switch, dates.get(plugin, {}).get(key)) for (plugin, key), switch in known.items()
    ]


def one_switch(plugin: str, key: str) -> Pending:
    """One switch with all that was decided on it, for operators. Raises NotFound."""
    operators.require()
    switch = _find(plugin, key)
    with platform_scope("show operators how a law was switched on"):
        decisions = tuple(_decisions(plugin, key))
    newest = decisions[0].in_force_from if decisions else None
    return Pending(plugin, switch, newest, decisions)


def _find(plugin: str, key: str) -> Switch:
    switch = declared(host()).get((plugin, key))
    if switch is None:
        raise NotFound("law.no_switch", _("We cannot find this page."))
    return switch


def _decisions(plugin: str, key: str) -> Iterable[Decision]:
    query = (
        select(LawSwitch)
        .where(LawSwitch.plugin == plugin, LawSwitch.key == key)
        .order_by(LawSwitch.set_at.desc(), LawSwitch.id.desc())
    )
    rows = list(db.session.scalars(query))
    names = names_of(row.set_by for row in rows)
    return [Decision(row.in_force_from, row.reason, names.get(row.set_by, ""), row.set_at) for row in rows]


def decide(plugin: str, key: str, in_force_from: date | None, reason: str) -> None:
    """Put a switch on from a day, or take it off (None), for a reason. Raises NotFound."""
    account = operators.require()
    _find(plugin, key)
    with platform_scope(f"decide from when {plugin}.{key} is in force"), unit_of_work():
        db.session.add(
            LawSwitch(plugin=plugin, key=key, in_force_from=in_force_from, reason=reason, set_by=account.id)
        )
