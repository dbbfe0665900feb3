"""Reading an agreement type from its files: `agreement_types/<name>/<edition>/{type,nb,da,en}.yaml`."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from core.agreements.declaration_checks import problems_of_type
from core.agreements.declaration_fields import load
from core.agreements.declaration_problem import Problem
from core.agreements.declaration_schema import TextShape, TypeShape
from core.agreements.text_checks import problems_of_text
from core.agreements.type_texts import TypeText
from core.agreements.types import AgreementType
from core.rules.yaml_lines import DeclarationError, LinedYaml, read_yaml

__all__ = ["DeclarationError", "load_type"]


def load_type(folder: Path, plugin: str) -> AgreementType:
    """Read one edition of an agreement type.

    Args:
        folder: the edition's folder, `…/agreement_types/<name>/<edition>`.
        plugin: the name of the plugin that declares the type.

    Returns:
        The type with its texts in every language that it names.

    Raises:
        DeclarationError: a file is missing or wrong; the text names the file, the line and the field.
    """
    file = read_yaml(folder / "type.yaml")
    fields = load(TypeShape(), file)
    languages: tuple[str, ...] = fields.pop("text_languages")
    kind = AgreementType(plugin=plugin, texts=(), **fields)
    _refuse(file, problems_of_type(kind, folder))
    return replace(kind, texts=tuple(_text(folder, kind, language) for language in languages))


def _text(folder: Path, kind: AgreementType, language: str) -> TypeText:
    file = read_yaml(folder / f"{language}.yaml")
    text: TypeText = load(TextShape(), file)
    _refuse(file, problems_of_text(kind, text, language))
    return text


def _refuse(file: LinedYaml, problems: Iterable[Problem]) -> None:
    errors = [_error(file, problem) for problem in problems]
    if errors:
        raise min(errors, key=lambda error: error.line)


def _error(file: LinedYaml, problem: Problem) -> DeclarationError:
    if problem.text_line is None:
        return file.error(problem.place, problem.sentence)
    return file.text_error(problem.place, problem.text_line, problem.sentence)
