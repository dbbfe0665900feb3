"""Fields of forms and of the API: text that the database can store, with messages a person can act on."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from email_validator import EmailNotValidError, validate_email
from flask_babel import lazy_gettext as _
from marshmallow import ValidationError, fields

from core.kernel.errors import Message

LONGEST_EMAIL: Final = 254
EARLIEST: Final = date(1900, 1, 1)
LATEST: Final = date(2200, 1, 1)
LINE_BREAKS: Final = re.compile(r"\r\n?|\u2028|\u2029")
# Format characters hide or turn text, so a line refuses them, except the joiners that some languages need.
JOINERS: Final = frozenset("\u200c\u200d")

MESSAGES: Final[Mapping[str, Message]] = {
    "required": _("Fill in this field."),
    "null": _("Fill in this field."),
    "invalid": _("Write text here."),
    "too_long": _("Shorten the text to at most %(max)s characters. It has %(length)s now."),
    "too_short": _("Write at least %(min)s characters."),
    "control": _("The text contains characters that cannot be stored. Type it again instead of pasting it."),
    "email": _("Write an e-mail address, such as name@example.org."),
    "choice": _("Choose one of the alternatives."),
    "number": _("Write a whole number with digits."),
    "smallest": _("The number must be at least %(min)s."),
    "largest": _("The number must be at most %(max)s."),
    "date": _("Write a date as year-month-day, such as 2026-12-31."),
    "tick": _("Tick the box or leave it empty."),
    "must_tick": _("You must tick this box to go on."),
}


class Spoken(fields.Field[Any]):
    """A field whose messages speak the language of the page."""

    invalid: str = "invalid"

    def make_error(self, key: str, **kwargs: Any) -> ValidationError:
        """The message for a key of ``MESSAGES``, in the reader's language."""
        if key == "invalid":
            key = self.invalid
        if key not in MESSAGES:
            return super().make_error(key, **kwargs)
        return ValidationError(str(MESSAGES[key]) % kwargs)


class Text(Spoken):
    """Base of text: trims, brings letters to one form (NFC), limits the length in characters.

    Empty text counts as missing when the field is required, else it becomes ``""``.
    """

    def __init__(self, *, max: int, min: int = 0, **kwargs: Any) -> None:  # noqa: A002  reads as a sentence
        super().__init__(**kwargs)
        self.longest, self.shortest = max, min

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:  # noqa: ARG002
        if not isinstance(value, str):
            raise self.make_error("invalid")
        text = self._clean(value)
        if self.required and not text:
            raise self.make_error("required")
        if len(text) > self.longest:
            raise self.make_error("too_long", max=self.longest, length=len(text))
        if text and len(text) < self.shortest:
            raise self.make_error("too_short", min=self.shortest)
        return text

    def _clean(self, value: str) -> str:
        if any(self._is_refused(character) for character in value):
            raise self.make_error("control")
        return unicodedata.normalize("NFC", value.strip())

    def _is_refused(self, character: str) -> bool:
        return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"} and character not in JOINERS


class Line(Text):
    """One line of text, such as a name. Refuses control characters; inner runs of spaces become one."""

    def _clean(self, value: str) -> str:
        return re.sub(" {2,}", " ", super()._clean(value.replace("\t", " ")))


class Paragraphs(Text):
    """Text of several lines. Every kind of line break becomes one; other control characters are refused."""

    def _clean(self, value: str) -> str:
        return super()._clean(LINE_BREAKS.sub("\n", value))

    def _is_refused(self, character: str) -> bool:
        return unicodedata.category(character) in {"Cc", "Cs"} and character not in "\n\t"


class Email(Line):
    """An e-mail address with its domain in lower case. Nothing is looked up on the network."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max=LONGEST_EMAIL, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        try:
            return validate_email(text, check_deliverability=False).normalized if text else ""
        except EmailNotValidError as error:
            raise self.make_error("email") from error


class Choice(Spoken):
    """One of a fixed set of keys. An empty choice counts as missing when required, else it becomes ``""``."""

    def __init__(self, options: Iterable[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.options = frozenset(options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:  # noqa: ARG002
        if value == "" and not self.required:
            return ""
        if not isinstance(value, str) or value not in self.options:
            raise self.make_error("choice")
        return value


class WholeNumber(Spoken):
    """A whole number between ``min`` and ``max``. An empty text is None unless required."""

    invalid = "number"

    def __init__(self, *, min: int, max: int, **kwargs: Any) -> None:  # noqa: A002  reads as a sentence
        super().__init__(**kwargs)
        self.smallest, self.largest = min, max

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int | None:  # noqa: ARG002
        text = re.sub(r"\s", "", value) if isinstance(value, str) else value
        if text == "" and not self.required:
            return None
        number = self._number(text)
        if number < self.smallest:
            raise self.make_error("smallest", min=self.smallest)
        if number > self.largest:
            raise self.make_error("largest", max=self.largest)
        return number

    def _number(self, value: object) -> int:
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        if isinstance(value, str) and re.fullmatch(r"[+-]?[0-9]{1,60}", value):
            return int(value)
        raise self.make_error("required" if value == "" else "invalid")


class Day(Spoken):
    """A date as ISO 8601 (``2026-12-31``), between 1900 and 2200. An empty text is None unless required."""

    invalid = "date"

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> date | None:  # noqa: ARG002
        if value == "":
            if self.required:
                raise self.make_error("required")
            return None
        if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value.strip()):
            raise self.make_error("invalid")
        try:
            day = date.fromisoformat(value.strip())
        except ValueError as error:
            raise self.make_error("invalid") from error
        if not EARLIEST <= day < LATEST:
            raise self.make_error("invalid")
        return day


class Tick(Spoken):
    """A checkbox: true when ticked, false when absent. ``must=True`` demands that it is ticked."""

    invalid = "tick"

    def __init__(self, *, must: bool = False, **kwargs: Any) -> None:
        super().__init__(**({"required": True} if must else {"load_default": False}) | kwargs)
        self.must = must

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> bool:  # noqa: ARG002
        ticked = value is True or value in ("1", "on", "true", "yes")
        if not ticked and value not in (False, "", "0", "off", "false", "no"):
            raise self.make_error("invalid")
        if self.must and not ticked:
            raise self.make_error("must_tick")
        return ticked

    def make_error(self, key: str, **kwargs: Any) -> ValidationError:
        """An absent box that must be ticked says so."""
        return super().make_error("must_tick" if self.must and key in {"required", "null"} else key, **kwargs)
