"""Files for spreadsheets hold what people wrote as text, and read right in Excel."""

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from core.documents.sheets import Format, sheet

DANGEROUS = ["=1+1", "+47 99", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x")']


def content(kind: Format, *row: object) -> bytes:
    with sheet(kind, "Avtaler: [2026]", ["Én"] * len(row), [list(row)]) as file:  # type: ignore[arg-type]
        return file.read()


def cells(*row: object) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content("csv", *row).decode("utf-8-sig")), delimiter=";"))


@pytest.mark.parametrize("text", DANGEROUS)
def test_what_looks_like_a_formula_stays_text(text: str) -> None:
    assert cells(text)[1] == [f"'{text}"]
    [_head, [cell]] = load_workbook(io.BytesIO(content("xlsx", text)))["Avtaler   2026 "].iter_rows()
    assert cell.data_type == "s"
    assert str(cell.value).strip() == text.strip()


def test_csv_begins_with_a_byte_order_mark_and_parts_by_semicolon() -> None:
    assert content("csv", "Ærlig", "Brød") == "\ufeffÉn;Én\r\nÆrlig;Brød\r\n".encode()


def test_dates_are_dates() -> None:
    [_head, [cell, empty]] = (
        load_workbook(io.BytesIO(content("xlsx", date(2026, 11, 27), None))).worksheets[0].iter_rows()
    )
    assert cell.is_date
    assert empty.value is None
    assert cells(date(2026, 11, 27), None)[1] == ["2026-11-27", ""]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_any_text_can_be_written(text: str) -> None:
    assert load_workbook(io.BytesIO(content("xlsx", text))).worksheets[0].max_row == 2
    assert len(cells(text)) == 2
