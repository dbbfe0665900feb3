import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.denmark.numbers import normalise


@pytest.mark.parametrize(
    "written",
    ["99999993", "99 99 99 93", "DK99999993", "dk-99 99 99 93", "\u00a099999993\u202f", "99.99.99.93"],
)
def test_a_cvr_number_is_read_as_people_write_it(written: str) -> None:
    assert normalise(written) == "99999993"


@pytest.mark.parametrize(
    "written",
    [
        "",
        "-",
        "99999994",
        "9999999",
        "999999930",
        "00000000",
        "NO99999993",
        "99999993MVA",
        "99999993\u0000",
        "٩٩٩٩٩٩٩٣",
        "99999993'; --",
        "99999993" * 10_000,
        " " * 100_000 + "99999993",
        "\udfff",
    ],
)
def test_anything_else_is_not_a_cvr_number(written: str) -> None:
    assert normalise(written) is None


@given(st.text())
def test_whatever_is_typed_gives_eight_digits_or_nothing(written: str) -> None:
    number = normalise(written)
    assert number is None or (len(number) == 8 and number.isascii() and number.isdigit())
