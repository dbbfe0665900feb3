"""YAML 1.2 as plain values, together with the line on which each of them stands."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLStreamError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

LARGEST_FILE = 512 * 1024
DEEPEST_LEVEL = 20

Step = str | int
Place = tuple[Step, ...]
Value = str | int | float | bool | None | list["Value"] | dict[str, "Value"]

_DIRECTIVE = re.compile(r"^%", re.MULTILINE)
_TAG = "tag:yaml.org,2002:"


class DeclarationError(ValueError):
    """A declaration that cannot be used; its text names the file, the line and the field."""

    def __init__(self, file: str, line: int, field: str, problem: str) -> None:
        self.file = file
        self.line = line
        self.field = field
        self.problem = problem
        super().__init__(": ".join(part for part in (f"{file}:{line}", field, problem) if part))


@dataclass(frozen=True)
class Span:
    """Where a value stands: its key's line, its first line of content, and whether line breaks were kept."""

    line: int
    content: int
    keeps_lines: bool


@dataclass(frozen=True)
class LinedYaml:
    """One file: its shown name, its values, and the span of each by place (`("sections", 0, "key")`)."""

    file: str
    values: dict[str, Value]
    spans: Mapping[Place, Span]

    def line(self, place: Place) -> int:
        """The line of `place`, or of the nearest thing around it when it is missing; 1 for the whole file."""
        while place and place not in self.spans:
            place = place[:-1]
        return self.spans[place].line if place else 1

    def error(self, place: Place, problem: str) -> DeclarationError:
        """The error that says what is wrong at `place`."""
        return DeclarationError(self.file, self.line(place), field_name(place), problem)

    def text_error(self, place: Place, text_line: int, problem: str) -> DeclarationError:
        """The error at a line (1 = first) of a text, exact where the file keeps the text's line breaks."""
        span = self.spans[place]
        line = span.content + text_line - 1 if span.keeps_lines else span.content
        return DeclarationError(self.file, line, field_name(place), problem)


def field_name(place: Place) -> str:
    """A place as an author writes it: `sections[0].clauses[2].key`."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place).lstrip(".")


def read_yaml(path: Path) -> LinedYaml:
    """Read one file of declarations; `DeclarationError` when it is missing, too big, or not plain YAML."""
    file = shown_path(path)
    return _parse(file, _read(path, file))


# A parse takes some forty milliseconds, and one process may start the application many times.
@lru_cache(maxsize=64)
def _parse(file: str, text: str) -> LinedYaml:
    node = _compose(file, text)
    if not isinstance(node, MappingNode):
        raise DeclarationError(file, 1, "", "the file must hold fields and their values")
    reader = _Reader(file)
    return LinedYaml(file, reader.mapping(node, ()), reader.spans)


def shown_path(path: Path) -> str:
    """The path from the plugins' folder on, the same on every machine."""
    parts = path.parts
    if "agreement_types" in parts:
        first = len(parts) - 1 - parts[::-1].index("agreement_types")
        return "/".join(parts[max(first - 2, 0) :])
    return "/".join(parts[-3:])


def _read(path: Path, file: str) -> str:
    if not path.is_file():
        raise DeclarationError(file, 1, "", "the file is missing")
    content = path.read_bytes()
    if len(content) > LARGEST_FILE:
        raise DeclarationError(file, 1, "", f"the file is larger than {LARGEST_FILE // 1024} KB")
    if b"\0" in content:
        line = content[: content.index(b"\0")].count(b"\n") + 1
        raise DeclarationError(file, line, "", "the character U+0000 is not allowed")
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise DeclarationError(file, line, "", "the file must be written in UTF-8") from error


def _compose(file: str, text: str) -> Node | None:
    directive = _DIRECTIVE.search(text)
    if directive:
        # A directive could switch to YAML 1.1, which reads "no" as false.
        line = text[: directive.start()].count("\n") + 1
        raise DeclarationError(file, line, "", "directives (%) are not allowed")
    try:
        node: Node | None = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise DeclarationError(
            file, mark.line + 1 if mark else 1, "", f"not YAML: {error.problem}"
        ) from error
    except ReaderError as error:
        line = text[: error.position].count("\n") + 1
        raise DeclarationError(file, line, "", "a control character is not allowed") from error
    except (YAMLStreamError, RecursionError) as error:
        raise DeclarationError(file, 1, "", "the YAML cannot be read, or is nested too deeply") from error
    return node


class _Reader:
    """Turns nodes into values and remembers where they stand."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.spans: dict[Place, Span] = {}

    def mapping(self, node: MappingNode, place: Place) -> dict[str, Value]:
        values: dict[str, Value] = {}
        for key_node, value_node in node.value:
            key = self._key(key_node, place)
            if key in values:
                raise self._error(key_node, (*place, key), "the field is written twice")
            self._remember((*place, key), key_node, value_node)
            values[key] = self._value(value_node, (*place, key))
        return values

    def _sequence(self, node: SequenceNode, place: Place) -> list[Value]:
        values: list[Value] = []
        for index, item in enumerate(node.value):
            self._remember((*place, index), item, item)
            values.append(self._value(item, (*place, index)))
        return values

    def _value(self, node: Node, place: Place) -> Value:
        if node.anchor:
            raise self._error(node, place, "anchors (&) and aliases (*) are not allowed")
        if len(place) > DEEPEST_LEVEL:
            raise self._error(node, place, "nested too deeply")
        if isinstance(node, MappingNode):
            return self.mapping(node, place)
        if isinstance(node, SequenceNode):
            return self._sequence(node, place)
        if isinstance(node, ScalarNode):
            return self._scalar(node, place)
        raise self._error(node, place, "only fields, lists and values are allowed")

    def _scalar(self, node: ScalarNode, place: Place) -> Value:
        kind = str(node.tag).removeprefix(_TAG)
        text = str(node.value)
        if "\0" in text:
            raise self._error(node, place, "the character U+0000 is not allowed")
        match kind:
            case "str" | "timestamp":
                return text
            case "null":
                return None
            case "bool":
                return text.lower() == "true"
            case "int" | "float":
                return self._number(node, place, kind)
            case _:
                raise self._error(node, place, f"the tag {node.tag} is not allowed")

    def _number(self, node: ScalarNode, place: Place, kind: str) -> int | float:
        try:
            return int(node.value) if kind == "int" else float(node.value)
        except ValueError as error:
            raise self._error(node, place, "not a number; put text in quotation marks") from error

    def _key(self, node: Node, place: Place) -> str:
        if not isinstance(node, ScalarNode) or str(node.tag) != f"{_TAG}str":
            raise self._error(node, place, "a field's name must be text; put it in quotation marks")
        return str(node.value)

    def _remember(self, place: Place, key: Node, value: Node) -> None:
        style = value.style if isinstance(value, ScalarNode) else None
        first = value.start_mark.line + (2 if style in {"|", ">"} else 1)
        self.spans[place] = Span(key.start_mark.line + 1, first, style == "|")

    def _error(self, node: Node, place: Place, problem: str) -> DeclarationError:
        return DeclarationError(self.file, node.start_mark.line + 1, field_name(place), problem)
