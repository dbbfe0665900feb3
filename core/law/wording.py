"""How the law's declarations and answers are written for a reader: texts, values with their units."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from flask_babel import gettext as _
from markupsafe import Markup, escape

from core.law.words import CONFIDENCE, NUMBERS_IN_ORDER, SEVERITIES, UNITS, UNITS_OF_ONE
from core.rules.rule_set import RuleSet
from core.rules.texts import Text, decimal_text
from core.rules.value_types import Field, ValueType
from core.web.formats import written_date, written_number
from core.web.languages import LANGUAGES, current_language

NOTHING: Final = "–"
MOST_DECIMALS: Final = 6

_SIGNS: Final = {"met": "good", "unknown": "waiting", "not_applicable": "neutral"}
_SIGNS_NOT_MET: Final = {"information": "neutral", "warning": "attention", "serious": "bad"}


def spoken(text: Text) -> str:
    """A text of the law in the reader's language, marked where it stands in another one."""
    return _marked(text, text.in_language(current_language()))


def label(text: Text) -> str:
    """A text as the label of something: it begins with a capital letter, and is marked as `spoken` does."""
    written = text.in_language(current_language())
    return _marked(text, written[:1].upper() + written[1:])


def _marked(text: Text, written: str) -> str:
    language = text.stands_in(current_language())
    if language == current_language() or not written:
        return written
    return Markup('<span lang="{}">{}</span>').format(language, written)


def cited(reference: str) -> str:
    """A reference or a note, which stand in the language of the law's country alone."""
    return spoken(Text(reference, "")) if reference else ""


class Option(str):
    """A text where no mark-up can stand, as in a list of choices; ``lang`` is the language it stands in."""

    __slots__ = ("lang",)
    lang: str


def option(text: Text) -> Option:
    """A text as one of several to choose from."""
    made = Option(text.in_language(current_language()))
    language = text.stands_in(current_language())
    made.lang = "" if language == current_language() else language
    return made


def plain_label(text: Text) -> Option:
    """A label where no mark-up can stand: the title of a page, an attribute, a file."""
    written = option(text)
    made = Option(written[:1].upper() + written[1:])
    made.lang = written.lang
    return made


def foreign(text: Text) -> str:
    """The name of the language in which a text stands; empty when it is the reader's."""
    language = text.stands_in(current_language())
    return "" if language == current_language() else LANGUAGES[language]


def last_day(until: date) -> date:
    """The last day of what is valid until another day."""
    return until - timedelta(days=1)


def sign(status: str, severity: str) -> str:
    """The kind of tag that a status has; what is not met is as grave as its rule says."""
    return _SIGNS.get(status) or _SIGNS_NOT_MET[severity]


def unit(kind: ValueType) -> str:
    """The unit in words, after a number; nothing after one that names a year or a month."""
    return "" if kind.unit in NUMBERS_IN_ORDER else str(UNITS.get(kind.unit, kind.unit))


def value(given: Any, kind: ValueType | None = None) -> str:
    """A value as people read it; without its type, as far as the value itself says."""
    if given is None:
        return NOTHING
    write = _BY_KIND.get(kind.kind) if kind else None
    return write(given, kind) if write and kind else _loose(given)


def _loose(given: Any) -> str:
    if given is None:
        return NOTHING
    for kinds, write in _BY_CLASS:
        if isinstance(given, kinds):
            return write(given)
    return str(given)


def number(given: int | Fraction) -> str:
    """A number with the separators of the language; one without an end as an exact fraction, such as 2/3."""
    if isinstance(given, int):
        return written_number(given)
    exact = decimal_text(given)
    if "/" in exact:
        return exact
    decimals = min(len(exact.partition(".")[2]), MOST_DECIMALS)
    return written_number(Decimal(exact), decimals)


def named(rule_set: RuleSet, given: Any) -> Any:
    """A rule's value with what its codes mean, as far as the rule set says: a rule's value has no type."""
    if isinstance(given, list | tuple):
        return [named(rule_set, one) for one in given]
    if isinstance(given, Mapping):
        titles = {key: spoken(one.title) for key, one in rule_set.value.fields.items()}
        return {titles.get(key, key.replace("_", " ")): named(rule_set, one) for key, one in given.items()}
    return _meanings(rule_set).get(given, given) if isinstance(given, str) else given


def _meanings(rule_set: RuleSet) -> dict[str, Text]:
    kinds = [one.type for one in rule_set.law.facts.values()]
    kinds += [rule_set.value, *(one.type for one in rule_set.value.fields.values())]
    found = {key: text for kind in kinds for key, text in kind.choices.items()}
    return {**rule_set.law.words, **found} | {key: one.title for key, one in rule_set.law.switches.items()}


def _boolean(given: Any, _kind: ValueType) -> str:
    return _loose(given)


def _number(given: Any, kind: ValueType) -> str:
    if kind.unit in NUMBERS_IN_ORDER:
        return str(given)
    of_one = UNITS_OF_ONE.get(kind.unit) if given == 1 else None
    return f"{_loose(given)} {of_one or unit(kind)}".strip()


def _choice(given: Any, kind: ValueType) -> str:
    text = kind.choices.get(given) or kind.words.get(given)
    return spoken(text) if text else str(given)


def _list(given: Any, kind: ValueType) -> str:
    return joined(_choice(one, kind) for one in given) or _("none")


def _record(given: Any, kind: ValueType) -> str:
    return joined((_field(one, given.get(key)) for key, one in kind.fields.items()), "; ")


def parts(given: Any, kind: ValueType) -> Iterator[tuple[str, str]]:
    """The name and the value of each field of a record; none for another kind of value."""
    if kind.kind == "record":
        for key, one in kind.fields.items():
            yield label(one.title), value(given.get(key), one.type)


def _field(one: Field, given: Any) -> str:
    return labelled(spoken(one.title), value(given, one.type))


def _records(given: Any, kind: ValueType) -> str:
    rows = [Markup("<li>{}</li>").format(_record(one, kind)) for one in given]
    return Markup("<ul>{}</ul>").format(Markup().join(rows)) if rows else _("none")


def labelled(name: str, text: str) -> str:
    """A name with what it is about."""
    return Markup("{}: {}").format(name, text)


def joined(parts: Iterable[str], between: str = ", ") -> str:
    """Parts as one text."""
    return escape(between).join(escape(part) for part in parts)


_BY_KIND: Final[Mapping[str, Callable[[Any, ValueType], str]]] = {
    "boolean": _boolean,
    "integer": _number,
    "decimal": _number,
    "money": _number,
    "choice": _choice,
    "text": _choice,
    "list": _list,
    "record": _record,
    "records": _records,
}

_BY_CLASS: Final[tuple[tuple[Any, Callable[[Any], str]], ...]] = (
    (bool, lambda given: _("yes") if given else _("no")),
    (date, written_date),
    ((int, Fraction), number),
    (Text, spoken),
    ((list, tuple, set, frozenset), lambda given: joined(map(_loose, given)) or _("none")),
    (Mapping, lambda given: joined((labelled(key, _loose(one)) for key, one in given.items()), "; ")),
)

FOR_TEMPLATES: Final[Mapping[str, Any]] = {
    "spoken": spoken,
    "label": label,
    "cited": cited,
    "foreign": foreign,
    "option": option,
    "plain_label": plain_label,
    "written": value,
    "unit": unit,
    "last_day": last_day,
    "confidence": CONFIDENCE,
    "severities": SEVERITIES,
}
"""How templates write what is declared."""
