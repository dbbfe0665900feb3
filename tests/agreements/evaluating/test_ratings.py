"""Ratings side by side, whatever the parties answer."""

from hypothesis import given
from hypothesis import strategies as some

from core.agreements.evaluating.ratings import CANNOT_SAY, FAR_APART, side_by_side

RATINGS = some.lists(some.none() | some.integers(0, 5), min_size=1, max_size=5)


def compared(ratings: list[int | None]) -> object:
    answers = [{} if one is None else {"aim": one} for one in ratings]
    (found,) = side_by_side([{"key": "aim", "text": "Et mål"}], answers)
    return found


@given(RATINGS)
def test_each_party_stands_with_its_own_answer(ratings: list[int | None]) -> None:
    assert compared(ratings).ratings == tuple(ratings)


@given(RATINGS)
def test_a_gap_is_the_widest_between_two_parties_who_can_say(ratings: list[int | None]) -> None:
    rated = [one for one in ratings if one]
    widest = max((abs(one - other) for one in rated for other in rated), default=0)
    assert (compared(ratings).gap, compared(ratings).is_far_apart) == (widest, widest >= FAR_APART)


@given(RATINGS)
def test_who_cannot_say_disagrees_with_nobody(ratings: list[int | None]) -> None:
    assert compared([*ratings, CANNOT_SAY, None]).gap == compared(ratings).gap


def test_what_is_no_rating_counts_as_no_answer() -> None:
    (found,) = side_by_side([{"key": "aim", "text": "Et mål"}], [{"aim": "5"}, {"aim": 6}])
    assert found.ratings == (None, None)
