"""An answer that was kept, as the pages show it: in its own words, whatever the law says today."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flask_babel import gettext as _

from core.law import wording
from core.law.explorer.answer import Answer, Flag, Found
from core.law.explorer.because import Reason, chosen, kinds, outcome, sureness
from core.law.words import SEVERITIES, STATUSES
from core.rules.stored import StoredAnswer, StoredFinding
from core.rules.trail import CALENDAR, DAY, FACT, NOT_GIVEN, PARAMETER, RULE, SETTING, SWITCH, Entry


def kept_in_words(kept: StoredAnswer) -> Answer:
    """An answer in the reader's language, with the findings that decided."""
    findings = tuple(_found(kept, one) for one in kept.findings)
    return Answer(_conclusion(kept), findings, _flags(kept, kept.flags), kept.as_of)


def _conclusion(kept: StoredAnswer) -> Found:
    value = kept.value if isinstance(kept.value, Mapping) else {}
    return Found(
        id=kept.rule_set,
        title=wording.spoken(kept.title),
        status=kept.status,
        word=str(STATUSES[kept.status]),
        sign=wording.sign(kept.status, "warning"),
        severity="",
        message=wording.spoken(kept.message),
        value=_value(kept, kept.value),
        flags=(),
        missing=(),
        reference="",
        valid_from=None,
        valid_until=None,
        on=kept.as_of,
        because=(),
        parts=tuple(
            (wording.label(title), _value(kept, value[name]) or wording.NOTHING)
            for name, title in kept.fields.items()
            if name in value
        ),
    )


def _found(kept: StoredAnswer, found: StoredFinding) -> Found:
    return Found(
        id=found.rule_id,
        title=wording.spoken(found.title),
        status=found.status,
        word=str(STATUSES[found.status]),
        sign=wording.sign(found.status, found.severity),
        severity=str(SEVERITIES[found.severity]),
        message=wording.spoken(found.message),
        value=_value(kept, None if found.value in ((), []) else found.value),
        flags=_flags(kept, found.flags),
        missing=(),
        reference=wording.cited(found.reference),
        valid_from=found.valid_from,
        valid_until=found.valid_until,
        on=found.on or kept.as_of,
        because=tuple(_reason(kept, entry) for entry in found.trail or kept.trail),
    )


def _flags(kept: StoredAnswer, codes: Iterable[str]) -> tuple[Flag, ...]:
    titles = {code: wording.spoken(text) for code, text in kept.flag_titles.items()}
    return tuple(Flag(code, titles.get(code, code), wording.spoken(kept.flags[code])) for code in codes)


def _field(kept: StoredAnswer, name: str) -> str:
    return wording.label(kept.fields[name]) if name in kept.fields else name


def _value(kept: StoredAnswer, value: Any) -> str:
    """A value with its codes as they were called; nothing for a plain yes or no, which the status says."""
    if value is None or isinstance(value, bool):
        return ""
    written = wording.value(_named(kept, value))
    return "" if written == wording.NOTHING else written


def _named(kept: StoredAnswer, value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_named(kept, one) for one in value]
    if isinstance(value, Mapping):
        return {_field(kept, key): _named(kept, one) for key, one in value.items()}
    return kept.words.get(value, value) if isinstance(value, str) else value


def _reason(kept: StoredAnswer, entry: Entry) -> Reason:
    title = kept.titles.get((entry.kind, entry.name))
    unnamed = {DAY: _("The day of the question"), CALENDAR: _("Working days")}
    return Reason(
        kinds()[entry.kind],
        wording.spoken(title) if title else unnamed.get(entry.kind, entry.name),
        _read(kept, entry),
        _SOURCES.get(entry.kind, _as_it_stands)(kept, entry),
        entry.valid_from if entry.kind != RULE else None,
        wording.cited(entry.reference),
        entry.name if entry.kind == RULE else "",
    )


def _read(kept: StoredAnswer, entry: Entry) -> str:
    if entry.kind == SWITCH:
        return _("in force") if entry.value else _("not in force")
    if entry.kind == RULE and isinstance(entry.value, bool):
        return wording.NOTHING
    return wording.value(_named(kept, entry.value))


def _as_it_stands(_kept: StoredAnswer, entry: Entry) -> str:
    return entry.source


def _of_fact(kept: StoredAnswer, entry: Entry) -> str:
    if entry.source == NOT_GIVEN:
        return _("not given")
    told = kept.sources.get(entry.source)
    return wording.spoken(told) if told else entry.source


def _of_parameter(_kept: StoredAnswer, entry: Entry) -> str:
    return sureness(entry.source)


def _of_switch(_kept: StoredAnswer, _entry: Entry) -> str:
    return _("set for the whole of Fotfeste")


def _of_setting(_kept: StoredAnswer, entry: Entry) -> str:
    return chosen(entry.source)


def _of_rule(_kept: StoredAnswer, entry: Entry) -> str:
    return outcome(entry.source)


_SOURCES: Mapping[str, Callable[[StoredAnswer, Entry], str]] = {
    FACT: _of_fact,
    PARAMETER: _of_parameter,
    SWITCH: _of_switch,
    SETTING: _of_setting,
    RULE: _of_rule,
}
