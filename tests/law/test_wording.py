"""Values and texts of the law as a reader gets them: in words, with their unit, marked with their tongue."""

from collections.abc import Iterator

import pytest
from flask import Flask
from markupsafe import Markup

from core.law import wording
from core.rules.texts import Text
from core.rules.value_types import ValueType
from core.web.languages import in_language
from plugins.no_introduction.law.content import RULE_SET

ONLY_LAW = Text("lov", "law")


@pytest.fixture(autouse=True)
def inside(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


@pytest.mark.parametrize(
    ("language", "written"),
    [("nb", "lov"), ("en", "law"), ("da", Markup('<span lang="nb">lov</span>'))],
)
def test_a_danish_reader_gets_the_norwegian_text_marked(language: str, written: str) -> None:
    with in_language(language):
        assert wording.spoken(ONLY_LAW) == written
        assert wording.label(ONLY_LAW) == written.replace("lov", "Lov").replace("law", "Law")
        assert wording.plain_label(ONLY_LAW) == ("Law" if language == "en" else "Lov")
        assert wording.option(ONLY_LAW).lang == ("nb" if language == "da" else "")


def test_a_reference_is_marked_for_who_reads_another_language() -> None:
    with in_language("en"):
        assert wording.cited("integreringsloven § 8") == Markup(
            '<span lang="nb">integreringsloven § 8</span>'
        )
    with in_language("nb"):
        assert wording.cited("integreringsloven § 8") == "integreringsloven § 8"


def test_the_codes_of_the_law_are_written_in_words() -> None:
    elements = RULE_SET.law.parameters["language_offers"]
    with in_language("nb"):
        assert (
            wording.value(elements.values[-1].value, elements.type) == "norsk, annen norskopplæring, engelsk"
        )
        missing = RULE_SET.value.fields["missing_elements"].type
        assert wording.value(("LIFE_SKILLS",), missing) == "livsmestring"


@pytest.mark.parametrize(
    ("number", "unit", "written"),
    [
        (1, "months", "1 måned"),
        (12, "months", "12 måneder"),
        (2026, "year", "2026"),
        (2, "month of the year", "2"),
        (3, "levels", "3 nivåer"),
    ],
)
def test_a_number_stands_with_its_unit_as_people_write_it(number: int, unit: str, written: str) -> None:
    with in_language("nb"):
        assert wording.value(number, ValueType("integer", unit)) == written


def test_a_list_of_nothing_is_not_what_is_unknown() -> None:
    with in_language("nb"):
        for kind in (ValueType("list"), None):
            assert (wording.value((), kind), wording.value(None, kind)) == ("ingen", "–")
