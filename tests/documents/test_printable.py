import unicodedata

import pytest

from core.documents import printable as room
from core.documents.printable import ORDINARY, REPLACEMENT, printable

LETTERS = [
    character
    for character in map(chr, range(0x10000))
    if room.re.fullmatch(f"[{ORDINARY}]", character) and unicodedata.category(character) != "Cf"
]


def test_the_font_has_every_letter_that_is_taken_for_granted() -> None:
    assert len(LETTERS) > 400
    assert room._has_glyphs("".join(LETTERS))


@pytest.mark.parametrize(
    "text",
    [
        "Áilu Šuŋŋá, Čáhppe đ ŧ ž",
        "Blåbærsyltetøy, Ærø, Åse",
        "Oleksandr Шевченко",
        "Nguyễn Łukasz Șerban",
        "70 % – 1 000 kr · § 14 «ja» … 5 €",
        "محمد الأحمد",
        "✓ → ☑",
    ],
)
def test_names_of_many_languages_are_printed_as_they_are_written(text: str) -> None:
    assert printable(text) == text


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("李 Li", f"{REPLACEMENT} Li"),
        ("ok👍🏽!", f"ok{REPLACEMENT}{REPLACEMENT}!"),
        ("\ud800 \ue000 \U0010ffff", f"{REPLACEMENT} {REPLACEMENT} {REPLACEMENT}"),
    ],
)
def test_a_letter_that_no_font_has_is_printed_as_a_clear_sign(text: str, printed: str) -> None:
    assert printable(text) == printed


def test_letters_are_composed_and_nothing_invisible_is_left() -> None:
    assert printable("e\u0301 a\u030a \x00\x07\ufeffx") == "é å x"


def test_line_breaks_of_every_kind_are_one_kind() -> None:
    assert printable("a\r\nb\rc\u2028d\u2029e\tf") == "a\nb\nc\nd\ne f"


def test_a_text_cannot_turn_its_direction_around() -> None:
    assert printable("pays \u202e001\u202c kr") == "pays 001 kr"
