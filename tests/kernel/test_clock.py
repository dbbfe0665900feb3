"""One clock, which can be held; local dates are the tenant's."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from core.kernel import clock
from core.kernel.ids import new_id, parse_id
from core.kernel.tokens import new_token, token_hash

NEW_YEAR = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)


def test_now_is_aware_and_in_utc() -> None:
    assert clock.now().utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    ("timezone_name", "day"),
    [("Europe/Oslo", date(2027, 1, 1)), ("UTC", date(2026, 12, 31)), ("America/Nuuk", date(2026, 12, 31))],
)
def test_today_is_the_date_on_the_wall_there(timezone_name: str, day: date) -> None:
    with clock.frozen(NEW_YEAR):
        assert clock.today(timezone_name) == day


def test_the_clock_is_held_and_let_go() -> None:
    before = clock.now()
    with clock.frozen(NEW_YEAR):
        with clock.frozen(NEW_YEAR + timedelta(days=1)):
            assert clock.now() == NEW_YEAR + timedelta(days=1)
        assert clock.now() == NEW_YEAR
    assert before <= clock.now() < before + timedelta(hours=1)


def test_the_clock_is_let_go_after_an_error() -> None:
    with pytest.raises(LookupError), clock.frozen(NEW_YEAR):
        raise LookupError
    assert clock.now() != NEW_YEAR


def test_another_timezone_is_turned_into_utc() -> None:
    with clock.frozen(NEW_YEAR.astimezone(timezone(timedelta(hours=9)))):
        assert clock.now() == NEW_YEAR
        assert clock.now().tzinfo is UTC


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"), clock.frozen(NEW_YEAR.replace(tzinfo=None)):
        pass


def test_ids_sort_by_the_time_they_were_made() -> None:
    made = [new_id() for _ in range(200)]
    assert made == sorted(made)
    assert {one.version for one in made} == {7}


@pytest.mark.parametrize("text", ["", "1", "not-an-id", "\0" * 36, "æ" * 36])
def test_a_text_that_is_no_id_is_none(text: str) -> None:
    assert parse_id(text) is None


def test_an_id_is_read_back() -> None:
    one = new_id()
    assert parse_id(str(one)) == one


def test_a_token_is_long_and_only_its_hash_can_be_stored() -> None:
    one, other = new_token(), new_token()
    assert len(one) >= 43
    assert token_hash(one) != token_hash(other)
    assert len(token_hash(one)) == 64
    assert one not in token_hash(one)
