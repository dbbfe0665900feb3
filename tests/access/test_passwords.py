import pytest
from flask import Flask

from core.access.passwords import normalised, password_complaints


@pytest.mark.parametrize(
    ("password", "complaint"),
    [
        ("kort", "Use at least 10 characters"),
        ("", "Use at least 10 characters"),
        ("x" * 129, "Use at most 128 characters"),
        ("gule fjell\0synger stille", "cannot be typed"),
        ("password123", "easy to guess"),
        ("aaaaaaaaaaaa", "easy to guess"),
        ("fotfestefotfeste", "easy to guess"),
    ],
)
def test_a_weak_password_is_refused_with_what_to_do(app: Flask, password: str, complaint: str) -> None:
    (sentence,) = password_complaints(password)
    assert complaint in sentence


def test_a_few_unrelated_words_make_a_good_password(app: Flask) -> None:
    assert password_complaints("gule fjell synger stille") == []


def test_what_everybody_knows_about_a_person_is_easy_to_guess(app: Flask) -> None:
    personal = ("Ingeborg Skjærgård", "ingeborg.skjaergard@fjordvik.example")
    assert password_complaints("ingeborg.skjaergard", personal)


def test_the_same_letters_are_the_same_password_however_the_keyboard_sends_them() -> None:
    assert normalised("bl\u00e5b\u00e6r") == normalised("bla\u030ab\u00e6r")
