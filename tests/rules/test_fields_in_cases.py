from core.rules.cases import wrong_fields


def test_a_case_may_expect_some_fields_of_a_record() -> None:
    answered = {"maxMonths": 12, "extension": None}
    assert list(wrong_fields({"max_months": 12}, answered)) == []
    assert list(wrong_fields({"maxMonths": 6}, answered)) == ["expected maxMonths to be 6, got 12"]


def test_a_field_of_an_answer_without_a_record_is_missing() -> None:
    assert list(wrong_fields({"extension": None}, None)) == ["expected extension to be None, got None"]
