"""What a rule answers, and what is kept of it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from core.rules.texts import Text
from core.rules.trail import Entry

MET, NOT_MET, UNKNOWN, NOT_APPLICABLE = "met", "not_met", "unknown", "not_applicable"
STATUSES = (MET, NOT_MET, UNKNOWN, NOT_APPLICABLE)
SEVERITIES = ("information", "warning", "serious")


class Outcome(NamedTuple):
    """The answer of a rule's function; made by `met`, `not_met`, `unknown` and `not_applicable`."""

    status: str
    value: Any
    message: str
    flags: tuple[str, ...]
    missing: tuple[str, ...]
    values: Mapping[str, Any]


def met(
    value: Any = None,
    *,
    message: str = MET,
    flags: Iterable[str] = (),
    missing: Iterable[str] = (),
    **values: Any,
) -> Outcome:
    """The rule is met; its answer is ``value``, otherwise true.

    ``message`` names one of the messages in the rule's file; ``values`` are what that one names in braces.
    ``missing`` are facts that would be needed to say more.
    """
    return Outcome(MET, True if value is None else value, message, tuple(flags), tuple(missing), values)


def not_met(
    value: Any = None,
    *,
    message: str = NOT_MET,
    flags: Iterable[str] = (),
    missing: Iterable[str] = (),
    **values: Any,
) -> Outcome:
    """The rule is not met; its answer is ``value``, otherwise false. Arguments as in `met`."""
    return Outcome(NOT_MET, False if value is None else value, message, tuple(flags), tuple(missing), values)


def not_applicable(*, message: str = NOT_APPLICABLE, flags: Iterable[str] = (), **values: Any) -> Outcome:
    """The rule is not about this matter. Arguments as in `met`."""
    return Outcome(NOT_APPLICABLE, None, message, tuple(flags), (), values)


def unknown(
    *flags: str, value: Any = None, message: str = "", missing: Iterable[str] = (), **values: Any
) -> Outcome:
    """A person has to decide: the law is silent (``flags`` say why), or facts are ``missing``.

    ``value`` is what is certain all the same.
    """
    return Outcome(UNKNOWN, value, message, flags, tuple(dict.fromkeys(missing)), values)


class Finding(NamedTuple):
    """The answer of one rule about one matter, complete with what it rests on.

    ``on`` is the day that selected the version, ``missing`` are the facts (by key) that would be needed for
    what is not answered, and ``message`` has names in braces for ``values``.
    """

    rule_id: str
    status: str
    value: Any
    flags: tuple[str, ...]
    missing: tuple[str, ...]
    severity: str
    message: Text
    values: Mapping[str, Any]
    reference: str
    valid_from: date | None
    valid_until: date | None
    on: date
    trail: tuple[Entry, ...]

    def sentence(self) -> Text:
        """The message as people read it."""
        return self.message.filled(self.values)


def all_of(findings: Iterable[Finding]) -> str:
    """The status of "all of these": one that is not met decides, then one that is unknown.

    Rules that are not applicable are left out; when all are, so is the whole.
    """
    statuses = {one.status for one in findings}
    return next((one for one in (NOT_MET, UNKNOWN, MET) if one in statuses), NOT_APPLICABLE)


def any_of(findings: Iterable[Finding]) -> str:
    """The status of "one of these": one that is met decides, then one that is unknown."""
    statuses = {one.status for one in findings}
    return next((one for one in (MET, UNKNOWN, NOT_MET) if one in statuses), NOT_APPLICABLE)


def unknown_with(findings: Iterable[Finding], value: Any = None) -> Outcome:
    """Unknown for the reasons of those among ``findings`` that are unknown; ``value`` is what is certain."""
    reasons = [one for one in findings if one.status == UNKNOWN]
    flags = dict.fromkeys(flag for one in reasons for flag in one.flags)
    return unknown(*flags, value=value, missing=missing_for(reasons))


def missing_for(findings: Iterable[Finding]) -> tuple[str, ...]:
    """The facts, by key, that the findings would need."""
    return tuple(dict.fromkeys(name for one in findings for name in one.missing))


def in_parts(
    value: Mapping[str, Any],
    findings: Sequence[Finding],
    *,
    beside: Iterable[Finding] = (),
    missing: Iterable[str] = (),
    message: str = "",
    **values: Any,
) -> Outcome:
    """An answer of several parts: a record, with the status of ``findings`` together (`all_of`).

    A part that cannot be answered is None, and what is missing for it is named. So is what is missing for the
    findings ``beside``, which leave the status as it is: parts that nobody asked for; and so are other facts
    that are ``missing``. ``message`` and ``values`` are as for `met`; what is unknown says what it lacks.
    """
    status, missing = all_of(findings), tuple(dict.fromkeys((*missing_for((*findings, *beside)), *missing)))
    if status == NOT_APPLICABLE:
        return not_applicable()
    if status == UNKNOWN:
        known = any(part not in (None, ()) for part in value.values())
        return unknown_with(findings, value if known else None)._replace(missing=missing)
    return Outcome(status, value, message or status, (), missing, values)
