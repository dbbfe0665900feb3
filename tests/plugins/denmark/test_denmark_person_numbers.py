"""CPR numbers; every number here is synthetic (60 added to the day), so that none is anybody's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.denmark.person_numbers import CPR_NUMBER, normalise


@pytest.mark.parametrize("written", ["6105851234", "610585-1234", " 610585 1234 ", "61 05 85-1234"])
def test_a_number_is_read_as_people_write_it(written: str) -> None:
    assert normalise(written) == "6105851234"


@pytest.mark.parametrize("number", ["6105851234", "6105851235", "9112991000"])
def test_no_check_digit_is_asked_for(number: str) -> None:
    assert normalise(number) == number


@pytest.mark.parametrize(
    "written",
    ["", "610585", "61058512345", "6113851234", "9213991000", "6105851234\u0000", "61058512AB", "6" * 9999],
)
def test_anything_else_is_not_a_number(written: str) -> None:
    assert normalise(written) is None


@given(st.text() | st.from_regex(r"[0-9]{10}", fullmatch=True))
def test_whatever_is_typed_gives_ten_digits_or_nothing(written: str) -> None:
    number = normalise(written)
    assert number is None or (len(number) == 10 and number.isascii() and number.isdigit())


def test_only_the_birth_date_is_read_where_the_number_is_masked() -> None:
    assert CPR_NUMBER.masked("6105851234") == "610585 ****"
