import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.norway.numbers import normalise


@pytest.mark.parametrize(
    "written",
    [
        "312345676",
        "312 345 676",
        " 312\u00a0345\u202f676 ",
        "312.345.676",
        "NO312345676MVA",
        "no 312 345 676 mva",
        "312345676MVA",
        "NO-312345676",
    ],
)
def test_an_organisation_number_is_read_as_people_write_it(written: str) -> None:
    assert normalise(written) == "312345676"


@pytest.mark.parametrize(
    "written",
    [
        "",
        " ",
        "312345675",
        "31234567",
        "3123456760",
        "000000000",
        "DK312345676",
        "MVA312345676",
        "312345676\u0000",
        "\u0000",
        "٣١٢٣٤٥٦٧٦",
        "312345676<script>",
        "312345676" * 10_000,
        " " * 100_000 + "312345676",
        "\ud800",
    ],
)
def test_anything_else_is_not_an_organisation_number(written: str) -> None:
    assert normalise(written) is None


@given(st.text())
def test_whatever_is_typed_gives_nine_digits_or_nothing(written: str) -> None:
    number = normalise(written)
    assert number is None or (len(number) == 9 and number.isascii() and number.isdigit())


@given(st.from_regex(r"[1-9][0-9]{8}", fullmatch=True))
def test_a_normalised_number_stays_as_it_is(digits: str) -> None:
    number = normalise(digits)
    assert number in {None, digits}
