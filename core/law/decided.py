"""What the tenant in scope has decided on the settings of the rules, and what counts on a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Protocol, TypeVar

from sqlalchemy import select

from core.kernel import clock
from core.kernel.database import db
from core.law.models import LawChoice
from core.rules.facts import Given
from core.rules.rule_set import RuleSet
from core.rules.switches import Setting
from core.rules.wrong import WrongValueError
from core.tenancy.service import current_tenant

SOURCE: Final = "decision"
"""How the source of a decided value begins in the trail; its day and the role of who decided follow."""


class Dated(Protocol):
    """What counts from a day on."""

    @property
    def valid_from(self) -> date:
        """The first day."""


One = TypeVar("One", bound=Dated)


@dataclass(frozen=True)
class Practice:
    """A tenant's decisions, the newest first, by the bare key of the setting of one plugin."""

    decisions: Mapping[str, tuple[LawChoice, ...]]
    timezone: str = "UTC"

    def on(self, key: str, day: date) -> LawChoice | None:
        """The decision that counts on a day; one may say that the tenant goes back to what is assumed."""
        return counting(self.decisions.get(key, ()), day)

    def settings(self, rule_set: RuleSet, day: date) -> dict[str, Given]:
        """What a rule set is asked with on a day, with where it comes from."""
        found = {}
        for key, setting in rule_set.law.settings.items():
            one = self.on(key, day)
            value = decided_value(setting, one) if one else None
            if one and value is not None:
                found[key] = Given(value, _source(one, self.timezone), one.valid_from)
        return found


def counting(newest_first: Iterable[One], day: date) -> One | None:
    """The newest of those whose first day has come."""
    return next((one for one in newest_first if one.valid_from <= day), None)


def decisions_by_key(begins: str = "") -> dict[str, tuple[LawChoice, ...]]:
    """All that the tenant in scope has decided, the newest first, by full key; one query."""
    own = LawChoice.key.startswith(begins, autoescape=True)
    order = LawChoice.decided_at.desc(), LawChoice.id.desc()
    found: dict[str, list[LawChoice]] = {}
    for one in db.session.scalars(select(LawChoice).where(own).order_by(*order)):
        found.setdefault(one.key, []).append(one)
    return {key: tuple(rows) for key, rows in found.items()}


def practice_of(plugin: str) -> Practice:
    """What the tenant in scope has decided on a plugin's settings, by one query."""
    found = decisions_by_key(f"{plugin}.")
    bare = {key.partition(".")[2]: rows for key, rows in found.items()}
    return Practice(bare, current_tenant().timezone)


def decided_value(setting: Setting, one: LawChoice) -> Any:
    """A decision's value; None when it goes back to what is assumed, or no longer fits the declaration."""
    try:
        return None if one.value is None else setting.type.parse(one.value)
    except WrongValueError:
        return None


def _source(one: LawChoice, timezone: str) -> str:
    """Where a decided value comes from, as the trail keeps it: `decision 2026-11-03 access.administrator`."""
    day = clock.local(one.decided_at, timezone).date()
    return " ".join(part for part in (SOURCE, day.isoformat(), one.role) if part)


def read_source(source: str) -> tuple[date, str] | None:
    """The day of a decision and the role behind it, from a source; None for what was not decided."""
    word, *rest = source.split(" ")
    if word != SOURCE:
        return None
    return date.fromisoformat(rest[0]), " ".join(rest[1:])
