"""The content of a type as single things that can be compared, taken over and left out. Pure functions."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Final

from core.agreements.declaration_content import Content

SINGLE: Final = ("placeholders", "sections", "clauses", "goals", "meetings", "contacts")
WHOLE: Final = ("duration",)
Unit = dict[str, Any]
"""What `type.yaml` says of one thing (`declared`), and its words in each language (`words`)."""


@dataclass(frozen=True, order=True)
class Name:
    """Which thing of a type: `clauses` and `purpose.together`."""

    group: str
    key: str

    def __str__(self) -> str:
        return f"{self.group}:{self.key}"


def units_of(content: Content) -> dict[Name, Unit]:
    """Everything of a type that stands by itself, in the order of the type."""
    found = {
        Name(group, one["key"]): _unit(content, group, one)
        for group in SINGLE
        for one in _declared(content, group)
    }
    whole = {Name(group, group): {"declared": content["type"][group], "words": {}} for group in WHOLE}
    return found | whole


def _declared(content: Content, group: str) -> Iterator[Content]:
    if group == "clauses":
        for section in content["type"]["sections"]:
            yield from section.get("clauses", [])
    else:
        yield from content["type"].get(group, [])


def _unit(content: Content, group: str, declared: Content) -> Unit:
    key = declared["key"]
    words = {
        language: text[group][key]
        for language, text in content["texts"].items()
        if key in text.get(group, {})
    }
    return {"declared": {name: one for name, one in declared.items() if name != "clauses"}, "words": words}


def section_of(clause_key: str) -> str:
    """The section that a clause stands in, which its key begins with."""
    return clause_key.partition(".")[0]


def with_unit(content: Content, name: Name, unit: Unit | None, like: Content) -> Content:
    """The content with a thing as given, where ``like`` has it when it is new; None: without."""
    made = deepcopy(content)
    if name.group in WHOLE:
        made["type"][name.group] = deepcopy(unit["declared"]) if unit else made["type"][name.group]
        return made
    siblings = _siblings(made, name)
    if siblings is None:
        return made
    _replace(siblings, name, unit, [one["key"] for one in _declared(like, name.group)])
    for language, text in made["texts"].items():
        text.setdefault(name.group, {}).pop(name.key, None)
        words = (unit or {}).get("words", {}).get(language)
        if words is not None:
            text[name.group][name.key] = deepcopy(words)
    return made


def _siblings(content: Content, name: Name) -> list[Content] | None:
    """The list that a thing stands in; None for a clause whose section is not there."""
    if name.group != "clauses":
        siblings: list[Content] = content["type"].setdefault(name.group, [])
        return siblings
    sections = {one["key"]: one for one in content["type"]["sections"]}
    section = sections.get(section_of(name.key))
    return None if section is None else section.setdefault("clauses", [])


def _replace(siblings: list[Content], name: Name, unit: Unit | None, order: list[str]) -> None:
    places = {one["key"]: place for place, one in enumerate(siblings)}
    place = places.get(name.key)
    if unit is None:
        if place is not None:
            del siblings[place]
        return
    declared = deepcopy(unit["declared"])
    if place is not None:
        kept = {"clauses": siblings[place]["clauses"]} if "clauses" in siblings[place] else {}
        siblings[place] = declared | kept
        return
    before = order[: order.index(name.key)] if name.key in order else order
    after = [places[key] for key in before if key in places]
    siblings.insert(max(after) + 1 if after else 0, declared)
