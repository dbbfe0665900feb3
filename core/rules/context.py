"""What a rule sees: the only door to facts, parameters, switches, settings and other rules."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Protocol

from core.rules.calendar import WorkingDays
from core.rules.facts import Facts, Given
from core.rules.findings import (
    NOT_APPLICABLE,
    UNKNOWN,
    Finding,
    Outcome,
    not_applicable,
    unknown,
    unknown_with,
)
from core.rules.law import Law
from core.rules.trail import CALENDAR, DAY, FACT, NOT_GIVEN, PARAMETER, RULE, SETTING, SWITCH, Entry

Switches = Mapping[str, date]
"""The day from which each switch is on; one that is not there is off."""
Settings = Mapping[str, Any]
"""What is chosen, by setting: a bare value, or one with where it comes from and from which day it counts."""


class Matter(Protocol):
    """What is asked about: given once, read by every rule."""

    law: Law
    facts: Facts
    as_of: date
    known_on: date | None
    switches: Switches
    settings: Settings
    working_days: WorkingDays | None

    def finding(self, rule_id: str) -> Finding:
        """The finding of another rule."""


class NotDeclaredError(LookupError):
    """A rule asks for something that no file declares; a fault of the rule, not of the facts."""


class EndsRuleError(Exception):
    """Ends a rule that cannot go on; ``outcome`` is its answer."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome
        super().__init__(outcome.message)


class Context:
    """One rule's view of one matter. Every reading is recorded; one that finds nothing ends it.

    ``on`` is the day that selected this version of the rule; parameters are read as of it.
    """

    __slots__ = ("_matter", "entries", "flags", "on")

    def __init__(self, matter: Matter) -> None:
        self._matter = matter
        self.on = matter.as_of
        self.entries: list[Entry] = []
        self.flags: list[str] = []

    @property
    def as_of(self) -> date:
        """The day on which the question is asked."""
        day = self._matter.as_of
        self.entries.append(Entry(DAY, "as_of", day))
        return day

    def flag(self, code: str) -> None:
        """Raise a flag with whatever the rule will answer; for helpers that meet a doubtful boundary."""
        self.flags.append(code)

    def fact(self, key: str) -> Any:
        """A fact's value. When it is missing the rule ends here: unknown, naming the fact."""
        value = self.fact_or(key)
        if value is None:
            raise EndsRuleError(unknown(message="missing", missing=(key,)))
        return value

    def facts(self, *keys: str) -> list[Any]:
        """Several facts at once; when some are missing, all of those are named."""
        values = [self.fact_or(key) for key in keys]
        missing = [key for key, value in zip(keys, values, strict=True) if value is None]
        if missing:
            raise EndsRuleError(unknown(message="missing", missing=missing))
        return values

    def fact_or(self, key: str, default: Any = None) -> Any:
        """A fact's value, or ``default`` when nobody has given it."""
        given = self._matter.facts.get(key)
        if given is None:
            if key not in self._matter.law.facts:
                raise NotDeclaredError(f"the fact {key} is not declared")
            self.entries.append(Entry(FACT, key, None, NOT_GIVEN))
            return default
        self.entries.append(Entry(FACT, key, given.value, given.source, given.on))
        return given.value

    def given(self, *keys: str) -> bool:
        """Whether somebody has given one of these facts: what they are needed for is asked about."""
        return any(value is not None for value in [self.fact_or(key) for key in keys])

    def parameter(self, key: str, on: date | None = None) -> Any:
        """The value of a parameter on a day (otherwise `on`). Without one the rule ends unknown."""
        parameter = self._matter.law.parameters.get(key)
        if parameter is None:
            raise NotDeclaredError(f"the parameter {key} is not declared")
        day = self.on if on is None else on
        found = parameter.on(day, self._matter.known_on)
        if found is None:
            self.entries.append(Entry(PARAMETER, key, None, NOT_GIVEN, on=day))
            raise EndsRuleError(
                unknown("NO_PARAMETER", message="no_parameter", parameter=parameter.title, day=day)
            )
        self.entries.append(
            Entry(PARAMETER, key, found.value, found.confidence, found.valid_from, found.reference, day)
        )
        return found.value

    def switch(self, key: str, on: date | None = None) -> bool:
        """Whether pending law is in force on a day (otherwise `on`); off until an administrator dates it."""
        switch = self._matter.law.switches.get(key)
        if switch is None:
            raise NotDeclaredError(f"the switch {key} is not declared")
        day = self.on if on is None else on
        since = self._matter.switches.get(key)
        in_force = since is not None and since <= day
        self.entries.append(Entry(SWITCH, key, in_force, "", since, switch.reference, day))
        return in_force

    def setting(self, key: str) -> Any:
        """What the tenant has chosen where the law leaves it open, or the default."""
        setting = self._matter.law.settings.get(key)
        if setting is None:
            raise NotDeclaredError(f"the setting {key} is not declared")
        settings = self._matter.settings
        chosen = settings.get(key, setting.default)
        if not isinstance(chosen, Given):
            chosen = Given(chosen, "tenant" if key in settings else "default")
        self.entries.append(Entry(SETTING, key, chosen.value, chosen.source, chosen.on, setting.reference))
        return chosen.value

    @property
    def working_days(self) -> WorkingDays:
        """The working days of the country, handed in by its plugin."""
        days = self._matter.working_days
        if days is None:
            raise NotDeclaredError("the rule set has no working days")
        self.entries.append(Entry(CALENDAR, "working_days", None, days.source))
        return days

    def rule(self, rule_id: str) -> Finding:
        """Another rule's finding, whatever it is."""
        found = self._matter.finding(rule_id)
        self.entries.append(
            Entry(RULE, rule_id, found.value, found.status, found.valid_from, found.reference)
        )
        return found

    def rules(self, *rule_ids: str) -> list[Finding]:
        """Several rules' findings."""
        return [self.rule(one) for one in rule_ids]

    def applicable(self, *rule_ids: str) -> list[Finding]:
        """The findings of those rules that are about this matter, where each says itself whether it is.

        Of a rule that is not, only what it rests on is recorded: it is not among those that decide.
        """
        found = [self._matter.finding(rule_id) for rule_id in rule_ids]
        for one in found:
            if one.status == NOT_APPLICABLE:
                self.entries.extend(one.trail)
        return [self.rule(one.rule_id) for one in found if one.status != NOT_APPLICABLE]

    def value_of(self, rule_id: str) -> Any:
        """Another rule's value. When that rule is unknown or not applicable, this one ends here likewise."""
        found = self.rule(rule_id)
        if found.status == NOT_APPLICABLE:
            raise EndsRuleError(not_applicable())
        if found.status == UNKNOWN:
            raise EndsRuleError(unknown_with([found]))
        return found.value
