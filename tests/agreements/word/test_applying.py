"""A change from Word in the notation of a clause: fields, emphasis and lists stay."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.agreements.word.applying import (
    FieldTouchedError,
    PlaceNotFoundError,
    Shown,
    appended,
    applied,
    shown_text,
)
from core.documents.word.changes import AROUND

SHOWN = Shown(
    {"name": "Fjord Bakeri", "areas": "renhold\nkantine"}, {"start": "Oppstart"}, frozenset({"areas"})
)
FIRST, AREAS, START = "{name} tar *gjerne* imot.", "- {areas}\n- lager", "Start: {start}"
REST = f"{AREAS}\n\n{START}"
TEXT = f"{FIRST}\n\n{REST}"


def change(removed: str, added: str, before: str = "", after: str = "", text: str = TEXT) -> str:
    return applied(text, SHOWN, before=before, removed=removed, added=added, after=after)


def test_the_words_are_those_of_the_file() -> None:
    assert (
        shown_text(TEXT, SHOWN) == "Fjord Bakeri tar gjerne imot.\nrenhold\nkantine\nlager\nStart: [Oppstart]"
    )


@pytest.mark.parametrize(
    ("removed", "added", "before", "after", "made"),
    [
        ("imot", "i mot", "gjerne ", ".", f"{{name}} tar *gjerne* i mot.\n\n{REST}"),
        ("gjerne ", "", "tar ", "imot", f"{{name}} tar imot.\n\n{REST}"),
        ("", "\nvaskeri", "lager", "\nStart", f"{FIRST}\n\n{AREAS}\n- vaskeri\n\n{START}"),
        ("\nlager", "", "kantine", "\nStart", f"{FIRST}\n\n- {{areas}}\n\n{START}"),
        ("", " {nå} *", "imot.", "\nrenhold", f"{FIRST} \\{{nå\\}} \\*\n\n{REST}"),
        ("Fjord Bakeri", "Bedriften", "", " tar", f"Bedriften tar *gjerne* imot.\n\n{REST}"),
    ],
    ids=[
        "a word",
        "an emphasised word",
        "a new item",
        "an item less",
        "signs of the notation",
        "a whole field",
    ],
)
def test_only_the_change_is_made(removed: str, added: str, before: str, after: str, made: str) -> None:
    assert change(removed, added, before, after) == made


def test_a_change_inside_a_field_names_the_field() -> None:
    with pytest.raises(FieldTouchedError) as problem:
        change("Bakeri", "Kafé", "Fjord ", " tar")
    assert problem.value.key == "name"


def test_a_place_is_found_although_the_words_further_away_have_changed() -> None:
    assert change("lager", "butikk", "noe helt annet\nkantine\n", "\nStart").count("- butikk") == 1


@pytest.mark.parametrize("removed", ["finnes ikke", "a"])
def test_a_place_that_is_gone_or_there_twice_is_not_guessed(removed: str) -> None:
    with pytest.raises(PlaceNotFoundError):
        change(removed, "x")


def test_a_new_paragraph_comes_last() -> None:
    assert appended("Første.", "Tvister {løses}.") == "Første.\n\nTvister \\{løses\\}."


plain = st.text("abcæø *{}\\-", min_size=1, max_size=12).map(str.strip).filter(bool)


@settings(max_examples=60)
@given(plain, plain, plain)
def test_the_clause_then_reads_as_the_file_does(before: str, added: str, after: str) -> None:
    text = appended("", f"{before} MIDTEN {after}")
    words = shown_text(text, SHOWN)
    place = words.index("MIDTEN")
    made = change("MIDTEN", added, words[max(0, place - AROUND) : place], words[place + 6 :], text=text)
    assert shown_text(made, SHOWN) == words.replace("MIDTEN", added)
