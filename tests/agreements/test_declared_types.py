"""The bundled agreement types can be used as they are."""

import re
from pathlib import Path

import pytest
from marshmallow import Schema, fields

from core.agreements.declaration_schema import TextShape, TypeShape
from core.agreements.declarations import load_type
from core.agreements.type_texts import TypeText
from core.agreements.types import AgreementType, PlaceholderKind
from core.documents.blocks import parse, placeholders

PLUGINS = Path(__file__).parents[2] / "plugins"
FOLDERS = sorted(PLUGINS.glob("*/agreement_types/*/*"))
KINDS = [load_type(folder, folder.relative_to(PLUGINS).parts[0]) for folder in FOLDERS]
TEXTS = [(kind, text) for kind in KINDS for text in kind.texts]

between_organisations = pytest.mark.parametrize(
    "kind", [kind for kind in KINDS if not kind.is_with_a_person], ids=lambda kind: kind.key
)
each_text = pytest.mark.parametrize(("kind", "text"), TEXTS, ids=lambda part: getattr(part, "key", part))


def clause_sources(text: TypeText) -> list[str]:
    return [source for clause in text.clauses for source in (clause.text, *clause.examples)]


def test_the_three_types_of_the_first_journey_are_there() -> None:
    assert {kind.key for kind in KINDS} >= {
        "dk_company_centre.partnership",
        "no_introduction.nav_cooperation",
        "no_work_training.intention_agreement",
    }


@each_text
def test_every_clause_has_words_to_print(kind: AgreementType, text: TypeText) -> None:
    for key in kind.clause_keys():
        assert parse(text.clause(key).text)


@each_text
def test_what_must_be_filled_is_printed_from_the_start(kind: AgreementType, text: TypeText) -> None:
    used = {key for clause in text.clauses for key in placeholders(parse(clause.text))}

    assert {placeholder.key for placeholder in kind.placeholders if placeholder.required} <= used


@each_text
def test_a_sentence_never_begins_with_a_small_letter(kind: AgreementType, text: TypeText) -> None:
    small = "|".join(item.key for item in kind.placeholders if item.kind is PlaceholderKind.CHOICE)
    words = {key.key for key in kind.placeholders if key.source == "tenant.office_word"} | {"unit_name"}
    beginning = re.compile(rf"(?:^|\n\n|[.?!]\s+)\{{(?:{'|'.join([small, *words])})\}}")

    for source in clause_sources(text):
        assert not beginning.search(source), source


@each_text
def test_advice_stays_out_of_the_text_that_is_printed(kind: AgreementType, text: TypeText) -> None:
    for source in clause_sources(text):
        assert not re.search(r"\b(Tips|Eksempel|Eksempler|Alternativ \d)\b", source), source


@between_organisations
def test_signing_promises_meetings_and_an_evaluation(kind: AgreementType) -> None:
    assert {"meeting", "evaluation"} <= {meeting.kind for meeting in kind.meetings}
    assert kind.goals


def test_the_hiring_goal_is_seventy_percent_in_a_year() -> None:
    kind = next(kind for kind in KINDS if kind.key == "no_work_training.intention_agreement")
    goal = kind.goal("hire_share")

    assert (goal.unit, goal.target, goal.period_months, goal.required) == ("percent", 70, 12, True)
    assert kind.contact("employer_leader").authority


def test_the_danish_office_has_the_municipality_s_own_word() -> None:
    kind = next(kind for kind in KINDS if kind.key == "dk_company_centre.partnership")
    sources = clause_sources(kind.text("da"))

    assert not [source for source in sources if "jobcent" in source.lower()]
    assert all(
        before.lower().endswith("kommunens ") for s in sources for before in s.split("{office_name}")[:-1]
    )


def declared_fields(shape: Schema) -> set[str]:
    found = set()
    for name, field in shape.fields.items():
        found.add(field.data_key or name)
        inner = (
            field.inner if isinstance(field, fields.List) else getattr(field, "value_field", None) or field
        )
        if isinstance(inner, fields.Nested):
            found |= declared_fields(inner.schema)
    return found


@pytest.mark.parametrize("shape", [TypeShape(), TextShape()])
def test_the_guide_for_authors_names_every_field(shape: Schema) -> None:
    guide = (PLUGINS.parent / "docs" / "agreement-types.md").read_text(encoding="utf-8")

    missing = {name for name in declared_fields(shape) if not re.search(rf"\b{name}\b", guide)}

    assert not missing
