"""Changes of a variant's content: each gives new content and leaves the old one alone. Pure functions."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any, Final

from core.agreements.declaration_content import Content

Words = Mapping[str, Mapping[str, str]]
"""Texts by language and field."""
OWN_KEY: Final = "own"
REQUIRED, INCLUDED, OFFERED = "required", "included", "offered"
LANGUAGES: Final = ("nb", "da", "en")


def named(content: Content, name: str, summary: str, headings: Mapping[str, str]) -> Content:
    """Another name and summary, the same in every language of the product, and headings in print."""
    made = deepcopy(content)
    made["type"]["title"] = dict.fromkeys(LANGUAGES, name)
    made["type"]["summary"] = dict.fromkeys(LANGUAGES, summary)
    for language, heading in headings.items():
        made["texts"][language]["title"] = heading
    return made


def worded(content: Content, group: str, key: str, words: Words) -> Content:
    """Other words of one thing; a field that is emptied is left out."""
    made = deepcopy(content)
    for language, written in words.items():
        kept = made["texts"][language].setdefault(group, {}).get(key, {})
        said = {field: text for field, text in {**kept, **written}.items() if text}
        made["texts"][language][group][key] = said
    return made


def declared_as(content: Content, group: str, key: str, **values: Any) -> Content:
    """Other values of one thing in `type.yaml`; None takes a value away."""
    made = deepcopy(content)
    thing = find(made, group, key)
    for name, value in values.items():
        thing.pop(name, None)
        if value is not None:
            thing[name] = value
    return made


def find(content: Content, group: str, key: str) -> Content:
    """What `type.yaml` says of one thing. Raises KeyError."""
    for one in siblings(content, group, key):
        if one["key"] == key:
            return one
    raise KeyError(f"{group}:{key}")


def siblings(content: Content, group: str, key: str) -> list[Content]:
    """The list that a thing stands in. Raises KeyError for a clause of an unknown section."""
    if group != "clauses":
        found: list[Content] = content["type"].setdefault(group, [])
        return found
    clauses: list[Content] = find(content, "sections", key.partition(".")[0]).setdefault("clauses", [])
    return clauses


def presence_of(declared: Content) -> str:
    """Whether a clause is required, in from the start, or only offered."""
    if declared.get("required"):
        return REQUIRED
    return INCLUDED if declared.get("included", True) else OFFERED


def present(content: Content, key: str, presence: str) -> Content:
    """A clause as required, in from the start, or offered; what is required makes its section so too."""
    made = declared_as(
        content, "clauses", key, required=presence == REQUIRED, included=presence in {REQUIRED, INCLUDED}
    )
    if presence == REQUIRED:
        made = declared_as(made, "sections", key.partition(".")[0], required=True)
    return made


def moved(content: Content, group: str, key: str, step: int) -> Content:
    """One thing a place up (-1) or down (1) among its siblings; at the end it stays. Raises KeyError."""
    made = deepcopy(content)
    around = siblings(made, group, key)
    place = next((place for place, one in enumerate(around) if one["key"] == key), None)
    if place is None:
        raise KeyError(f"{group}:{key}")
    target = min(max(place + step, 0), len(around) - 1)
    around.insert(target, around.pop(place))
    return made


def with_question(content: Content, kind: str, words: Words, **values: Any) -> Content:
    """One more question to answer, whose answer can be used in every clause."""
    key = _free_key(content)
    made = deepcopy(content)
    made["type"].setdefault("placeholders", []).append({"key": key, "kind": kind, **values})
    return worded(made, "placeholders", key, words)


def _free_key(content: Content) -> str:
    taken = {one["key"] for one in content["type"].get("placeholders", [])}
    return next(key for number in range(1, len(taken) + 2) if (key := f"{OWN_KEY}_{number}") not in taken)


def is_own_question(key: str) -> bool:
    """Whether a question was added by the tenant."""
    return key.startswith(f"{OWN_KEY}_")


def without_question(content: Content, key: str) -> Content:
    """Without a question of the tenant's own."""
    made = deepcopy(content)
    made["type"]["placeholders"] = [one for one in made["type"]["placeholders"] if one["key"] != key]
    for text in made["texts"].values():
        text["placeholders"].pop(key, None)
    return made


def clauses_with(content: Content, key: str) -> list[str]:
    """The clauses whose text or examples use a question."""
    mark = f"{{{key}}}"
    return sorted(
        {
            clause
            for text in content["texts"].values()
            for clause, words in text["clauses"].items()
            if any(mark in one for one in (words["text"], *words.get("examples", [])))
        }
    )
