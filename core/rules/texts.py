"""A text in the languages of the product, and how values stand in it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from string import Formatter
from typing import Any

LANGUAGES = ("nb", "da", "en")
_ORDER = {"nb": ("nb", "da", "en"), "da": ("da", "nb", "en"), "en": ("en", "nb", "da")}
"""Where each reader looks for a text: the nearest language first."""
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True)
class Text:
    """One text; law is written in the language of its country and in English, other readers fall back."""

    nb: str
    en: str
    da: str = ""

    def in_language(self, language: str) -> str:
        """The text for a reader of ``nb``, ``da`` or ``en``, in the language of `stands_in`."""
        return str(getattr(self, self.stands_in(language)))

    def stands_in(self, language: str) -> str:
        """The language in which a reader of ``nb``, ``da`` or ``en`` gets the text."""
        order = _ORDER.get(language, _ORDER["en"])
        return next((one for one in order if getattr(self, one)), order[0])

    def names(self) -> frozenset[str]:
        """The values that the text names in braces. Raises ValueError when the braces do not match."""
        return frozenset().union(*(_names_in(one) for one in (self.nb, self.en, self.da)))

    def filled(self, values: Mapping[str, Any]) -> "Text":
        """The text with ``values`` in the place of their names, each written as its language does.

        A text in ``da`` is left out when one of the values has none, so that no sentence mixes two languages.
        """
        said = {name: values[name] for name in self.names() if name in values}
        da = self.da if all(map(_has_da, said.values())) else ""
        return Text(_fill(self.nb, said, "nb"), _fill(self.en, said, "en"), _fill(da, said, "da"))

    def to_json(self) -> dict[str, str]:
        """The text by language."""
        return {one: self.in_language(one) for one in LANGUAGES}


@dataclass(frozen=True)
class Flag(Text):
    """What a person has to do, with a short title for it."""

    title: Text = Text("", "")


def _has_da(value: Any) -> bool:
    if isinstance(value, list | tuple | set | frozenset):
        return all(map(_has_da, value))
    return not isinstance(value, Text) or bool(value.da)


def _names_in(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def _fill(template: str, values: Mapping[str, Any], language: str) -> str:
    if "{" not in template and "}" not in template:
        return template
    return template.format_map(_Written({name: written(one, language) for name, one in values.items()}))


class _Written(dict[str, str]):
    """Leaves a gap where a value is missing: a sentence with a gap is better than none."""

    def __missing__(self, name: str) -> str:
        return "…"


def worded(value: Any, words: Mapping[str, Text]) -> Any:
    """A value with its codes as ``words`` has them, also inside a list."""
    if isinstance(value, list | tuple):
        return [worded(one, words) for one in value]
    return words.get(value, value) if isinstance(value, str) else value


def written(value: Any, language: str) -> str:
    """A value as people write it in a language."""
    for kind, write in _WRITERS:
        if isinstance(value, kind):
            return write(value, language)
    return str(value)


def _write_yes_or_no(value: bool, language: str) -> str:  # noqa: FBT001  a value like any other
    return {"nb": ("nei", "ja"), "da": ("nej", "ja")}.get(language, ("no", "yes"))[value]


def _write_date(value: date, language: str) -> str:
    if language == "en":
        return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"
    return f"{value.day:02}.{value.month:02}.{value.year}"


def _write_number(value: Fraction, language: str) -> str:
    text = decimal_text(value)
    return text if language == "en" else text.replace(".", ",")


def decimal_text(value: Fraction) -> str:
    """A number exactly: as a decimal where it ends, as a fraction such as ``2/3`` where it does not."""
    twos_and_fives, power = value.denominator, 0
    for prime in (2, 5):
        times = 0
        while twos_and_fives % prime == 0:
            twos_and_fives //= prime
            times += 1
        power = max(power, times)
    if twos_and_fives != 1:
        return f"{value.numerator}/{value.denominator}"
    digits = str(abs(value.numerator) * 10**power // value.denominator).rjust(power + 1, "0")
    whole, part = (digits[:-power], "." + digits[-power:]) if power else (digits, "")
    return ("-" if value < 0 else "") + whole + part


def _write_many(value: Any, language: str) -> str:
    return ", ".join(written(one, language) for one in value)


_WRITERS: tuple[tuple[Any, Callable[[Any, str], str]], ...] = (
    (bool, _write_yes_or_no),
    (date, _write_date),
    (Text, Text.in_language),
    (Fraction, _write_number),
    ((list, tuple, set, frozenset), _write_many),
)
