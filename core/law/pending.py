"""Pending law: passed, and off until whoever runs the product gives the day from which it is in force."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from core.kernel import clock
from core.kernel.database import db
from core.kernel.scope import platform_scope
from core.kernel.unit_of_work import unit_of_work
from core.law.catalogue import all_rule_sets
from core.law.models import DatedSwitch
from core.plugin_host.host import Host
from core.rules.switches import Switch


class MissingSwitchError(LookupError):
    """No rule set declares the switch; the message names those there are."""


@dataclass(frozen=True)
class PendingLaw:
    """A switch with its full key, `<plugin>.<switch>`, and its day; None while it is off."""

    key: str
    switch: Switch
    in_force_from: date | None
    reference: str


def every_switch(host: Host) -> list[PendingLaw]:
    """All pending law that the rule sets of available plugins know, with the day of each."""
    dated = {one.key: one for one in db.session.scalars(select(DatedSwitch))}
    return [
        PendingLaw(key, one, dated[key].in_force_from, dated[key].reference)
        if key in dated
        else PendingLaw(key, one, None, "")
        for key, one in sorted(_declared(host).items())
    ]


def _declared(host: Host) -> dict[str, Switch]:
    return {
        f"{key.partition('.')[0]}.{name}": switch
        for key, rule_set in all_rule_sets(host).items()
        for name, switch in rule_set.law.switches.items()
    }


def days_of(plugin: str) -> Mapping[str, date]:
    """The day of each of a plugin's switches that has one, by bare key, as `evaluate` takes them."""
    found = db.session.scalars(
        select(DatedSwitch).where(DatedSwitch.key.startswith(f"{plugin}.", autoescape=True))
    )
    return {one.key.partition(".")[2]: one.in_force_from for one in found}


def put_in_force(host: Host, key: str, day: date, reference: str) -> None:
    """Give a switch its day, or another day. Raises MissingSwitchError."""
    _check(host, key)
    with platform_scope("give pending law its day"), unit_of_work():
        dated = DatedSwitch(key=key, in_force_from=day, reference=reference, set_at=clock.now())
        db.session.merge(dated)


def take_back(host: Host, key: str) -> None:
    """Take a switch's day away, when it was given by mistake. Raises MissingSwitchError."""
    _check(host, key)
    with platform_scope("take the day of pending law away"), unit_of_work():
        dated = db.session.get(DatedSwitch, key)
        if dated is not None:
            db.session.delete(dated)


def _check(host: Host, key: str) -> None:
    known = _declared(host)
    if key not in known:
        raise MissingSwitchError(f"there is no switch {key}; there are: {', '.join(sorted(known)) or 'none'}")
