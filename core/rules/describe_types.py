"""Types, choices and fields of records in words."""

from collections.abc import Iterator
from typing import Any

from core.rules.texts import Text
from core.rules.value_types import ValueType


def titled(title: Text, meaning: Text, language: str) -> dict[str, str]:
    """A title with its meaning."""
    return {"title": title.in_language(language), "meaning": meaning.in_language(language)}


def type_in_words(kind: ValueType, language: str) -> dict[str, Any]:
    """A type with its unit, its choices and its fields."""
    made: dict[str, Any] = {"type": kind.kind}
    if kind.unit:
        made["unit"] = kind.unit
    if kind.choices:
        made["choices"] = {key: title.in_language(language) for key, title in kind.choices.items()}
    if kind.fields:
        made["fields"] = [
            {
                "name": one.json_key,
                "title": one.title.in_language(language),
                **({"meaning": one.meaning.in_language(language)} if one.meaning else {}),
                "optional": one.optional,
                **type_in_words(one.type, language),
            }
            for one in kind.fields.values()
        ]
    return made


def typed(one: dict[str, Any]) -> str:
    """A described type with its unit."""
    return f"{one['type']}, {one['unit']}" if one.get("unit") else str(one["type"])


def inside(one: dict[str, Any], may_be: str = "may be left out") -> Iterator[str]:
    """The choices and the fields of a described type, a line for each, with those inside them.

    ``may_be`` says what a field may be that is not always there.
    """
    for key, title in one.get("choices", {}).items():
        yield f"{key}: {title}"
    for field in one.get("fields", ()):
        optional = f", {may_be}" if field["optional"] else ""
        yield f"{field['name']} ({typed(field)}{optional}): {field.get('meaning') or field['title']}"
        yield from (f"  {line}" for line in inside(field, may_be))
