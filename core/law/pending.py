"""Pending law: passed, and off until whoever runs the product gives the day from which it is in force."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.dialects.postgresql import distinct_on

from core.kernel.database import db
from core.kernel.scope import platform_scope
from core.kernel.unit_of_work import unit_of_work
from core.law.catalogue import all_rule_sets
from core.law.models import LawSwitch
from core.plugin_host.host import Host
from core.rules.switches import Switch
from core.rules.wrong import did_you_mean, nearest


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
    dated = {one.key: one for one in db.session.scalars(_newest()) if one.in_force_from is not None}
    return [
        PendingLaw(key, one, dated[key].in_force_from, dated[key].reference)
        if key in dated
        else PendingLaw(key, one, None, "")
        for key, one in sorted(_declared(host).items())
    ]


def one_switch(host: Host, key: str) -> PendingLaw:
    """One of them. Raises MissingSwitchError."""
    _check(host, key)
    return next(one for one in every_switch(host) if one.key == key)


def _declared(host: Host) -> dict[str, Switch]:
    return {
        f"{key.partition('.')[0]}.{name}": switch
        for key, rule_set in all_rule_sets(host).items()
        for name, switch in rule_set.law.switches.items()
    }


def _newest() -> Select[LawSwitch]:
    """The decision that counts, for each switch."""
    order = LawSwitch.key, LawSwitch.set_at.desc(), LawSwitch.id.desc()
    return select(LawSwitch).ext(distinct_on(LawSwitch.key)).order_by(*order)


def days_of(plugin: str) -> Mapping[str, date]:
    """The day of each of a plugin's switches that has one, by bare key, as `evaluate` takes them."""
    own = LawSwitch.key.startswith(f"{plugin}.", autoescape=True)
    found = db.session.scalars(_newest().where(own))
    return {one.key.partition(".")[2]: one.in_force_from for one in found if one.in_force_from is not None}


def decisions(key: str) -> list[LawSwitch]:
    """All that was decided on a switch, the newest first."""
    query = select(LawSwitch).where(LawSwitch.key == key)
    return list(db.session.scalars(query.order_by(LawSwitch.set_at.desc(), LawSwitch.id.desc())))


def in_force(day: date) -> frozenset[str]:
    """The full keys of the switches that are on, on a day."""
    dated = ((one.key, one.in_force_from) for one in db.session.scalars(_newest()))
    return frozenset(key for key, first in dated if first is not None and first <= day)


def put_in_force(host: Host, key: str, day: date, reference: str, set_by: UUID | None = None) -> None:
    """Give a switch its day, or another day. Raises MissingSwitchError."""
    _check(host, key)
    with platform_scope(f"give the pending law {key} its day"), unit_of_work():
        db.session.add(LawSwitch(key=key, in_force_from=day, reference=reference, set_by=set_by))


def take_back(host: Host, key: str, reference: str = "", set_by: UUID | None = None) -> None:
    """Take a switch's day away, when it was given by mistake. Raises MissingSwitchError."""
    _check(host, key)
    with platform_scope(f"take the day of the pending law {key} away"), unit_of_work():
        db.session.add(LawSwitch(key=key, in_force_from=None, reference=reference, set_by=set_by))


def _check(host: Host, key: str) -> None:
    known = _declared(host)
    if key not in known:
        instead = did_you_mean(nearest(key, known)) or f"; there are: {', '.join(sorted(known)) or 'none'}"
        raise MissingSwitchError(f"there is no switch {key}{instead}")
