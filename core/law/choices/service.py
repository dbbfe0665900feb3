"""The settings of the rules in the modules that are on, what is decided on them here, and deciding."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from core.access import service as access
from core.access.membership import Member
from core.access.roles import roles_in_force
from core.access.scopes import ALL
from core.kernel import audit, clock
from core.kernel.database import db
from core.kernel.errors import Conflict, Invalid, Message, NotFound
from core.kernel.ids import new_id
from core.kernel.unit_of_work import unit_of_work
from core.law import wording
from core.law.catalogue import all_rule_sets
from core.law.choices.periods import Period, periods_of
from core.law.choices.readers import Reader, readers_of
from core.law.decided import counting, decided_value, decisions_by_key
from core.law.models import LawChoice
from core.law.permissions import CHOOSE
from core.law.sets import plugin_of, readable_rule_sets
from core.rules.rule_set import RuleSet
from core.rules.switches import Setting
from core.rules.trail import plain
from core.tenancy.kinds import host
from core.tenancy.service import current_tenant


@dataclass(frozen=True)
class Choice:
    """A setting with all that was decided on it here, the newest first; ``key`` is `<plugin>.<setting>`."""

    key: str
    setting: Setting
    declared_in: RuleSet
    readers: tuple[Reader, ...]
    decisions: tuple[LawChoice, ...]
    today: date

    @property
    def now(self) -> LawChoice | None:
        """The decision that counts today, unless it goes back to what is assumed."""
        found = counting(self.decisions, self.today)
        return found if found and found.value is not None else None

    @property
    def is_unreadable(self) -> bool:
        """Whether the decision of today no longer fits what the rules declare, so that they assume."""
        return self.now is not None and decided_value(self.setting, self.now) is None

    @property
    def value(self) -> Any:
        """What the rules answer by today."""
        decided = decided_value(self.setting, self.now) if self.now else None
        return self.setting.default if decided is None else decided

    @property
    def coming(self) -> list[tuple[LawChoice, Period]]:
        """Decisions whose first day is to come, the first of them first."""
        found = [(one, there) for one, there in periods_of(self.decisions) if there]
        return [(one, there) for one, there in reversed(found) if there.first > self.today]

    def bounds(self, day: date) -> tuple[Any, Any]:
        """The least and the most that may be decided from a day on; None where nothing bounds it."""
        return self.setting.bounds(self.declared_in.law.parameters, day)


def every_choice() -> list[Choice]:
    """Every setting that a rule set asks for, in the order of the sets; one query for what is decided."""
    rule_sets, decided = readable_rule_sets(), decisions_by_key()
    today = clock.today(current_tenant().timezone)
    return [
        Choice(key, setting, one, readers, decided.get(key, ()), today)
        for key, setting, one in settings_of(rule_sets)
        if (readers := readers_of(_of_plugin(rule_sets, plugin_of(key)), setting.key))
    ]


def settings_of(rule_sets: Mapping[str, RuleSet]) -> Iterator[tuple[str, Setting, RuleSet]]:
    """Each setting once, by `<plugin>.<setting>`, with the first rule set that knows it."""
    seen: set[str] = set()
    for set_key, one in rule_sets.items():
        for name, setting in one.law.settings.items():
            key = f"{plugin_of(set_key)}.{name}"
            if key not in seen:
                seen.add(key)
                yield key, setting, one


def _of_plugin(rule_sets: Mapping[str, RuleSet], plugin: str) -> dict[str, RuleSet]:
    return {key: one for key, one in rule_sets.items() if plugin_of(key) == plugin}


def one_choice(key: str) -> Choice:
    """One of them. Raises NotFound for those of modules that are off as for those that do not exist."""
    found = next((one for one in every_choice() if one.key == key), None)
    if found is None:
        raise NotFound("law.no_choice", _("We cannot find this page."))
    return found


def choice_to_decide(key: str) -> Choice:
    """One of them, for whoever may decide. Raises NotFound or Refused."""
    choice = one_choice(key)
    access.require(CHOOSE)
    return choice


def names_of(decisions: Iterable[LawChoice]) -> dict[UUID, str]:
    """Who decided, by account."""
    return access.names_of(one.decided_by for one in decisions)


def may_choose() -> bool:
    """Whether the reader may decide here."""
    return access.decide(CHOOSE).allowed


def decide(key: str, value: Any, valid_from: date, reason: str) -> None:
    """Decide on a setting from a day on, or go back to what is assumed (None), with the reason.

    Raises NotFound, Refused, Invalid for a value out of its bounds or a day that another decision has had, or
    Conflict when it would change nothing.
    """
    choice = one_choice(key)
    member = access.require(CHOOSE)
    _refuse_out_of_bounds(choice, value, valid_from)
    _refuse_another_past(choice, valid_from)
    stored = None if value is None else plain(choice.setting.type.parse(value))
    _refuse_same(choice, stored, valid_from)
    row = LawChoice(
        id=new_id(),
        key=key,
        value=stored,
        valid_from=valid_from,
        reason=reason,
        role=_role_of(member),
        decided_by=member.account_id,
    )
    with unit_of_work():
        db.session.add(row)
        done = "law.choice_taken_back" if value is None else "law.choice_made"
        audit.record(done, "law_choice", row.id, fields=["value", "valid_from", "reason"])


def _refuse_out_of_bounds(choice: Choice, value: Any, day: date) -> None:
    least, most = choice.bounds(day)
    wrong: Message = ""
    if value is not None and least is not None and value < least:
        wrong = _("Choose at least %(value)s.", value=wording.value(least, choice.setting.type))
    if value is not None and most is not None and value > most:
        wrong = _("Choose at most %(value)s.", value=wording.value(most, choice.setting.type))
    if wrong:
        raise Invalid("law.out_of_bounds", wrong, {"value": wrong})


def _refuse_another_past(choice: Choice, valid_from: date) -> None:
    """What has counted stays, so that old answers can be asked for again. Today's own may be corrected."""
    timezone = current_tenant().timezone
    has_counted = any(
        one.valid_from < choice.today and clock.local(one.decided_at, timezone).date() < choice.today
        for one in choice.decisions
    )
    if has_counted and valid_from < choice.today:
        wrong = _("Choose today or a later day: what was decided before has counted until now.")
        raise Invalid("law.another_past", wrong, {"valid_from": wrong})


def _refuse_same(choice: Choice, value: Any, valid_from: date) -> None:
    newest = choice.decisions[0] if choice.decisions else None
    if newest is None and value is None:
        raise Conflict("law.nothing_decided", _("Nothing is decided here, so there is nothing to take back."))
    if newest and newest.value == value and newest.valid_from <= valid_from:
        raise Conflict("law.same_choice", _("This is decided already, and counts from that day or earlier."))


def _role_of(member: Member) -> str:
    """The declared role by which somebody may decide; "" for a role that the organisation made itself."""
    grant = f"{ALL}:{CHOOSE}"
    return next(
        (role.key for role in roles_in_force() if role.key in member.roles and grant in role.permissions), ""
    )


def titles_of(ids: Collection[UUID]) -> dict[UUID, str]:
    """What decisions are about, by id, for the log; in one query."""
    declared = {key: setting for key, setting, _one in settings_of(all_rule_sets(host()))}
    rows = db.session.execute(select(LawChoice.id, LawChoice.key).where(LawChoice.id.in_(list(ids))))
    return {row.id: wording.plain_label(declared[row.key].title) for row in rows if row.key in declared}
