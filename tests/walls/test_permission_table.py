"""Every address has a line in the permission table, and every line an address: an address more fails here."""

from pathlib import Path

import pytest
from flask import Flask

from tests.walls.permission_table import PLACE, WORDS, Row, complaints, read_table
from tests.walls.product import product

TABLE = read_table()
PRODUCT = list(product().url_map.iter_rules())


@pytest.fixture
def small() -> Flask:
    """A product of one address."""
    app = Flask("small", static_folder=None)
    app.add_url_rule("/t/<slug>/reports", view_func=lambda slug: slug, endpoint="reports")
    return app


def test_the_table_has_a_line_for_every_address_and_no_other() -> None:
    assert "\n".join(complaints(PRODUCT, TABLE)) == ""


def test_an_address_that_is_added_without_a_line_is_found() -> None:
    app = product()
    app.add_url_rule("/t/<slug>/reports/all", methods=["GET", "POST"], view_func=str, endpoint="reports")
    found = list(complaints(app.url_map.iter_rules(), TABLE))
    assert len(found) == 2
    assert found[0].startswith(
        f"GET /t/<slug>/reports/all has no line in {PLACE}. Add this one: /t/<slug>/reports/all,GET,WHO,"
    )


def test_the_line_that_the_complaint_asks_for_is_enough(small: Flask) -> None:
    (found,) = complaints(small.url_map.iter_rules(), [])
    line = found.partition("Add this one: ")[2].partition(" ")[0].replace("WHO", "agreement:read")
    assert list(complaints(small.url_map.iter_rules(), [Row(*line.split(","))])) == []


def test_a_line_whose_address_is_gone_is_found(small: Flask) -> None:
    rows = [Row("/t/<slug>/old", "GET", "member"), Row("/t/<slug>/reports", "GET", "member")]
    assert list(complaints(small.url_map.iter_rules(), rows)) == [
        f"{PLACE} has a line for GET /t/<slug>/old, which is no address any more. Remove the line."
    ]


@pytest.mark.parametrize(
    "who", ["", "everybody", "agreement", "agreement:reed", "member and", "member,operator"]
)
def test_a_word_that_is_nobody_is_found(small: Flask, who: str) -> None:
    (found,) = complaints(small.url_map.iter_rules(), [Row("/t/<slug>/reports", "GET", who)])
    assert "which is nobody" in found


def test_two_lines_for_one_address_are_found(small: Flask) -> None:
    twice = [Row("/t/<slug>/reports", "GET", "member"), Row("/t/<slug>/reports", "GET", "public")]
    assert list(complaints(small.url_map.iter_rules(), twice)) == [
        f"{PLACE} has two lines for GET /t/<slug>/reports. Keep one."
    ]


def test_a_line_out_of_its_place_is_found(small: Flask) -> None:
    small.add_url_rule("/t/<slug>/accounts", view_func=str, endpoint="accounts")
    rows = [Row(f"/t/<slug>/{name}", "GET", "member") for name in ("reports", "accounts")]
    (found,) = complaints(small.url_map.iter_rules(), rows)
    assert "not sorted" in found


def test_a_line_without_all_commas_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    file.write_text("path,method,who,note\n/t/<slug>/reports,GET,member\n", encoding="utf-8")
    with pytest.raises(ValueError, match="needs 3 commas"):
        read_table(file)


def test_all_of_one_way_is_needed_and_one_way_is_enough() -> None:
    row = Row("/t/<slug>/reports", "GET", "agreement:read and audit:read or operator")
    assert row.allows({"operator"})
    assert row.allows({"member", "agreement:read", "audit:read"})
    assert not row.allows({"member", "agreement:read"})


def test_whatever_is_open_to_more_than_members_says_why() -> None:
    assert set(WORDS) >= {"public", "signed-in"}
    open_to_all = [
        row for row in TABLE if {"public", "signed-in"} & {word for way in row.ways for word in way}
    ]
    assert [row.path for row in open_to_all if not row.note] == []
    assert [row.path for row in open_to_all if row.path.startswith("/t/")] == []
