"""The fields that declared files are made of, and how their errors find back to a place in the file."""

import re
from collections.abc import Callable, Container, Iterator, Mapping
from typing import Any, ClassVar

from marshmallow import RAISE, Schema, ValidationError, fields, post_load, validate

from core.plugin_host.wording import Wording
from core.rules.yaml_lines import LinedYaml, Place, Step

# Options and loaded values have whatever type marshmallow's own fields take and give.

_KEY = r"[a-z][a-z0-9_]*"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def _checked_words(text: str) -> str:
    if not text.strip():
        raise ValidationError("the text is empty")
    if _CONTROL.search(text):
        raise ValidationError("control characters are not allowed")
    return text.rstrip()


def _checked_line(text: str) -> str:
    if "\n" in text:
        raise ValidationError("the text must be one line")
    return text.strip()


class Shape(Schema):
    """A shape that refuses unknown fields and builds `made` from the loaded values."""

    class Meta:
        """A misspelt field is refused, not passed over."""

        unknown = RAISE

    made: ClassVar[Callable[..., object]] = dict

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        known = ", ".join(field.data_key or name for name, field in self.fields.items())
        self.error_messages["unknown"] = f"this field is not known here; known are: {known}"

    @post_load
    def _build(self, values: dict[str, Any], **_: Any) -> object:
        return type(self).made(**values)


def words(**options: Any) -> fields.String:
    """Text of one or more lines; never empty."""
    return fields.String(post_load=_checked_words, **options)


def line(**options: Any) -> fields.String:
    """Text of one line; never empty."""
    return fields.String(post_load=(_checked_words, _checked_line), **options)


def several(inner: "fields.Field[Any]", **options: Any) -> "fields.List[Any]":
    """A list that becomes a tuple; empty when it is missing, unless required."""
    default: dict[str, Any] = {} if options.get("required") else {"load_default": ()}
    return fields.List(inner, post_load=tuple, **default, **options)


def pairs() -> fields.Dict:
    """Lines by key that become a tuple of pairs, in the order of the file."""
    return fields.Dict(
        keys=fields.String(), values=line(), load_default=(), post_load=lambda lines: tuple(lines.items())
    )


def keyed(made: Callable[..., object], shape: type[Shape]) -> fields.Dict:
    """Values by key, each in `shape`, that become a tuple of `made(key=…, …)`."""

    def build(values: dict[str, dict[str, Any]]) -> tuple[object, ...]:
        return tuple(made(key=key, **members) for key, members in values.items())

    return fields.Dict(keys=fields.String(), values=fields.Nested(shape), load_default=(), post_load=build)


class _WordingShape(Shape):
    made = Wording
    nb = line(required=True)
    da = line(required=True)
    en = line(required=True)


def wording() -> fields.Nested:
    """A required text in every language of the product."""
    return fields.Nested(_WordingShape, required=True)


def key_field(*, dotted: bool = False) -> fields.String:
    """A required key: small letters, digits and _, in parts joined by dots when `dotted`."""
    pattern = rf"{_KEY}(\.{_KEY})+" if dotted else _KEY
    parts = "two or more parts joined by dots, each of " if dotted else ""
    message = f"a key is {parts}small letters a-z, digits and _, beginning with a letter"
    return fields.String(required=True, validate=matching(pattern, message))


def matching(pattern: str, message: str) -> validate.Regexp:
    """The check that a whole text matches `pattern`."""
    return validate.Regexp(rf"(?:{pattern})\Z", error=message)


def whole(lowest: int, highest: int, **options: Any) -> fields.Integer:
    """A whole number from `lowest` to `highest`."""
    return fields.Integer(strict=True, validate=validate.Range(lowest, highest), **options)


def tick(*, default: bool, **options: Any) -> fields.Boolean:
    """True or false and nothing that resembles them."""
    return fields.Boolean(load_default=default, truthy={True}, falsy={False}, **options)


def load(shape: Shape, file: LinedYaml) -> Any:
    """Load a file through its shape; the `DeclarationError` is the first one from the top of the file."""
    try:
        return shape.load(file.values)
    except ValidationError as error:
        found = [file.error(place, text) for place, text in _problems(error.messages_dict, file.spans)]
        raise min(found, key=lambda each: each.line) from error


def _problems(
    messages: Mapping[Any, Any], known: Container[Place], place: Place = ()
) -> Iterator[tuple[Place, str]]:
    for step, inner in messages.items():
        here = _place(place, step, known)
        if isinstance(inner, Mapping):
            yield from _problems(inner, known, here)
        else:
            yield from ((here, str(message)) for message in inner)


def _place(place: Place, step: Step, known: Container[Place]) -> Place:
    # marshmallow puts "key" or "value" between a dictionary's key and what is wrong with it.
    wrapper = step in {"key", "value", "_schema"} and (*place, step) not in known
    return place if wrapper else (*place, step)
