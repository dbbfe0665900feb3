"""What must hold between an agreement type and its texts in one language."""

from collections.abc import Iterable, Iterator

from core.agreements.declaration_checks import Problem
from core.agreements.type_texts import Keyed, TypeText
from core.agreements.types import AgreementType, PlaceholderKind
from core.agreements.yaml_lines import Place
from core.documents.blocks import BlockError, BulletList, Placeholder, parse, placeholders


def problems_of_text(kind: AgreementType, text: TypeText, language: str) -> Iterator[Problem]:
    """Everything in `<language>.yaml` that is missing, left over, or does not fit `type.yaml`."""
    if text.language != language:
        yield Problem(("language",), f"the language must be the file's name: {language}")
    yield from _same_keys("placeholders", kind.placeholders, text.placeholders)
    yield from _same_keys("sections", kind.sections, text.sections)
    yield from _same_keys("clauses", kind.clauses(), text.clauses)
    yield from _same_keys("goals", kind.goals, text.goals)
    yield from _same_keys("meetings", kind.meetings, text.meetings)
    yield from _same_keys("contacts", kind.contacts, text.contacts)
    yield from _choices(kind, text)
    yield from _authorities(kind, text)
    for place, source in _block_texts(text):
        yield from _block_text(kind, place, source)


def _same_keys(field: str, declared: Iterable[Keyed], written: Iterable[Keyed]) -> Iterator[Problem]:
    wanted, found = [item.key for item in declared], [item.key for item in written]
    for key in wanted:
        if key not in found:
            yield Problem((field, key), "the text is missing; type.yaml declares it")
    for key in found:
        if key not in wanted:
            yield Problem((field, key), "type.yaml does not declare this")


def _choices(kind: AgreementType, text: TypeText) -> Iterator[Problem]:
    declared = {placeholder.key: placeholder.choices for placeholder in kind.placeholders}
    for words in text.placeholders:
        wanted, found = declared.get(words.key, ()), [key for key, _ in words.choices]
        for key in sorted({*wanted} ^ {*found}):
            sentence = "type.yaml does not declare this choice" if key in found else "the choice has no label"
            yield Problem(("placeholders", words.key, "choices", key), sentence)


def _authorities(kind: AgreementType, text: TypeText) -> Iterator[Problem]:
    asked = {contact.key: contact.authority for contact in kind.contacts}
    for words in text.contacts:
        if asked.get(words.key, False) != bool(words.authority):
            sentence = "the sentence belongs to a contact with authority: true, and only there"
            yield Problem(("contacts", words.key, "authority"), sentence)


def _block_texts(text: TypeText) -> Iterator[tuple[Place, str]]:
    for section in text.sections:
        yield ("sections", section.key, "guidance"), section.guidance
    for clause in text.clauses:
        yield ("clauses", clause.key, "text"), clause.text
        yield ("clauses", clause.key, "guidance"), clause.guidance
        for index, example in enumerate(clause.examples):
            yield ("clauses", clause.key, "examples", index), example
    for goal in text.goals:
        yield ("goals", goal.key, "counting_rule"), goal.counting_rule
        yield ("goals", goal.key, "guidance"), goal.guidance
    for meeting in text.meetings:
        yield ("meetings", meeting.key, "guidance"), meeting.guidance


def _block_text(kind: AgreementType, place: Place, source: str) -> Iterator[Problem]:
    try:
        blocks = parse(source)
    except BlockError as error:
        yield Problem(place, error.message, error.line)
        return
    kinds = {placeholder.key: placeholder.kind for placeholder in kind.placeholders}
    alone = {
        item[0].key
        for block in blocks
        if isinstance(block, BulletList)
        for item in block.items
        if len(item) == 1 and isinstance(item[0], Placeholder)
    }
    for key in sorted(placeholders(blocks)):
        line = source[: source.find(f"{{{key}}}")].count("\n") + 1
        if key not in kinds:
            yield Problem(place, f"the placeholder {{{key}}} is not declared in type.yaml", line)
        elif kinds[key] is PlaceholderKind.LIST and key not in alone:
            yield Problem(place, f"{{{key}}} is a list and must stand alone in a list item", line)
