"""What must hold between an agreement type and its texts in one language."""

from collections.abc import Iterable, Iterator, Mapping

from core.agreements.declaration_problem import Problem
from core.agreements.type_texts import ClauseText, GoalText, Keyed, MeetingText, SectionText, TypeText
from core.agreements.types import AgreementType, PlaceholderKind
from core.documents.blocks import Block, BlockError, BulletList, Placeholder, parse, placeholders
from core.rules.yaml_lines import Place


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
    yield from _same_keys("aims", kind.aims, text.aims)
    yield from _choices(kind, text)
    yield from _authorities(kind, text)
    kinds = {placeholder.key: placeholder.kind for placeholder in kind.placeholders}
    for place, source in _texts(text):
        yield from _blocks(place, source, kinds)
    for place, source in _plain_texts(text):
        yield from _no_placeholders(place, source)


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


def _texts(text: TypeText) -> Iterator[tuple[Place, str]]:
    for clause in text.clauses:
        yield ("clauses", clause.key, "text"), clause.text
        for index, example in enumerate(clause.examples):
            yield ("clauses", clause.key, "examples", index), example


def _plain_texts(text: TypeText) -> Iterator[tuple[Place, str]]:
    groups: dict[str, Iterable[SectionText | ClauseText | GoalText | MeetingText]] = {
        "sections": text.sections,
        "clauses": text.clauses,
        "goals": text.goals,
        "meetings": text.meetings,
    }
    for field, items in groups.items():
        yield from (((field, item.key, "guidance"), item.guidance) for item in items)
    yield from ((("goals", goal.key, "counting_rule"), goal.counting_rule) for goal in text.goals)


def _blocks(place: Place, source: str, kinds: Mapping[str, PlaceholderKind]) -> Iterator[Problem]:
    try:
        blocks = parse(source)
    except BlockError as error:
        yield Problem(place, error.message, error.line)
        return
    alone = alone_in_items(blocks)
    for key in sorted(placeholders(blocks)):
        line = source[: source.find(f"{{{key}}}")].count("\n") + 1
        if key not in kinds:
            yield Problem(place, f"the placeholder {{{key}}} is not declared in type.yaml", line)
        elif kinds[key] is PlaceholderKind.LIST and key not in alone:
            yield Problem(place, f"{{{key}}} is a list and must stand alone in a list item", line)


def alone_in_items(blocks: Iterable[Block]) -> set[str]:
    """The placeholders that stand alone in a list item."""
    items = (item for block in blocks if isinstance(block, BulletList) for item in block.items)
    return {item[0].key for item in items if len(item) == 1 and isinstance(item[0], Placeholder)}


def _no_placeholders(place: Place, source: str) -> Iterator[Problem]:
    try:
        found = placeholders(parse(source))
    except BlockError as error:
        yield Problem(place, error.message, error.line)
        return
    if found:
        yield Problem(place, "placeholders belong in the texts and examples of clauses")
