"""An agreement type as the content of its files: what a tenant's own variant is stored as."""

from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from datetime import date
from enum import Enum
from typing import Any

from marshmallow import ValidationError

from core.agreements.declaration_checks import Problem, problems_of_parts
from core.agreements.declaration_fields import Shape
from core.agreements.declaration_schema import TextShape, TypeShape
from core.agreements.text_checks import problems_of_text
from core.agreements.type_texts import TypeText
from core.agreements.types import AgreementType
from core.rules.yaml_lines import field_name

Content = dict[str, Any]
"""`type` holds what stands in `type.yaml`, `texts` the files of each language."""

_WRITTEN = {
    "is_tenant": "is",
    "asks_sector": "sector",
    "is_person": "person",
    "source": "from",
    "minimum": "min",
    "maximum": "max",
}
_NOT_IN_FILES = frozenset({"plugin", "texts"})
_KEYED = ("placeholders", "sections", "clauses", "goals", "meetings", "contacts", "aims")


class ContentError(ValueError):
    """Content that is no usable agreement type; `problems` are the checks' sentences, each with its place."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(self.problems))


def content_of(kind: AgreementType) -> Content:
    """A type as the content of its files; `read_content` gives an equal type back."""
    languages = {"text_languages": list(kind.text_languages)}
    return {
        "type": _plain(kind) | languages,
        "texts": {text.language: _text(_plain(text)) for text in kind.texts},
    }


def _text(plain: Content) -> Content:
    for group in _KEYED:
        plain[group] = {one.pop("key"): one for one in plain.get(group, [])}
    for words in plain["placeholders"].values():
        if "choices" in words:
            words["choices"] = dict(words["choices"])
    return plain


def _plain(value: Any) -> Any:
    """A value as a file holds it; fields that say nothing are left out."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if not hasattr(value, "__dataclass_fields__"):
        return value
    members = {one.name: getattr(value, one.name) for one in fields(value) if one.name not in _NOT_IN_FILES}
    if "is_tenant" in members:
        members["is_tenant"] = "tenant" if value.is_tenant else "other"
    said = {name: member for name, member in members.items() if member not in (None, "", ())}
    return {_WRITTEN.get(name, name): _plain(member) for name, member in said.items()}


def read_content(content: Content, plugin: str) -> AgreementType:
    """The type that content declares, by the schemas and checks of the files. Raises ContentError."""
    declared = _loaded(TypeShape(), content["type"], "type.yaml")
    languages: tuple[str, ...] = declared.pop("text_languages")
    kind = AgreementType(plugin=plugin, texts=(), **declared)
    _refuse("type.yaml", problems_of_parts(kind))
    return replace(kind, texts=tuple(_read_text(content, kind, language) for language in languages))


def _read_text(content: Content, kind: AgreementType, language: str) -> TypeText:
    file = f"{language}.yaml"
    text: TypeText = _loaded(TextShape(), _in_order(content["texts"].get(language, {}), kind), file)
    _refuse(file, problems_of_text(kind, text, language))
    return text


def _in_order(text: Content, kind: AgreementType) -> Content:
    """Words in the order of what they name: a database keeps none among the keys of its JSON."""
    groups = {group: _sorted(text.get(group, {}), keys) for group, keys in _declared(kind).items()}
    for one in kind.placeholders:
        words = groups["placeholders"].get(one.key, {})
        if one.choices and "choices" in words:
            groups["placeholders"][one.key] = words | {"choices": _sorted(words["choices"], one.choices)}
    return text | groups


def _declared(kind: AgreementType) -> dict[str, list[str]]:
    groups = {group: [one.key for one in getattr(kind, group)] for group in _KEYED if group != "clauses"}
    return groups | {"clauses": list(kind.clause_keys())}


def _sorted(words: Content, keys: Iterable[str]) -> Content:
    known = [key for key in keys if key in words]
    return {key: words[key] for key in [*known, *(set(words) - set(known))]}


def _loaded(shape: Shape, values: Content, file: str) -> Any:
    try:
        return shape.load(values)
    except ValidationError as error:
        raise ContentError(_sentences(file, error.messages_dict)) from error


def _sentences(place: str, messages: Any) -> Iterator[str]:
    if isinstance(messages, dict):
        for step, inner in messages.items():
            yield from _sentences(f"{place}: {step}", inner)
    else:
        yield from (f"{place}: {message}" for message in messages)


def _refuse(file: str, problems: Iterable[Problem]) -> None:
    found = [f"{file}: {field_name(one.place)}: {one.sentence}" for one in problems]
    if found:
        raise ContentError(found)
