"""A change between editions as a person reads it: where it is, and each field that differs."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from core.agreements.declaration_content import Content
from core.agreements.variants.three_way import Change
from core.agreements.variants.units import Unit, section_of
from core.agreements.variants.words import FIELDS, GROUPS


@dataclass(frozen=True)
class FieldChange:
    """One field that differs; "" where there is nothing."""

    label: str
    old: str
    new: str
    own: str


@dataclass(frozen=True)
class Described:
    """A change for a page. ``field`` is its name in the form."""

    change: Change
    title: str
    field: str
    fields: tuple[FieldChange, ...]


def described(change: Change, old: Content, new: Content, own: Content) -> Described:
    """A change in words; the heading comes from where the thing still is."""
    where = next((one for one in (own, new, old) if _title(change, one)), own)
    title = str(GROUPS[change.name.group]) % {"title": _title(change, where)}
    flat = [_flat(unit) for unit in (change.old, change.new, change.own)]
    names = list(dict.fromkeys(name for one in flat for name in one))
    fields = tuple(
        FieldChange(_label(name), *(one.get(name, "") for one in flat))
        for name in names
        if len({one.get(name, "") for one in flat}) > 1
    )
    return Described(change, title, f"change-{change.name.group}-{change.name.key}".replace(".", "-"), fields)


def _title(change: Change, content: Content) -> str:
    group, key = change.name.group, change.name.key
    if group == "clauses":
        group, key = "sections", section_of(key)
    for text in content["texts"].values():
        words = text.get(group, {}).get(key)
        if words:
            return str(words.get("title") or words.get("label") or "")
    return ""


def _flat(unit: Unit | None) -> dict[tuple[str, str], str]:
    return dict(_said(unit)) if unit else {}


def _said(unit: Unit) -> Iterator[tuple[tuple[str, str], str]]:
    several = len(unit["words"]) > 1
    for language, words in unit["words"].items():
        for name, value in words.items():
            yield (name, language if several else ""), _shown(value)
    for name, value in unit["declared"].items():
        if name in FIELDS and name not in {"choices", "title", "authority"}:
            yield (name, ""), _shown(value)


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return "\n".join(_shown(one) for one in value)
    if isinstance(value, dict):
        return " ".join(_shown(one) for one in value.values())
    return str(value).strip()


def _label(name: tuple[str, str]) -> str:
    field, language = name
    return f"{FIELDS.get(field, field)} ({language})" if language else str(FIELDS.get(field, field))
