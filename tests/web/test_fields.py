"""What people type is cleaned or refused with a sentence, before it comes near the database."""

import string
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from marshmallow import ValidationError

from core.web.fields import Choice, Day, Email, Line, Paragraphs, Tick, WholeNumber
from core.web.forms import FormSchema


class Form(FormSchema):
    name = Line(max=20, min=2, required=True)
    text = Paragraphs(max=50)
    email = Email()
    kind = Choice(["a", "b"])
    number = WholeNumber(min=1, max=100)
    day = Day()
    agreed = Tick()


class Strict(FormSchema):
    name = Line(max=20, required=True)
    kind = Choice(["a", "b"], required=True)
    number = WholeNumber(min=1, max=100, required=True)
    day = Day(required=True)
    agreed = Tick(must=True)


@pytest.fixture(autouse=True)
def _english(app: Flask) -> Iterator[None]:
    with app.test_request_context(headers={"Accept-Language": "en"}):
        yield


def load(**values: object) -> dict[str, Any]:
    return Form().load({"name": "Kari", **values})


def refusal(**values: object) -> str:
    with pytest.raises(ValidationError) as caught:
        load(**values)
    (messages,) = caught.value.normalized_messages().values()
    return messages[0]


def test_a_line_is_trimmed_and_its_letters_brought_to_one_form() -> None:
    assert load(name="  A\u030ase \t  Prøve ")["name"] == "Åse Prøve"


def test_lines_keep_their_breaks_in_one_form() -> None:
    assert load(text="en\r\nto\rtre\u2028fire")["text"] == "en\nto\ntre\nfire"


@pytest.mark.parametrize("character", ["\0", "\x1b", "\x7f", "\ud800", "\u202e", "\u200b", "\n", "\u2028"])
def test_characters_that_hide_or_break_are_refused_in_a_line(character: str) -> None:
    assert refusal(name=f"Ka{character}ri").startswith("The text contains characters that cannot be stored")


@pytest.mark.parametrize("character", ["\0", "\x1b", "\ud800"])
def test_control_characters_are_refused_in_paragraphs(character: str) -> None:
    assert refusal(text=f"a{character}b").startswith("The text contains characters that cannot be stored")


def test_names_of_many_languages_are_welcome() -> None:
    for name in ("Máret Ánne Čákŋŧž", "Łukasz Żółć", "محمد", "Ngọc", "O’Brien–Åm"):
        assert load(name=name)["name"] == name


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"name": "   "}, "Fill in this field."),
        ({"name": "x"}, "Write at least 2 characters."),
        ({"name": "x" * 21}, "Shorten the text to at most 20 characters. It has 21 now."),
        ({"name": 7}, "Write text here."),
        ({"name": None}, "Fill in this field."),
        ({"name": ["Kari"]}, "Write text here."),
        ({"email": "kari"}, "Write an e-mail address, such as name@example.org."),
        ({"email": "kari@"}, "Write an e-mail address, such as name@example.org."),
        ({"kind": "c"}, "Choose one of the alternatives."),
        ({"kind": {"a": 1}}, "Choose one of the alternatives."),
        ({"number": "ten"}, "Write a whole number with digits."),
        ({"number": "1.5"}, "Write a whole number with digits."),
        ({"number": True}, "Write a whole number with digits."),
        ({"number": "٣"}, "Write a whole number with digits."),
        ({"number": "9" * 40}, "The number must be at most 100."),
        ({"number": "9" * 400}, "Write a whole number with digits."),
        ({"number": "0"}, "The number must be at least 1."),
        ({"number": "101"}, "The number must be at most 100."),
        ({"day": "31.12.2026"}, "Write a date as year-month-day, such as 2026-12-31."),
        ({"day": "2026-02-30"}, "Write a date as year-month-day, such as 2026-12-31."),
        ({"day": "0001-01-01"}, "Write a date as year-month-day, such as 2026-12-31."),
        ({"agreed": "maybe"}, "Tick the box or leave it empty."),
    ],
)
def test_each_refusal_is_a_sentence(values: dict[str, Any], sentence: str) -> None:
    assert refusal(**values) == sentence


def test_what_is_not_filled_in_is_empty() -> None:
    loaded = load(text="", email="", kind="", number="", day="")
    assert (loaded["text"], loaded["email"], loaded["kind"]) == ("", "", "")
    assert (loaded["number"], loaded["day"], loaded["agreed"]) == (None, None, False)


def test_what_is_filled_in_is_read() -> None:
    loaded = load(email="Kari@EXAMPLE.org", kind="b", number=" 1 0 ", day="2026-12-31", agreed="on")
    assert loaded["email"] == "Kari@example.org"
    assert (loaded["kind"], loaded["number"], loaded["day"], loaded["agreed"]) == (
        "b",
        10,
        date(2026, 12, 31),
        True,
    )


@pytest.mark.parametrize("given_values", [{}, dict.fromkeys(("name", "kind", "number", "day", "agreed"), "")])
def test_everything_required_is_asked_for(given_values: dict[str, str]) -> None:
    with pytest.raises(ValidationError) as caught:
        Strict().load(given_values)
    messages = caught.value.normalized_messages()
    assert set(messages) == {"name", "kind", "number", "day", "agreed"}
    assert messages["agreed"] == ["You must tick this box to go on."]


def test_refusals_speak_the_language_of_the_page(app: Flask) -> None:
    with app.test_request_context(headers={"Accept-Language": "nb"}):
        assert refusal(name="x" * 21) == "Kort ned teksten til høyst 20 tegn. Den har 21 nå."


@settings(deadline=None, max_examples=300)
@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from(string.whitespace)), max_size=80))
def test_whatever_is_typed_is_stored_cleanly_or_refused(text: str) -> None:
    try:
        loaded = load(name=text, text=text)
    except ValidationError:
        return
    for stored in (loaded["name"], loaded["text"]):
        assert "\0" not in stored
        assert stored == stored.strip()
        stored.encode()
