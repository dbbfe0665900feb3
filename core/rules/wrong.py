"""What is wrong with a value or a name that somebody gave, in a sentence that says what would be right."""

import json
import re
from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches
from typing import Any

LONGEST = 60
MOST_NAMES = 12
YES, NO = {"yes", "true", "ja", "y", "1"}, {"no", "false", "nei", "nej", "n", "0"}
_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[./-]?(\d{1,2})[./-]?(\d{1,2})")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


class WrongValueError(ValueError):
    """A value is not of its type; ``place`` tells where inside it (``[2].days``), empty for the whole.

    ``meant`` is what was probably meant, as JSON has it, or empty.
    """

    def __init__(self, expected: str, got: Any, place: str = "", meant: str = "") -> None:
        self.expected, self.got, self.place, self.meant = expected, got, place, meant
        super().__init__(self.sentence("the value"))

    def sentence(self, name: str) -> str:
        """What is wrong with the value of a name."""
        where = f"{name}{self.place}"
        if self.got is None:
            return f"{where} is missing: expected {self.expected}"
        return f"{where}: {self.problem()}"

    def problem(self) -> str:
        """The same without the name."""
        return f"expected {self.expected}, got {shown(self.got)}{did_you_mean(self.meant)}"

    def inside(self, place: str) -> "WrongValueError":
        """The same, of a value inside another."""
        return WrongValueError(self.expected, self.got, place + self.place, self.meant)


class WrongNameError(WrongValueError):
    """There is no such name; ``what`` it would be the name of, ``names`` are those there are."""

    def __init__(self, what: str, name: str, names: Iterable[str], place: str = "") -> None:
        self.what, self.names = what, tuple(names)
        super().__init__(what, name, place, nearest(name, self.names))

    def sentence(self, name: str) -> str:
        """Which name is wrong, and what is near or what there is."""
        where = f"{name}{self.place}"
        return f"{where}: there is no such {self.what}{did_you_mean(self.meant) or self._there_are()}"

    def _there_are(self) -> str:
        if len(self.names) > MOST_NAMES:
            return f"; flask rules describe names the {len(self.names)} there are"
        return f"; there are: {', '.join(self.names) or 'none'}"

    def inside(self, place: str) -> "WrongNameError":
        """The same, of a name inside a value."""
        return WrongNameError(self.what, self.got, self.names, place + self.place)


def shown(value: Any) -> str:
    """A value as JSON has it, not longer than a line."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def did_you_mean(meant: str) -> str:
    """The end of a sentence that proposes something; nothing without a proposal."""
    return f"; did you mean {meant}?" if meant else ""


def nearest(name: str, names: Iterable[str]) -> str:
    """The name that was probably meant, with or without what stands before a dot; empty when none is near."""
    folded = {one.rpartition(".")[2].casefold(): one for one in names} | {
        one.casefold(): one for one in names
    }
    bare = name.rpartition(".")[2].casefold()
    near = get_close_matches(name.casefold(), folded, 1, 0.75) or get_close_matches(bare, folded, 1, 0.75)
    return folded[near[0]] if near else ""


def truth_meant(given: Any) -> str:
    """True or false as JSON has it, for a word or a number that says so."""
    word = str(given).casefold()
    return "true" if word in YES else "false" if word in NO else ""


def number_meant(given: Any) -> str:
    """The number in a text that has spaces, a comma or quotation marks."""
    text = re.sub(r"\s", "", given).replace(",", ".") if isinstance(given, str) else str(given)
    found = re.fullmatch(r"(-?[0-9]{1,15})(\.0+)?|-?[0-9]{1,15}\.[0-9]{1,15}", text)
    return (found[1] or found[0]) if found else ""


def date_expected(given: Any) -> str:
    """What a date looks like; or that there is no such day in the calendar."""
    exists = not (isinstance(given, str) and _ISO.fullmatch(given))
    return "a date such as 2026-01-31" if exists else "a day that exists, such as 2026-01-31"


def date_meant(given: Any) -> str:
    """The date in a text that has another form."""
    text = str(given).strip()
    if found := _DAY_FIRST.fullmatch(text):
        parts = found[3], found[2], found[1]
    elif found := _YEAR_FIRST.fullmatch(text):
        parts = found[1], found[2], found[3]
    else:
        return ""
    try:
        return date(*map(int, parts)).isoformat()
    except ValueError:
        return ""
