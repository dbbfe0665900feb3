"""What a number says: how sure it is, whether the goal is reached, and where it goes."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.agreements.measuring.figures import (
    FEWEST,
    Figure,
    Outcome,
    Trend,
    meets,
    outcome_of,
    trend_of,
    wilson,
)
from core.agreements.measuring.periods import periods_of
from core.agreements.measuring.picture import BOTTOM, HEIGHT, TOP, WIDTH, picture_of

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
SHARES = st.integers(1, 400).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))


def share(hits: int, of: int) -> Figure:
    return Figure("percent", of, hits)


def count(value: float, of: int = 3) -> Figure:
    return Figure("count", of, value=value)


def outcome(figure: Figure | None, target: float, **more: bool) -> Outcome:
    said = {"more_is_better": True, "is_over": False, "is_counted": True} | more
    return outcome_of(figure, target, **said)


@given(SHARES)
def test_the_interval_holds_the_share_and_stays_within_all(pair: tuple[int, int]) -> None:
    hits, of = pair
    found = wilson(hits, of)
    assert 0 <= found.low <= 100 * hits / of <= found.high <= 100


@given(SHARES)
def test_more_hits_move_the_interval_up_and_more_cases_make_it_narrower(pair: tuple[int, int]) -> None:
    hits, of = pair
    found, surer = wilson(hits, of), wilson(4 * hits, 4 * of)
    assert surer.high - surer.low < found.high - found.low
    if hits < of:
        higher = wilson(hits + 1, of)
        assert higher.low > found.low
        assert higher.high > found.high


def test_the_interval_is_the_one_of_the_books() -> None:
    found = wilson(7, 10)
    assert (round(found.low, 1), round(found.high, 1)) == (39.7, 89.2)


@pytest.mark.parametrize(("hits", "of"), [(0, 0), (3, 2), (-1, 2)])
def test_what_is_no_share_has_no_interval(hits: int, of: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        wilson(hits, of)


@given(SHARES, st.integers(0, 100), st.booleans())
def test_a_share_is_reached_exactly_when_it_is_as_good_as_the_target(
    pair: tuple[int, int], target: int, more_is_better: bool
) -> None:
    hits, of = pair
    good = 100 * hits >= target * of if more_is_better else 100 * hits <= target * of
    found = outcome(share(hits, of), target, more_is_better=more_is_better, is_over=True)
    assert found is (Outcome.TOO_FEW if of < FEWEST else Outcome.REACHED if good else Outcome.NOT_REACHED)


def test_seven_of_ten_is_seventy_percent_in_spite_of_rounding() -> None:
    assert all(meets(share(57 * one, 100 * one), 57, more_is_better=True) for one in range(1, 60))


@pytest.mark.parametrize(
    ("figure", "more", "expected"),
    [
        (None, {}, Outcome.TOO_EARLY),
        (None, {"is_over": True}, Outcome.NO_DATA),
        (None, {"is_counted": False}, Outcome.NO_DATA),
        (count(0, of=0), {}, Outcome.TOO_EARLY),
        (count(4), {}, Outcome.REACHED),
        (count(3), {}, Outcome.ON_THE_WAY),
        (count(3), {"is_over": True}, Outcome.NOT_REACHED),
        (count(4), {"more_is_better": False}, Outcome.ON_THE_WAY),
        (count(4), {"more_is_better": False, "is_over": True}, Outcome.REACHED),
        (count(5), {"more_is_better": False}, Outcome.NOT_REACHED),
        (Figure("days", 1, value=3), {"more_is_better": False}, Outcome.REACHED),
        (Figure("days", 1, value=9), {"more_is_better": False}, Outcome.ON_THE_WAY),
    ],
)
def test_a_goal_of_four_stands_as_its_number_and_its_period_say(
    figure: Figure | None, more: dict[str, bool], expected: Outcome
) -> None:
    assert outcome(figure, 4, **more) is expected


def test_a_trend_is_only_told_when_the_figures_are_far_enough_apart() -> None:
    few, low, middle, high = share(1, 2), share(2, 20), share(6, 20), share(19, 20)
    assert trend_of([None, few, low], more_is_better=True) is Trend.NONE
    assert trend_of([low, few, middle], more_is_better=True) is Trend.UNCLEAR
    assert trend_of([low, None, high], more_is_better=True) is Trend.BETTER
    assert trend_of([low, high], more_is_better=False) is Trend.WORSE
    assert trend_of([count(2), count(2)], more_is_better=True) is Trend.UNCLEAR
    assert trend_of([count(2), count(1)], more_is_better=True) is Trend.WORSE


@given(DAYS, st.integers(1, 24), st.integers(0, 1500), st.integers(0, 1500))
def test_periods_follow_each_other_without_a_gap(start: date, months: int, length: int, later: int) -> None:
    end, today = start + timedelta(days=length), start + timedelta(days=later)
    found = periods_of(start, end, months, today)
    assert found[0].first == start
    assert all(one.last + timedelta(days=1) == after.first for one, after in pairwise(found))
    assert all(one.first <= min(today, one.last) and one.last <= end for one in found)
    assert sum(one.holds(min(today, end)) for one in found) == 1


def test_an_agreement_of_a_year_that_ends_on_its_own_date_has_one_period() -> None:
    (only,) = periods_of(date(2025, 10, 3), date(2026, 10, 3), 12, date(2026, 11, 27))
    assert only.last == date(2026, 10, 3)


def test_an_agreement_without_a_first_day_has_no_periods() -> None:
    assert periods_of(None, None, 12, date(2026, 11, 30)) == ()


@given(st.lists(st.one_of(st.none(), SHARES), max_size=6), st.integers(0, 100))
def test_every_figure_of_the_picture_stands_within_it(
    pairs: list[tuple[int, int] | None], target: int
) -> None:
    figures = [share(*pair) if pair else None for pair in pairs]
    shown = [one for one in figures if one and not one.is_few]
    picture = picture_of(figures, target, "percent")
    assert (picture is None) == (len(shown) < 2)
    for point in picture.points if picture else ():
        assert 0 < point.x < WIDTH
        assert TOP <= (point.high or 0) <= point.y <= (point.low or 0) <= HEIGHT - BOTTOM


@given(st.lists(st.floats(0, 1_000_000), min_size=2, max_size=6), st.integers(0, 1_000_000))
def test_the_scale_of_a_number_has_room_for_all_and_for_the_target(numbers: list[float], target: int) -> None:
    picture = picture_of([count(one) for one in numbers], target, "count")
    assert picture is not None
    assert picture.scale[-1][1] >= max([*numbers, target])
    assert picture.scale[-1][1] <= 2.5 * max([*numbers, target, 1])
