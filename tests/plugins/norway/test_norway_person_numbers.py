"""National identity numbers; every number here is synthetic, so that none is anybody's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.norway.person_numbers import NATIONAL_ID, normalise

SYNTHETIC = {
    "month + 80": ("14858520089", "14858520240"),
    "D-number, month + 80": ("54858520072", "54858520153"),
    "month + 40": ("14458520187", "14458520268"),
    "D-number, month + 40": ("54458520170", "54458520251"),
    "control digit from 2032": ("14858520259", "14458520276"),
}


@pytest.mark.parametrize("number", [one for numbers in SYNTHETIC.values() for one in numbers])
def test_synthetic_numbers_of_the_test_registers_are_read(number: str) -> None:
    assert normalise(number) == number


@pytest.mark.parametrize("written", ["148585 20089", " 148585-20089 ", "14.85.85 20089", "148585\u00a020089"])
def test_a_number_is_read_as_people_write_it(written: str) -> None:
    assert normalise(written) == "14858520089"


@pytest.mark.parametrize(
    "written",
    [
        "",
        "14858520088",
        "14858520189",
        "1485852008",
        "148585200890",
        "32858520089",
        "14928520089",
        "00000000000",
        "١٤٨٥٨٥٢٠٠٨٩",
        "14858520089\u0000",
        "14858520089" * 10_000,
    ],
)
def test_anything_else_is_not_a_number(written: str) -> None:
    assert normalise(written) is None


@given(st.text() | st.from_regex(r"[0-9]{11}", fullmatch=True))
def test_whatever_is_typed_gives_eleven_digits_or_nothing(written: str) -> None:
    number = normalise(written)
    assert number is None or (len(number) == 11 and number.isascii() and number.isdigit())


def test_only_the_birth_date_is_read_where_the_number_is_masked() -> None:
    assert NATIONAL_ID.masked("14858520089") == "148585 *****"
