"""What differs between two texts, and the pages that show it."""

from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from core.agreements.difference import Piece, differ, marked
from core.agreements.drafts import clauses
from core.testing.drafts import acting, complete_draft
from core.testing.factories import make_tenant, signed_in

TEXTS = st.text(alphabet="ab æå.\n-{}", max_size=60)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_from_the_pieces(before: str, after: str) -> None:
    pieces = marked(before, after)
    assert "".join(one.text for one in pieces if one.change != "added") == before
    assert "".join(one.text for one in pieces if one.change != "removed") == after
    assert differ(pieces) == (before != after)


def test_words_differ_as_words_and_neighbours_as_one_change() -> None:
    assert marked("Vi møtes hver måned her.", "Vi møtes to ganger her.") == [
        Piece("same", "Vi møtes "),
        Piece("removed", "hver måned"),
        Piece("added", "to ganger"),
        Piece("same", " her."),
    ]


def test_a_very_long_text_is_compared_by_line() -> None:
    before, after = "ord\n" * 9000, "ord\n" * 8999 + "annet\n"
    assert [one.change for one in marked(before, after)] == ["same", "removed", "added"]


def test_a_draft_beside_its_template(app: Flask) -> None:
    tenant = make_tenant("norway.municipality")
    with acting(app, tenant):
        draft = complete_draft(type_key="no_work_training.intention_agreement")
        clauses.save_text(draft, "purpose.together", "Helt andre <ord>.", 0)
        clauses.include(draft, "target_group.language", included=False)
    browser = signed_in(app, tenant.admin_email)
    base = f"/t/{tenant.slug}/agreements/{draft}"
    page = browser.get(f"{base}/compare").text
    assert page.count("<article") == 2
    assert "&lt;ord&gt;" in page
    assert "<ins>" in page
    assert "<del>" in page
    assert browser.get(f"{base}/compare?all=yes").text.count("<article") > 10
    assert browser.get(f"{base}/clauses/purpose.together/compare").text.count("<article") == 1
    assert browser.get(f"{base}/clauses/no.such/compare").status_code == 404
