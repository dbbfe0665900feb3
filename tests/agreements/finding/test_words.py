"""Words are found however they are typed: case, accents and the Nordic letters make no difference."""

from hypothesis import given
from hypothesis import strategies as st

from core.agreements.finding.words import folded, words_asked, words_of

NORDIC = "abcdefghijklmnopqrstuvwxyzæøåäöéü"
names = st.text(NORDIC, min_size=1, max_size=20)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(names)
def test_case_makes_no_difference(name: str) -> None:
    assert folded(name.upper()) == folded(name)


@given(names)
def test_nordic_letters_and_accents_may_be_typed_in_any_way(name: str) -> None:
    swedish = name.replace("æ", "ä").replace("ø", "ö")
    plain = name.replace("å", "aa").replace("é", "e").replace("æ", "ae")
    assert folded(swedish) == folded(name) == folded(plain)


@given(names, st.data())
def test_the_beginning_of_a_name_begins_one_of_its_words(name: str, data: st.DataObject) -> None:
    beginning = name[: data.draw(st.integers(1, len(name)))]
    [asked] = words_asked(beginning)
    assert any(word.startswith(asked) for word in words_of([name]))


@given(st.text())
def test_nothing_but_letters_and_digits_is_a_word(text: str) -> None:
    assert all(word.isalnum() and len(word) <= 60 for word in words_of([text]))


def test_a_number_in_groups_is_one_number() -> None:
    assert words_asked("987 654 321") == words_asked("987654321") == ["987654321"]
    assert words_asked("plan 2026 12") == ["plan", "2026", "12"]
