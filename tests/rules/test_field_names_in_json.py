from fractions import Fraction

from core.rules.trail import plain


def test_the_fields_of_an_answer_have_the_names_of_json() -> None:
    answer = {"last_day": "2027-02-16", "parts": [{"day_units": 14, "amount": Fraction(1, 3)}]}
    assert plain(answer) == {"lastDay": "2027-02-16", "parts": [{"dayUnits": 14, "amount": "1/3"}]}


def test_codes_stay_as_they_are() -> None:
    assert plain({"S35_3": True}) == {"S35_3": True}
